//! The `counterseal` program: the composition root, where the real clock and the operating system's
//! randomness come from.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use counterseal_cli::Outside;
use counterseal_model::{Clock, Timestamp};
use counterseal_node::Randomness;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the composition root holds the only real clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }
}

fn randomness() -> Randomness {
    Box::new(rand_core::UnwrapErr(getrandom::SysRng))
}

#[expect(clippy::disallowed_methods, reason = "the demo says how long its steps took")]
fn stopwatch() -> Box<dyn Fn() -> Duration> {
    let begun = std::time::Instant::now();
    Box::new(move || begun.elapsed())
}

fn main() -> ExitCode {
    let outside = Outside { clock: Arc::new(SystemClock), randomness, stopwatch };
    counterseal_cli::run(std::env::args_os(), outside)
}

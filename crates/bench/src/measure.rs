//! Clocks and memory: wall time, processor time, percentiles, peak memory.

use std::time::{Duration, Instant};

/// Wall and processor time since it was started.
pub(crate) struct Watch {
    wall: Instant,
    cpu: Option<f64>,
}

/// What a watch showed, in seconds.
#[derive(Debug, Clone, Copy, Default, serde::Serialize, serde::Deserialize)]
pub(crate) struct Spent {
    /// Wall time.
    pub(crate) wall: f64,
    /// Processor time of the whole process, where the system tells.
    pub(crate) cpu: Option<f64>,
}

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "a bench measures")]
    pub(crate) fn start() -> Self {
        Self { cpu: cpu_seconds(), wall: Instant::now() }
    }

    pub(crate) fn wall(&self) -> Duration {
        self.wall.elapsed()
    }

    pub(crate) fn seconds(&self) -> f64 {
        self.wall().as_secs_f64()
    }

    pub(crate) fn spent(&self) -> Spent {
        let wall = self.seconds();
        Spent { wall, cpu: self.cpu.zip(cpu_seconds()).map(|(before, now)| now - before) }
    }
}

/// Runs `work`; gives what it gave, and how long it took in seconds.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let watch = Watch::start();
    let made = work();
    let seconds = watch.seconds();
    (made, seconds)
}

/// Processor seconds of this process, of all threads it has and had: Linux's `stat`, which counts in
/// hundredths of a second.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets, which may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) as f64 / 100.0)
}

/// Most memory this process ever held, in bytes; `None` where the system does not tell.
pub(crate) fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

/// The value that `share` of the values do not exceed.
pub(crate) fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let at = sorted.iter().zip(0usize..).find(|(_, nth)| *nth as f64 >= share * last as f64);
    at.map_or(0.0, |(value, _)| *value)
}

/// The processor's name and how many there are, for the head of a report.
pub(crate) fn machine() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib =
        memory.lines().find_map(|l| l.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok());
    let gib =
        kib.map_or_else(|| "unknown".to_owned(), |kib: u64| format!("{:.0} GiB", kib as f64 / 1_048_576.0));
    format!("{}, {count} cores, {gib} memory", name.trim_start_matches([' ', '\t', ':']))
}

//! `lock`.

use clap::Args;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::watch::{Asked, ask};

/// Lock whatever is unlocked in this home: sessions and imports end after their present commit
#[derive(Debug, Args)]
#[command(after_help = "\
Every command locks again by itself when it is done. With --panic, programs end at once: what was
acknowledged is kept, what was under way is lost.

Examples:
  counterseal lock
  counterseal lock --panic")]
pub(crate) struct LockArgs {
    /// At once, without finishing anything
    #[arg(long)]
    panic: bool,
}

impl LockArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if ctx.session {
            ctx.lock()?;
            return Ok(Done::Well);
        }
        let home = ctx.home()?;
        let asked = ask(home.path(), self.panic).map_err(|e| Failure::file("lock", home.path(), e))?;
        match asked {
            Asked::NothingToDo => ctx.say("lock-nothing", &[])?,
            Asked::Locked => ctx.say("lock-done", &[])?,
            Asked::StillUnlocked => return Err(ctx.refuse("lock-still", &[])),
        }
        Ok(Done::Well)
    }
}

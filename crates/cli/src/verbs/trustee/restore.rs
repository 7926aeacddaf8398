//! `trustee restore`.

use std::path::PathBuf;

use clap::Args;
use counterseal_trustee::{renew_second, restore, restore_first};

use super::super::serving::asked;
use super::Config;
use crate::context::Context;
use crate::failure::Failure;

#[derive(Debug, Args)]
#[group(id = "lost", required = true, multiple = false, args = ["first", "second", "from"])]
pub(super) struct RestoreArgs {
    #[command(flatten)]
    config: Config,
    /// The first place is lost: make it from the second
    #[arg(long)]
    first: bool,
    /// The second place is lost: make it from the first
    #[arg(long, conflicts_with = "head")]
    second: bool,
    /// Both are lost: make them from this backup
    #[arg(long, value_name = "FILE", requires = "segments")]
    from: Option<PathBuf>,
    /// The file of the segments' keys beside the backup
    #[arg(long, value_name = "FILE", requires = "from")]
    segments: Option<PathBuf>,
    /// The largest counter of this trustee's release log that a desk shows
    #[arg(long, value_name = "COUNTER")]
    head: Option<u64>,
}

impl RestoreArgs {
    pub(super) fn run(self, ctx: &Context) -> Result<(), Failure> {
        let (config, keys) = self.config.open(ctx)?;
        let rng = ctx.randomness();
        if let Some((backup, segments)) = self.from.zip(self.segments) {
            restore(&config, &keys, (&backup, &segments), self.head, rng).map_err(asked)?;
        } else if self.first {
            restore_first(&config, &keys, self.head, rng).map_err(asked)?;
        } else {
            renew_second(&config, &keys, rng).map_err(asked)?;
            return ctx.say("trustee-second-made", &[]);
        }
        ctx.say("trustee-restored", &[])?;
        if self.head.is_none() {
            ctx.note("trustee-head-unknown", &[]);
        }
        Ok(())
    }
}

//! `reindex`.

use clap::Args;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::progress::Bar;

/// Make the index again from the journals; the journals are not touched
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal reindex")]
pub(crate) struct ReindexArgs {}

impl ReindexArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let bar = Bar::items(0, &ctx.words.text("reindex-bar"));
            let count = desk.reindex(&mut |done, total| bar.set_of(done, total))?;
            drop(bar);
            ctx.say("reindex-done", &[("count", count.to_string().into())])
        })?;
        Ok(Done::Well)
    }
}

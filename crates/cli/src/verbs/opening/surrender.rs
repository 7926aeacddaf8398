//! `surrender`: what was opened ahead is deleted.

use clap::Args;
use serde_json::json;

use super::WhereArgs;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Delete what was opened ahead, and tell the trustees what was read of it
#[derive(Debug, Args)]
#[command(after_help = "\
What was read offline stands in a chain on this desk, which leaves none out; it is told to the trustees as soon as
they can be reached: with each sync, and now with --tell. A thief's software need not obey a surrender.

Examples:
  counterseal surrender --list
  counterseal surrender
  counterseal surrender 0a1b2c3d4e5f6071/0 --tell")]
pub(crate) struct SurrenderArgs {
    /// These parts; all when none is named
    #[arg(value_name = "PART")]
    parts: Vec<String>,
    /// List what is kept, and delete nothing
    #[arg(long, conflicts_with = "parts")]
    list: bool,
    /// Tell the trustees what was read
    #[arg(long)]
    tell: bool,
    #[command(flatten)]
    place: WhereArgs,
    /// How to show the list
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl SurrenderArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            if self.list {
                let mut listing = Listing::new("ahead", &["part", "until", "readings", "request"]);
                for view in desk.opened_ahead()? {
                    listing.row([
                        json!(counterseal_node::part_text(view.part)),
                        json!(view.until.rfc3339()),
                        json!(view.readings),
                        json!(hex::encode(view.request).get(..16)),
                    ]);
                }
                return listing.show(ctx, desk, self.format);
            }
            let mut named = Vec::new();
            for text in &self.parts {
                named.extend(desk.guarded_parts(text)?.into_iter().map(|found| found.part));
            }
            let gone = desk.surrender((!self.parts.is_empty()).then_some(named.as_slice()))?;
            ctx.say("surrender-done", &[("count", gone.to_string().into())])?;
            if self.tell && desk.has_readings_due()? {
                let mut line = self.place.line(ctx, desk)?;
                let sent = desk.say_readings(&mut line)?;
                ctx.say("surrender-told", &[("count", sent.told.to_string().into())])?;
            }
            match desk.unsaid_readings()? {
                0 => Ok(()),
                count => ctx.say("surrender-untold", &[("count", count.to_string().into())]),
            }
        })?;
        Ok(Done::Well)
    }
}

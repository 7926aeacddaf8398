//! `near`.

use clap::Args;
use counterseal_model::RecordId;
use counterseal_node::Desk;
use serde_json::json;

use crate::context::Context;
use crate::describe::{kind_of, title_of};
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Most records that are looked at for a way between two.
const MOST: usize = 200_000;

/// What is linked to a record within a few steps, or the shortest way between two
#[derive(Debug, Args)]
#[command(after_help = "\
Steps are links, and taking part in an incident.

Examples:
  counterseal near 0a1b2c3d --steps 2
  counterseal near 0a1b2c3d --to 4e5f6071
  counterseal near 0a1b2c3d --steps 1 --limit 20 --format json")]
pub(crate) struct NearArgs {
    /// The record to start from
    record: String,
    /// Within how many steps
    #[arg(long, value_name = "K", default_value_t = 2)]
    steps: u32,
    /// Find the shortest way to this record instead
    #[arg(long, value_name = "RECORD")]
    to: Option<String>,
    /// At most so many records
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl NearArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let start = desk.find_record(&self.record)?;
            match &self.to {
                Some(goal) => path(ctx, desk, start, desk.find_record(goal)?, self.format),
                None => self.around(ctx, desk, start),
            }
        })?;
        Ok(Done::Well)
    }

    fn around(&self, ctx: &Context, desk: &Desk, start: RecordId) -> Result<(), Failure> {
        let near = desk.near(start, self.steps, self.limit)?;
        let mut listing = Listing::new("records", &["steps", "link", "from", "id", "kind", "title"]);
        for (view, distance) in near.records.iter().skip(1) {
            let step = near.steps.iter().find(|step| step.to == view.id());
            let (by, from) =
                step.map_or((None, None), |step| (Some(step.by.as_str()), Some(self.id(step.from))));
            let (id, kind) = (self.id(view.id()), kind_of(&view.part.body));
            listing.row([
                json!(distance),
                json!(by),
                json!(from),
                json!(id),
                json!(kind),
                json!(title_of(&view.part.body)),
            ]);
        }
        listing.show(ctx, desk, self.format)?;
        if near.cut {
            ctx.note("near-cut", &[("count", near.records.len().to_string().into())]);
        }
        Ok(())
    }

    fn id(&self, id: RecordId) -> String {
        if self.format == Format::Table { id.short() } else { id.to_string() }
    }
}

fn path(ctx: &Context, desk: &Desk, from: RecordId, to: RecordId, format: Format) -> Result<(), Failure> {
    let path = desk.path(from, to, MOST)?;
    let Some(path) = path else { return Err(ctx.refuse("near-no-way", &[])) };
    let mut listing = Listing::new("steps", &["step", "from", "link", "id", "title"]);
    for (nth, step) in (1..).zip(&path) {
        let title = title_of(&desk.record(step.to)?.part.body);
        let (from, id) = match format {
            Format::Table => (step.from.short(), step.to.short()),
            _ => (step.from.to_string(), step.to.to_string()),
        };
        listing.row([json!(nth), json!(from), json!(step.by), json!(id), json!(title)]);
    }
    listing.show(ctx, desk, format)
}

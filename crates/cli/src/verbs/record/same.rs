//! `record same`, `record apart`, `record alike`.

use clap::Args;
use counterseal_model::record::Body;
use counterseal_node::{Common, Desk};
use serde_json::json;

use crate::context::Context;
use crate::describe::title_of;
use crate::failure::Failure;
use crate::listing::{Format, Listing};

/// Say that two incidents tell of one event; both stay as they are
#[derive(Debug, Args)]
#[command(after_help = "\
The first one says from now on that it repeats the second, which stands for the event. Nothing is deleted, both keep their
authors, sources and gradings, and 'record apart' takes it back.

Examples:
  counterseal record same 4e5f6071 --as 0a1b2c3d
  counterseal record same acled:CAF1234 --as ucdp-ged:30367")]
pub(super) struct SameArgs {
    /// The record that repeats
    record: String,
    /// The record that stands for the event
    #[arg(long = "as", value_name = "RECORD")]
    event: String,
}

impl SameArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let (repeats, of) = (desk.find_record(&self.record)?, desk.find_record(&self.event)?);
        let event = desk.say_same(repeats, of)?;
        ctx.say("record-same", &[("record", repeats.short().into()), ("event", event.short().into())])
    }
}

/// Take back that an incident repeats another
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal record apart 4e5f6071")]
pub(super) struct ApartArgs {
    /// The record that repeats
    record: String,
}

impl ApartArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let id = desk.find_record(&self.record)?;
        desk.say_apart(id)?;
        ctx.say("record-apart", &[("record", id.short().into())])
    }
}

/// Incidents that may tell of the same event, and those that are said to
#[derive(Debug, Args)]
#[command(after_help = "\
Compared are time, place, people killed, names in Latin and Arabic letters, and words. It is a hint: you decide.

Examples:
  counterseal record alike 4e5f6071
  counterseal record alike 4e5f6071 --format json")]
pub(super) struct AlikeArgs {
    /// The record
    record: String,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl AlikeArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let view = desk.record(desk.find_record(&self.record)?)?;
        let Body::Incident(incident) = &view.part.body else {
            let values = [("kind", view.kind().word().into())];
            return Err(ctx.refuse("record-not-alike", &values));
        };
        let mut listing = Listing::new("records", &["same", "score", "common", "id", "title"]);
        let id = |view: &counterseal_node::RecordView| match self.format {
            Format::Table => view.id().short(),
            _ => view.id().to_string(),
        };
        for other in desk.other_accounts(view.id())? {
            listing.row([
                json!(true),
                json!(null),
                json!(""),
                json!(id(&other)),
                json!(title_of(&other.part.body)),
            ]);
        }
        for one in desk.alike(incident, Some(view.id()), self.limit)? {
            let common: Vec<String> = one.common.iter().map(word).collect();
            let score = format!("{:.2}", one.score);
            let title = title_of(&one.record.part.body);
            listing.row([
                json!(false),
                json!(score),
                json!(common.join("; ")),
                json!(id(&one.record)),
                json!(title),
            ]);
        }
        listing.show(ctx, desk, self.format)
    }
}

/// What two accounts have in common, short and the same in every language.
fn word(common: &Common) -> String {
    match common {
        Common::Days(days) => format!("{days:.0} d"),
        Common::Km(km) => format!("{km:.0} km"),
        Common::Place(name) => name.clone(),
        Common::Killed(one, other) => format!("† {one}/{other}"),
        Common::Names(names) => names.join(", "),
        Common::Words(count) => format!("{count} ≈"),
    }
}

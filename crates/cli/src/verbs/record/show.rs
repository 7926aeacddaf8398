//! `record show` and `record history`.

use clap::{Args, ValueEnum};
use counterseal_node::Desk;
use counterseal_node::RecordView;
use counterseal_register::{PartRef, Subject};
use serde_json::json;

use crate::clean::clean;
use crate::context::Context;
use crate::describe::{body_json, kind_of, lines_of, record_json, title_of};
use crate::failure::Failure;
use crate::listing::{Format, Listing, pretty};
use crate::verbs::part::part_of;

/// Show a record
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal record show 0a1b2c3d\n  counterseal record show ucdp-ged:30367 --format json"
)]
pub(super) struct ShowArgs {
    /// The record, by the first digits of its id or as SYSTEM:ID
    record: String,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: ShowFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ShowFormat {
    /// One field a line
    #[value(alias = "table")]
    Text,
    /// JSON, which 'record edit --json' takes back
    Json,
}

impl ShowArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let view = desk.record(desk.find_record(&self.record)?)?;
        if self.format == ShowFormat::Json {
            let mut shown = record_json(&view);
            let sealed = desk.sealed_twice(view.id())?;
            let sealed = sealed.iter().map(|named| {
                json!({ "part": part_of(named.part, true), "compartment": named.compartment.to_string() })
            });
            if let Some(fields) = shown.as_object_mut() {
                fields.insert("sealedTwice".to_owned(), sealed.collect());
            }
            return ctx.line(&pretty(&shown));
        }
        ctx.mark_synthetic(desk)?;
        let class = view.part.classification.word();
        ctx.line(&format!("{}  {}  {}", view.id(), kind_of(&view.part.body), class))?;
        if view.conflict {
            ctx.say("record-conflict-shown", &[("record", view.id().short().into())])?;
        }
        let lines = lines_of(desk, &view.part.body)?;
        let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).min(32);
        for (name, value) in lines {
            let value = value.replace('\n', &format!("\n{:width$}  ", ""));
            ctx.line(&format!("{name:width$}  {value}"))?;
        }
        say_sealed_twice(ctx, desk, &view)
    }
}

/// Names the parts of a record that are sealed twice, and how to ask for them; and where it was made of another part.
fn say_sealed_twice(ctx: &Context, desk: &Desk, view: &RecordView) -> Result<(), Failure> {
    for named in desk.sealed_twice(view.id())? {
        let name = desk.name_of(Subject::Compartment(named.compartment));
        let name = name.map_or_else(|| named.compartment.short(), |name| name.to_string());
        let values = [("part", part_of(named.part, false).into()), ("compartment", name.into())];
        ctx.say("record-sealed-twice", &values)?;
    }
    let Some(derived) = &view.part.derived else { return Ok(()) };
    let part = PartRef { entry: derived.entry, index: u32::try_from(derived.index).unwrap_or(u32::MAX) };
    let values = [
        ("part", part_of(part, false).into()),
        ("purpose", derived.purpose.as_str().into()),
        ("recipient", derived.recipient.as_str().into()),
    ];
    ctx.say("record-derived", &values)
}

/// List every version of a record
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal record history 0a1b2c3d\n  counterseal record history 0a1b2c3d --format json"
)]
pub(super) struct HistoryArgs {
    /// The record, by the first digits of its id or as SYSTEM:ID
    record: String,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl HistoryArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let mut columns = vec!["version", "newest", "made", "by", "compartment", "class", "title"];
        if self.format == Format::Json {
            columns.push("body");
        }
        let mut listing = Listing::new("versions", &columns);
        for version in desk.history(desk.find_record(&self.record)?)? {
            let owner = desk.register().device(version.device, desk.moment()).map(|device| device.person);
            let by = owner.and_then(|person| desk.name_of(Subject::Person(person)));
            let by = by.map_or_else(|| version.device.short(), |name| name.to_string());
            let compartment = desk.name_of(Subject::Compartment(version.compartment));
            let compartment =
                compartment.map_or_else(|| version.compartment.short(), |name| name.to_string());
            let table = self.format == Format::Table;
            let id = if table { version.version.short() } else { version.version.to_string() };
            let newest = if table { json!(if version.head { "*" } else { "" }) } else { json!(version.head) };
            let part = &version.part;
            let mut cells = vec![
                json!(id),
                newest,
                json!(part.made.rfc3339()),
                json!(by),
                json!(compartment),
                json!(part.classification.word()),
                json!(clean(&title_of(&part.body), true)),
            ];
            if self.format == Format::Json {
                cells.push(body_json(&part.body));
            }
            listing.row(cells);
        }
        listing.show(ctx, desk, self.format)
    }
}

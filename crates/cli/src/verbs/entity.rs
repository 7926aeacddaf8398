//! `entity`: which records are said to be one, and who said so.

use clap::{Args, Subcommand};
use counterseal_model::{Classification, Grading, RecordId};
use counterseal_node::{Desk, EntityAsk, MergeTerms, SaidSame};
use counterseal_register::Subject;
use serde_json::json;

use super::record::classification;
use crate::context::Context;
use crate::describe::{kind_of, title_of};
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing, pretty};

/// Say that two entities are one, take it back, and see who said so
#[derive(Debug, Args)]
pub(crate) struct EntityArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(ListArgs),
    Show(ShowArgs),
    Merge(MergeArgs),
    Split(SplitArgs),
}

impl EntityArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List(args) => args.run(ctx, desk),
            Action::Show(args) => args.run(ctx, desk),
            Action::Merge(args) => args.run(ctx, desk),
            Action::Split(args) => args.run(ctx, desk),
        })?;
        Ok(Done::Well)
    }
}

/// List entities by name, those of most incidents first
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal entity list --name kamel\n  counterseal entity list --limit 20 --format json"
)]
struct ListArgs {
    /// Part of one of their names, in any spelling
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl ListArgs {
    fn run(self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let ask = EntityAsk { name: self.name, kind: None };
        let (lines, all) = desk.entities(&ask, &desk.columns()?, self.limit)?;
        let mut listing = Listing::new("entities", &["id", "kind", "name", "same", "incidents", "class"]);
        for line in &lines {
            let id = if self.format == Format::Table { line.id.short() } else { line.id.to_string() };
            listing.row([
                json!(id),
                json!(line.kind.word()),
                json!(line.name),
                json!(line.also),
                json!(line.incidents),
                json!(line.classification.word()),
            ]);
        }
        listing.show(ctx, desk, self.format)?;
        if all > lines.len() {
            ctx.note("entity-more", &[("count", all.to_string().into())]);
        }
        Ok(())
    }
}

/// Show which records are said to be one with this one, and what was said
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal entity show 0a1b2c3d\n  counterseal entity show 0a1b2c3d --format json"
)]
struct ShowArgs {
    /// The entity, by the first digits of its record's id
    record: String,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl ShowArgs {
    fn run(&self, ctx: &Context, desk: &Desk) -> Result<(), Failure> {
        let identity = desk.identity(desk.find_record(&self.record)?)?;
        let records = identity.records.iter().map(
            |record| json!({ "id": record.id().to_string(), "kind": kind_of(&record.part.body), "name": title_of(&record.part.body) }),
        );
        if self.format == Format::Json {
            let said: Vec<_> = identity.said.iter().map(|said| said_json(desk, said)).collect();
            let records: Vec<_> = records.collect();
            let synthetic = desk.register().is_synthetic();
            let shown = json!({ "records": records, "absent": identity.absent, "said": said, "synthetic": synthetic });
            return ctx.line(&pretty(&shown));
        }
        let mut listing = Listing::new(
            "said",
            &["record", "with", "same", "newest", "by", "made", "compartment", "grade", "note"],
        );
        for said in &identity.said {
            let shown = said_json(desk, said);
            let [one, other] = said.of.map(|id| named(desk, id));
            let cell = |name: &str| shown.get(name).cloned().unwrap_or_default();
            let cells = ["same", "inForce", "by", "made", "compartment", "grading", "note"].map(cell);
            listing.row([json!(one), json!(other)].into_iter().chain(cells));
        }
        if self.format == Format::Table {
            ctx.mark_synthetic(desk)?;
            for record in &identity.records {
                ctx.line(&format!(
                    "{}  {}",
                    record.id(),
                    crate::clean::clean(&title_of(&record.part.body), true)
                ))?;
            }
            if identity.absent > 0 {
                ctx.say("entity-absent", &[("count", identity.absent.to_string().into())])?;
            }
            if identity.said.is_empty() {
                return ctx.say("entity-alone", &[]);
            }
        }
        listing.show(ctx, desk, self.format)
    }
}

fn named(desk: &Desk, id: RecordId) -> String {
    desk.entity_name(id).ok().flatten().unwrap_or_else(|| id.short())
}

fn said_json(desk: &Desk, said: &SaidSame) -> serde_json::Value {
    let person = desk.register().device(said.device, desk.moment()).map(|device| device.person);
    let by = person.and_then(|person| desk.name_of(Subject::Person(person)));
    let compartment = desk.name_of(Subject::Compartment(said.compartment));
    json!({
        "link": said.link.to_string(),
        "of": said.of.map(|id| id.to_string()),
        "same": said.same,
        "inForce": said.in_force,
        "conflict": said.conflict,
        "by": by.map_or_else(|| said.device.short(), |name| name.to_string()),
        "device": said.device.to_string(),
        "made": said.made.rfc3339(),
        "compartment": compartment.map_or_else(|| said.compartment.short(), |name| name.to_string()),
        "grading": said.grading.as_ref().map(ToString::to_string),
        "note": said.note,
    })
}

/// Say that two entities are one
#[derive(Debug, Args)]
#[command(after_help = "\
Both records stay as they are. Links and incidents of either are found as those of both, until somebody
takes it back with 'counterseal entity split'. Everyone in the compartment reads who said it.

Examples:
  counterseal entity merge 0a1b2c3d 4e5f6071 --grade C3
  counterseal entity merge 0a1b2c3d 4e5f6071 --compartment incidents \\
      --note 'Same voice, same limp.'")]
struct MergeArgs {
    /// The first, by the first digits of its record's id
    record: String,
    /// The second
    other: String,
    /// Who shall read it, by the compartment's name; one that has a part of both if left out
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification; as the more sensitive of the two if left out
    #[arg(long, value_name = "CLASS", value_parser = classification)]
    class: Option<Classification>,
    /// Grading: the source's letter and the information's number, as in B2
    #[arg(long, value_name = "GRADE", value_parser = grading)]
    grade: Option<Grading>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

fn grading(text: &str) -> Result<Grading, String> {
    Grading::parse(text).map_err(|error| error.to_string())
}

impl MergeArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let (one, other) = (desk.find_record(&self.record)?, desk.find_record(&self.other)?);
        let compartment = self.compartment.map(|name| desk.find_compartment(&name)).transpose()?;
        let (classification, grading, note) = (self.class, self.grade, self.note);
        desk.merge_entities(MergeTerms { one, other, compartment, classification, grading, note })?;
        ctx.mark_synthetic(desk)?;
        ctx.say("entity-merged", &[("record", one.short().into()), ("other", other.short().into())])
    }
}

/// Take back that an entity is one with another, or with any
#[derive(Debug, Args)]
#[command(after_help = "\
Taken back in every compartment in which it is said, all at once. What was said stays in the history.

Examples:
  counterseal entity split 0a1b2c3d
  counterseal entity split 0a1b2c3d --from 4e5f6071 --note 'Another voice.'")]
struct SplitArgs {
    /// The entity, by the first digits of its record's id
    record: String,
    /// Only from this one
    #[arg(long, value_name = "RECORD")]
    from: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
}

impl SplitArgs {
    fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let record = desk.find_record(&self.record)?;
        let from = self.from.as_deref().map(|from| desk.find_record(from)).transpose()?;
        let links = desk.split_entity(record, from, self.note.as_deref())?;
        ctx.mark_synthetic(desk)?;
        ctx.say(
            "entity-split",
            &[("record", record.short().into()), ("count", links.len().to_string().into())],
        )?;
        let identity = desk.identity(record)?;
        let left = from.filter(|from| identity.records.iter().any(|record| record.id() == *from));
        match left {
            // A third record still holds them together.
            Some(from) => ctx.say(
                "entity-still-one",
                &[("record", record.short().into()), ("other", from.short().into())],
            ),
            None => Ok(()),
        }
    }
}

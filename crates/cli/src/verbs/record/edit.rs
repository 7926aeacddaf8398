//! `record edit`, `record resolve`, `record move`.

use std::path::PathBuf;

use clap::Args;
use counterseal_model::record::{Body, Incident};
use counterseal_model::{Classification, CompartmentId};
use counterseal_node::{Desk, Movable, RecordView, VersionView};

use super::fields::Fields;
use super::json::read_body;
use super::new::classification;
use super::point_out::point_out;
use crate::context::Context;
use crate::failure::Failure;

/// Change fields of a record; the rest stays, and so does its history
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  counterseal record edit 0a1b2c3d --verified --grade A1
  counterseal record edit ucdp-ged:30367 --best 3 --low 2 --high 5
  counterseal record edit 0a1b2c3d --json corrected.json")]
pub(super) struct EditArgs {
    /// The record, by the first digits of its id or as SYSTEM:ID
    record: String,
    #[command(flatten)]
    fields: Box<Fields>,
    /// The whole new body as JSON, from a file or '-'
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Which part, where the record has several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification: unclassified, confidential, strictly-confidential
    #[arg(long, value_name = "CLASS", value_parser = classification)]
    class: Option<Classification>,
}

impl EditArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let view = desk.record(desk.find_record(&self.record)?)?;
        let id = view.id();
        if view.conflict && self.json.is_none() {
            return Err(ctx.refuse("record-in-conflict", &[("record", id.short().into())]));
        }
        let shown = part_of(ctx, desk, &view, self.compartment.as_deref())?;
        let mut body = match &self.json {
            Some(path) => read_body(ctx, path, view.kind())?,
            None => shown.part.body.clone(),
        };
        self.fields.apply(ctx, desk, &mut body)?;
        let class = self.class.unwrap_or(shown.part.classification);
        if body == shown.part.body && class == shown.part.classification {
            return ctx.say("record-unchanged", &[("record", id.short().into())]);
        }
        let (concerns, compartment) = (desk.concerns(&body)?, shown.compartment);
        desk.edit(id, compartment, body, class)?;
        ctx.say("record-edited", &[("record", id.short().into())])?;
        point_out(ctx, id, &concerns);
        Ok(())
    }
}

/// The part of a record to work on: the one in this compartment, or the only one.
fn part_of<'a>(
    ctx: &Context,
    desk: &Desk,
    view: &'a RecordView,
    named: Option<&str>,
) -> Result<&'a VersionView, Failure> {
    let wanted = named.map(|name| desk.find_compartment(name)).transpose()?;
    let mut parts = view.shown.iter().filter(|part| wanted.is_none_or(|wanted| part.compartment == wanted));
    let first =
        parts.next().ok_or_else(|| ctx.refuse("record-no-part", &[("record", view.id().short().into())]))?;
    if parts.any(|part| part.compartment != first.compartment) {
        return Err(ctx.refuse("record-several-parts", &[("record", view.id().short().into())]));
    }
    Ok(first)
}

/// Settle a conflict: two desks changed a record without knowing of each other
#[derive(Debug, Args)]
#[command(after_help = "\
'record history' lists the versions; those marked * stand beside each other.

Examples:
  counterseal record resolve 0a1b2c3d --take 9f8e7d6c
  counterseal record resolve 0a1b2c3d --json merged.json")]
#[command(group(clap::ArgGroup::new("how").required(true)))]
pub(super) struct ResolveArgs {
    /// The record
    record: String,
    /// Take this version, by its first digits
    #[arg(long, value_name = "VERSION", group = "how")]
    take: Option<String>,
    /// Take this body, as JSON from a file or '-'
    #[arg(long, value_name = "FILE", group = "how")]
    json: Option<PathBuf>,
    /// Which part, where the record has several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
}

impl ResolveArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let view = desk.record(desk.find_record(&self.record)?)?;
        let id = view.id();
        if !view.conflict {
            return ctx.say("record-no-conflict", &[("record", id.short().into())]);
        }
        let (body, compartment, class) = match (&self.take, &self.json) {
            (Some(prefix), _) => {
                let taken = self.version(ctx, desk, &view, prefix)?;
                (taken.part.body, taken.compartment, taken.part.classification)
            }
            (None, Some(path)) => {
                let part = part_of(ctx, desk, &view, self.compartment.as_deref())?;
                (read_body(ctx, path, view.kind())?, part.compartment, part.part.classification)
            }
            (None, None) => return Ok(()),
        };
        desk.edit(id, compartment, body, class)?;
        ctx.say("record-resolved", &[("record", id.short().into())])
    }

    fn version(
        &self,
        ctx: &Context,
        desk: &Desk,
        view: &RecordView,
        prefix: &str,
    ) -> Result<VersionView, Failure> {
        let prefix = prefix.to_ascii_lowercase();
        let mut fits: Vec<_> = desk.history(view.id())?;
        fits.retain(|version| version.version.to_string().starts_with(&prefix));
        match (fits.pop(), fits.len()) {
            (Some(only), 0) => Ok(only),
            (_, others) => {
                let count = if others == 0 { 0 } else { others + 1 };
                let values = [("prefix", prefix.into()), ("count", count.to_string().into())];
                Err(ctx.refuse("version-not-one", &values))
            }
        }
    }
}

/// Move a field of an incident into a part in another compartment
#[derive(Debug, Args)]
#[command(after_help = "\
What stood there stays in the history that members of the first compartment already have.

Examples:
  counterseal record move 0a1b2c3d --field narrative --to protection")]
pub(super) struct MoveArgs {
    /// The record
    record: String,
    /// The field: title, narrative, place, sources, actors, response
    #[arg(long)]
    field: String,
    /// The compartment it moves to
    #[arg(long, value_name = "NAME")]
    to: String,
    /// The compartment it stands in, where the record has several parts
    #[arg(long, value_name = "NAME")]
    from: Option<String>,
}

impl MoveArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let field = Movable::from_word(&self.field).ok_or_else(|| {
            let words = Movable::ALL.map(|(_, word)| word).join(", ");
            ctx.refuse("choose-one", &[("text", self.field.as_str().into()), ("words", words.into())])
        })?;
        let view = desk.record(desk.find_record(&self.record)?)?;
        let to = desk.find_compartment(&self.to)?;
        let from = match &self.from {
            Some(name) => desk.find_compartment(name)?,
            None => source_of(&view, field, to)
                .ok_or_else(|| ctx.refuse("record-several-parts", &[("record", view.id().short().into())]))?,
        };
        desk.move_field(view.id(), field, from, to)?;
        let values = [("field", self.field.as_str().into()), ("to", self.to.as_str().into())];
        ctx.say("record-moved", &values)
    }
}

/// The one compartment, besides the goal, in which the field says something.
fn source_of(view: &RecordView, field: Movable, to: CompartmentId) -> Option<CompartmentId> {
    let says = |incident: &Incident| match field {
        Movable::Title => incident.title.is_some(),
        Movable::Narrative => incident.narrative.is_some(),
        Movable::Place => incident.place.is_some(),
        Movable::Sources => !incident.sources.is_empty(),
        Movable::Actors => !incident.actors.is_empty(),
        Movable::Response => !incident.response.is_empty(),
    };
    let mut parts = view.shown.iter().filter(|part| {
        part.compartment != to && matches!(&part.part.body, Body::Incident(incident) if says(incident))
    });
    let first = parts.next()?.compartment;
    parts.all(|part| part.compartment == first).then_some(first)
}

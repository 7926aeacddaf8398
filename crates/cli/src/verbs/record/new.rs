//! `record new`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use counterseal_model::Classification;
use counterseal_model::record::{Body, Entity, EntityKind, Incident};
use counterseal_node::Desk;

use super::fields::Fields;
use super::json::read_body;
use super::point_out::point_out;
use crate::context::Context;
use crate::failure::Failure;

/// Write a new record
#[derive(Debug, Args)]
#[command(after_help = "\
What the guard at the door points out is printed after the record is written; you decide.
A source is always guarded and cannot be written into an open compartment. What is written into a guarded one is not
shown again on this desk: 'counterseal guarded list' says who holds its shares.

Examples:
  counterseal record new incident --title 'Attack on a convoy' \\
      --type armed-attack --date 091405ZMAR21 --place Bouca \\
      --at '6.51N 18.27E' --best 2 --grade B2 \\
      --actor perpetrator='Front of the Seven Wells'
  counterseal record new group --title 'Front of the Seven Wells' \\
      --also 'Front des sept puits'
  counterseal record new note --about 0a1b2c3d \\
      --narrative 'Call the prefect back on Monday.'
  counterseal record new incident --json incident.json --class confidential")]
pub(super) struct NewArgs {
    /// What it is
    #[arg(value_enum, value_name = "KIND")]
    what: NewKind,
    #[command(flatten)]
    fields: Box<Fields>,
    /// The whole body as JSON, from a file or '-'
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Compartment, by name or id, where you work in several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification: unclassified, confidential, strictly-confidential
    #[arg(long, value_name = "CLASS", value_parser = classification)]
    class: Option<Classification>,
}

/// Kinds of record a person writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NewKind {
    Incident,
    Person,
    Group,
    Organisation,
    Place,
    Vehicle,
    Equipment,
    Account,
    Note,
    Source,
}

/// Reads a classification, with hyphens or blanks.
pub(crate) fn classification(text: &str) -> Result<Classification, String> {
    let words = || "write unclassified, confidential or strictly-confidential".to_owned();
    Classification::from_word(&text.replace('-', " ")).ok_or_else(words)
}

impl NewKind {
    fn body(self) -> Body {
        let entity = |kind| Body::Entity(Box::new(Entity::named(kind, "")));
        match self {
            Self::Incident => Body::Incident(Box::default()),
            Self::Note => Body::Note(Box::default()),
            Self::Source => Body::Source(Box::default()),
            Self::Person => entity(EntityKind::Person),
            Self::Group => entity(EntityKind::Group),
            Self::Organisation => entity(EntityKind::Organisation),
            Self::Place => entity(EntityKind::Place),
            Self::Vehicle => entity(EntityKind::Vehicle),
            Self::Equipment => entity(EntityKind::Equipment),
            Self::Account => entity(EntityKind::Account),
        }
    }
}

impl NewArgs {
    pub(super) fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let compartment = ctx.compartment(desk, self.compartment.as_deref())?;
        let mut body = self.what.body();
        if let Some(path) = &self.json {
            let read = read_body(ctx, path, body.kind())?;
            if let (Body::Entity(given), Body::Entity(wanted)) = (&read, &body)
                && given.kind != wanted.kind
            {
                let values = [("is", given.kind.word().into()), ("given", wanted.kind.word().into())];
                return Err(ctx.refuse("json-other-kind", &values));
            }
            body = read;
        }
        self.fields.apply(ctx, desk, &mut body)?;
        if let Body::Incident(incident) = &body
            && **incident == Incident::default()
        {
            return Err(ctx.refuse("incident-empty", &[]));
        }
        let concerns = desk.concerns(&body)?;
        let class = self.class.unwrap_or_else(|| desk.default_class(compartment));
        let kind = body.kind().word();
        let id = desk.record_new(compartment, body, class)?;
        ctx.mark_synthetic(desk)?;
        ctx.say("record-new", &[("kind", kind.into()), ("id", id.to_string().into())])?;
        say_guarded(ctx, desk, compartment)?;
        point_out(ctx, id, &concerns);
        Ok(())
    }
}

/// Of a guarded compartment, what became of what was written.
fn say_guarded(
    ctx: &Context,
    desk: &Desk,
    compartment: counterseal_model::CompartmentId,
) -> Result<(), Failure> {
    let newest = desk.guarded_entries(1)?.pop().filter(|one| one.compartment == compartment);
    match newest {
        Some(one) if one.held => ctx.say("record-guarded-held", &[("entry", one.entry.short().into())]),
        Some(one) => ctx.say("record-guarded", &[("entry", one.entry.short().into())]),
        None => Ok(()),
    }
}

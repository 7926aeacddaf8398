//! `link`: who belongs to, commands, owns and was seen with what.

use clap::{Args, Subcommand};
use counterseal_model::record::{Body, Link};
use counterseal_model::{Classification, Grading, Occurred, RecordId};
use counterseal_node::Desk;
use serde_json::json;

use super::record::{classification, point_out, term};
use crate::context::Context;
use crate::dates::Typed;
use crate::describe::{kind_of, title_of};
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Link records, and list what is linked to one
#[derive(Debug, Args)]
pub(crate) struct LinkArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(NewArgs),
    /// List what is linked to a record, and what it took part in
    #[command(
        after_help = "Examples:\n  counterseal link list 0a1b2c3d\n  counterseal link list 0a1b2c3d --format json"
    )]
    List {
        /// The record
        record: String,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

/// Link one record to another
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  counterseal link new member-of 0a1b2c3d 4e5f6071 --date 2024-01 \\\n      --grade C3 --note 'seen at the checkpoint'"
)]
struct NewArgs {
    /// What kind: member-of, commands, owns, seen-at
    kind: String,
    /// From this record
    from: String,
    /// To that one
    to: String,
    /// When it held
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    date: Option<Typed>,
    /// Until when it held
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read, requires = "date")]
    until: Option<Typed>,
    /// Grading, as in B2
    #[arg(long, value_name = "GRADE")]
    grade: Option<String>,
    /// More, in words
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Compartment, by name or id, where you work in several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification: unclassified, confidential, strictly-confidential
    #[arg(long, value_name = "CLASS", value_parser = classification)]
    class: Option<Classification>,
}

impl LinkArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::New(args) => args.run(ctx, desk),
            Action::List { record, format } => list(ctx, desk, desk.find_record(&record)?, format),
        })?;
        Ok(Done::Well)
    }
}

impl NewArgs {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let compartment = ctx.compartment(desk, self.compartment.as_deref())?;
        let (from, to) = (desk.find_record(&self.from)?, desk.find_record(&self.to)?);
        if from == to {
            return Err(ctx.refuse("link-to-itself", &[]));
        }
        let kind = term(ctx, desk, &self.kind, "link-kind")?;
        let kind = kind.ok_or_else(|| ctx.refuse("link-needs-kind", &[]))?;
        let grading = self.grade.as_deref().map(Grading::parse).transpose();
        let grading = grading.map_err(|error| Failure::Asked(error.to_string()))?;
        let end = |date: Typed| self.until.map_or(date.at, |until| until.at);
        let when = self.date.map(|date| Occurred::span(date.at, end(date), date.precision));
        let link = Link { kind, from, to, when, grading, note: self.note, extra: Default::default() };
        let body = Body::Link(Box::new(link));
        let concerns = desk.concerns(&body)?;
        let class = self.class.unwrap_or_else(|| desk.default_class(compartment));
        let id = desk.record_new(compartment, body, class)?;
        ctx.say(
            "link-new",
            &[("from", from.short().into()), ("to", to.short().into()), ("id", id.short().into())],
        )?;
        point_out(ctx, id, &concerns);
        Ok(())
    }
}

fn list(ctx: &Context, desk: &Desk, record: RecordId, format: Format) -> Result<(), Failure> {
    let near = desk.near(record, 1, 1000)?;
    let mut listing = Listing::new("links", &["link", "id", "kind", "title"]);
    for step in &near.steps {
        let Some((view, _)) = near.records.iter().find(|(view, _)| view.id() == step.to) else { continue };
        let id = if format == Format::Table { step.to.short() } else { step.to.to_string() };
        listing.row([
            json!(step.by),
            json!(id),
            json!(kind_of(&view.part.body)),
            json!(title_of(&view.part.body)),
        ]);
    }
    listing.show(ctx, desk, format)?;
    if near.cut {
        ctx.note("near-cut", &[("count", near.records.len().to_string().into())]);
    }
    Ok(())
}

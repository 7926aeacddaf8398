//! `openings`: who opened what of mine and my section's, and what this desk opened.

use clap::{Args, Subcommand};
use counterseal_node::{Desk, part_text};
use counterseal_register::{Outcome, Subject};
use serde_json::json;

use super::WhereArgs;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// List openings: those that concern you, and your own
#[derive(Debug, Args)]
pub(crate) struct OpeningsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Fetch the trustees' notices, and list who opened what of yours and your section's
    #[command(after_help = "\
With words of n - t + 1 trustees that are newer than an hour, all openings up to then are known; else openings
since then may be unseen, and this says so. A release that names no leaf of the log is a trustee's lie.
'read' is what somebody read offline of what they had opened ahead, and when; 'readings-forked' is that their
device told two stories of it.
Exit code 3: openings may be unseen, one is not in the log, or a device told two stories.

Examples:
  counterseal openings list
  counterseal openings list --offline --format json")]
    List {
        #[command(flatten)]
        place: WhereArgs,
        /// List what is on this desk, and ask nobody
        #[arg(long)]
        offline: bool,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List what this desk asked to open
    #[command(
        after_help = "Examples:\n  counterseal openings mine\n  counterseal openings mine --format json"
    )]
    Mine {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

impl OpeningsArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List { place, offline, format } => {
                if !offline {
                    place.line(ctx, desk)?.fetch_post(desk)?;
                }
                notices(ctx, desk, format)
            }
            Action::Mine { format } => mine(ctx, desk, format).map(|()| Done::Well),
        })
    }
}

/// What trustees call it when a device told two stories of what it read.
const FORKED: &str = "readings-forked";

fn notices(ctx: &Context, desk: &Desk, format: Format) -> Result<Done, Failure> {
    let columns =
        ["request", "person", "purpose", "parts", "outcome", "time", "read", "trustees", "hasty", "logged"];
    let mut listing = Listing::new("openings", &columns);
    let mut wrong = false;
    for view in desk.notices()? {
        let notice = &view.notice;
        let id = hex::encode(view.request);
        let id = if format == Format::Table { id.get(..8).unwrap_or_default().to_owned() } else { id };
        let name = view.reader.and_then(|person| desk.name_of(Subject::Person(person)));
        let name = name.map(|name| name.to_string()).or_else(|| view.reader.map(|person| person.short()));
        let parts: Vec<String> = notice.parts.iter().map(|part| part_text(*part)).collect();
        let left = |outcome| matches!(outcome, Outcome::Released | Outcome::Read);
        let released = view.trustees.values().filter(|(outcome, _)| left(*outcome)).count();
        let read =
            notice.readings.iter().map(|one| format!("{} {}", one.time.rfc3339(), part_text(one.part)));
        let outcome = if view.is_forked() { FORKED } else { notice.outcome.word() };
        wrong |= view.lacks_leaf() || view.is_forked();
        listing.row([
            json!(id),
            json!(name),
            json!(notice.purpose.to_string()),
            json!(parts),
            json!(outcome),
            json!(notice.time.rfc3339()),
            json!(read.collect::<Vec<_>>()),
            json!(format!("{released}/{}", view.trustees.len())),
            json!(view.hasty),
            json!(view.logged),
        ]);
    }
    listing.show(ctx, desk, format)?;
    let known = desk.openings_known()?;
    let time = known.known_to.map_or_else(|| "-".to_owned(), |time| time.rfc3339());
    let key = if known.fresh { "openings-all-known" } else { "openings-may-be-unseen" };
    ctx.note(key, &[("time", time.into()), ("needed", known.needed.to_string().into())]);
    Ok(if known.fresh && !wrong { Done::Well } else { Done::Attention })
}

fn mine(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let columns = ["request", "purpose", "parts", "made", "leaf", "released", "refused", "emergency"];
    let mut listing = Listing::new("openings", &columns);
    for view in desk.my_openings()? {
        let id = hex::encode(view.hash);
        let id = if format == Format::Table { id.get(..8).unwrap_or_default().to_owned() } else { id };
        listing.row([
            json!(id),
            json!(view.request.purpose.to_string()),
            json!(view.request.parts.len()),
            json!(view.request.made.rfc3339()),
            json!(view.leaf),
            json!(view.released),
            json!(view.refused),
            json!(view.request.emergency),
        ]);
    }
    listing.show(ctx, desk, format)
}

//! `approvals`: what others ask this person to approve.

use clap::{Args, Subcommand};
use counterseal_node::{ApprovalAsked, Desk, part_text};
use counterseal_register::Subject;
use serde_json::json;

use super::{WhereArgs, failed};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Approve or decline openings that need a second person
#[derive(Debug, Args)]
pub(crate) struct ApprovalsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Fetch and list what waits for your answer
    #[command(
        after_help = "Examples:\n  counterseal approvals list\n  counterseal approvals list --format json"
    )]
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
    /// Approve one request, and no other: its purpose, its parts, its reader
    #[command(after_help = "\
How long after the request you approved is recorded, and shown to those whom the opening concerns.

Examples:
  counterseal approvals give 0a1b2c3d")]
    Give {
        /// The request, by the first digits that 'list' shows
        request: String,
        #[command(flatten)]
        place: WhereArgs,
    },
    /// Decline a request
    #[command(after_help = "Examples:\n  counterseal approvals decline 0a1b2c3d")]
    Decline {
        /// The request, by the first digits that 'list' shows
        request: String,
        #[command(flatten)]
        place: WhereArgs,
    },
}

impl ApprovalsArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List { place, offline, format } => {
                if !offline {
                    place.line(ctx, desk)?.fetch_post(desk)?;
                }
                list(ctx, desk, format)
            }
            Action::Give { request, place } => answer(ctx, desk, &request, true, &place),
            Action::Decline { request, place } => answer(ctx, desk, &request, false, &place),
        })?;
        Ok(Done::Well)
    }
}

fn answer(
    ctx: &Context,
    desk: &mut Desk,
    request: &str,
    approved: bool,
    place: &WhereArgs,
) -> Result<(), Failure> {
    let mut line = place.line(ctx, desk)?;
    let asked = desk.approve(request, approved, &mut line).map_err(|error| failed(ctx, error))?;
    let values = [
        ("person", name_of(desk, &asked).into()),
        ("purpose", asked.request.purpose.to_string().into()),
        ("count", asked.parts().len().to_string().into()),
    ];
    ctx.say(if approved { "approvals-given" } else { "approvals-declined" }, &values)
}

fn name_of(desk: &Desk, asked: &ApprovalAsked) -> String {
    let name = desk.name_of(Subject::Person(asked.reader));
    name.map_or_else(|| asked.reader.short(), |name| name.to_string())
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let columns = ["request", "person", "purpose", "parts", "made", "left", "answer"];
    let mut listing = Listing::new("approvals", &columns);
    for asked in desk.approvals_asked()? {
        let id = hex::encode(asked.core);
        let id = if format == Format::Table { id.get(..8).unwrap_or_default().to_owned() } else { id };
        let left = (asked.request.not_after.0 - desk.now().0).max(0);
        let parts: Vec<String> = asked.parts().iter().map(|part| part_text(*part)).collect();
        let answer = asked.answer.map(|answer| if answer.approved { "approved" } else { "declined" });
        listing.row([
            json!(id),
            json!(name_of(desk, &asked)),
            json!(asked.request.purpose.to_string()),
            json!(parts),
            json!(asked.request.made.rfc3339()),
            json!(left),
            json!(answer),
        ]);
    }
    listing.show(ctx, desk, format)
}

//! `statement`: this desk's own statements that the log does not carry out.

use clap::{Args, Subcommand};
use counterseal_model::StatementId;
use counterseal_node::{Desk, OwnStatement, Pending};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// List, drop and make again your statements that wait, were refused, or lost their place
#[derive(Debug, Args)]
pub(crate) struct StatementArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List them, with the reason
    #[command(after_help = "\
'void' lost the place after its predecessor to another, and stands in the log for all to see.

Examples:
  counterseal statement list
  counterseal statement list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Forget a statement that waits or was refused; what it took away is not obeyed here any more
    #[command(after_help = "\
One that a hub has accepted may still come to stand in the log.

Examples:
  counterseal statement drop 0a1b2c3d")]
    Drop {
        /// The statement, by the first digits of its id
        statement: String,
    },
    /// Make a statement again on top of what the log has now
    #[command(after_help = "Examples:\n  counterseal statement again 0a1b2c3d")]
    Again {
        /// The statement, by the first digits of its id
        statement: String,
    },
}

impl StatementArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::List { format } => list(ctx, desk, format),
            Action::Drop { statement } => {
                let found = find(ctx, desk, &statement)?;
                if matches!(found.pending, Pending::Void { .. }) {
                    return Err(ctx.refuse("statement-void-stays", &[]));
                }
                desk.drop_statement(found.id)?;
                ctx.say("statement-dropped", &[("act", found.act.into()), ("id", found.id.short().into())])
            }
            Action::Again { statement } => {
                let found = find(ctx, desk, &statement)?;
                desk.say_again(found.id)?;
                ctx.say("statement-again", &[("act", found.act.into())])
            }
        })?;
        Ok(Done::Well)
    }
}

fn find(ctx: &Context, desk: &Desk, prefix: &str) -> Result<OwnStatement, Failure> {
    let mut found = desk.own_statements()?;
    found.retain(|own| own.id.to_string().starts_with(&prefix.to_ascii_lowercase()));
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        _ => Err(ctx.refuse("statement-not-one", &[("prefix", prefix.to_owned().into())])),
    }
}

/// The reason in words: of a hub's refusal the register's own sentence, where there is one.
fn reason(ctx: &Context, pending: &Pending) -> (&'static str, Option<String>) {
    match pending {
        Pending::Unsent => ("unsent", None),
        Pending::Accepted => ("accepted", None),
        Pending::Refused(code) => {
            ("refused", Some(ctx.words.find(&format!("refusal-{code}"), &[]).unwrap_or_else(|| code.clone())))
        }
        Pending::Void { winner } => ("void", Some(StatementId::short(winner))),
    }
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let mut listing =
        Listing::new("statements", &["id", "act", "made", "status", "reason", "obeyed", "again"]);
    for own in desk.own_statements()? {
        let (status, reason) = reason(ctx, &own.pending);
        let id = if format == Format::Table { own.id.short() } else { own.id.to_string() };
        listing.row([
            json!(id),
            json!(own.act),
            json!(own.made.rfc3339()),
            json!(status),
            json!(reason),
            json!(own.obeyed),
            json!(own.repeatable),
        ]);
    }
    listing.show(ctx, desk, format)
}

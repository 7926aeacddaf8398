//! `mission lost`: what was said here and has no effect.

use clap::Args;
use counterseal_model::StatementId;
use counterseal_node::{Desk, LostState};
use serde_json::json;

use crate::context::Context;
use crate::failure::Failure;
use crate::listing::pretty;

/// Show statements of this desk that have no effect, say one again, or give it up
#[derive(Debug, Args)]
#[command(after_help = "\
Another statement took its place in the log or made it impossible, or the hub refuses it. Said again, it is said on what stands now; of
an epoch, who was to come in or to go. What governors signed, they must sign again.

Examples:
  counterseal mission lost
  counterseal mission lost --again 5f2a90c1
  counterseal mission lost --give-up 5f2a90c1")]
pub(super) struct LostArgs {
    /// Say this one again, by the beginning of its id
    #[arg(long, value_name = "ID", conflicts_with = "give_up")]
    again: Option<String>,
    /// Give this one up, by the beginning of its id
    #[arg(long, value_name = "ID")]
    give_up: Option<String>,
    /// table or json
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl LostArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        if let Some(prefix) = &self.again {
            let id = find(ctx, desk, prefix)?;
            desk.remake(id)?;
            return ctx.say("lost-said-again", &[("id", id.short().into())]);
        }
        if let Some(prefix) = &self.give_up {
            let id = find(ctx, desk, prefix)?;
            desk.give_up(id)?;
            return ctx.say("lost-given-up", &[("id", id.short().into())]);
        }
        let lost = desk.lost_statements()?;
        if self.format == "json" {
            let list = lost.iter().map(|lost| {
                json!({ "id": lost.id.to_string(), "what": lost.what, "state": word(lost.state), "reason": lost.code,
                    "canBeSaidAgain": lost.can_be_remade })
            });
            let synthetic = desk.register().is_synthetic();
            return ctx.line(&pretty(&json!({ "synthetic": synthetic, "lost": list.collect::<Vec<_>>() })));
        }
        ctx.mark_synthetic(desk)?;
        if lost.is_empty() {
            return ctx.say("lost-none", &[]);
        }
        for lost in lost {
            let key = match (lost.state, lost.can_be_remade) {
                (LostState::Refused, _) => "lost-refused",
                (_, false) => "lost-governors",
                (LostState::Void, true) => "lost-void",
                (LostState::Impossible, true) => "lost-statement",
            };
            let values = [
                ("id", lost.id.short().into()),
                ("what", lost.what.into()),
                ("code", lost.code.clone().into()),
            ];
            ctx.say(key, &values)?;
        }
        Ok(())
    }
}

fn find(ctx: &Context, desk: &Desk, prefix: &str) -> Result<StatementId, Failure> {
    let lost = desk.lost_statements()?;
    let wanted = prefix.to_ascii_lowercase();
    let fits: Vec<_> = lost.iter().filter(|lost| lost.id.to_string().starts_with(&wanted)).collect();
    match fits[..] {
        [only] => Ok(only.id),
        _ => Err(ctx.refuse("lost-which", &[("prefix", prefix.into())])),
    }
}

/// A state in a word, for programs.
const fn word(state: LostState) -> &'static str {
    match state {
        LostState::Impossible => "impossible",
        LostState::Void => "void",
        LostState::Refused => "refused",
    }
}

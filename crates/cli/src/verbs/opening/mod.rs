//! Opening guarded parts, approving, receipts, and who opened what.

mod approvals;
mod chosen;
mod first;
mod known;
mod open;
mod receipt;
mod show;
mod surrender;

pub(crate) use approvals::ApprovalsArgs;
pub(crate) use first::open_first;
pub(crate) use known::OpeningsArgs;
pub(crate) use open::{OpenArgs, case_of};
pub(crate) use receipt::ReceiptArgs;
pub(crate) use surrender::SurrenderArgs;

use clap::Args;
use counterseal_node::{Desk, LinkError, OutsideLine};

use crate::context::Context;
use crate::failure::Failure;
use crate::refused::sentence_of_link;
use crate::verbs::trustees::trustees;
use crate::whom::{asked_of, say_whom};

/// Where hub and trustees are reached.
#[derive(Debug, Clone, Args)]
pub(crate) struct WhereArgs {
    /// Where the hub is reached, as host:port; else where the last sync reached it
    #[arg(long, value_name = "HOST:PORT")]
    hub: Option<String>,
    /// Where a trustee is reached, as ID=HOST:PORT, by the first digits of its id; may be given several times
    #[arg(long = "trustee", value_name = "ID=HOST:PORT")]
    trustees: Vec<String>,
}

impl WhereArgs {
    /// The way to hub and trustees.
    fn line(&self, ctx: &Context, desk: &Desk) -> Result<OutsideLine, Failure> {
        let hub = match &self.hub {
            Some(hub) => hub.clone(),
            None => desk.hub_address()?.ok_or_else(|| ctx.refuse("sync-no-address", &[]))?,
        };
        Ok(OutsideLine::new(&hub, trustees(ctx, desk, &self.trustees)?))
    }
}

/// The same, and whom to ask where trustees refused.
pub(super) fn refused(ctx: &Context, desk: &Desk, error: LinkError) -> Failure {
    say_whom(ctx, desk, asked_of(&error), None);
    failed(ctx, error)
}

/// What a connection's failure is in words and by exit code.
pub(super) fn failed(ctx: &Context, error: LinkError) -> Failure {
    match error {
        LinkError::Node(error) => Failure::Node(error),
        other => Failure::Asked(sentence_of_link(&other, ctx.words)),
    }
}

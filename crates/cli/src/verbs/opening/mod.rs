//! Opening guarded parts, approving, receipts, and who opened what.

mod approvals;
mod known;
mod open;
mod receipt;
mod show;
mod surrender;

pub(crate) use approvals::ApprovalsArgs;
pub(crate) use known::OpeningsArgs;
pub(crate) use open::OpenArgs;
pub(crate) use receipt::ReceiptArgs;
pub(crate) use surrender::SurrenderArgs;

use std::collections::BTreeMap;

use clap::Args;
use counterseal_node::{Desk, LinkError, OutsideLine};
use counterseal_register::{KeyId, Trustee};

use crate::context::Context;
use crate::failure::Failure;
use crate::refused::sentence_of_link;

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
        Ok(OutsideLine::new(&hub, elsewhere(ctx, desk, &self.trustees)?))
    }
}

/// Other addresses of trustees, by their ids.
pub(crate) fn elsewhere(
    ctx: &Context,
    desk: &Desk,
    named: &[String],
) -> Result<BTreeMap<KeyId, String>, Failure> {
    let set = desk.register().trustees(desk.moment());
    let ids: Vec<KeyId> = set.map(|set| set.trustees.iter().map(Trustee::id).collect()).unwrap_or_default();
    let mut places = BTreeMap::new();
    for text in named {
        let bad = || ctx.refuse("trustee-place-bad", &[("text", text.clone().into())]);
        let (digits, place) = text.split_once('=').ok_or_else(bad)?;
        let mut fitting = ids.iter().filter(|id| id.to_string().starts_with(&digits.to_ascii_lowercase()));
        let (Some(id), None) = (fitting.next(), fitting.next()) else { return Err(bad()) };
        places.insert(*id, place.to_owned());
    }
    Ok(places)
}

/// What a connection's failure is in words and by exit code.
pub(super) fn failed(ctx: &Context, error: LinkError) -> Failure {
    match error {
        LinkError::Node(error) => Failure::Node(error),
        other => Failure::Asked(sentence_of_link(&other, ctx.words)),
    }
}

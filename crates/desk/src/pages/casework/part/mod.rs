//! One guarded part: how safe it is, what may be done with it, what a request would come to, and what is said about it.

mod basis;
mod consent;
mod decision;
mod forms;
mod keep;
mod paper;
mod request;
mod safe;
mod show;
pub(super) mod uses;

pub(crate) use basis::{agree, agreement, based, basis};
pub(crate) use consent::{consent, given, reconfirmed, taken_back};
pub(super) use decision::verdict;
pub(crate) use keep::{hold, withdraw};
pub(crate) use paper::{cosign, download, make as make_paper, read as read_paper, show as show_paper};
pub(crate) use show::{find, show};

use counterseal_model::EntryId;
use counterseal_node::{CaseworkRefusal, Desk, NamedPart, NodeError};

/// The part that an address names: an entry, by all its digits, and an index. Whether it is here is another question; one
/// that is not on this desk is named with its compartment.
fn named(desk: &Desk, entry: &str, index: u32, compartment: Option<&str>) -> Result<NamedPart, NodeError> {
    let text = format!("{entry}/{index}");
    let unknown = || NodeError::from(CaseworkRefusal::UnknownPart { part: text.clone() });
    entry.parse::<EntryId>().map_err(|_| unknown())?;
    let compartment = compartment.map(|named| desk.find_compartment(named)).transpose()?;
    desk.named_parts(&text, compartment)?.pop().ok_or_else(unknown)
}

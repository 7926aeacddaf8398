//! Sharing: what the receivers would read and how many they are, doing it, approving it, and what was let out.

mod approve;
mod list;
mod plan;
mod wanted;

pub(super) use approve::bring;
pub(crate) use approve::{approve, ask, download, read, show as show_asked};
pub(crate) use list::list;
pub(super) use list::table;
pub(crate) use plan::{share, show};

use counterseal_node::NamedPart;

/// Where a part is shared.
pub(super) fn path(named: NamedPart) -> String {
    format!("/share?part={}/{}", named.part.entry, named.part.index)
}

//! Roots of a tree at several of its sizes, from its leaves in order.

use std::collections::BTreeMap;

use counterseal_ledger::{Frontier, Hash};

/// The roots at the sizes that were asked for.
pub(crate) struct Roots {
    frontier: Frontier,
    wanted: BTreeMap<u64, Option<Hash>>,
}

impl Roots {
    /// From a right edge on; sizes before it are not known.
    pub(crate) fn new(frontier: Frontier, wanted: impl IntoIterator<Item = u64>) -> Self {
        let mut roots = Self { frontier, wanted: wanted.into_iter().map(|size| (size, None)).collect() };
        roots.note();
        roots
    }

    pub(crate) fn push(&mut self, leaf: &[u8]) {
        self.frontier.push(Hash::leaf(leaf));
        self.note();
    }

    fn note(&mut self) {
        if let Some(slot) = self.wanted.get_mut(&self.frontier.size()) {
            *slot = Some(self.frontier.root());
        }
    }

    pub(crate) fn at(&self, size: u64) -> Option<Hash> {
        self.wanted.get(&size).copied().flatten()
    }

    pub(crate) fn into_frontier(self) -> Frontier {
        self.frontier
    }
}

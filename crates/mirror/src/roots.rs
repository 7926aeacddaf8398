//! Roots of a tree at several of its sizes, from its leaves in order.

use std::collections::BTreeMap;

use counterseal_ledger::{Frontier, Hash};

/// The roots at the sizes that were asked for.
#[derive(Debug)]
pub struct Roots {
    frontier: Frontier,
    wanted: BTreeMap<u64, Option<Hash>>,
}

impl Roots {
    /// From a right edge on; sizes before it are not known.
    #[must_use]
    pub fn new(frontier: Frontier, wanted: impl IntoIterator<Item = u64>) -> Self {
        let mut roots = Self { frontier, wanted: wanted.into_iter().map(|size| (size, None)).collect() };
        roots.note();
        roots
    }

    /// Takes the next leaf.
    pub fn push(&mut self, leaf: &[u8]) {
        self.frontier.push(Hash::leaf(leaf));
        self.note();
    }

    fn note(&mut self) {
        if let Some(slot) = self.wanted.get_mut(&self.frontier.size()) {
            *slot = Some(self.frontier.root());
        }
    }

    /// The root at a size, if it was asked for and reached.
    #[must_use]
    pub fn at(&self, size: u64) -> Option<Hash> {
        self.wanted.get(&size).copied().flatten()
    }

    /// The right edge over all leaves taken.
    #[must_use]
    pub fn into_frontier(self) -> Frontier {
        self.frontier
    }
}

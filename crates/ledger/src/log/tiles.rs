//! The tiles of a tree, made again from its leaves: what an auditor holds a log's files against.

use super::Edge;
use crate::merkle::{Hash, Tile, TreeHead};

/// A tree that grows leaf by leaf and gives its tiles. It keeps at most 255 hashes for each level.
#[derive(Debug, Clone, Default)]
pub struct TileMaker(Edge);

impl TileMaker {
    /// Of a log without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends a leaf, by its hash. Gives the tiles that are full with it, the lowest first.
    pub fn push(&mut self, leaf: Hash) -> Vec<(Tile, Vec<Hash>)> {
        let mut full = Vec::new();
        self.0.push(0, leaf, &mut full);
        self.0.size += 1;
        let size = self.0.size;
        let named = full.into_iter().filter_map(|(level, row)| {
            let index = ((size - 1) >> (8 * level)) >> 8;
            Some((Tile::of_tree(u8::try_from(level).ok()?, index, size)?, row))
        });
        named.collect()
    }

    /// The unfinished tiles on the right edge, from the bottom up.
    #[must_use]
    pub fn unfinished(&self) -> Vec<(Tile, Vec<Hash>)> {
        let row = |tile: Tile| Some((tile, self.0.rows.get(usize::from(tile.level()))?.clone()));
        Tile::right_edge(self.0.size).into_iter().filter_map(row).collect()
    }

    /// How many leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.0.size()
    }

    /// Size and root.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        self.0.head()
    }
}

//! Nodes out of tiles, each tile checked against the tree's head before a hash of it is used.

use std::collections::BTreeMap;

use super::{FULL_WIDTH, Frontier, Hash, LogPath, NodeReader, Tile, TreeHead};

/// Why a tile is not used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileRefusal<E> {
    /// It could not be read.
    #[error("{path} could not be read: {error}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the reader said.
        error: E,
    },
    /// Its length is not that of its width.
    #[error("{path} has {bytes} bytes, which does not fit its width")]
    Length {
        /// Its path.
        path: String,
        /// How many bytes there are.
        bytes: usize,
    },
    /// The right edge does not lead to the head's root.
    #[error("the tiles on the right edge do not lead to the root at size {size}")]
    WrongRoot {
        /// The head's size.
        size: u64,
    },
    /// It does not hash to what the tile above it says.
    #[error("{path} is not what the tile above it says")]
    WrongTile {
        /// Its path.
        path: String,
    },
    /// The tree has no such node.
    #[error("a tree of {size} leaves has no complete subtree {index} at height {level}")]
    NoSuchNode {
        /// Height.
        level: u32,
        /// Number at that height.
        index: u64,
        /// The tree's size.
        size: u64,
    },
}

/// Reads the nodes of one tree out of its tiles. Tiles are read once and kept.
pub struct TileReader<F> {
    head: TreeHead,
    read: F,
    rows: BTreeMap<Tile, Vec<Hash>>,
}

impl<E, F: FnMut(&Tile) -> Result<Vec<u8>, E>> TileReader<F> {
    /// Reads the right edge and checks it against the head. `read` fetches a tile's bytes; it may
    /// cut a wider tile down to the width that is asked for.
    ///
    /// # Errors
    /// When a tile cannot be read or the tiles are not those of this head.
    pub fn open(head: TreeHead, read: F) -> Result<Self, TileRefusal<E>> {
        let mut reader = Self { head, read, rows: BTreeMap::new() };
        let mut edge = Vec::new();
        for tile in Tile::right_edge(head.size).into_iter().rev() {
            let row = reader.fetch(&tile)?;
            edge.extend(row_frontier(&row).into_edge());
            reader.rows.insert(tile, row);
        }
        if Frontier::from_parts(head.size, edge).root() != head.root {
            return Err(TileRefusal::WrongRoot { size: head.size });
        }
        Ok(reader)
    }

    /// The head that everything is checked against.
    #[must_use]
    pub const fn head(&self) -> TreeHead {
        self.head
    }

    /// The hash of the leaf at `index`.
    ///
    /// # Errors
    /// When the tile that has it cannot be read or is wrong.
    pub fn leaf(&mut self, index: u64) -> Result<Hash, TileRefusal<E>> {
        self.node(0, index)
    }

    fn fetch(&mut self, tile: &Tile) -> Result<Vec<Hash>, TileRefusal<E>> {
        let path = || LogPath::Tile(*tile).to_string();
        let bytes = (self.read)(tile).map_err(|error| TileRefusal::Unreadable { path: path(), error })?;
        tile.read(&bytes).map_err(|_| TileRefusal::Length { path: path(), bytes: bytes.len() })
    }

    /// The hashes of a tile that is known to be the tree's: on the right edge, or hashed into the
    /// tile above, which is.
    fn row(&mut self, tile: Tile) -> Result<&[Hash], TileRefusal<E>> {
        if !self.rows.contains_key(&tile) {
            let row = self.fetch(&tile)?;
            let (above, place) = (tile.index() >> 8, tile.index() & 0xff);
            let expected = match Tile::of_tree(tile.level() + 1, above, self.head.size) {
                Some(above) => self.row(above)?.get(place as usize).copied(),
                None => None,
            };
            if expected != Some(row_root(&row)) {
                return Err(TileRefusal::WrongTile { path: LogPath::Tile(tile).to_string() });
            }
            self.rows.insert(tile, row);
        }
        Ok(self.rows.get(&tile).map_or(&[], Vec::as_slice))
    }
}

impl<E, F: FnMut(&Tile) -> Result<Vec<u8>, E>> NodeReader for TileReader<F> {
    type Error = TileRefusal<E>;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error> {
        let size = self.head.size;
        let none = || TileRefusal::NoSuchNode { level, index, size };
        // Within its tile, a node stands over 2^(level mod 8) hashes of the tile's row.
        let (tile_level, height) = (u8::try_from(level / 8).map_err(|_| none())?, level % 8);
        let first = index.checked_mul(1 << height).ok_or_else(none)?;
        let tile = Tile::of_tree(tile_level, first >> 8, size).ok_or_else(none)?;
        let from = (first & 0xff) as usize;
        let row = self.row(tile)?.get(from..from + (1 << height)).ok_or_else(none)?;
        Ok(row_root(row))
    }
}

fn row_frontier(row: &[Hash]) -> Frontier {
    let mut frontier = Frontier::new();
    row.iter().for_each(|hash| frontier.push(*hash));
    frontier
}

/// The root over a row of hashes, such as a tile's.
pub(crate) fn row_root(row: &[Hash]) -> Hash {
    debug_assert!(row.len() <= usize::from(FULL_WIDTH));
    row_frontier(row).root()
}

//! The right edge of a log: all that the sequencer must hold to append.

use crate::merkle::{
    Bundle, BundleRefusal, Frontier, Hash, LogPath, Tile, TreeHead, decode_bundle, row_root,
};

/// The unfinished tiles of a log and its unfinished entry bundle: what the next tiles are made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    pub(crate) size: u64,
    /// For each level the hashes that are in no full tile yet.
    pub(crate) rows: Vec<Vec<Hash>>,
    /// The entries that are in no full bundle yet.
    pub(crate) entries: Vec<Vec<u8>>,
}

/// Why a log's files are not those of its checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EdgeRefusal<E> {
    /// A file could not be read.
    #[error("{path} could not be read: {error}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the reader said.
        error: E,
    },
    /// A tile's length is not that of its width.
    #[error("{path} has {bytes} bytes, which does not fit its width")]
    Length {
        /// Its path.
        path: String,
        /// How many bytes there are.
        bytes: usize,
    },
    /// The tiles do not lead to the checkpoint's root.
    #[error("the tiles on the right edge do not lead to the root at size {size}; restore the log's files")]
    WrongRoot {
        /// The checkpoint's size.
        size: u64,
    },
    /// The bundle is none.
    #[error(transparent)]
    Bundle(#[from] BundleRefusal),
    /// The bundle's entries are not those whose hashes are in the tile.
    #[error("{path} does not hold the entries of its tile; restore the log's files")]
    WrongEntries {
        /// Its path.
        path: String,
    },
}

impl Edge {
    /// Of a log without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the edge of a log whose newest checkpoint has `head`, and checks every byte of it
    /// against that head. Opening after a crash is the same call: what was written beyond the
    /// newest checkpoint is not looked at, and is written again.
    ///
    /// # Errors
    /// When a file cannot be read or is not what the checkpoint says.
    pub fn load<E>(
        head: TreeHead,
        mut read: impl FnMut(&LogPath) -> Result<Vec<u8>, E>,
    ) -> Result<Self, EdgeRefusal<E>> {
        let mut fetch = |path: LogPath| {
            read(&path).map_err(|error| EdgeRefusal::Unreadable { path: path.to_string(), error })
        };
        let mut edge = Self { size: head.size, ..Self::default() };
        for tile in Tile::right_edge(head.size) {
            let path = LogPath::Tile(tile);
            let bytes = fetch(path)?;
            let length = |_| EdgeRefusal::Length { path: path.to_string(), bytes: bytes.len() };
            edge.rows.resize(usize::from(tile.level()) + 1, Vec::new());
            edge.rows.pop();
            edge.rows.push(tile.read(&bytes).map_err(length)?);
        }
        if edge.head() != head {
            return Err(EdgeRefusal::WrongRoot { size: head.size });
        }
        let leaves = edge.rows.first().map_or(&[][..], Vec::as_slice);
        if let Some(bundle) = Bundle::of_tree(head.size >> 8, head.size) {
            let path = LogPath::Entries(bundle);
            let bytes = fetch(path)?;
            let entries = decode_bundle(&bytes, bundle.width())?;
            if !entries.iter().map(|entry| Hash::leaf(entry)).eq(leaves.iter().copied()) {
                return Err(EdgeRefusal::WrongEntries { path: path.to_string() });
            }
            edge.entries = entries.into_iter().map(<[u8]>::to_vec).collect();
        }
        Ok(edge)
    }

    /// How many entries the log has.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The tree's right edge, without tiles and entries.
    #[must_use]
    pub fn frontier(&self) -> Frontier {
        let mut edge = Vec::new();
        for row in self.rows.iter().rev() {
            let mut frontier = Frontier::new();
            row.iter().for_each(|hash| frontier.push(*hash));
            edge.extend(frontier.into_edge());
        }
        Frontier::from_parts(self.size, edge)
    }

    /// Size and root.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        self.frontier().head()
    }

    /// Adds a hash to a level's row. A row that is then full is handed out and its root goes up.
    pub(crate) fn push(&mut self, level: usize, hash: Hash, full: &mut Vec<(usize, Vec<Hash>)>) {
        if self.rows.len() <= level {
            self.rows.resize(level + 1, Vec::new());
        }
        let Some(row) = self.rows.get_mut(level) else { return };
        row.push(hash);
        if row.len() == usize::from(crate::merkle::FULL_WIDTH) {
            let row = std::mem::take(row);
            let root = row_root(&row);
            full.push((level, row));
            self.push(level + 1, root, full);
        }
    }
}

//! Growing a log, in the one order that is safe.
//!
//! The commit point is the replacement of the stored checkpoint. Before it, the files that it covers
//! are durable; after it, it may be shown to others. So:
//!
//! 1. [`Edge::grow`] makes the files. They are written and made durable: [`Growth::durable`].
//! 2. [`Signable::sign`] signs. The signed checkpoint replaces the log's last one in its store, which
//!    compares the one that is there with the one that the growth began from, and is durable:
//!    [`Unpublished::stored`].
//! 3. Only then does a checkpoint come out that can be sent to witnesses.
//!
//! A crash before 2 leaves files that no checkpoint covers; they are written again, perhaps with other
//! entries. A crash after 2 leaves a checkpoint that nobody has seen; it is published at the start.
//! Without the comparison in 2, two sequencers on one store would sign two trees.

use super::Edge;
use crate::merkle::{
    Bundle, BundleRefusal, FULL_WIDTH, Hash, LogPath, MAX_ENTRY, Tile, TreeHead, encode_bundle,
};
use crate::note::{Checkpoint, KeyUnusable, LogSigner, VerifiedCheckpoint};
use crate::text::MAX_NUMBER;

/// Why entries cannot be appended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GrowthRefusal {
    /// An entry longer than a bundle can hold.
    #[error("entry {number} has {bytes} bytes; 65535 are the most")]
    EntryTooLong {
        /// Which of the new entries, counted from 0.
        number: usize,
        /// Its length.
        bytes: usize,
    },
    /// More entries than a tree can count.
    #[error("the log is full")]
    Full,
}

impl Edge {
    /// Appends entries. Nothing is written: the growth says what to write.
    ///
    /// # Errors
    /// When an entry is too long. The edge is as it was.
    pub fn grow(&self, entries: &[Vec<u8>]) -> Result<Growth, GrowthRefusal> {
        if let Some((number, entry)) = entries.iter().enumerate().find(|(_, e)| e.len() > MAX_ENTRY) {
            return Err(GrowthRefusal::EntryTooLong { number, bytes: entry.len() });
        }
        let size = self.size.checked_add(entries.len() as u64).filter(|size| *size <= MAX_NUMBER);
        let size = size.ok_or(GrowthRefusal::Full)?;
        let mut growth = Growth { old: self.head(), files: Vec::new(), edge: self.clone() };
        for entry in entries {
            growth.append(entry).map_err(|_| GrowthRefusal::Full)?;
        }
        if size > self.size {
            growth.partial_files(self.size).map_err(|_| GrowthRefusal::Full)?;
        }
        Ok(growth)
    }
}

/// A log's next files, not yet written, and the edge after them.
#[derive(Debug, Clone)]
#[must_use = "nothing is appended before the files are durable and the checkpoint is stored"]
pub struct Growth {
    old: TreeHead,
    files: Vec<(LogPath, Vec<u8>)>,
    edge: Edge,
}

impl Growth {
    /// The files to write, each whole. Those under names that exist already hold what a crash left,
    /// and are replaced.
    #[must_use]
    pub fn files(&self) -> &[(LogPath, Vec<u8>)] {
        &self.files
    }

    /// The head before.
    #[must_use]
    pub const fn old(&self) -> TreeHead {
        self.old
    }

    /// The head after.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        self.edge.head()
    }

    /// Says that every one of [`Growth::files`] is durable: written, flushed to the disk, and its
    /// folder too. A caller that says so without having done it signs what it may lose.
    pub fn durable(self) -> Signable {
        Signable { old: self.old, edge: self.edge }
    }

    fn append(&mut self, entry: &[u8]) -> Result<(), BundleRefusal> {
        let edge = &mut self.edge;
        edge.entries.push(entry.to_vec());
        let mut full = Vec::new();
        edge.push(0, Hash::leaf(entry), &mut full);
        edge.size += 1;
        for (level, row) in full {
            if level == 0 {
                let entries = std::mem::take(&mut self.edge.entries);
                let bundle = Bundle::of_tree((self.edge.size - 1) >> 8, self.edge.size);
                let bytes = encode_bundle(&entries)?;
                self.files.extend(bundle.map(|bundle| (LogPath::Entries(bundle), bytes)));
            }
            let index = ((self.edge.size - 1) >> (8 * level)) >> 8;
            self.write_tile(level, index, &row);
        }
        Ok(())
    }

    /// The tiles and the bundle that the growth leaves unfinished and has changed.
    fn partial_files(&mut self, old_size: u64) -> Result<(), BundleRefusal> {
        let size = self.edge.size;
        if let Some(bundle) = Bundle::of_tree(size >> 8, size) {
            self.files.push((LogPath::Entries(bundle), encode_bundle(&self.edge.entries)?));
        }
        for (level, row) in self.edge.rows.clone().into_iter().enumerate() {
            let changed = size >> (8 * level) != old_size >> (8 * level);
            if changed && !row.is_empty() {
                self.write_tile(level, (size >> (8 * level)) >> 8, &row);
            }
        }
        Ok(())
    }

    fn write_tile(&mut self, level: usize, index: u64, row: &[Hash]) {
        debug_assert!(row.len() <= usize::from(FULL_WIDTH));
        let tile = u8::try_from(level).ok().and_then(|l| Tile::of_tree(l, index, self.edge.size));
        let bytes = row.iter().flat_map(Hash::as_bytes).copied().collect();
        self.files.extend(tile.map(|tile| (LogPath::Tile(tile), bytes)));
    }
}

/// A head whose files are durable: it may be signed.
#[derive(Debug, Clone)]
#[must_use = "the log has not grown before its checkpoint is signed and stored"]
pub struct Signable {
    old: TreeHead,
    edge: Edge,
}

impl Signable {
    /// Signs the checkpoint, for the log's own store only.
    ///
    /// # Errors
    /// When the library refuses to sign.
    pub fn sign(self, signer: &LogSigner) -> Result<Unpublished, KeyUnusable> {
        let checkpoint = Checkpoint::new(signer.public().name().clone(), self.edge.head());
        Ok(Unpublished { old: self.old, checkpoint: signer.sign(checkpoint)?, edge: self.edge })
    }
}

/// A signed checkpoint that nobody may see yet.
#[derive(Debug, Clone)]
#[must_use = "the checkpoint must be stored before it is published"]
pub struct Unpublished {
    old: TreeHead,
    checkpoint: VerifiedCheckpoint,
    edge: Edge,
}

impl Unpublished {
    /// What the store must hold for the log at this moment, or refuse.
    #[must_use]
    pub const fn replaces(&self) -> TreeHead {
        self.old
    }

    /// The bytes that replace it.
    #[must_use]
    pub fn to_store(&self) -> String {
        self.checkpoint.to_string()
    }

    /// Says that the store held a checkpoint of [`Unpublished::replaces`] and now holds
    /// [`Unpublished::to_store`], durably. This is the commit point: the checkpoint may be shown, and
    /// the edge is the one to grow from.
    #[must_use]
    pub fn stored(self) -> (VerifiedCheckpoint, Edge) {
        (self.checkpoint, self.edge)
    }
}

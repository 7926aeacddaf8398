//! What the hub keeps, and the contract of whatever keeps it.
//!
//! - **Durability.** When a method of [`HubStore`] returns `Ok`, what it was given survives a loss of power.
//! - **The commit point** is [`HubStore::append`]. What it has taken is in the log at its index for ever,
//!   and only then is it acknowledged. Tiles and checkpoints follow from it: a start that finds leaves
//!   which no checkpoint covers makes tiles and checkpoint for them, as every other round does.
//! - **Ordering.** Indices have no gaps; `append` refuses any other. Tiles are durable before
//!   [`HubStore::replace_checkpoint`] is called for the checkpoint that needs them (the types of
//!   `counterseal-ledger` see to it), and a checkpoint before anyone outside sees it.
//! - **Idempotence.** An id or an index stands once. A tile is replaced by a wider one with the same
//!   beginning. Tiles and checkpoints can be written again.
//! - **After an error** the change may have been made or not. Whoever called reads the store again before
//!   the next change; that is what a start does too.
//! - **One writer.** `&mut self`: there is one, and it is the sequencer. Readers see whole commits.
//!
//! Everything kept is ciphertext, public to the mission's members or pseudonymous; no page is encrypted.

mod bare;
mod erased;
mod guarded;
mod reader;
mod rows;
mod schema;
mod sqlite;

use counterseal_ledger::{Swap, Tile, TreeHead};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, PartRef};

pub use guarded::GuardedRow;
pub use reader::{FoundEntry, KeptPieces, LogRow, Place, StoreReader};
pub use sqlite::SqliteStore;

/// Why the store did not do what it was asked to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is no room.
    #[error("the disk, or the room given to the hub's store, is full; make room, the hub goes on by itself")]
    Full,
    /// Anything else.
    #[error("the hub's store could not {action}: {reason}")]
    Failed {
        /// What was tried.
        action: &'static str,
        /// What the library said.
        reason: String,
    },
}

impl StoreError {
    /// A stable name for message catalogues: what a desk is told.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Full => "hub-full",
            Self::Failed { .. } => "hub-store-failed",
        }
    }
}

/// One statement, or a time mark in the statement log, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStatement {
    /// Its index.
    pub index: u64,
    /// SHA-256 of the bytes.
    pub id: [u8; 32],
    /// The envelope as received, or the mark's leaf.
    pub bytes: Vec<u8>,
    /// Of a mark: how much it, or a mark before it, gives a time to.
    pub covers: Option<Covers>,
    /// When the hub took it, by the hub's clock.
    pub at: Timestamp,
}

/// How much of both logs time marks give a time to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Covers {
    /// Leaves of the statement log.
    pub statements: u64,
    /// Leaves of the journal log.
    pub journal: u64,
}

/// One leaf of the journal log, with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLeaf {
    /// Its index.
    pub index: u64,
    /// The leaf.
    pub leaf: [u8; JournalLeaf::LEN],
    /// When the hub took it, by the hub's clock.
    pub at: Timestamp,
    /// What it commits to, as far as the hub has it.
    pub body: LeafBody,
}

/// What a leaf of the journal log commits to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeafBody {
    /// An entry.
    Entry(NewEntry),
    /// Something of which the hub has the leaf alone. If it is an entry's, a restore or a succession has left it, and
    /// the entry may come back; of any other leaf the hub never has more.
    Unknown,
}

/// An entry, as the store finds it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// Its id.
    pub id: EntryId,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// Its author's device.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
    /// Its place in the journal.
    pub seq: u64,
    /// 0 flash, 1 ordinary, 2 large: the numbers of the sessions' urgency.
    pub urgency: u8,
    /// Bytes of its signed header, if it is guarded: trustees ask for it. None of an open entry.
    pub guarded_header: Option<u64>,
    /// The entry in its plain form, as received.
    pub bytes: Vec<u8>,
}

/// What one commit adds to both logs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Batch {
    /// To the statement log, in order.
    pub statements: Vec<NewStatement>,
    /// To the journal log, in order.
    pub leaves: Vec<NewLeaf>,
    /// Entries of leaves that stand in the journal log already: no leaf is added for them.
    pub filled: Vec<Filled>,
    /// Parts that its statements erase: their ciphertexts are gone with the commit, and zeros stand in their place.
    pub erased: Vec<PartRef>,
}

/// An entry that has come back after a restore or a succession, with the place that its leaf has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The index of its leaf.
    pub index: u64,
    /// The leaf.
    pub leaf: [u8; JournalLeaf::LEN],
    /// The entry.
    pub entry: NewEntry,
}

impl Batch {
    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.leaves.is_empty() && self.filled.is_empty()
    }
}

/// A piece of a large entry that a desk is pushing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The entry.
    pub entry: EntryId,
    /// Who pushes it.
    pub device: DeviceId,
    /// Where the piece begins: what is kept of the entry ends there.
    pub offset: u64,
    /// Bytes of the whole.
    pub total: u64,
    /// The piece.
    pub bytes: Vec<u8>,
}

/// The writing side of the hub's store; the module's page is the contract. A trait, because tests inject
/// the failures of a disk through it.
pub trait HubStore: Send {
    /// Adds to both logs: the commit point.
    ///
    /// # Errors
    /// When it is not known to be durable.
    fn append(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// Leaves nothing of what appends have erased to whoever takes the disk. It is called after each append and does
    /// nothing where nothing was erased; what cannot be done now, since a reader needs what was before, is done after
    /// the next.
    ///
    /// # Errors
    /// When it could not be written. What was appended stands.
    fn forget_erased(&mut self) -> Result<(), StoreError>;

    /// Writes tiles of a log. Those that are there are replaced by wider ones.
    ///
    /// # Errors
    /// When they are not known to be durable.
    fn write_tiles(&mut self, log: LogKind, tiles: &[(Tile, Vec<u8>)]) -> Result<(), StoreError>;

    /// Replaces a log's checkpoint, if the one that is there has the head `replaces`; the head of the empty
    /// log stands for none.
    ///
    /// # Errors
    /// When it is not known to be durable.
    fn replace_checkpoint(
        &mut self,
        log: LogKind,
        replaces: TreeHead,
        new: TreeHead,
        note: &str,
    ) -> Result<Swap, StoreError>;

    /// Keeps a log's newest checkpoint with a quorum's cosignatures. One of a smaller size than the one
    /// that is there is not kept.
    ///
    /// # Errors
    /// When it is not known to be durable.
    fn keep_cosigned(&mut self, log: LogKind, size: u64, note: &str) -> Result<(), StoreError>;

    /// Keeps a piece of a large entry until the entry is whole. A piece at 0 begins anew; of the entries
    /// that a device has begun, the oldest beyond the fourth is dropped.
    ///
    /// # Errors
    /// When it could not be written.
    fn keep_piece(&mut self, piece: &Piece, at: Timestamp) -> Result<(), StoreError>;

    /// Drops the pieces of an entry.
    ///
    /// # Errors
    /// When it could not be written.
    fn drop_pieces(&mut self, entry: EntryId) -> Result<(), StoreError>;

    /// Keeps a statement that puts an end to this hub: it is obeyed also after a start.
    ///
    /// # Errors
    /// When it is not known to be durable.
    fn keep_obeyed(&mut self, statement: &[u8]) -> Result<(), StoreError>;

    /// Notes how far a device has fetched.
    ///
    /// # Errors
    /// When it could not be written.
    fn note_fetched(&mut self, device: DeviceId, fetched: Fetched) -> Result<(), StoreError>;
}

/// How far a device has fetched, as it said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    /// Statements that it knows.
    pub statements: u64,
    /// Leaves of the journal log that it knows.
    pub journal: u64,
    /// When it said so, by the hub's clock.
    pub at: Timestamp,
}

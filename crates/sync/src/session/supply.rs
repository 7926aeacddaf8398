//! What a session asks of the hub's store, and what the store answers.

use std::ops::Range;

use counterseal_model::CompartmentId;
use counterseal_register::Entry;
use thiserror::Error;

use crate::frame::LeafBytes;
use crate::outbox::{Left, Urgency};
use crate::ranges::RangeSet;

/// What the session needs from the hub's store to go on. Asked only when nothing waits to be written, so a
/// slow reader costs no memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubRequest {
    /// Statements of the log, in order; about so many bytes, at least one.
    Statements {
        /// Index of the first.
        from: u64,
        /// Index after the last that may be given.
        to: u64,
        /// About how many bytes.
        most_bytes: usize,
    },
    /// Leaves of the journal log, in order.
    Leaves {
        /// Index of the first.
        from: u64,
        /// Most of them; at least one is there.
        most: usize,
    },
    /// Entries of one urgency whose leaf is within the range, of the compartments that the device is in:
    /// flash from the end of the range, ordinary from its beginning. About so many bytes; none when there
    /// are none.
    Entries {
        /// Flash or ordinary.
        urgency: Urgency,
        /// Their leaf indices.
        within: Range<u64>,
        /// About how many bytes.
        most_bytes: usize,
    },
    /// The first large entry whose leaf is within the range, of the device's compartments.
    Large {
        /// Its leaf index.
        within: Range<u64>,
    },
    /// A piece of that large entry, in plain form.
    Piece {
        /// Its leaf index.
        leaf: u64,
        /// Where the piece begins.
        offset: u64,
        /// Bytes of the piece; fewer only at the end. Empty when the entry is gone.
        most_bytes: usize,
    },
    /// The budget is spent: which entries of the device's compartments are left at these positions. More
    /// than there are may be named, never fewer.
    Left(Positions),
}

/// How far the entries of each urgency have been sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Positions {
    /// Flash entries left have a leaf in here.
    pub flash: RangeSet,
    /// Ordinary entries left have a leaf in here.
    pub ordinary: Range<u64>,
    /// Large entries left have a leaf in here.
    pub large: Range<u64>,
}

/// A stored entry that is sent whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its leaf index.
    pub leaf: u64,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// The entry.
    pub entry: Entry,
}

/// A stored entry that is sent in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LargeEntry {
    /// Its leaf index.
    pub leaf: u64,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// Its bytes in plain form.
    pub bytes: u64,
}

/// The answer to a `HubRequest`, each to the one of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supply {
    /// Envelopes.
    Statements(Vec<Vec<u8>>),
    /// Leaves.
    Leaves(Vec<LeafBytes>),
    /// Entries.
    Entries(Vec<StoredEntry>),
    /// The next large entry.
    Large(Option<LargeEntry>),
    /// A piece.
    Piece(Vec<u8>),
    /// Leaf indices of what is left, and how many entries of how many bytes.
    Left(RangeSet, Left),
}

/// A store's answer that does not fit what was asked: a defect of the hub. The session goes on when the
/// right answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SupplyRefusal {
    /// Nothing was asked, or something else.
    #[error("the store answered something that the session did not ask")]
    NotAsked,
    /// Items outside the range that was asked for, or out of order.
    #[error("the store gave something out of order or beyond what the session asked for")]
    OutOfPlace,
    /// The log is said to be longer than what the store has.
    #[error("the store does not have what was announced")]
    Missing,
}

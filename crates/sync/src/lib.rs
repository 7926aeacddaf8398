//! How entries and statements travel: between a desk and a hub in a session, between desks in a pouch.
//! Bytes in, bytes and events out: no input or output, no clock, no threads, no secret keys.
//! Normative text: docs/spec/sync.md.

mod bounded;
mod frame;
mod frontier;
mod limits;
mod outbox;
mod pack;
mod pouch;
mod ranges;
mod session;
mod size;

/// Lists and bytes with a bound.
pub use bounded::{Code, Data, List};
/// Frames.
pub use frame::{
    Acceptance, Accepted, AcceptedRun, Announced, Beat, Done, Ended, EntryPart, Envelope, Frame, FrameReader,
    FrameRefusal, FrameType, Grown, Hello, LeafBytes, Leaves, MAX_PIECE, PartialPull, PartialPush, PushPart,
    Pushed, Refused, Statements, Welcome,
};
/// Frontiers.
pub use frontier::{Cursors, Held, JournalHead, Known, LogHead};
pub use limits::{
    FRAME_TARGET, LARGE, LEAF_LEN, MAX_CODE, MAX_CONTEXTS, MAX_CURSORS, MAX_ENTRIES, MAX_ENTRY, MAX_HEADS,
    MAX_LEAVES, MAX_NOTE, MAX_PARTIALS, MAX_RANGES, MAX_STATEMENTS, MAX_UNANSWERED, PUSH_WINDOW, VERSION,
};
/// What goes first, and how much.
pub use outbox::{Budget, Class, Due, Left, Urgency, order, within};
/// Packed entries.
pub use pack::{Claimed, Context, Fit, Item, PackRefusal, PackedEntries, Packer, Place, Unpacked, Unpacker};
/// Pouches.
pub use pouch::{
    CHUNK, Carried, ChunkJoiner, ChunkNonce, ChunkSplitter, Contents, LogState, PouchEvent, PouchHeader,
    PouchReader, PouchRefusal, PouchWriter, SLOT_LEN, Slot, Unread, slots_for,
};
/// Sets of leaf indices.
pub use ranges::RangeSet;
/// Sessions.
pub use session::{
    DeskEvent, DeskSession, HubEvent, HubRequest, HubSession, LargeEntry, Log, Positions, Progress,
    SessionRefusal, StoredEntry, Supply, SupplyRefusal, Taken,
};
pub use size::entry_bytes;

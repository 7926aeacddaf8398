//! Every bound of the protocol, in one place (docs/spec/sync.md, section 9). Nothing is allocated by a
//! peer's word: a count is held against its bound first, and bytes are kept only once they have come.

/// The version of frames and sessions. Another is refused; nothing is negotiated.
pub const VERSION: u64 = 1;
/// Bytes before a frame's body: its type and its length.
pub(crate) const FRAME_HEAD: usize = 5;
/// Most bytes of any frame's body; each type has its own bound below this one.
pub(crate) const MAX_BODY: usize = 16 * MIB;
/// Bytes that a frame of entries, statements or leaves aims at, so that a flash never waits long.
pub const FRAME_TARGET: usize = 64 * 1024;
/// Ciphertext above which an entry is large: it goes last and in pieces.
pub const LARGE: u64 = 64 * 1024;
/// Most bytes of an entry in its plain form: 8 MiB of ciphertext and a header.
pub const MAX_ENTRY: u64 = 12 * MIB as u64;
/// Most entries in one frame.
pub const MAX_ENTRIES: usize = 4096;
/// Most statements in one frame.
pub const MAX_STATEMENTS: usize = 4096;
/// Most leaves in one frame.
pub const MAX_LEAVES: usize = 65_536;
/// Most contexts that a stream of packed entries remembers.
pub const MAX_CONTEXTS: usize = 1024;
/// Most bytes of a checkpoint with its cosignatures.
pub const MAX_NOTE: usize = 128 * 1024;
/// Most ranges of a set that travels.
pub const MAX_RANGES: usize = 1024;
/// Most compartments named in a frontier.
pub const MAX_CURSORS: usize = 4096;
/// Most large entries that are half sent at one time.
pub const MAX_PARTIALS: usize = 64;
/// Most statements and entries that a desk has pushed and the hub has not answered.
pub const MAX_UNANSWERED: usize = 16_384;
/// Bytes of pushes that a hub takes before it answers; then it reads no further.
pub const PUSH_WINDOW: u64 = 4 * MIB as u64;
/// Most frames that wait to be sent while the peer reads nothing.
pub(crate) const MAX_WAITING: usize = 64;
/// Bytes of a leaf of the journal log.
pub const LEAF_LEN: usize = 38;
/// Most characters of a code, and most bytes of what goes with it.
pub const MAX_CODE: usize = 64;
/// Most journals that a pouch's summary names.
pub const MAX_HEADS: usize = 16_384;

const MIB: usize = 1024 * 1024;

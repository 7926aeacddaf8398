//! Pouches: entries, statements and checkpoints in a file that travels on a stick.
//!
//! ```text
//! inner stream   Contents, LogState, Statements, Leaves, Entries ..., End         frames
//! file           magic ‖ version ‖ suite ‖ steps ‖ slot * 4^steps ‖ sealed chunk ...
//! ```
//!
//! The inner stream is written and read here; what seals it is handed in, so no secret key comes near.

mod chunks;
mod contents;
mod layout;
mod reader;
mod refusal;
mod writer;

pub use chunks::{ChunkJoiner, ChunkNonce, ChunkSplitter};
pub use contents::{Carried, Contents, LogState};
pub use layout::{CHUNK, PouchHeader, SLOT_LEN, Slot, slots_for};
pub use reader::{PouchEvent, PouchReader, Unread};
pub use refusal::PouchRefusal;
pub use writer::PouchWriter;

//! Sessions: desk and hub, bytes in and events out. Neither has a socket, a clock or a thread.
//!
//! ```text
//! desk                                   hub
//! Hello, PushStatements, PushEntries ->                     one round trip before data
//!                                     <- Welcome
//!                                     <- Statements, Entries (flash), Leaves, Entries, EntryPart
//!                                     <- Accepted, Refused  once durable
//! PushPart, Done                      ->
//!                                     <- Done
//! ```

mod desk;
mod hub;
mod part;
mod plan;
mod progress;
mod pull;
mod refusal;
mod send;
mod supply;
mod unanswered;
mod wire;

pub use desk::{DeskEvent, DeskSession};
pub use hub::{HubEvent, HubSession};
pub use progress::Progress;
pub use refusal::{Log, SessionRefusal};
pub use send::Taken;
pub use supply::{HubRequest, LargeEntry, Positions, StoredEntry, Supply, SupplyRefusal};

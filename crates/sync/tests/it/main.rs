//! The crate from outside: what desks and hubs do with it, and what hostile peers try.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod codecs;
mod common;
mod hostile;
mod outbox;
mod packing;
mod pair;
mod pouches;
mod sessions;
mod spec;

//! Hub and witnesses on loopback, over real sockets.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod calls;
mod client;
mod common;
mod configs;
mod erased;
mod faults;
mod guarded;
mod hostile;
mod limits;
mod logs;
mod long_statements;
mod marks;
mod secure_witnesses;
mod sessions;
mod small_disk;
mod stopping;
mod succession;
mod superseded;
mod witnesses;

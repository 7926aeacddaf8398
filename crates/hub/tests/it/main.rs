//! Hub and witnesses on loopback, over real sockets.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod client;
mod common;
mod configs;
mod faults;
mod limits;
mod logs;
mod sessions;
mod succession;
mod witnesses;

//! Trustees that run: real TLS, a real hub, witnesses of which trustees are some.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod attacks;
mod callers;
mod configs;
mod guards;
mod lying;
mod mission;
#[path = "../../../cli/tests/common/ports.rs"]
mod ports;
mod reader;
mod replays;
mod restores;
mod site;
mod story;
mod succession;

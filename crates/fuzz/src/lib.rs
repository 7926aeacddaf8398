//! What every reader of foreign bytes must hold to, as functions of those bytes.
//!
//! Each takes any bytes, returns if all is well and panics if not. A reader may refuse; what it takes, it
//! must write as it was, since things are hashed and signed as received. The fuzzers in `fuzz/` call these,
//! and so do the ordinary tests, with the corpora that the fuzzers found worth keeping.
#![expect(clippy::panic, reason = "a fuzzer learns of a defect by a panic, and by nothing else")]

mod files;
mod frames;
mod imports;
mod ledger;
mod openings;
mod policies;
mod pouches;
mod records;
mod sessions;
mod statements;

pub use files::{config, files};
pub use frames::{entries, frames};
pub use imports::{imports, mappings};
pub use ledger::{notes, tiles};
pub use openings::openings;
pub use policies::policies;
pub use pouches::pouches;
pub use records::records;
pub use sessions::{desk_session, hub_session};
pub use statements::statements;

/// A target: its name, which is its corpus's folder too, and its function.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("config", config),
    ("desk_session", desk_session),
    ("entries", entries),
    ("files", files),
    ("frames", frames),
    ("hub_session", hub_session),
    ("imports", imports),
    ("mappings", mappings),
    ("notes", notes),
    ("openings", openings),
    ("policies", policies),
    ("pouches", pouches),
    ("records", records),
    ("statements", statements),
    ("tiles", tiles),
];

/// Panics unless what was read is written as it was.
#[track_caller]
fn same(written: &[u8], read: &[u8], what: &str) {
    if written != read {
        panic!("{what}: read from {} bytes, written as {} others", read.len(), written.len());
    }
}

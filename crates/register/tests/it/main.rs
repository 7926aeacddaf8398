//! The register and the entries, from outside, with keys and statements made here.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod chains;
mod common;
mod compartments;
mod entries;
mod envelope;
mod epochs;
mod founding;
mod freezes;
mod governing;
mod guarded;
mod guarded_entries;
mod hub;
mod leaves;
mod officers;
mod openings;
mod people;
mod random;
mod sight;
mod specification;
mod standing;
mod succession;
mod suspensions;
mod travels;
mod trustees;
mod vectors;
mod witnesses;

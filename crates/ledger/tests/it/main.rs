//! The ledger from outside: published vectors, a naive tree, and everything that must be refused.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod checkpoints;
mod common;
mod cosignatures;
mod ed25519;
mod go;
mod logs;
mod notes;
mod policies;
mod quorums;
mod random;
mod receipts;
mod seen;
mod specification;
mod tiles;
mod trees;
mod vectors;
mod witnesses;

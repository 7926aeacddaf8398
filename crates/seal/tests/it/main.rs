//! The crate from outside: what a desk does with it, and what attackers try.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod common;
mod epochs;
mod guarded;
mod guards;
mod invitations;
mod kem_keys;
mod key_files;
mod pouches;
mod sealing;
mod succession;
mod trustees;

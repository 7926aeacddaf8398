//! Entries: the signed header, the wire form, and the chain of a journal.

mod chain;
mod erased;
mod guard;
mod header;
mod refusal;
mod verified;
mod wire;

pub use chain::{ChainRefusal, ChainStep, Equivocation, JournalChain};
pub use guard::{MAX_TRUSTEES, PartGuard, TrusteeHeader};
pub use header::{EntryHeader, PartHeader, Rule};
pub use refusal::EntryRefusal;
pub use verified::{TAG_LEN, VerifiedHeader, VerifiedPart, claimed_device, verify_header};
pub use wire::{Entry, MAX_CIPHERTEXT, MAX_PARTS};

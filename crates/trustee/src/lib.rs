//! A trustee: it keeps a pad for every part that is guarded, and releases it when the register, the policy and the
//! logs say so. So far: what it keeps, in two places (`store`), and its mirror of both logs (`mirror`).

mod mirror;
mod store;

/// The mirror of both logs.
pub use mirror::{Advanced, Agreement, FollowError, Mirror, MirroredLog};

/// What a trustee keeps.
pub use store::{
    Batch, CachedResponse, Cut, EntryRow, Fact, KeptKey, KeptSplit, MirrorStep, NewMail, NewNotice, NewPad,
    NewSeed, PartRef, QuotaUse, Release, SeedRef, Tombstone,
};
/// What is read of it.
pub use store::{Erasure, KeptFact, KeptNotice, KeptRelease, ReleaseHead};
/// Disks that fail, for tests.
pub use store::{Faults, NoFaults, Step};
/// The store.
pub use store::{Hands, Opened, Places, Randomness, RestoreCheck, Restored, Store, StoreError};

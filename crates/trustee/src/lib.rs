//! A trustee: it keeps a pad for every part that is guarded, and releases it when the register, the policy and the
//! logs say so. `store` is what it keeps, in two places; `mirror` its copy of both logs; `decide` what it decides, pure;
//! `service` what it does, one durable step at a time; `server` how it is reached; `operate` what its operator does.
//! docs/spec/trustee.md and deciding.md.

mod config;
mod decide;
mod mirror;
mod operate;
mod server;
mod service;
mod store;

/// The configuration.
pub use config::{Limits, OtherTrustee, TrusteeConfig, WitnessPlace};

/// Deciding.
pub use decide::{
    Against, Asked, Concerned, Decision, Granted, Held, Kept, Known, Letter, MAX_AGE, MAX_AHEAD, MAX_DELAY,
    MAX_SKEW, NotNow, PartKnown, Refused, concerned, decide, engine_code, is_member, moment, policy_of,
    read_request, said_by,
};
/// The mirror of both logs.
pub use mirror::{Advanced, Agreement, FollowError, Mirror, MirroredLog};

/// What a trustee does.
pub use service::{
    EntryAnswer, FalsePads, HandedOver, Helped, MOST_ABOUT, MOST_READ, MOST_REFUSED, MOST_TOLD, NotRetired,
    OpenAnswer, RepairNeeded, Retired, Service, ServiceError, Setting, Taken, TakesOver,
};

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

/// Setting one up, backups, and how it is.
pub use operate::{
    FalseGiven, LogReached, Missing, NamedTrustee, OperationFailure, Seeded, Status, TakingOver, TrusteeKeys,
    back_up, give_mission, init, renew_second, restore, restore_first, retire, status,
};
/// Running one.
pub use server::{RunningTrustee, TrusteeFailure, run_trustee};

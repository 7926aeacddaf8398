//! Shares: what an author deals to trustees, and what a reader combines (PROTOCOL section 6).
//! Normative text: docs/spec/sealing.md, section 9.

mod combine;
mod committed;
mod deal;
mod field;
mod repair;
mod set;

use counterseal_register::{KeyId, Label, Rule, VerifiedPart};

pub use combine::{Combined, NoShare};
pub use committed::pad_is_committed;
pub(crate) use deal::{Dealt, deal};
pub use repair::{BadRepair, Repair, RepairedPart};
pub use set::{BadTrusteeSet, TrusteePlace, TrusteeSet};

/// Which guarded part: what its keys are bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardedPlace {
    /// The entry's context.
    pub ctx: [u8; 32],
    /// The entry's salt.
    pub salt: [u8; 32],
    /// The part's index in the entry.
    pub index: u32,
    /// The opening rule of the entry's epoch, as the register has it.
    pub rule: Rule,
}

impl GuardedPlace {
    /// The place of a verified part. The rule is the register's word on the entry's epoch.
    #[must_use]
    pub fn of(part: &VerifiedPart<'_>, rule: Rule) -> Self {
        let entry = part.entry();
        // Below `MAX_PARTS`, as everything that was verified.
        let index = u32::try_from(part.index()).unwrap_or(u32::MAX);
        Self { ctx: *entry.ctx(), salt: entry.header().salt.0, index, rule }
    }
}

/// Everything a wrap of a share secret is for. With the context in it, a wrap that is copied into another
/// entry does not open there.
pub(crate) fn wrap_info(ctx: &[u8; 32], trustee: &KeyId, x: u8, key: &KeyId) -> Vec<u8> {
    let pieces: [&[u8]; 5] = [Label::SHARE_WRAP.bytes(), ctx, &trustee.0, &[x], &key.0];
    pieces.concat()
}

//! Room for what others said and no log has yet: a hub shows it above its checkpoints, a pouch carries it. It is kept
//! for the hub, and what takes away is obeyed. Whoever may say anything can say it without end; what stops him must
//! be heard nevertheless (docs/spec/register.md, section 3).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use counterseal_register::{Act, KeyId, Statement};

/// Most statements that are kept so, and most bytes of them.
const MOST: usize = if cfg!(test) { 64 } else { 4096 };
const MOST_BYTES: usize = 256 << 20;

/// How much is kept of whom. One signer has half of the room at most.
#[derive(Debug, Default)]
pub(super) struct OthersRoom {
    all: Taken,
    by: BTreeMap<KeyId, Taken>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Taken {
    statements: usize,
    bytes: usize,
}

impl Taken {
    /// Whether so many bytes more are within one share of so many.
    const fn fits(self, bytes: usize, shares: usize) -> bool {
        self.statements < MOST / shares && self.bytes.saturating_add(bytes) <= MOST_BYTES / shares
    }

    const fn add(&mut self, bytes: usize) {
        self.statements = self.statements.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }
}

impl OthersRoom {
    /// With what is kept.
    pub(super) fn with(kept: &[Vec<u8>]) -> Self {
        let mut room = Self::default();
        kept.iter().for_each(|item| room.take(item));
        room
    }

    /// Whether a statement may be kept.
    pub(super) fn has(&self, item: &[u8]) -> bool {
        let Ok((statement, signed)) = Statement::parse(item) else { return false };
        let own = |kid| self.by.get(kid).copied().unwrap_or_default();
        is_always_heard(&statement.act)
            || (self.all.fits(item.len(), 1)
                && signed.signers().iter().all(|kid| own(kid).fits(item.len(), 2)))
    }

    /// Counts one that is kept.
    pub(super) fn take(&mut self, item: &[u8]) {
        let Ok((_, signed)) = Statement::parse(item) else { return };
        self.all.add(item.len());
        signed.signers().into_iter().for_each(|kid| self.by.entry(kid).or_default().add(item.len()));
    }
}

/// What stops a device, ends an office or puts an end to a hub. The register takes each once, so there is no end of it
/// but that of devices and offices.
const fn is_always_heard(act: &Act) -> bool {
    matches!(
        act,
        Act::RevokeDevice(_)
            | Act::RevokePerson(_)
            | Act::SuspendDevice(_)
            | Act::DismissRegistrar(_)
            | Act::DismissManager(_)
            | Act::DismissOfficer(_)
            | Act::SetMinimumSuite(_)
            | Act::SucceedHub(_)
    )
}

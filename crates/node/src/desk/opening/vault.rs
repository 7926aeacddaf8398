//! What was opened, in memory, for a time that was set. It is in no index and on no disk.

use std::collections::BTreeMap;
use std::fmt;

use counterseal_model::Timestamp;
use counterseal_register::PartRef;
use counterseal_seal::Plaintext;

use crate::desk::Desk;

/// Opened parts, each until its time. Wiped when it is over, and when the desk is locked.
#[derive(Default)]
pub struct Vault(BTreeMap<PartRef, (Plaintext, Timestamp)>);

impl Vault {
    pub(in crate::desk) fn keep(&mut self, part: PartRef, plaintext: Plaintext, until: Timestamp) {
        self.0.insert(part, (plaintext, until));
    }

    /// Wipes a part.
    pub(in crate::desk) fn forget(&mut self, part: PartRef) {
        self.0.remove(&part);
    }

    /// Wipes what has run out.
    fn tidy(&mut self, now: Timestamp) {
        self.0.retain(|_, (_, until)| *until > now);
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault({} parts)", self.0.len())
    }
}

impl Desk {
    /// A part that was opened and whose time is not over, with the time at which it is.
    pub fn opened_part(&mut self, part: PartRef) -> Option<(&Plaintext, Timestamp)> {
        self.vault.tidy(self.clock.now());
        self.vault.0.get(&part).map(|(plaintext, until)| (plaintext, *until))
    }

    /// The parts that are open now.
    pub fn open_now(&mut self) -> Vec<(PartRef, Timestamp)> {
        self.vault.tidy(self.clock.now());
        self.vault.0.iter().map(|(part, (_, until))| (*part, *until)).collect()
    }

    /// Wipes what was opened and whose time is over; gives when the next one's is.
    pub fn tidy_opened(&mut self) -> Option<Timestamp> {
        self.vault.tidy(self.clock.now());
        self.vault.0.values().map(|(_, until)| *until).min()
    }

    /// How many opened parts are in memory, whether or not their time is over.
    #[must_use]
    pub fn opened_in_memory(&self) -> usize {
        self.vault.0.len()
    }

    /// Wipes everything that is open.
    pub fn close_opened(&mut self) {
        self.vault.0.clear();
    }
}

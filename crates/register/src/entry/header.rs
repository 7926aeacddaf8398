//! The header of an entry (PROTOCOL section 5): what a journal signs.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{
    CompartmentId, DeviceId, EntryId, EpochId, JournalId, MissionId, StatementId, body, enumeration,
};

use super::guard::{PartGuard, TrusteeHeader};
use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::label::ENTRY_CONTEXT;

/// A compartment's opening rule. The charter's at the entry's epoch holds, never an entry's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Members' key alone.
    Open,
    /// Also shares that trustees release.
    TwoSeal,
    /// Also a second person's approval.
    TwoPerson,
}

enumeration!(Rule, "an opening rule of 0 to 2", {
    0 => Open, "open"; 1 => TwoSeal, "two-seal"; 2 => TwoPerson, "two-person";
});

impl Rule {
    /// Whether trustees' shares are needed.
    #[must_use]
    pub const fn is_guarded(self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// One part, as its entry's header describes it: the array [ciphertext hash, padded length], and of a
/// guarded part [ciphertext hash, padded length, commitment, masked points, commitments to pads].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartHeader {
    /// SHA-256 of the ciphertext, tag included.
    pub ciphertext_hash: [u8; 32],
    /// Bytes of the padded plaintext: the ciphertext without its tag.
    pub padded_length: u64,
    /// What a guarded part has besides; none of an open part.
    pub guard: Option<PartGuard>,
}

impl PartHeader {
    /// The header of an open part.
    #[must_use]
    pub const fn open(ciphertext_hash: [u8; 32], padded_length: u64) -> Self {
        Self { ciphertext_hash, padded_length, guard: None }
    }
}

impl Value for PartHeader {
    fn write(&self, w: &mut Writer) {
        w.array(if self.guard.is_some() { 5 } else { 2 });
        w.bytes(&self.ciphertext_hash).uint(self.padded_length);
        if let Some(guard) = &self.guard {
            guard.write(w);
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let items = r.array()?;
        let ciphertext_hash = r.fixed("a ciphertext hash of 32 bytes")?;
        let padded_length = r.uint()?;
        let guard = match items {
            2 => None,
            5 => Some(PartGuard::read(r)?),
            _ => return Err(r.out_of_range(offset, "an open part of two items or a guarded one of five")),
        };
        Ok(Self { ciphertext_hash, padded_length, guard })
    }
}

body! {
    /// The header of an entry.
    pub struct EntryHeader {
        /// The suite: 1.
        1 suite: u64,
        /// The mission.
        2 mission: MissionId,
        /// The compartment.
        3 compartment: CompartmentId,
        /// The epoch whose secret seals the parts.
        4 epoch: EpochId,
        /// The device that wrote it.
        5 device: DeviceId,
        /// The device's journal.
        6 journal: JournalId,
        /// Position in the journal, from 0.
        7 seq: u64,
        /// The entry before it; zeros for the first.
        8 prev: EntryId,
        /// First entry only: the last head known of the device's earlier journal.
        9 continues: Option<EntryId>,
        /// Salt of the parts' keys.
        10 salt: Bytes<32>,
        /// The trustee set: the statement that set it; guarded entries only.
        11 trustee_set: Option<StatementId>,
        /// The parts, in the order of their index from 0.
        12 parts: Vec<PartHeader>,
        /// The trustees, in the order of their set; guarded entries only.
        13 trustees: Vec<TrusteeHeader>,
        /// Size of the statement log that the author had seen.
        14 statements_seen: u64,
        /// Size of the journal log that the author had seen.
        15 journal_seen: u64,
    }
}

impl EntryHeader {
    /// The suite this version writes and reads.
    pub const SUITE: u64 = crate::suite::SUITE;
    /// `prev` of a journal's first entry.
    pub const NO_PREV: EntryId = EntryId::from_bytes([0; 32]);

    /// Whether its parts need trustees' shares.
    #[must_use]
    pub const fn is_guarded(&self) -> bool {
        self.trustee_set.is_some()
    }

    /// The context that every key and wrap of the entry is bound to (PROTOCOL section 6).
    #[must_use]
    pub fn ctx(&self) -> [u8; 32] {
        let mut w = Writer::with_capacity(640);
        w.array(12).text(ENTRY_CONTEXT);
        self.mission.write(&mut w);
        self.compartment.write(&mut w);
        self.epoch.write(&mut w);
        self.device.write(&mut w);
        self.journal.write(&mut w);
        w.uint(self.seq);
        self.prev.write(&mut w);
        self.salt.write(&mut w);
        match &self.trustee_set {
            Some(set) => set.write(&mut w),
            None => drop(w.null()),
        }
        w.array(self.parts.len());
        for index in 0..self.parts.len() {
            w.uint(index as u64);
        }
        w.array(self.trustees.len());
        self.trustees.iter().for_each(|trustee| trustee.key.write(&mut w));
        sha256(&[&w.into_bytes()])
    }
}

//! Entries as desks make them: signed headers over ciphertexts that nobody can tell from noise.

use counterseal_model::cbor::to_bytes;
use counterseal_model::{CompartmentId, DeviceId, EntryId, EpochId, JournalId, MissionId};
use counterseal_register::{Bytes, Entry, EntryHeader, Label, PartHeader, sha256};
use counterseal_seal::{DeviceSecrets, sign_statement};
use rand::Rng;

use crate::outcome::Outcome;

/// Padded bytes of a part: what most synthetic incidents come to.
const PADDED: u64 = 256;
/// Bytes of the tag after them.
const TAG: u64 = 16;

/// A journal that goes on.
pub(super) struct Journal<'a> {
    pub(super) mission: MissionId,
    pub(super) compartment: CompartmentId,
    pub(super) epoch: EpochId,
    pub(super) secrets: &'a DeviceSecrets,
    pub(super) statements_seen: u64,
}

/// An entry and what a server's table says of it.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) entry: Entry,
    pub(super) bytes: Vec<u8>,
    pub(super) id: EntryId,
    pub(super) device: DeviceId,
    pub(super) journal: JournalId,
    pub(super) seq: u64,
}

impl Journal<'_> {
    /// A new journal of so many entries.
    pub(super) fn make(&self, count: usize, rng: &mut impl Rng) -> Outcome<Vec<Made>> {
        let mut id = [0; JournalId::LEN];
        rng.fill_bytes(&mut id);
        let journal = JournalId::from_bytes(id);
        let (mut prev, mut made) = (EntryHeader::NO_PREV, Vec::with_capacity(count));
        for seq in 0..count as u64 {
            let mut ciphertext = vec![0; usize::try_from(PADDED + TAG)?];
            rng.fill_bytes(&mut ciphertext);
            let mut salt = [0; 32];
            rng.fill_bytes(&mut salt);
            let header = EntryHeader {
                suite: 1,
                mission: self.mission,
                compartment: self.compartment,
                epoch: self.epoch,
                device: self.secrets.id(),
                journal,
                seq,
                prev,
                continues: None,
                salt: Bytes(salt),
                trustee_set: None,
                parts: vec![PartHeader::open(sha256(&[&ciphertext]), PADDED)],
                trustees: vec![],
                statements_seen: self.statements_seen,
                journal_seen: 0,
                extra: Default::default(),
            };
            let signed = sign_statement(&to_bytes(&header), Label::ENTRY_SIGN, &[self.secrets])?;
            let entry = Entry { header: signed.bytes().to_vec(), ciphertexts: vec![ciphertext] };
            prev = entry.id();
            let device = self.secrets.id();
            made.push(Made { bytes: entry.to_bytes(), id: prev, entry, device, journal, seq });
        }
        Ok(made)
    }
}

//! Keys for devices: one in each compartment, a new generation when the newest was used, and the old ones destroyed by
//! the position in the journal (PROTOCOL section 6).

use counterseal_model::{CompartmentId, DeviceId, EntryId};
use counterseal_register::{Blob, Bytes, SUITE, TrusteeAnswer, TrusteeKey};
use counterseal_seal::TrusteeKeySecret;
use zeroize::Zeroizing;

use super::{MOST_OF_A_CALL, Service, ServiceError, not_now};
use crate::decide::is_member;
use crate::store::{Batch, EntryRow, NewSeed, SeedRef};

/// What an entry does to the chain of its journal.
#[derive(Default)]
pub(super) struct Chain {
    /// Entries that follow it, and have nothing missing before them now.
    pub(super) joined: Vec<EntryId>,
    /// The newest generation of a key that an entry with nothing missing before it uses; 0 for none.
    pub(super) newest: u64,
    /// That this is the device's first journal in the compartment.
    pub(super) state: Vec<(String, Option<Vec<u8>>)>,
}

impl Service {
    /// The keys for a device's entries: the newest where no entry has used it, else a new one, durable before it is
    /// given away. Compartments that the device is not in are left out.
    pub(super) fn keys(
        &mut self,
        device: DeviceId,
        compartments: &[CompartmentId],
    ) -> Result<TrusteeAnswer, ServiceError> {
        let register = match self.register() {
            Ok(register) => register,
            Err(not) => return Ok(not_now(not.word())),
        };
        let at = self.at(&register);
        let (mut objects, mut seeds) = (Vec::new(), Vec::new());
        let mut asked = compartments.iter().take(MOST_OF_A_CALL).copied().collect::<Vec<_>>();
        asked.sort();
        asked.dedup();
        for compartment in asked {
            if !is_member(&register, compartment, device, at) {
                continue;
            }
            let newest = self.store.device_keys(device, compartment)?.pop();
            match &newest {
                Some(key) if !key.used && key.destroyed.is_none() => objects.push(Blob(key.signed.clone())),
                _ => {
                    let generation = newest.map_or(0, |key| key.key.generation).saturating_add(1);
                    let new = self.make_key(SeedRef { device, compartment, generation })?;
                    objects.push(Blob(new.signed.clone()));
                    seeds.push(new);
                }
            }
        }
        if !seeds.is_empty() {
            self.store.commit(&Batch { seeds, ..Batch::default() })?;
        }
        Ok(TrusteeAnswer::Signed { objects })
    }

    fn make_key(&mut self, key: SeedRef) -> Result<NewSeed, ServiceError> {
        let secret = TrusteeKeySecret::make(&mut self.setting.rng);
        let public = TrusteeKey {
            suite: SUITE,
            mission: self.setting.mission,
            trustee: self.id(),
            device: key.device,
            compartment: key.compartment,
            generation: key.generation,
            public: Bytes(secret.public()?),
            made: self.now(),
            extra: Default::default(),
        };
        let signed = self.sign(&public)?;
        Ok(NewSeed { key, signed, seed: Zeroizing::new(*secret.reveal()) })
    }

    /// Whether anything is missing before an entry, and what follows from it. A refused entry is not missing: it will
    /// never be taken. A journal that names no earlier one begins the chain only if it is the first that was seen: a
    /// desk that lost its state might have entries under way in the one before.
    pub(super) fn join_chain(&self, row: &mut EntryRow) -> Result<Chain, ServiceError> {
        let mut chain = Chain::default();
        let first = format!("first/{}/{}", row.device, row.compartment);
        let known = self.store.state(&first)?;
        if known.is_none() {
            chain.state.push((first, Some(row.journal.as_bytes().to_vec())));
        }
        let is_first = known.is_none_or(|known| known == row.journal.as_bytes());
        let before = match (row.seq, row.continues) {
            (0, None) => None,
            (0, Some(head)) => Some(head),
            _ => Some(row.prev),
        };
        row.contiguous = match before {
            None => is_first,
            Some(before) => self.store.entry(before)?.is_some_and(|before| is_before(&before, row)),
        };
        if !row.contiguous {
            return Ok(chain);
        }
        chain.newest = row.generation;
        let mut heads = vec![row.clone()];
        while let Some(head) = heads.pop() {
            for next in self.followers(&head)? {
                chain.newest = chain.newest.max(next.generation);
                chain.joined.push(next.id);
                heads.push(next);
            }
        }
        Ok(chain)
    }

    /// Entries that are here already, and waited for this one.
    fn followers(&self, head: &EntryRow) -> Result<Vec<EntryRow>, ServiceError> {
        let next = head.seq.saturating_add(1);
        let mut rows = self.store.entries_at(head.device, head.compartment, head.journal, next)?;
        rows.retain(|row| row.prev == head.id);
        rows.extend(self.store.entries_continuing(head.id)?);
        rows.retain(|row| {
            !row.contiguous && (row.device, row.compartment) == (head.device, head.compartment)
        });
        Ok(rows)
    }

    /// Destroys the keys of a device before a generation. Should a crash come between, the next entry does it.
    pub(super) fn destroy_before(
        &mut self,
        device: DeviceId,
        compartment: CompartmentId,
        newest: u64,
    ) -> Result<(), ServiceError> {
        let kept = self.store.device_keys(device, compartment)?;
        let gone = kept.iter().filter(|kept| kept.key.generation < newest && kept.destroyed.is_none());
        let gone: Vec<_> = gone.map(|kept| kept.key).collect();
        if !gone.is_empty() {
            let now = self.now();
            self.store.destroy_seeds(&gone, now)?;
        }
        Ok(())
    }
}

/// Whether an entry that is here stands before another, with nothing missing before itself.
fn is_before(before: &EntryRow, row: &EntryRow) -> bool {
    let same = (before.device, before.compartment) == (row.device, row.compartment);
    let in_place = row.seq == 0 || (before.journal == row.journal && before.seq.saturating_add(1) == row.seq);
    before.contiguous && same && in_place
}

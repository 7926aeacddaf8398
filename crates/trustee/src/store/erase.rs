//! Erasing parts and destroying keys, so that what a medium still holds opens nothing of them.

use std::collections::BTreeSet;

use counterseal_model::Timestamp;

use super::apply::{Sealed, SecretRow};
use super::rows::{Batch, PartRef, SeedRef, Tombstone};
use super::{Store, StoreError};

/// What an erasure came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Pads, or keys, that were here.
    pub erased: u64,
    /// Their neighbours, sealed anew.
    pub resealed: u64,
}

impl Store {
    /// Erases parts. A tombstone stands for each, whether its pad was here or not; answers with its pad are deleted.
    ///
    /// # Errors
    /// What the disks say. Once the commit is made, the next start finishes the erasure.
    pub fn erase(&mut self, tombstones: &[Tombstone]) -> Result<Erasure, StoreError> {
        let places = tombstones.iter().map(|stone| stone.part.place()).collect();
        self.rotate(places, Sealed { tombstones: tombstones.to_vec(), ..Sealed::default() })
    }

    /// Destroys pads that another trustee holds now. No tombstone stands for them: the parts live.
    ///
    /// # Errors
    /// As `erase`.
    pub fn destroy_pads(&mut self, parts: &[PartRef]) -> Result<Erasure, StoreError> {
        self.rotate(parts.iter().map(PartRef::place).collect(), Sealed::default())
    }

    /// Destroys the seeds of keys: what is wrapped to them opens no more.
    ///
    /// # Errors
    /// As `erase`.
    pub fn destroy_seeds(&mut self, keys: &[SeedRef], at: Timestamp) -> Result<Erasure, StoreError> {
        let places = keys.iter().map(SeedRef::place).collect();
        let destroyed = keys.iter().map(|key| (*key, at)).collect();
        self.rotate(places, Sealed { destroyed, ..Sealed::default() })
    }

    fn rotate(&mut self, doomed: BTreeSet<Vec<u8>>, mut sealed: Sealed) -> Result<Erasure, StoreError> {
        self.usable()?;
        let mut segments = BTreeSet::new();
        for place in &doomed {
            segments.extend(self.secret_row(place)?.map(|row| row.segment));
        }
        let mut done = Erasure::default();
        let mut moved = Vec::new();
        for segment in &segments {
            let (mut staying, mut new) = (Vec::new(), None);
            for row in self.rows_of_segment(*segment)? {
                match doomed.contains(&row.place) {
                    true => sealed.erased.push(row.place),
                    false => staying.push(row),
                }
            }
            for row in staying {
                // Of a restored store a segment's key may be gone: then the row opens nothing, and stays so.
                let Some(secret) = self.open_secret(&row)? else { continue };
                let number = *new.get_or_insert_with(|| self.keys.begin(&mut self.hands.rng));
                let key = self.keys.get(number).ok_or(counterseal_seal::KeyUnusable)?;
                let resealed = key.seal_row(&mut self.hands.rng, &row.place, &secret)?;
                sealed.resealed.push(SecretRow { place: row.place, segment: number, sealed: resealed });
            }
            moved.push((*segment, new));
        }
        done.erased = sealed.erased.len() as u64;
        done.resealed = sealed.resealed.len() as u64;
        // The new keys are durable before anything is sealed under them alone.
        if !sealed.resealed.is_empty() {
            self.save_keys()?;
        }
        self.write(&Batch::default(), &sealed)?;
        for (segment, new) in &moved {
            self.keys.destroy(*segment);
            self.current.moved(*segment, *new);
        }
        if !moved.is_empty() {
            self.save_keys()?;
        }
        Ok(done)
    }
}

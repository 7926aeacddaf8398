//! Which segment a new secret goes into, and the file of segments' keys.

use counterseal_seal::SegmentKeys;
use rusqlite::{Connection, OptionalExtension};

use super::apply::{Sealed, SecretRow};
use super::error::StoreError;
use super::place::{KEYS, Place, replace};
use super::rows::Batch;
use super::{Hands, Step, Store};

/// Most pads under one segment's key.
pub(super) const PADS: u64 = 1024;
/// Most seeds: keys are destroyed far more often than parts are erased.
pub(super) const SEEDS: u64 = 64;

/// The segments that take what is new: number and rows so far.
#[derive(Debug, Default)]
pub(super) struct Current {
    pads: Option<(u64, u64)>,
    seeds: Option<(u64, u64)>,
}

impl Current {
    /// As the store's rows have it.
    pub(super) fn of(db: &Connection, keys: &SegmentKeys) -> Result<Self, StoreError> {
        let last = |kind: u8| -> Result<Option<(u64, u64)>, StoreError> {
            let sql = "SELECT segment, count(*) FROM secret WHERE substr(place, 1, 1) = ?1
                       GROUP BY segment ORDER BY segment DESC LIMIT 1";
            let found: Option<(i64, i64)> = db.query_row(sql, [[kind]], |row| row.try_into()).optional()?;
            let found = found.map(|(segment, count)| (segment.cast_unsigned(), count.cast_unsigned()));
            Ok(found.filter(|(segment, _)| keys.get(*segment).is_some()))
        };
        Ok(Self { pads: last(1)?, seeds: last(2)? })
    }

    /// A segment's rows have another one now. It has no more of them than the old one had.
    pub(super) fn moved(&mut self, old: u64, new: Option<u64>) {
        for slot in [&mut self.pads, &mut self.seeds] {
            if let Some((_, count)) = slot.filter(|(segment, _)| *segment == old) {
                *slot = new.map(|new| (new, count));
            }
        }
    }
}

impl Store {
    /// Seals what is new. Where a new segment begins its key is durable in both places before anything uses it.
    pub(super) fn seal_new(&mut self, batch: &Batch) -> Result<Sealed, StoreError> {
        let mut new = Vec::with_capacity(batch.pads.len() + batch.seeds.len());
        for pad in &batch.pads {
            if self.is_erased(&pad.part)? {
                return Err(StoreError::Erased);
            }
            if !self.has_secret(&pad.part.place())? {
                new.push((pad.part.place(), &pad.pad, PADS));
            }
        }
        new.extend(batch.seeds.iter().map(|seed| (seed.key.place(), &seed.seed, SEEDS)));
        let began = self.keys.segments().last();
        let mut sealed = Sealed::default();
        for (place, secret, most) in new {
            let segment = self.segment_with_room(most);
            let key = self.keys.get(segment).ok_or(counterseal_seal::KeyUnusable)?;
            let row = key.seal_row(&mut self.hands.rng, &place, secret.as_slice())?;
            sealed.new.push(SecretRow { place, segment, sealed: row });
        }
        if self.keys.segments().last() != began {
            self.save_keys()?;
        }
        Ok(sealed)
    }

    fn segment_with_room(&mut self, most: u64) -> u64 {
        let slot = if most == PADS { &mut self.current.pads } else { &mut self.current.seeds };
        let (segment, count) = match *slot {
            Some((segment, count)) if count < most => (segment, count),
            _ => (self.keys.begin(&mut self.hands.rng), 0),
        };
        *slot = Some((segment, count + 1));
        segment
    }

    /// Replaces the file in both places, the second first.
    pub(super) fn save_keys(&mut self) -> Result<(), StoreError> {
        self.poisoned = true;
        self.keys.serial = self.keys.serial.saturating_add(1);
        self.keys.commit = self.commit;
        save_keys(&self.keys, [&self.second, &self.first], &mut self.hands)?;
        self.poisoned = false;
        Ok(())
    }
}

/// Replaces the file of segments' keys in these places.
pub(super) fn save_keys(
    keys: &SegmentKeys,
    places: [&Place; 2],
    hands: &mut Hands,
) -> Result<(), StoreError> {
    let bytes = keys.seal(&mut hands.rng, &hands.root)?;
    let failed = || StoreError::io("replace the file of segments' keys");
    for (place, step) in places.into_iter().zip([Step::SecondKeys, Step::FirstKeys]) {
        hands.faults.enter(step).map_err(failed())?;
        replace(&place.dir, KEYS, &bytes).map_err(failed())?;
        hands.faults.leave(step).map_err(failed())?;
    }
    Ok(())
}

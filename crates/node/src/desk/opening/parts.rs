//! Guarded parts, as this desk keeps them: verified, sealed twice.

use counterseal_model::{CompartmentId, EntryId};
use counterseal_register::{PartRef, Rule, VerifiedHeader};
use rusqlite::OptionalExtension;

use super::failure::{OpeningFailure, part_text};
use crate::desk::Desk;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;

/// A guarded part on this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuardedPart {
    /// The part.
    pub part: PartRef,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// The rule by which it opens: the stricter of when it was sealed and now.
    pub rule: Rule,
}

/// An entry with what opens its parts.
pub(super) struct GuardedEntry {
    pub(super) no: i64,
    pub(super) header: VerifiedHeader,
    /// The rule it was sealed by.
    pub(super) sealed_by: Rule,
}

impl Desk {
    /// The guarded parts that a text names: `ENTRY/INDEX`, or `ENTRY` for all parts of an entry, where ENTRY is at
    /// least eight digits of its id.
    ///
    /// # Errors
    /// `NoSuchPart` when there is none, or the digits are of several.
    pub fn guarded_parts(&self, text: &str) -> Result<Vec<GuardedPart>, NodeError> {
        let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: text.to_owned() });
        let (digits, index) = match text.split_once('/') {
            Some((digits, index)) => (digits, Some(index.parse::<u32>().map_err(|_| unknown())?)),
            None => (text, None),
        };
        let digits = digits.to_ascii_lowercase();
        if digits.len() < 8 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(unknown());
        }
        let found = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT id FROM entry WHERE lower(hex(id)) LIKE ?1 || '%' AND standing < 4 LIMIT 2",
            )?;
            let rows = find.query_map([&digits], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<[u8; 32]>, _>>()?)
        })?;
        let [id] = found.as_slice() else { return Err(unknown()) };
        let entry = self.guarded_entry(EntryId::from_bytes(*id))?;
        let count = entry.header.header().parts.len();
        let all = (0u32..).take(count).filter(|one| index.is_none_or(|index| *one == index));
        let parts: Vec<_> = all.map(|index| self.guarded_part(&entry, index)).collect();
        if parts.is_empty() { Err(unknown()) } else { Ok(parts) }
    }

    /// Every guarded part of a compartment that this desk keeps, in ascending order; withdrawn and erased ones are left
    /// out, and covers that are known as such: those of this desk, and those that it opened before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parts_of_compartment(&self, compartment: CompartmentId) -> Result<Vec<PartRef>, NodeError> {
        let ids: Vec<[u8; 32]> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT id FROM entry e WHERE compartment = ?1 AND standing IN (0, 1, 3)
                 AND NOT EXISTS (SELECT 1 FROM own_guarded o WHERE o.entry = e.no AND o.cover = 1) ORDER BY id",
            )?;
            let rows = list.query_map([compartment.as_bytes()], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let at = self.moment();
        let mut parts = Vec::new();
        for id in ids {
            let Ok(entry) = self.guarded_entry(EntryId::from_bytes(id)) else { continue };
            let count = u32::try_from(entry.header.header().parts.len()).unwrap_or(0);
            let all = (0..count).map(|index| PartRef { entry: entry.header.id(), index });
            parts.extend(all.filter(|part| {
                let state = self.register.part_state(compartment, *part, at);
                state.withdrawn.is_none() && state.erased.is_none()
            }));
        }
        let covers = self.covers_met()?;
        parts.retain(|part| !covers.contains(part));
        Ok(parts)
    }

    fn guarded_part(&self, entry: &GuardedEntry, index: u32) -> GuardedPart {
        let compartment = entry.header.header().compartment;
        let now = self.register.charter(compartment, self.moment()).map_or(Rule::TwoPerson, |now| now.rule);
        let part = PartRef { entry: entry.header.id(), index };
        GuardedPart { part, compartment, rule: now.max(entry.sealed_by) }
    }

    /// A guarded part of this desk.
    ///
    /// # Errors
    /// `NoSuchPart`.
    pub(super) fn known_part(&self, part: PartRef) -> Result<(GuardedEntry, GuardedPart), NodeError> {
        let entry = self.guarded_entry(part.entry)?;
        let has = usize::try_from(part.index).is_ok_and(|index| index < entry.header.header().parts.len());
        if !has {
            return Err(OpeningFailure::NoSuchPart { part: part_text(part) }.into());
        }
        let known = self.guarded_part(&entry, part.index);
        Ok((entry, known))
    }

    /// A guarded entry of this desk, verified again.
    pub(super) fn guarded_entry(&self, id: EntryId) -> Result<GuardedEntry, NodeError> {
        let unknown = || NodeError::from(OpeningFailure::NoSuchPart { part: id.short() });
        let found: Option<(i64, Vec<u8>)> = self.store.read(|db| {
            let mut find =
                db.prepare_cached("SELECT no, header FROM entry WHERE id = ?1 AND standing < 4")?;
            Ok::<_, NodeError>(find.query_row([id.as_bytes()], |row| row.try_into()).optional()?)
        })?;
        let (no, bytes) = found.ok_or_else(unknown)?;
        let header = self.reader().verify(&bytes)?;
        let epoch = self.register.epoch(header.header().epoch).ok_or_else(unknown)?;
        if !header.header().is_guarded() {
            return Err(unknown());
        }
        Ok(GuardedEntry { no, sealed_by: epoch.rule(), header })
    }

    /// The ciphertext of one part.
    pub(super) fn guarded_ciphertext(&self, entry: &GuardedEntry, index: u32) -> Result<Vec<u8>, NodeError> {
        let no = (entry.no << INDEX_BITS) + i64::from(index);
        let found: Option<Vec<u8>> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT ciphertext FROM part WHERE no = ?1")?;
            Ok::<_, NodeError>(find.query_row([no], |row| row.get(0)).optional()?)
        })?;
        found.ok_or(NodeError::NoParts)
    }
}

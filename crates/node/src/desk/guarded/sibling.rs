//! Records of which a part is open here and another is sealed twice: that there is one, and how to ask for it.
//!
//! Only who wrote the sealed part, or opened it, can tell whose it is; the desk notes it then. It shows whoever unlocks this desk
//! that there is something more to a record, and nothing of what.

use counterseal_model::{CompartmentId, EntryId, RecordId};
use counterseal_register::PartRef;
use rusqlite::{Connection, OptionalExtension};

use crate::desk::Desk;
use crate::desk::casework::NamedPart;
use crate::error::NodeError;

impl Desk {
    /// The parts of a record that are sealed twice, as far as this desk knows. Withdrawn and erased ones are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sealed_twice(&self, record: RecordId) -> Result<Vec<NamedPart>, NodeError> {
        let mut all: Vec<NamedPart> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT s.entry, s.idx, e.compartment FROM sibling s JOIN entry e ON e.id = s.entry
                 WHERE s.record = ?1 AND e.standing < 4 ORDER BY e.no, s.idx",
            )?;
            let rows = list.query_map([record.as_bytes()], |row| {
                let part = PartRef { entry: EntryId::from_bytes(row.get(0)?), index: row.get(1)? };
                Ok(NamedPart { compartment: CompartmentId::from_bytes(row.get(2)?), part })
            })?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let at = self.moment();
        all.retain(|named| {
            let state = self.register.part_state(named.compartment, named.part, at);
            state.withdrawn.is_none() && state.erased.is_none()
        });
        Ok(all)
    }

    /// Whether a record has a part here that is not sealed twice.
    pub(in crate::desk) fn has_open_part(&self, record: RecordId) -> bool {
        self.record_number(record).is_ok()
    }

    /// Notes parts that were opened as what their records have besides.
    pub(in crate::desk) fn note_siblings(&mut self, opened: &[(PartRef, RecordId)]) -> Result<(), NodeError> {
        let beside: Vec<_> =
            opened.iter().filter(|(_, record)| self.has_open_part(*record)).copied().collect();
        if beside.is_empty() {
            return Ok(());
        }
        self.store.commit(|tx| beside.iter().try_for_each(|(part, record)| note(tx, *part, *record)))
    }
}

/// Notes one, in a commit of the caller's.
pub(super) fn note(tx: &Connection, part: PartRef, record: RecordId) -> Result<(), NodeError> {
    let known = "SELECT 1 FROM sibling WHERE record = ?1 AND entry = ?2 AND idx = ?3";
    let key = (record.as_bytes(), part.entry.as_bytes(), part.index);
    if tx.query_row(known, key, |_| Ok(())).optional()?.is_none() {
        tx.prepare_cached("INSERT INTO sibling (record, entry, idx) VALUES (?1, ?2, ?3)")?.execute(key)?;
    }
    Ok(())
}

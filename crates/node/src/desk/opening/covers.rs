//! Covers that this desk knows: its own, and those that it opened. They are not asked for again.

use std::collections::BTreeSet;

use counterseal_model::EntryId;
use counterseal_register::PartRef;

use crate::desk::Desk;
use crate::error::NodeError;

impl Desk {
    /// Notes covers that were met, so that nobody is asked for them again.
    pub(super) fn note_covers(&mut self, covers: &[PartRef]) -> Result<(), NodeError> {
        if covers.is_empty() {
            return Ok(());
        }
        self.store.commit(|tx| {
            let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO cover (entry, idx) VALUES (?1, ?2)")?;
            covers
                .iter()
                .try_for_each(|part| insert.execute((part.entry.as_bytes(), part.index)).map(drop))?;
            Ok(())
        })
    }

    /// Others' covers that this desk opened.
    pub(super) fn covers_met(&self) -> Result<BTreeSet<PartRef>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT entry, idx FROM cover")?;
            let rows = list.query_map([], |row| {
                Ok(PartRef { entry: EntryId::from_bytes(row.get(0)?), index: row.get(1)? })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Whether a part is a cover, as far as this desk knows: one of its own, or one that it opened before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_known_cover(&self, part: PartRef) -> Result<bool, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM cover WHERE entry = ?1 AND idx = ?2)
                 OR EXISTS (SELECT 1 FROM entry e JOIN own_guarded o ON o.entry = e.no WHERE e.id = ?1 AND o.cover = 1)",
            )?;
            Ok(find.query_row((part.entry.as_bytes(), part.index), |row| row.get(0))?)
        })
    }
}

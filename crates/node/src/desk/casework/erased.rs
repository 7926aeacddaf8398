//! What an `Erase` in the log does to this desk: the ciphertext goes, with whatever was opened ahead of it, held in
//! memory or found by it. The header with its hash stays, and zeros in the ciphertext's place (docs/spec/casework.md).

use counterseal_register::PartRef;
use rusqlite::OptionalExtension;

use crate::desk::write::INDEX_BITS;
use crate::desk::{Desk, PartReader};
use crate::error::NodeError;

/// A part that is erased and whose ciphertext is here still.
struct Due {
    part: PartRef,
    no: i64,
    shown: bool,
}

impl Desk {
    /// Drops what is here of erased parts, in one commit; gives of how many. Called wherever statements arrive, so
    /// that a crash in between only makes it later.
    pub(in crate::desk) fn drop_erased(&mut self) -> Result<u64, NodeError> {
        let due = self.due_erasures()?;
        if due.is_empty() {
            return Ok(0);
        }
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let (indexer, store) = (&mut self.indexer, &mut self.store);
        let dropped = store.commit(|tx| {
            for Due { part, no, shown } in &due {
                let found = tx.query_row("SELECT ciphertext FROM part WHERE no = ?1", [no], |row| row.get(0));
                let ciphertext: Vec<u8> = found?;
                if *shown && let Ok(opened) = reader.open_ciphertext(tx, *no, &ciphertext) {
                    indexer.withdraw(tx, *no, opened.part.record, &reader)?;
                }
                tx.execute("UPDATE part SET ciphertext = zeroblob(length(ciphertext)) WHERE no = ?1", [no])?;
                tx.execute("DELETE FROM held WHERE part = ?1", [no])?;
                let key = (part.entry.as_bytes(), part.index);
                for table in ["ahead", "case_part", "written_about"] {
                    tx.execute(&format!("DELETE FROM {table} WHERE entry = ?1 AND idx = ?2"), key)?;
                }
                tx.execute("DELETE FROM written_about WHERE place = ?1", [key.0])?;
            }
            Ok::<_, NodeError>(())
        });
        if dropped.is_err() {
            self.forget_unkept();
        }
        dropped?;
        due.iter().for_each(|due| self.vault.forget(due.part));
        Ok(due.len() as u64)
    }

    fn due_erasures(&self) -> Result<Vec<Due>, NodeError> {
        let mut due = Vec::new();
        let at = self.register.last();
        for compartment in self.register.compartments(at) {
            for part in self.register.erased_parts(compartment, at) {
                let Some((entry, shown)) = self.entry_number(part.entry)? else { continue };
                let no = (entry << INDEX_BITS) + i64::from(part.index);
                let here: Option<bool> = self.store.read(|db| {
                    let mut find = db.prepare_cached(
                        "SELECT ciphertext <> zeroblob(length(ciphertext)) FROM part WHERE no = ?1",
                    )?;
                    Ok::<_, NodeError>(find.query_row([no], |row| row.get(0)).optional()?)
                })?;
                if here == Some(true) {
                    due.push(Due { part, no, shown });
                }
            }
        }
        Ok(due)
    }
}

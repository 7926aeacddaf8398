//! What was written and is in no index, because all of it is guarded: the record's id, so that a form that is sent twice
//! seals it once, and what is typed after it is no draft.

use counterseal_model::{CompartmentId, RecordId};
use rusqlite::Connection;

use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Under which it is noted in `local`; the record and the compartment follow.
pub(super) const PREFIX: &str = "written/";

impl Desk {
    /// Whether a record is here already: in the index, or sealed by a report of this desk's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn is_written(&self, record: RecordId) -> Result<bool, NodeError> {
        Ok(self.record_number(record).is_ok() || self.store.read(|db| is_noted(db, record))?)
    }
}

/// Notes it, in the commit that keeps what was written there. No word of it is in the note.
pub(super) fn note(tx: &Connection, record: RecordId, compartment: CompartmentId) -> Result<(), NodeError> {
    local::set(tx, &name_of(record, compartment), &[])
}

fn is_noted(db: &Connection, record: RecordId) -> Result<bool, NodeError> {
    // '0' is the sign after '/': all names that begin so, by the table's order.
    let (from, before) = (format!("{PREFIX}{record}/"), format!("{PREFIX}{record}0"));
    let mut find = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM local WHERE name > ?1 AND name < ?2)")?;
    Ok(find.query_row((from, before), |row| row.get(0))?)
}

pub(super) fn name_of(record: RecordId, compartment: CompartmentId) -> String {
    format!("{PREFIX}{record}/{compartment}")
}

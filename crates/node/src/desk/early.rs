//! Entries that came before the statement that begins their epoch: kept as they came, and taken in when that
//! statement is here.

use counterseal_model::EntryId;
use counterseal_register::Entry;
use rusqlite::Connection;

use super::take::Arrived;
use crate::error::NodeError;

/// Most entries that are kept so.
const MOST: i64 = 4096;
/// Most bytes of them.
const MOST_BYTES: i64 = 64 * 1024 * 1024;

/// What came early, in the order of the ids.
pub(super) fn early(db: &Connection) -> Result<Vec<(EntryId, Arrived)>, NodeError> {
    let mut list = db.prepare_cached("SELECT id, urgency, bytes FROM early ORDER BY id")?;
    let mut rows = list.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, urgency, bytes): ([u8; 32], u8, Vec<u8>) = row.try_into()?;
        found.push((EntryId::from_bytes(id), Arrived { entry: Entry::parse(&bytes)?, urgency }));
    }
    Ok(found)
}

pub(super) fn is_early(db: &Connection, id: EntryId) -> Result<bool, NodeError> {
    Ok(db.prepare_cached("SELECT 1 FROM early WHERE id = ?1")?.exists([id.as_bytes()])?)
}

/// Keeps an entry whose author's signature was checked; false when there are too many: it must come again.
pub(super) fn keep_early(tx: &Connection, arrived: &Arrived) -> Result<bool, NodeError> {
    let mut count = tx.prepare_cached("SELECT count(*), coalesce(sum(length(bytes)), 0) FROM early")?;
    let (entries, bytes): (i64, i64) = count.query_row([], |row| row.try_into())?;
    if entries >= MOST || bytes >= MOST_BYTES {
        return Ok(false);
    }
    let mut keep = tx.prepare_cached("INSERT INTO early (id, urgency, bytes) VALUES (?1, ?2, ?3)")?;
    keep.execute((arrived.entry.id().as_bytes(), arrived.urgency, arrived.entry.to_bytes()))?;
    Ok(true)
}

pub(super) fn forget_early(tx: &Connection, id: EntryId) -> Result<(), NodeError> {
    tx.prepare_cached("DELETE FROM early WHERE id = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}

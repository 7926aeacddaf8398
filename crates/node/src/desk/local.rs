//! This desk's own small state, which no journal carries.

use rusqlite::{Connection, OptionalExtension};

use crate::error::NodeError;

/// The table of all of it.
pub(crate) const TABLE: &str = "local";
/// The person whose desk this is.
pub(crate) const PERSON: &str = "person";
/// The mission's own guard rules, as their file.
pub(crate) const GUARD_RULES: &str = "guard-rules";

pub(crate) fn get(db: &Connection, name: &str) -> Result<Option<Vec<u8>>, NodeError> {
    let mut get = db.prepare_cached("SELECT value FROM local WHERE name = ?1")?;
    Ok(get.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn set(tx: &Connection, name: &str, value: &[u8]) -> Result<(), NodeError> {
    let mut set = tx.prepare_cached("INSERT OR REPLACE INTO local (name, value) VALUES (?1, ?2)")?;
    set.execute((name, value))?;
    Ok(())
}

pub(crate) fn remove(tx: &Connection, name: &str) -> Result<(), NodeError> {
    tx.prepare_cached("DELETE FROM local WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// Everything whose name begins so, in the order of the names.
pub(crate) fn beginning(db: &Connection, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, NodeError> {
    let beginning = "SELECT name, value FROM local WHERE substr(name, 1, length(?1)) = ?1 ORDER BY name";
    let mut get = db.prepare_cached(beginning)?;
    let rows = get.query_map([prefix], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

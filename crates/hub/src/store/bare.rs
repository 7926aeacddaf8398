//! Leaves whose entries are not here: after a restore, and in a standby hub that has taken over. Entries come
//! back from the desks that hold them.

use std::ops::Range;

use counterseal_register::JournalLeaf;
use rusqlite::{OptionalExtension, params};

use super::rows::{index, int};
use super::{StoreError, StoreReader};

impl StoreReader {
    /// The index of a leaf whose entry is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bare_index(&self, leaf: &[u8; JournalLeaf::LEN]) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT idx FROM bare WHERE leaf = ?1";
        self.read("look for a leaf", |db| db.query_row(sql, params![leaf], |row| row.get(0)).optional())
            .map(|found| found.map(index))
    }

    /// How many leaves there are whose entries are not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_bare(&self) -> Result<u64, StoreError> {
        // A store that was only ever read by this version has no such table.
        self.read("count leaves", |db| match db.table_exists(None, "bare")? {
            true => db.query_row("SELECT count(*) FROM bare", [], |row| row.get(0)),
            false => Ok(0),
        })
        .map(index)
    }

    /// The leaves below an index whose entries are not here, as ranges in ascending order.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bare_ranges(&self, below: u64) -> Result<Vec<Range<u64>>, StoreError> {
        self.read("list leaves", |db| {
            let mut rows = db.prepare_cached("SELECT idx FROM bare WHERE idx < ?1 ORDER BY idx")?;
            let rows = rows.query_map([int(below)], |row| row.get(0).map(index))?;
            let mut ranges: Vec<Range<u64>> = Vec::new();
            for row in rows {
                let at = row?;
                match ranges.last_mut() {
                    Some(last) if last.end == at => last.end = at + 1,
                    _ => ranges.push(at..at + 1),
                }
            }
            Ok(ranges)
        })
    }

    /// Statements that put an end to this hub, as it heard of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn obeyed(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.read("read statements", |db| {
            if !db.table_exists(None, "obeyed")? {
                return Ok(Vec::new());
            }
            let mut rows = db.prepare_cached("SELECT bytes FROM obeyed")?;
            rows.query_map([], |row| row.get(0))?.collect()
        })
    }
}

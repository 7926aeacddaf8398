//! Guarded entries, which trustees ask for, and leaves that commit to something that the hub never has: openings,
//! exports, facts.

use std::ops::Range;

use counterseal_model::cbor::Reader;
use counterseal_register::JournalLeaf;
use rusqlite::{OptionalExtension, Row, params};

use super::reader::take_bytes;
use super::rows::{index, int};
use super::{StoreError, StoreReader};

/// Bytes before the header in an entry's plain form, at most (docs/spec/entries.md): the heads of a list and of a
/// byte string.
const BEFORE: i64 = 10;

/// The signed header of a guarded entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuardedRow {
    /// Index of its leaf.
    pub index: u64,
    /// The signed header as received.
    pub header: Vec<u8>,
}

impl StoreReader {
    /// The signed headers of guarded entries within a range, in log order; about so many bytes, at least one if
    /// there is one. No other entry is looked at, and no ciphertext read. Gives the index of the first that was
    /// left out too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn guarded(
        &self,
        within: Range<u64>,
        most_bytes: usize,
    ) -> Result<(Vec<GuardedRow>, Option<u64>), StoreError> {
        let sql = "SELECT guarded.idx, substr(body.bytes, 1, ?3 + guarded.header), guarded.header
            FROM guarded JOIN body ON body.idx = guarded.idx
            WHERE guarded.idx >= ?1 AND guarded.idx < ?2 ORDER BY guarded.idx";
        let (begun, left_out) = self.read("look for guarded entries", |db| {
            let mut rows = db.prepare_cached(sql)?;
            let row = |row: &Row<'_>| Ok((index(row.get(0)?), row.get::<_, Vec<u8>>(1)?, index(row.get(2)?)));
            let found = rows.query_map(params![int(within.start), int(within.end), BEFORE], row)?;
            let size = |(_, _, header): &(u64, Vec<u8>, u64)| usize::try_from(*header).unwrap_or(usize::MAX);
            let found = take_bytes(found, most_bytes, size)?;
            let Some((last, ..)) = found.last() else { return Ok((found, None)) };
            let sql = "SELECT min(idx) FROM guarded WHERE idx > ?1 AND idx < ?2";
            let key = [int(*last), int(within.end)];
            let left_out: Option<i64> = db.query_row(sql, key, |row| row.get(0))?;
            Ok((found, left_out.map(index)))
        })?;
        let rows =
            begun.into_iter().map(|(index, begun, _)| Ok(GuardedRow { index, header: header_of(&begun)? }));
        Ok((rows.collect::<Result<_, StoreError>>()?, left_out))
    }

    /// The lowest index within a range of a leaf whose entry is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first_bare(&self, within: Range<u64>) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT idx FROM bare WHERE idx >= ?1 AND idx < ?2 ORDER BY idx LIMIT 1";
        let key = [int(within.start), int(within.end)];
        self.read("look for a leaf", |db| db.query_row(sql, key, |row| row.get(0)).optional())
            .map(|found| found.map(index))
    }

    /// Where a leaf stands that is not an entry's.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lone_index(&self, leaf: &[u8; JournalLeaf::LEN]) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT idx FROM lone WHERE leaf = ?1";
        self.read("look for a leaf", |db| db.query_row(sql, params![leaf], |row| row.get(0)).optional())
            .map(|found| found.map(index))
    }
}

/// The header at the beginning of an entry's plain form: [header, ciphertexts].
fn header_of(entry: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut r = Reader::strict(entry);
    let header = r.array().and_then(|_| r.bytes().map(<[u8]>::to_vec));
    header.map_err(|error| StoreError::Failed { action: "read a header", reason: error.to_string() })
}

//! What is kept of both logs.

use counterseal_ledger::{Frontier, Hash};
use counterseal_mirror::{KeptLeaves, LogRow, MirrorError, Roots, StatementRow};
use counterseal_model::Timestamp;
use counterseal_register::{JournalLeaf, LogKind, statement_leaf};
use rusqlite::{Connection, OptionalExtension};

use super::FollowError;
use crate::store::{KeptSplit, number};

fn edge(bytes: &[u8]) -> Result<Frontier, MirrorError> {
    Frontier::from_bytes(bytes).map_err(|error| MirrorError::Log(error.to_string()))
}

pub(super) fn load_log(db: &Connection, log: LogKind) -> Result<Option<LogRow>, FollowError> {
    let mut find = db.prepare_cached("SELECT edge, note, time FROM log WHERE kind = ?1")?;
    let found: Option<(Vec<u8>, Vec<u8>, i64)> =
        find.query_row([number(log)], |row| row.try_into()).optional()?;
    let Some((bytes, note, time)) = found else { return Ok(None) };
    Ok(Some(LogRow { frontier: edge(&bytes)?, note, time: Timestamp(time) }))
}

pub(super) fn statement_rows(db: &Connection) -> Result<Vec<StatementRow>, FollowError> {
    let mut list = db.prepare_cached("SELECT position, since, bytes FROM statement ORDER BY position")?;
    let rows = list.query_map([], |row| {
        Ok(StatementRow {
            index: row.get::<_, i64>(0)?.cast_unsigned(),
            since: row.get::<_, Option<i64>>(1)?.map(Timestamp),
            item: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn sighted(db: &Connection) -> Result<Vec<Vec<u8>>, FollowError> {
    let mut list = db.prepare_cached("SELECT bytes FROM sighted ORDER BY rowid")?;
    Ok(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(super) fn splits(db: &Connection) -> Result<Vec<KeptSplit>, FollowError> {
    let mut list = db.prepare_cached("SELECT kind, origin, size, proof FROM split ORDER BY kind, size")?;
    let rows = list.query_map([], |row| {
        let kind: u8 = row.get(0)?;
        let is = |log: &&LogKind| number(**log) == kind;
        Ok(KeptSplit {
            log: LogKind::ALL.iter().find(is).copied().unwrap_or(LogKind::Journal),
            origin: row.get(1)?,
            size: row.get::<_, i64>(2)?.cast_unsigned(),
            proof: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The checkpoints that are kept of a log, the newest first.
pub(super) fn kept_notes(db: &Connection, log: LogKind) -> Result<Vec<Vec<u8>>, FollowError> {
    let mut list = db.prepare_cached("SELECT note FROM seen WHERE kind = ?1 ORDER BY size DESC")?;
    Ok(list.query_map([number(log)], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(super) fn leaf(db: &Connection, index: u64) -> Result<Option<[u8; JournalLeaf::LEN]>, FollowError> {
    let mut find = db.prepare_cached("SELECT bytes FROM leaf WHERE no = ?1")?;
    Ok(find.query_row([index.cast_signed()], |row| row.get(0)).optional()?)
}

/// The roots that time marks name for sizes after `from` and up to `to`.
pub(super) fn marks_between(
    db: &Connection,
    from: u64,
    to: u64,
) -> Result<Vec<(u64, [u8; 32])>, FollowError> {
    let mut list = db.prepare_cached("SELECT size, root FROM mark WHERE size > ?1 AND size <= ?2")?;
    let rows = list.query_map((from.cast_signed(), to.cast_signed()), |row| {
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The journal log's roots at sizes within what is kept.
pub(super) fn journal_roots(db: &Connection, wanted: Vec<u64>) -> Result<Roots, FollowError> {
    let last = wanted.iter().copied().max().unwrap_or(0);
    let mut roots = Roots::new(Frontier::new(), wanted);
    let mut list = db.prepare_cached("SELECT bytes FROM leaf WHERE no < ?1 ORDER BY no")?;
    let mut rows = list.query([last.cast_signed()])?;
    while let Some(row) = rows.next()? {
        roots.push(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(roots)
}

/// The right edge of the journal log at a size within what is kept.
pub(super) fn journal_edge(db: &Connection, size: u64) -> Result<Frontier, FollowError> {
    Ok(journal_roots(db, vec![size])?.into_frontier())
}

/// The leaves of both logs in the store.
pub(super) struct StoredLeaves<'a>(pub(super) &'a Connection);

impl KeptLeaves for StoredLeaves<'_> {
    type Error = FollowError;

    fn edge(&self, log: LogKind, size: u64) -> Result<Frontier, FollowError> {
        let sql = "SELECT edge FROM seen WHERE kind = ?1 AND size <= ?2 ORDER BY size DESC LIMIT 1";
        let mut find = self.0.prepare_cached(sql)?;
        let found: Option<Vec<u8>> =
            find.query_row((number(log), size.cast_signed()), |row| row.get(0)).optional()?;
        Ok(found.map(|bytes| edge(&bytes)).transpose()?.unwrap_or_default())
    }

    fn hashes(
        &self,
        log: LogKind,
        from: u64,
        to: u64,
        take: &mut dyn FnMut(Hash),
    ) -> Result<(), FollowError> {
        let sql = match log {
            LogKind::Statements => {
                "SELECT bytes FROM statement WHERE position >= ?1 AND position < ?2 ORDER BY position"
            }
            LogKind::Journal => "SELECT bytes FROM leaf WHERE no >= ?1 AND no < ?2 ORDER BY no",
        };
        let mut list = self.0.prepare_cached(sql)?;
        let mut rows = list.query((from.cast_signed(), to.cast_signed()))?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            take(match log {
                LogKind::Statements => Hash::leaf(&statement_leaf(bytes)),
                LogKind::Journal => Hash::leaf(bytes),
            });
        }
        Ok(())
    }
}

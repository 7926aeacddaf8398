//! What is kept of both logs in the store.

use counterseal_ledger::{Frontier, Hash, KEPT_CHECKPOINTS};
use counterseal_model::Timestamp;
use counterseal_register::{LogKind, statement_leaf};
use rusqlite::{Connection, OptionalExtension};

use counterseal_mirror::{LogRow, MirrorError, Roots, StatementRow};

use crate::error::NodeError;

pub(crate) const fn number(kind: LogKind) -> u8 {
    match kind {
        LogKind::Statements => 1,
        LogKind::Journal => 2,
    }
}

/// How far a log is followed; `None` before its first checkpoint.
pub(crate) fn load_log(db: &Connection, kind: LogKind) -> Result<Option<LogRow>, NodeError> {
    let mut find = db.prepare_cached("SELECT edge, note, time FROM log WHERE kind = ?1")?;
    type Columns = (Vec<u8>, Vec<u8>, i64);
    let found: Option<Columns> = find.query_row([number(kind)], |row| row.try_into()).optional()?;
    found
        .map(|(edge, note, time)| {
            let frontier = Frontier::from_bytes(&edge).map_err(|e| MirrorError::Log(e.to_string()))?;
            Ok(LogRow { frontier, note, time: Timestamp(time) })
        })
        .transpose()
}

pub(crate) fn save_log(tx: &Connection, kind: LogKind, row: &LogRow) -> Result<(), NodeError> {
    let mut save =
        tx.prepare_cached("INSERT OR REPLACE INTO log (kind, edge, note, time) VALUES (?1, ?2, ?3, ?4)")?;
    save.execute((number(kind), row.frontier.to_bytes(), &row.note, row.time.0))?;
    // The last checkpoints stay: what a witness shows is held against them (PROTOCOL section 2).
    let size = row.frontier.size().cast_signed();
    let mut keep =
        tx.prepare_cached("INSERT OR REPLACE INTO seen (kind, size, edge, note) VALUES (?1, ?2, ?3, ?4)")?;
    keep.execute((number(kind), size, row.frontier.to_bytes(), &row.note))?;
    let mut drop = tx.prepare_cached(
        "DELETE FROM seen WHERE kind = ?1 AND size NOT IN
         (SELECT size FROM seen WHERE kind = ?1 ORDER BY size DESC LIMIT ?2)",
    )?;
    drop.execute((number(kind), KEPT_CHECKPOINTS.cast_signed()))?;
    Ok(())
}

/// The running time of the statement log as far as it is followed: the largest time of its marks, or 0.
pub(crate) fn running_time(db: &Connection) -> Result<Timestamp, NodeError> {
    let mut find = db.prepare_cached("SELECT max(since) FROM statement")?;
    let time: Option<i64> = find.query_row([], |row| row.get(0))?;
    Ok(Timestamp(time.unwrap_or(0)))
}

/// The right edge at the largest checkpoint that is kept and covers no more than `size` leaves.
pub(crate) fn kept_edge(db: &Connection, kind: LogKind, size: u64) -> Result<Frontier, NodeError> {
    let mut find =
        db.prepare_cached("SELECT edge FROM seen WHERE kind = ?1 AND size <= ?2 ORDER BY size DESC LIMIT 1")?;
    let found: Option<Vec<u8>> =
        find.query_row((number(kind), size.cast_signed()), |row| row.get(0)).optional()?;
    let edge = found.map(|edge| Frontier::from_bytes(&edge)).transpose();
    Ok(edge.map_err(|e| MirrorError::Log(e.to_string()))?.unwrap_or_default())
}

/// The checkpoints that are kept of a log, with their cosignatures, the newest first.
pub(crate) fn kept_notes(db: &Connection, kind: LogKind) -> Result<Vec<Vec<u8>>, NodeError> {
    let mut list = db.prepare_cached("SELECT note FROM seen WHERE kind = ?1 ORDER BY size DESC")?;
    Ok(list.query_map([number(kind)], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Every leaf of the statement log that is here, in order.
pub(crate) fn statement_rows(db: &Connection) -> Result<Vec<StatementRow>, NodeError> {
    let mut list = db.prepare("SELECT position, since, bytes FROM statement ORDER BY position")?;
    let rows = list.query_map([], |row| {
        Ok(StatementRow {
            index: row.get::<_, i64>(0)?.cast_unsigned(),
            since: row.get::<_, Option<i64>>(1)?.map(Timestamp),
            item: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The root over the first statements.
pub(crate) fn statement_roots(rows: &[StatementRow], size: u64) -> Roots {
    let mut roots = Roots::new(Frontier::new(), [size]);
    let count = usize::try_from(size).unwrap_or(usize::MAX);
    rows.iter().take(count).for_each(|row| roots.push(&statement_leaf(&row.item)));
    roots
}

/// The journal log's roots at sizes within what is kept, worked out from its leaves.
pub(crate) fn journal_roots(
    db: &Connection,
    wanted: impl IntoIterator<Item = u64>,
) -> Result<Roots, NodeError> {
    let wanted: Vec<u64> = wanted.into_iter().collect();
    let last = wanted.iter().copied().max().unwrap_or(0);
    let mut roots = Roots::new(Frontier::new(), wanted);
    let mut list = db.prepare_cached("SELECT bytes FROM leaf WHERE no < ?1 ORDER BY no")?;
    let mut rows = list.query([last.cast_signed()])?;
    while let Some(row) = rows.next()? {
        roots.push(&row.get::<_, Vec<u8>>(0)?);
    }
    Ok(roots)
}

/// The right edge of the journal log at a size within what is kept.
pub(crate) fn journal_edge(db: &Connection, size: u64) -> Result<Frontier, NodeError> {
    let mut edge = Frontier::new();
    let mut list = db.prepare_cached("SELECT bytes FROM leaf WHERE no < ?1 ORDER BY no")?;
    let mut rows = list.query([size.cast_signed()])?;
    while let Some(row) = rows.next()? {
        edge.push(Hash::leaf(&row.get::<_, Vec<u8>>(0)?));
    }
    Ok(edge)
}

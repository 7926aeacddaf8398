//! Find: the records that fit, in the order asked for.

use rusqlite::{Connection, params_from_iter};

use super::filter::Filter;
use crate::error::NodeError;

/// The order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match of the words first; newest first where no words are asked for.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// Most people killed first.
    Deadliest,
    /// By type, newest first.
    Kind,
    /// By place or area, newest first.
    Place,
    /// Best grading first: the source's letter, then the information's number.
    Grading,
}

/// A record that fits, by its number in the index and the part it is shown from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) record: i64,
    pub(crate) part: i64,
    /// Whether its newest versions disagree.
    pub(crate) conflict: bool,
}

/// The records of any kind that fit; at most `limit`.
pub(crate) fn find(
    db: &Connection,
    filter: &Filter,
    sort: Sort,
    limit: usize,
) -> Result<Vec<Found>, NodeError> {
    run(db, filter, sort, limit, false)
}

/// The incidents that fit; at most `limit`.
pub(crate) fn find_incidents(
    db: &Connection,
    filter: &Filter,
    sort: Sort,
    limit: usize,
) -> Result<Vec<Found>, NodeError> {
    run(db, filter, sort, limit, true)
}

/// As `find`, but for the first `skip` of them.
pub(crate) fn find_from(
    db: &Connection,
    filter: &Filter,
    sort: Sort,
    (skip, limit): (usize, usize),
) -> Result<Vec<Found>, NodeError> {
    let mut found = run(db, filter, sort, skip.saturating_add(limit), false)?;
    Ok(found.split_off(skip.min(found.len())))
}

/// The numbers of the incidents that fit, ascending.
pub(crate) fn numbers(db: &Connection, filter: &Filter) -> Result<Vec<u32>, NodeError> {
    let sql = filter.to_sql();
    let text = format!("SELECT i.record FROM incident i{} WHERE {}", sql.joins, sql.condition());
    let mut statement = db.prepare_cached(&text)?;
    let rows = statement.query_map(params_from_iter(sql.values), |row| row.get(0))?;
    let mut numbers: Vec<u32> = rows.collect::<Result<_, _>>()?;
    numbers.sort_unstable();
    Ok(numbers)
}

fn run(
    db: &Connection,
    filter: &Filter,
    sort: Sort,
    limit: usize,
    incidents_only: bool,
) -> Result<Vec<Found>, NodeError> {
    let sql = filter.to_sql();
    let by_words = !sql.joins.is_empty();
    let order = match sort {
        Sort::Relevance if by_words => "words.rank, r.no",
        Sort::Relevance | Sort::Newest => "i.starts DESC, r.no",
        Sort::Oldest => "i.starts, r.no",
        Sort::Deadliest => "i.best DESC, r.no",
        Sort::Kind => "(SELECT folded FROM term WHERE no = i.kind) NULLS LAST, i.starts DESC, r.no",
        Sort::Place => {
            "(SELECT folded FROM term WHERE no = coalesce(i.place, i.admin1)) NULLS LAST, i.starts DESC, r.no"
        }
        Sort::Grading => {
            "i.reliability = 0, i.reliability, i.credibility = 0, i.credibility, i.starts DESC, r.no"
        }
    };
    let condition = sql.condition();
    // Words alone are found in records of every kind.
    let of_any_kind = by_words && !incidents_only && !filter.is_about_incidents();
    let text = if of_any_kind && sort == Sort::Relevance {
        // FTS5 ranks by itself; records are looked up for what is shown, not for all that fits.
        format!(
            "SELECT r.no, r.part, r.conflict
             FROM (SELECT rowid AS no, rank FROM words WHERE {condition} ORDER BY rank LIMIT {limit}) w
             JOIN record r ON r.no = w.no ORDER BY w.rank, r.no"
        )
    } else if of_any_kind {
        format!(
            "SELECT r.no, r.part, r.conflict FROM words JOIN record r ON r.no = words.rowid
             LEFT JOIN incident i ON i.record = r.no WHERE {condition} ORDER BY {order} LIMIT {limit}"
        )
    } else {
        format!(
            "SELECT r.no, r.part, r.conflict FROM incident i{} JOIN record r ON r.no = i.record
             WHERE {condition} ORDER BY {order} LIMIT {limit}",
            sql.joins
        )
    };
    let mut statement = db.prepare_cached(&text)?;
    let rows = statement.query_map(params_from_iter(sql.values), |row| {
        Ok(Found { record: row.get(0)?, part: row.get(1)?, conflict: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

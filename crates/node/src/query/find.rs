//! Find: the records that fit, in the order asked for.

use rusqlite::{Connection, params_from_iter};

use super::filter::{Filter, Sql};
use crate::error::NodeError;

/// How many of the records that have the words [`Sort::Relevance`] weighs one against the other.
pub const WEIGHED: usize = 20_000;

/// The order of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best match of the words first; newest first where no words are asked for. Where more than 20,000 records have
    /// the words, those that came last are weighed, and the others follow, last come first: a word that so many have
    /// says little, and to weigh a million of them takes a second.
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
    if of_any_kind && sort == Sort::Relevance {
        return by_weight(db, &sql, limit);
    }
    let text = if of_any_kind {
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
    read(db, &text, &sql)
}

/// Records that have the words. FTS5 ranks by itself; records are looked up for what is shown, not for all that fits.
fn by_weight(db: &Connection, sql: &Sql, limit: usize) -> Result<Vec<Found>, NodeError> {
    let condition = sql.condition();
    let last = format!("FROM words WHERE {condition} ORDER BY rowid DESC LIMIT");
    let of = |words: &str, order: &str, most: usize| {
        format!(
            "SELECT r.no, r.part, r.conflict FROM ({words}) w JOIN record r ON r.no = w.no ORDER BY {order} LIMIT {most}"
        )
    };
    let weighed = format!("SELECT rowid AS no, rank AS weight {last} {WEIGHED}");
    let mut found = read(db, &of(&weighed, "w.weight, r.no", limit), sql)?;
    if found.len() == WEIGHED {
        let most = limit - WEIGHED;
        let others = format!("SELECT rowid AS no {last} {most} OFFSET {WEIGHED}");
        found.extend(read(db, &of(&others, "r.no DESC", most), sql)?);
    }
    Ok(found)
}

fn read(db: &Connection, text: &str, sql: &Sql) -> Result<Vec<Found>, NodeError> {
    let mut statement = db.prepare_cached(text)?;
    let rows = statement.query_map(params_from_iter(&sql.values), |row| {
        Ok(Found { record: row.get(0)?, part: row.get(1)?, conflict: row.get(2)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of so many that have the word, the last are weighed; nobody is lost or shown twice, on whatever page.
    #[test]
    fn a_word_of_more_records_than_are_weighed_finds_them_all_once() {
        let extra: usize = 50;
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(crate::schema::INDEX).unwrap();
        let all = i64::try_from(WEIGHED + extra).unwrap();
        let records = "WITH n(no) AS (SELECT 1 UNION ALL SELECT no + 1 FROM n WHERE no < ?1)
            INSERT INTO record (no, id, kind, part, conflict) SELECT no, cast(no AS BLOB), 1, no, 0 FROM n";
        db.execute(records, [all]).unwrap();
        // The oldest and one of the last have nothing beside the word: both fit best.
        let words = "INSERT INTO words (rowid, text) SELECT no,
            CASE WHEN no IN (1, ?1 - 7) THEN 'ford' ELSE 'ford and much that is written beside it' END FROM record";
        db.execute(words, [all]).unwrap();
        let filter = Filter { words: Some("ford".into()), ..Filter::default() };
        let numbers = |found: Vec<Found>| found.into_iter().map(|one| one.record).collect::<Vec<_>>();
        let found = numbers(find(&db, &filter, Sort::Relevance, WEIGHED + 2 * extra).unwrap());
        assert_eq!(found.len(), WEIGHED + extra);
        assert_eq!(found[0], all - 7, "the best of the last");
        let others: Vec<_> = (1..=50).rev().collect();
        assert_eq!(found[WEIGHED..], others, "the others, last come first");
        assert_eq!(std::collections::BTreeSet::from_iter(&found).len(), found.len());
        for (skip, most) in [(0, 100), (WEIGHED - 30, 60), (WEIGHED, 20), (WEIGHED + 40, 20)] {
            let page = numbers(find_from(&db, &filter, Sort::Relevance, (skip, most)).unwrap());
            assert_eq!(page, found[skip..(skip + most).min(found.len())], "from {skip}");
        }
        // Of fewer all are weighed.
        db.execute("DELETE FROM words WHERE rowid > ?1", [all - 100]).unwrap();
        assert_eq!(numbers(find(&db, &filter, Sort::Relevance, 1).unwrap()), [1]);
    }
}

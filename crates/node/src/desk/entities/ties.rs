//! What ties a record to others, out of the index alone: links, and taking part in incidents.

use std::collections::HashSet;

use counterseal_model::record::{EntityKind, Kind};
use rusqlite::{Connection, OptionalExtension};

use crate::error::NodeError;
use crate::index::{Identities, NOT_SAME, SAME};

/// Which ties and which records at their other end are meant.
#[derive(Debug, Clone, Default)]
pub(super) struct Narrowed {
    /// Words of what is at the other end; empty for anything.
    pub(super) kinds: Vec<String>,
    /// Incidents and links that were so at some time from here on; those without a time too.
    pub(super) from: Option<i64>,
    /// And that began before this.
    pub(super) to: Option<i64>,
}

impl Narrowed {
    fn wants(&self, word: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|kind| kind == word)
    }
}

/// What a record is: of entities which, of others the kind of record; none while it is only named.
pub(super) fn word_of(db: &Connection, record: i64) -> Result<Option<&'static str>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT r.kind, e.kind FROM record r LEFT JOIN entity e ON e.record = r.no WHERE r.no = ?1",
    )?;
    let row: Option<(u8, Option<u8>)> =
        find.query_row([record], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let word = |(kind, entity): (u8, Option<u8>)| match entity {
        Some(entity) => EntityKind::from_code(entity.into()).map(EntityKind::word),
        None => Kind::from_code(kind.into()).map(Kind::word),
    };
    Ok(row.and_then(word))
}

/// Numbers in a list of SQL. They are numbers, so nothing can leave the list.
pub(super) fn listed(numbers: &[i64]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// The other ends of a record's ties, each once and no more than `most`: entities first, then incidents, those that
/// arrived last first. And how many there are in all.
pub(super) fn others(
    db: &Connection,
    same: &Identities,
    at: i64,
    narrowed: &Narrowed,
    most: usize,
) -> Result<(Vec<i64>, u64), NodeError> {
    let members = same.all_of(at);
    let mut seen = HashSet::from([at]);
    let mut found = linked(db, same, &members, narrowed)?;
    found.retain(|other| seen.insert(*other));
    let mut wanted = Vec::with_capacity(found.len());
    for other in found {
        if word_of(db, other)?.is_some_and(|word| narrowed.wants(word)) {
            wanted.push(other);
        }
    }
    let mut all = wanted.len() as u64;
    if narrowed.wants(Kind::Incident.word()) {
        let (mut incidents, count) = incidents(db, &members, narrowed, most.saturating_sub(wanted.len()))?;
        wanted.append(&mut incidents);
        all = all.saturating_add(count);
    }
    wanted.truncate(most);
    Ok((wanted, all))
}

/// The other ends of links, and the entities that took part where the record is an incident.
fn linked(
    db: &Connection,
    same: &Identities,
    members: &[i64],
    narrowed: &Narrowed,
) -> Result<Vec<i64>, NodeError> {
    let held = "t.text <> ?4 AND t.text <> ?5 AND (l.ends IS NULL OR ?2 IS NULL OR l.ends >= ?2)
                AND (l.starts IS NULL OR ?3 IS NULL OR l.starts < ?3)";
    let mut find = db.prepare_cached(&format!(
        "SELECT l.target FROM link l JOIN term t ON t.no = l.kind WHERE l.source = ?1 AND {held}
         UNION ALL SELECT l.source FROM link l JOIN term t ON t.no = l.kind WHERE l.target = ?1 AND {held}
         UNION ALL SELECT entity FROM involved WHERE record = ?1"
    ))?;
    let mut all = Vec::new();
    for member in members {
        let rows = find.query_map((member, narrowed.from, narrowed.to, SAME, NOT_SAME), |row| row.get(0))?;
        for other in rows {
            all.push(same.of(other?));
        }
    }
    Ok(all)
}

fn incidents(
    db: &Connection,
    members: &[i64],
    narrowed: &Narrowed,
    most: usize,
) -> Result<(Vec<i64>, u64), NodeError> {
    let dated = narrowed.from.is_some() || narrowed.to.is_some();
    let fits = match dated {
        true => {
            "JOIN incident i ON i.record = v.record AND (?1 IS NULL OR i.ends >= ?1) AND (?2 IS NULL OR i.starts < ?2)"
        }
        false => "",
    };
    let of = format!("FROM involved v {fits} WHERE v.entity IN ({})", listed(members));
    let times = [narrowed.from, narrowed.to];
    let times = if dated { times.as_slice() } else { &[] };
    let count = format!("SELECT count(DISTINCT v.record) {of}");
    let count: i64 =
        db.prepare_cached(&count)?.query_row(rusqlite::params_from_iter(times), |row| row.get(0))?;
    let newest = format!("SELECT DISTINCT v.record {of} ORDER BY v.record DESC LIMIT {most}");
    let mut newest = db.prepare_cached(&newest)?;
    let rows = newest.query_map(rusqlite::params_from_iter(times), |row| row.get(0))?;
    Ok((rows.collect::<Result<_, _>>()?, count.max(0).cast_unsigned()))
}

/// How many ties a record has, as far as `most`.
pub(super) fn count_to(db: &Connection, members: &[i64], most: u64) -> Result<u64, NodeError> {
    let mut count = db.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM link WHERE source = ?1 UNION ALL SELECT 1 FROM link WHERE target = ?1
         UNION ALL SELECT 1 FROM involved WHERE entity = ?1 UNION ALL SELECT 1 FROM involved WHERE record = ?1 LIMIT ?2)",
    )?;
    let mut all = 0_u64;
    for member in members {
        let count: i64 = count.query_row((member, most.cast_signed()), |row| row.get(0))?;
        all = all.saturating_add(count.max(0).cast_unsigned());
    }
    Ok(all.min(most))
}

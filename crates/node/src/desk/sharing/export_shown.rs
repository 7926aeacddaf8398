//! What a file of a question shows: more than the incidents found. Their actors' names stand in entities' records, and a
//! chart has the links between these; each may be of another compartment than the incident (docs/spec/casework.md, section 7).

use std::collections::BTreeSet;

use counterseal_exchange::Format;
use rusqlite::Connection;

use super::export::parts_of;
use crate::desk::Desk;
use crate::desk::casework::NamedPart;
use crate::desk::chart::Chart;
use crate::desk::export::ExportOptions;
use crate::error::NodeError;
use crate::query;

impl Desk {
    /// The parts that a question's file would be written from: of the incidents, of the entities that they name, and of
    /// the links between these where the format has a place for them.
    pub(super) fn asked_for(&self, options: &ExportOptions) -> Result<Vec<NamedPart>, NodeError> {
        let limit = options.limit.unwrap_or(i64::MAX as usize);
        let reader = self.reader();
        self.store.read(|db| {
            let found = query::find_incidents(db, &options.filter, options.sort, limit)?;
            let mut records: BTreeSet<i64> = found.iter().map(|found| found.record).collect();
            if options.format == Format::Graphml {
                records.extend(Chart::of(db, &reader, &found)?.link_numbers());
            }
            parts_shown(db, records)
        })
    }
}

/// The parts that records are written from into a file, with those of the entities that incidents among them name; each once.
pub(in crate::desk) fn parts_shown(
    db: &Connection,
    records: impl IntoIterator<Item = i64>,
) -> Result<Vec<NamedPart>, NodeError> {
    let mut all: BTreeSet<i64> = records.into_iter().collect();
    let mut named = db.prepare_cached(
        "SELECT v.entity FROM involved v JOIN entity e ON e.record = v.entity WHERE v.record = ?1",
    )?;
    for record in all.clone() {
        let entities = named.query_map([record], |row| row.get(0))?;
        all.extend(entities.collect::<Result<Vec<i64>, _>>()?);
    }
    let mut shown = db.prepare_cached("SELECT part FROM record WHERE no = ?1 AND kind > 0")?;
    let mut parts = Vec::with_capacity(all.len());
    for record in all {
        for part in shown.query_map([record], |row| row.get(0))? {
            parts.extend(parts_of(db, record, part?)?);
        }
    }
    Ok(parts)
}

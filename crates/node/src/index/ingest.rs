//! One opened part enters the index.

use std::collections::HashMap;

use counterseal_model::record::Part;
use counterseal_model::{CompartmentId, MissionId, RecordId, VersionId};
use rusqlite::Connection;

use super::merge::merge;
use super::rows::Row;
use super::same;
use super::terms::Terms;
use super::versions;
use super::words::words_of;
use crate::error::NodeError;

/// A part, opened.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    pub(crate) compartment: CompartmentId,
    pub(crate) version: VersionId,
    pub(crate) part: Part,
}

/// Opens parts that are in the store: the index asks for earlier versions of a record.
pub(crate) trait Parts {
    fn open_part(&self, db: &Connection, no: i64) -> Result<Opened, NodeError>;
}

/// Writes the index. Holds caches that are valid for one transaction and those after it.
#[derive(Debug, Default)]
pub(crate) struct Indexer {
    /// The mission, from which record ids follow.
    pub(crate) mission: Option<MissionId>,
    pub(crate) terms: Terms,
    named: HashMap<RecordId, i64>,
}

impl Indexer {
    pub(crate) fn new(mission: MissionId) -> Self {
        Self { mission: Some(mission), ..Self::default() }
    }

    /// Most record numbers kept in memory.
    const NAMED: usize = 100_000;

    /// Enters the part with number `no` in the store, whose words are `words`.
    pub(crate) fn add(
        &mut self,
        tx: &Connection,
        no: i64,
        opened: &Opened,
        words: &str,
        parts: &dyn Parts,
    ) -> Result<(), NodeError> {
        if opened.part.derived.is_some() {
            tx.prepare_cached("INSERT OR IGNORE INTO derived (part) VALUES (?1)")?.execute([no])?;
        }
        let kind = opened.part.body.kind();
        let mut insert = tx.prepare_cached(
            "INSERT INTO record (id, kind, part, conflict) VALUES (?1, ?2, ?3, 0) ON CONFLICT (id) DO NOTHING",
        )?;
        let id = opened.part.record;
        if insert.execute((id.as_bytes(), kind.code(), no))? == 1 {
            let record = tx.last_insert_rowid();
            self.write(tx, record, &opened.part, words)?;
            return Ok(());
        }
        let (record, known_kind, first) = find_record(tx, id)?;
        if known_kind == 0 {
            let mut fill = tx.prepare_cached("UPDATE record SET kind = ?2, part = ?3 WHERE no = ?1")?;
            fill.execute((record, kind.code(), no))?;
            self.write(tx, record, &opened.part, words)?;
            return Ok(());
        }
        self.add_version(tx, record, first, no, opened, parts)
    }

    fn add_version(
        &mut self,
        tx: &Connection,
        record: i64,
        first: i64,
        no: i64,
        opened: &Opened,
        parts: &dyn Parts,
    ) -> Result<(), NodeError> {
        let mut known = versions::versions_of(tx, record)?;
        if known.is_empty() {
            let earlier = parts.open_part(tx, first)?;
            known.push(versions::insert(tx, record, first, &earlier)?);
        }
        let same = |v: &versions::Version| v.id == opened.version && v.compartment == opened.compartment;
        let carried = known.iter().any(same);
        // The same version in two entries: noted twice, so that it stays when one of them stops counting.
        let version = versions::insert(tx, record, no, opened)?;
        if carried {
            return Ok(());
        }
        known.push(version);
        self.show(tx, record, &known, Some((no, opened)), parts)
    }

    /// Takes the part with number `no`, which tells of `record`, out of the index.
    pub(crate) fn withdraw(
        &mut self,
        tx: &Connection,
        no: i64,
        record: RecordId,
        parts: &dyn Parts,
    ) -> Result<(), NodeError> {
        tx.prepare_cached("DELETE FROM derived WHERE part = ?1")?.execute([no])?;
        let (record, _, shown) = find_record(tx, record)?;
        tx.prepare_cached("DELETE FROM version WHERE record = ?1 AND part = ?2")?.execute((record, no))?;
        let known = versions::versions_of(tx, record)?;
        if !known.is_empty() {
            return self.show(tx, record, &known, None, parts);
        }
        if shown == no {
            clear(tx, record)?;
            tx.prepare_cached("UPDATE record SET kind = 0, part = 0, conflict = 0 WHERE no = ?1")?
                .execute([record])?;
        }
        Ok(())
    }

    /// Writes a record's rows anew from its versions. `new` is at hand, the others are opened.
    fn show(
        &mut self,
        tx: &Connection,
        record: i64,
        known: &[versions::Version],
        new: Option<(i64, &Opened)>,
        parts: &dyn Parts,
    ) -> Result<(), NodeError> {
        let shown = versions::shown(known);
        let mut bodies = Vec::new();
        for version in &shown.parts {
            bodies.push(match new {
                Some((no, opened)) if no == *version => opened.clone(),
                _ => parts.open_part(tx, *version)?,
            });
        }
        let part = merge(bodies.into_iter().map(|opened| opened.part).collect())?;
        let mut update =
            tx.prepare_cached("UPDATE record SET kind = ?2, part = ?3, conflict = ?4 WHERE no = ?1")?;
        let first_shown = shown.parts.first().copied().unwrap_or_default();
        update.execute((record, part.body.kind().code(), first_shown, shown.conflict))?;
        clear(tx, record)?;
        self.write(tx, record, &part, &words_of(&part))
    }

    fn write(&mut self, tx: &Connection, record: i64, part: &Part, words: &str) -> Result<(), NodeError> {
        Row { tx, record, indexer: self }.write(part)?;
        let mut insert = tx.prepare_cached("INSERT INTO words (rowid, text) VALUES (?1, ?2)")?;
        insert.execute((record, words))?;
        Ok(())
    }

    /// The number of a record that is named, which may not have arrived yet.
    pub(super) fn number(&mut self, tx: &Connection, id: RecordId) -> Result<i64, NodeError> {
        if let Some(no) = self.named.get(&id) {
            return Ok(*no);
        }
        let mut insert = tx.prepare_cached(
            "INSERT INTO record (id, kind, part, conflict) VALUES (?1, 0, 0, 0) ON CONFLICT (id) DO NOTHING",
        )?;
        let no = match insert.execute([id.as_bytes()])? {
            1 => tx.last_insert_rowid(),
            _ => find_record(tx, id)?.0,
        };
        if self.named.len() >= Self::NAMED {
            self.named.clear();
        }
        self.named.insert(id, no);
        Ok(no)
    }
}

/// Number, kind and shown part of a record.
fn find_record(tx: &Connection, id: RecordId) -> Result<(i64, u8, i64), NodeError> {
    let mut find = tx.prepare_cached("SELECT no, kind, part FROM record WHERE id = ?1")?;
    Ok(find.query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// Takes a record's rows out of the index, to write them anew.
fn clear(tx: &Connection, record: i64) -> Result<(), NodeError> {
    let tied = same::tied_by(tx, record)?;
    for sql in [
        "DELETE FROM incident WHERE record = ?1",
        "DELETE FROM involved WHERE record = ?1",
        "DELETE FROM entity WHERE record = ?1",
        "DELETE FROM entity_name WHERE record = ?1",
        "DELETE FROM external WHERE record = ?1",
        "DELETE FROM link WHERE record = ?1",
        "DELETE FROM note WHERE record = ?1",
        "DELETE FROM export WHERE record = ?1",
        "DELETE FROM words WHERE rowid = ?1",
    ] {
        tx.prepare_cached(sql)?.execute([record])?;
    }
    tied.map_or(Ok(()), |of| same::part_again(tx, of))
}

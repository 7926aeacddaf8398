//! The names that this desk knows: for messages that are read, and for what somebody begins to type.

use counterseal_model::record::EntityKind;
use counterseal_model::taxonomy::Language;
use counterseal_model::{Point, RecordId};
use rusqlite::{Connection, OptionalExtension};

use crate::desk::Desk;
use crate::error::NodeError;
use crate::index::{Space, fold};
use crate::message::{Known, KnownName, NamedThing};

/// A place that incidents of this desk name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlace {
    /// Its name.
    pub name: String,
    /// The first-order area in which one of them has it.
    pub admin1: Option<String>,
    /// The country in which that one has it.
    pub country: Option<String>,
    /// The point that that one gave.
    pub point: Option<Point>,
}

impl Desk {
    /// Every name that this desk knows, and the mission's words for types of incidents, to read messages with.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn known(&self) -> Result<Known, NodeError> {
        let mut names = self.store.read(|db| {
            let mut names = Vec::new();
            let mut entities = db.prepare_cached(
                "SELECT n.folded, r.id, e.kind, e.name FROM entity_name n
                 JOIN entity e ON e.record = n.record JOIN record r ON r.no = n.record",
            )?;
            let mut rows = entities.query([])?;
            while let Some(row) = rows.next()? {
                let Some(kind) = EntityKind::from_code(u64::from(row.get::<_, u8>(2)?)) else { continue };
                let what = NamedThing::Entity(RecordId::from_bytes(row.get(1)?), kind, row.get(3)?);
                names.push(KnownName { name: row.get(0)?, what });
            }
            let mut places = db.prepare_cached("SELECT text FROM term WHERE space = ?1")?;
            let rows = places.query_map([Space::Place as i64], |row| row.get::<_, String>(0))?;
            for name in rows {
                let name = name?;
                names.push(KnownName { what: NamedThing::Place(name.clone()), name });
            }
            Ok::<_, NodeError>(names)
        })?;
        let types = self.taxonomy("incident-type")?;
        for term in types.iter().flat_map(|types| types.terms()).filter(|term| !term.deprecated) {
            for language in [Language::English, Language::French] {
                let name = term.label.in_language(language).to_owned();
                names.push(KnownName { name, what: NamedThing::Type(term.code.clone()) });
            }
        }
        Ok(Known::new(names))
    }

    /// The entities whose name, in any spelling, begins so or has a word that does; at most `limit`, by their main names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn complete_entity(
        &self,
        typed: &str,
        limit: usize,
    ) -> Result<Vec<(RecordId, EntityKind, String)>, NodeError> {
        let folded = fold(typed);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT DISTINCT r.id, e.kind, e.name FROM entity_name n
                 JOIN entity e ON e.record = n.record JOIN record r ON r.no = n.record
                 WHERE n.folded LIKE ?1 || '%' OR n.folded LIKE '% ' || ?1 || '%'
                 ORDER BY n.folded NOT LIKE ?1 || '%', e.name LIMIT ?2",
            )?;
            let mut found = find.query((folded, rows(limit)))?;
            let mut all: Vec<(RecordId, EntityKind, String)> = Vec::new();
            while let Some(row) = found.next()? {
                let id = RecordId::from_bytes(row.get(0)?);
                let kind = EntityKind::from_code(u64::from(row.get::<_, u8>(1)?));
                if let Some(kind) = kind.filter(|_| !all.iter().any(|(known, ..)| *known == id)) {
                    all.push((id, kind, row.get(2)?));
                }
            }
            Ok(all)
        })
    }

    /// The entity that is called so, in any spelling, where it is only one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entity_called(&self, name: &str) -> Result<Option<(RecordId, String)>, NodeError> {
        let folded = fold(name);
        self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT DISTINCT r.id, e.name FROM entity_name n JOIN entity e ON e.record = n.record
                 JOIN record r ON r.no = n.record WHERE n.folded = ?1 LIMIT 2",
            )?;
            let rows =
                find.query_map([folded], |row| Ok((RecordId::from_bytes(row.get(0)?), row.get(1)?)))?;
            let mut called = rows.collect::<Result<Vec<_>, _>>()?;
            Ok(called.pop().filter(|_| called.is_empty()))
        })
    }

    /// The places that incidents name and whose name begins so; at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn complete_place(&self, typed: &str, limit: usize) -> Result<Vec<KnownPlace>, NodeError> {
        let folded = fold(typed);
        if folded.is_empty() {
            return Ok(Vec::new());
        }
        self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT no, text FROM term WHERE space = ?1 AND folded LIKE ?2 || '%' ORDER BY folded LIMIT ?3",
            )?;
            let found = find.query_map((Space::Place as i64, folded, rows(limit)), |row| Ok((row.get(0)?, row.get(1)?)))?;
            let rows = found.collect::<Result<Vec<(i64, String)>, _>>()?;
            rows.into_iter().map(|(no, name)| known_place(db, no, name)).collect()
        })
    }
}

/// Where one of the incidents that name it has it.
fn known_place(db: &Connection, no: i64, name: String) -> Result<KnownPlace, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT lat, lon, (SELECT text FROM term WHERE no = admin1), (SELECT text FROM term WHERE no = country)
         FROM incident WHERE place = ?1 AND lat IS NOT NULL LIMIT 1",
    )?;
    let row = find.query_row([no], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    let (lat, lon, admin1, country): (Option<i64>, Option<i64>, _, _) = row.optional()?.unwrap_or_default();
    let point = lat.zip(lon).and_then(|(lat, lon)| Point::from_e7(lat, lon));
    Ok(KnownPlace { name, admin1, country, point })
}

/// A limit as the store takes it.
fn rows(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

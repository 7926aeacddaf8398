//! The rows of the index that a part gives rise to.

use counterseal_model::Point;
use counterseal_model::record::{Body, Entity, ExportMark, ExternalRef, Incident, Link, Note, Part};
use rusqlite::Connection;

use super::fold::fold;
use super::ingest::Indexer;
use super::same;
use super::terms::Space;
use crate::desk::record_of;
use crate::error::NodeError;

/// Cells per degree: a cell is about 28 km high.
pub(crate) const CELLS_PER_DEGREE: i64 = 4;
/// Cells in a row around the earth.
pub(crate) const CELLS_PER_ROW: i64 = 360 * CELLS_PER_DEGREE;

/// How an index row names that one incident repeats another.
pub(crate) const REPEATS: &str = "repeats";

/// The cell of a point, counted row by row from the south-west.
pub(crate) fn cell_of(point: Point) -> i64 {
    let count = |e7: i32, half_turn: i64, limit: i64| {
        ((i64::from(e7) + half_turn) * CELLS_PER_DEGREE / 10_000_000).min(limit - 1)
    };
    let row = count(point.lat_e7(), 900_000_000, 180 * CELLS_PER_DEGREE);
    let column = count(point.lon_e7(), 1_800_000_000, CELLS_PER_ROW);
    row * CELLS_PER_ROW + column
}

/// Writes one record's rows.
pub(super) struct Row<'a> {
    pub(super) tx: &'a Connection,
    pub(super) record: i64,
    pub(super) indexer: &'a mut Indexer,
}

impl Row<'_> {
    pub(super) fn write(&mut self, part: &Part) -> Result<(), NodeError> {
        match &part.body {
            Body::Incident(incident) => self.incident(part, incident),
            Body::Entity(entity) => self.entity(part, entity),
            Body::Link(link) => self.link(link),
            Body::Note(note) => self.note(note),
            Body::Export(export) => self.export(export),
            Body::Source(_) | Body::Taxonomy(_) => Ok(()),
            Body::Case(_) | Body::Basis(_) | Body::Consent(_) | Body::Agreement(_) => Ok(()),
            Body::ConsentEvent(_) => Ok(()),
        }
    }

    fn term(&mut self, space: Space, text: Option<&str>) -> Result<Option<i64>, NodeError> {
        match text {
            Some(text) => Ok(Some(self.indexer.terms.number(self.tx, space, text)?)),
            None => Ok(None),
        }
    }

    fn incident(&mut self, part: &Part, incident: &Incident) -> Result<(), NodeError> {
        let place = incident.place.as_ref();
        let point = place.and_then(|place| place.point);
        let occurred = incident.occurred.as_ref();
        let killed = incident.killed();
        let grading = incident.grading.as_ref();
        let kind = self.term(Space::Kind, incident.kind.as_ref().map(|t| t.as_str()))?;
        let subtype = self.term(Space::Subtype, incident.subtype.as_ref().map(|t| t.as_str()))?;
        let country =
            self.term(Space::Country, place.and_then(|p| p.country.as_deref().or(p.iso3.as_deref())))?;
        let admin1 = self.term(Space::Admin1, place.and_then(|p| p.admin1.as_deref()))?;
        let name = self.term(Space::Place, place.and_then(|p| p.name.as_deref()))?;
        let system = self.term(Space::System, incident.external.first().map(|e| e.system.as_str()))?;
        let flags = u8::from(incident.un_affected)
            | u8::from(part.synthetic) << 1
            | u8::from(incident.duplicate_of.is_some()) << 2;
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO incident (record, starts, ends, lat, lon, cell, kind, subtype, country, admin1, place, system,
                best, low, high, verified, reliability, credibility, classification, flags)
             VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20)",
        )?;
        insert.execute(rusqlite::params![
            self.record,
            occurred.map(|o| o.from.0),
            occurred.map(|o| o.until().0),
            point.map(Point::lat_e7),
            point.map(Point::lon_e7),
            point.map(cell_of),
            kind,
            subtype,
            country,
            admin1,
            name,
            system,
            killed.and_then(|k| k.best).map(clamp),
            killed.and_then(|k| k.low).map(clamp),
            killed.and_then(|k| k.high).map(clamp),
            incident.verification.as_ref().map_or(0, |v| v.status.code()),
            grading.and_then(|g| g.reliability).map_or(0, |r| r.code()),
            grading.and_then(|g| g.credibility).map_or(0, |c| c.code()),
            part.classification.code(),
            flags,
        ])?;
        self.external(part, &incident.external)?;
        self.repeats(incident)?;
        self.involved(incident)
    }

    /// That it repeats another incident is a link which the incident itself says.
    fn repeats(&mut self, incident: &Incident) -> Result<(), NodeError> {
        let Some(other) = incident.duplicate_of else { return Ok(()) };
        let target = self.indexer.number(self.tx, other)?;
        let kind = self.indexer.terms.number(self.tx, Space::LinkKind, REPEATS)?;
        let mut insert = self
            .tx
            .prepare_cached("INSERT INTO link (record, source, target, kind, reliability, credibility) VALUES (?1, ?1, ?2, ?3, 0, 0)")?;
        insert.execute((self.record, target, kind))?;
        Ok(())
    }

    /// Notes the external references that do not already lead to the record by its id.
    fn external(&mut self, part: &Part, references: &[ExternalRef]) -> Result<(), NodeError> {
        for external in references {
            if self.indexer.mission.is_none_or(|mission| record_of(mission, external) != part.record) {
                let mut insert = self.tx.prepare_cached(
                    "INSERT OR IGNORE INTO external (system, ref, record) VALUES (?1, ?2, ?3)",
                )?;
                insert.execute((external.system.as_str(), &external.id, self.record))?;
            }
        }
        Ok(())
    }

    fn involved(&mut self, incident: &Incident) -> Result<(), NodeError> {
        let acts = incident.acts.iter().flat_map(|act| act.by.iter().chain(&act.to));
        for involved in incident.actors.iter().chain(acts) {
            let Some(entity) = involved.entity else { continue };
            let entity = self.indexer.number(self.tx, entity)?;
            let role = involved.role.as_ref().map_or("involved", |role| role.as_str());
            let role = self.indexer.terms.number(self.tx, Space::Role, role)?;
            let mut insert = self.tx.prepare_cached(
                "INSERT OR IGNORE INTO involved (entity, record, role) VALUES (?1, ?2, ?3)",
            )?;
            insert.execute((entity, self.record, role))?;
        }
        Ok(())
    }

    fn entity(&mut self, part: &Part, entity: &Entity) -> Result<(), NodeError> {
        self.external(part, &entity.external)?;
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO entity (record, kind, name, classification, synthetic) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let labels = (part.classification.code(), part.synthetic);
        insert.execute((self.record, entity.kind.code(), &entity.name, labels.0, labels.1))?;
        let mut name =
            self.tx.prepare_cached("INSERT OR IGNORE INTO entity_name (folded, record) VALUES (?1, ?2)")?;
        name.execute((fold(&entity.name), self.record))?;
        for variant in &entity.variants {
            name.execute((fold(&variant.name), self.record))?;
        }
        Ok(())
    }

    fn link(&mut self, link: &Link) -> Result<(), NodeError> {
        let source = self.indexer.number(self.tx, link.from)?;
        let target = self.indexer.number(self.tx, link.to)?;
        let kind = self.indexer.terms.number(self.tx, Space::LinkKind, link.kind.as_str())?;
        let when = link.when.as_ref();
        let (letter, number) =
            link.grading.as_ref().map_or((None, None), |grading| (grading.reliability, grading.credibility));
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO link (record, source, target, kind, starts, ends, reliability, credibility)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        insert.execute((
            self.record,
            source,
            target,
            kind,
            when.map(|when| when.from.0),
            when.map(|when| when.until().0),
            letter.map_or(0, |letter| letter.code()),
            number.map_or(0, |number| number.code()),
        ))?;
        if link.kind.as_str() == same::SAME { same::join(self.tx, source, target) } else { Ok(()) }
    }

    fn note(&mut self, note: &Note) -> Result<(), NodeError> {
        let Some(about) = note.about else { return Ok(()) };
        let about = self.indexer.number(self.tx, about)?;
        let mut insert = self.tx.prepare_cached("INSERT INTO note (record, about) VALUES (?1, ?2)")?;
        insert.execute((self.record, about))?;
        Ok(())
    }

    fn export(&mut self, export: &ExportMark) -> Result<(), NodeError> {
        let mut insert =
            self.tx.prepare_cached("INSERT INTO export (record, mark, digest) VALUES (?1, ?2, ?3)")?;
        insert.execute((self.record, &export.mark, export.digest.0))?;
        Ok(())
    }
}

/// More than four thousand million people is a slip of the pen; sums must not overflow by it.
fn clamp(count: u64) -> i64 {
    i64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

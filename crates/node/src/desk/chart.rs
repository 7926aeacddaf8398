//! The entities that exported incidents name, and the links between them. A chart shows no more of an
//! entity than its incidents do: its kind and its name. Whatever is shown carries its own labels, and
//! what shows it carries the highest.

use std::collections::BTreeMap;
use std::io::Write;

use counterseal_exchange::{ExportEntity, ExportLink, Exporter};
use counterseal_model::record::{Body, Entity, EntityKind};
use counterseal_model::{Classification, RecordId};
use rusqlite::{Connection, OptionalExtension};

use super::PartReader;
use super::read::{RecordView, view};
use crate::error::NodeError;
use crate::query::Found;

/// How sensitive something is, and whether it is invented.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Labels {
    pub(super) classification: Classification,
    pub(super) synthetic: bool,
}

impl Labels {
    /// Those of two things shown together.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            classification: self.classification.max(other.classification),
            synthetic: self.synthetic | other.synthetic,
        }
    }

    fn from_columns(classification: u8, synthetic: bool) -> Self {
        let known = Classification::from_code(classification.into());
        Self { classification: known.unwrap_or(Classification::StrictlyConfidential), synthetic }
    }

    /// Those of an incident, with the entities it names.
    pub(super) fn of_incident(db: &Connection, record: i64) -> Result<Self, NodeError> {
        let mut find = db.prepare_cached(
            "SELECT max(i.classification, coalesce(max(e.classification), 0)),
                    max(i.flags & 2 <> 0, coalesce(max(e.synthetic), 0))
             FROM incident i LEFT JOIN involved v ON v.record = i.record
             LEFT JOIN entity e ON e.record = v.entity WHERE i.record = ?1",
        )?;
        Ok(find.query_row([record], |row| Ok(Self::from_columns(row.get(0)?, row.get(1)?)))?)
    }
}

/// An entity as an export shows it.
pub(super) struct Named {
    kind: EntityKind,
    pub(super) name: String,
    labels: Labels,
}

/// The entity with this id, if this desk has it.
pub(super) fn entity_of(db: &Connection, id: RecordId) -> Result<Option<Named>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT e.kind, e.name, e.classification, e.synthetic
         FROM record r JOIN entity e ON e.record = r.no WHERE r.id = ?1",
    )?;
    let row = find.query_row([id.as_bytes()], |row| {
        let labels = Labels::from_columns(row.get(2)?, row.get(3)?);
        Ok((row.get::<_, u8>(0)?, row.get(1)?, labels))
    });
    let known = row.optional()?;
    Ok(known.and_then(|(kind, name, labels)| {
        Some(Named { kind: EntityKind::from_code(kind.into())?, name, labels })
    }))
}

/// Nodes and edges beside the incidents.
pub(super) struct Chart {
    entities: BTreeMap<RecordId, Named>,
    links: Vec<RecordView>,
    /// The highest labels among them.
    pub(super) labels: Labels,
}

impl Chart {
    /// What the incidents found name, and the links between these.
    pub(super) fn of(db: &Connection, reader: &PartReader<'_>, found: &[Found]) -> Result<Self, NodeError> {
        let mut chart = Self { entities: BTreeMap::new(), links: Vec::new(), labels: Labels::default() };
        let mut named = db.prepare_cached(
            "SELECT r.id FROM involved v JOIN record r ON r.no = v.entity WHERE v.record = ?1",
        )?;
        for found in found {
            let ids = named.query_map([found.record], |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?;
            for id in ids.into_iter().map(RecordId::from_bytes) {
                if let Some(entity) = entity_of(db, id)? {
                    chart.labels = chart.labels.and(entity.labels);
                    chart.entities.insert(id, entity);
                }
            }
        }
        chart.find_links(db, reader)?;
        Ok(chart)
    }

    /// These records' entities, and the links between them.
    pub(super) fn of_records(
        db: &Connection,
        reader: &PartReader<'_>,
        records: &[i64],
    ) -> Result<Self, NodeError> {
        let mut chart = Self { entities: BTreeMap::new(), links: Vec::new(), labels: Labels::default() };
        let mut find = db.prepare_cached("SELECT id FROM record WHERE no = ?1")?;
        for record in records {
            let id = RecordId::from_bytes(find.query_row([record], |row| row.get(0))?);
            if let Some(entity) = entity_of(db, id)? {
                chart.labels = chart.labels.and(entity.labels);
                chart.entities.insert(id, entity);
            }
        }
        chart.find_links(db, reader)?;
        Ok(chart)
    }

    /// The numbers of the links.
    pub(super) fn link_numbers(&self) -> impl Iterator<Item = i64> {
        self.links.iter().map(|view| view.number)
    }

    fn find_links(&mut self, db: &Connection, reader: &PartReader<'_>) -> Result<(), NodeError> {
        let mut links = db.prepare_cached(
            "SELECT l.record FROM link l JOIN record s ON s.no = l.source WHERE s.id = ?1 ORDER BY l.record",
        )?;
        for id in self.entities.keys() {
            let records =
                links.query_map([id.as_bytes()], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            for record in records {
                let view = view(db, reader, record)?;
                if let Body::Link(link) = &view.part.body
                    && self.entities.contains_key(&link.to)
                {
                    let (classification, synthetic) = (view.part.classification, view.part.synthetic);
                    self.labels = self.labels.and(Labels { classification, synthetic });
                    self.links.push(view);
                }
            }
        }
        Ok(())
    }

    /// Writes the nodes, then the edges.
    pub(super) fn write<W: Write>(self, exporter: &mut Exporter<W>) -> Result<(), NodeError> {
        for (id, named) in self.entities {
            let (id, entity) = (id.to_string(), Entity::named(named.kind, named.name));
            let Labels { classification, synthetic } = named.labels;
            exporter.entity(&ExportEntity { id: &id, entity: &entity, classification, synthetic })?;
        }
        for view in &self.links {
            if let Body::Link(link) = &view.part.body {
                let (classification, synthetic) = (view.part.classification, view.part.synthetic);
                exporter.link(&ExportLink { link, classification, synthetic })?;
            }
        }
        Ok(())
    }
}

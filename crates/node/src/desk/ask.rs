//! Questions: find, stats, near, and the columns for exploring.

use counterseal_model::RecordId;
use counterseal_model::record::{EntityKind, Kind};
use rusqlite::{Connection, OptionalExtension};

use super::read::view;
use super::{Desk, RecordView};
use crate::error::NodeError;
use crate::explore::{Columns, View};
use crate::index::Space;
use crate::query::{self, By, Edge, Filter, Sort, StatsRow};

/// One step of a link chart, in the link's own direction, whichever way it was walked; an entity takes
/// part in an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// From this record.
    pub from: RecordId,
    /// By a link of this kind, or by taking part in this role.
    pub by: String,
    /// To that one.
    pub to: RecordId,
}

/// What is near a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Records met, nearest first, with the number of steps to each; the first is the start.
    pub records: Vec<(RecordView, u32)>,
    /// The steps by which they were met.
    pub steps: Vec<Step>,
    /// Whether there is more than was asked for.
    pub cut: bool,
}

impl Desk {
    /// The records that fit, in the order asked for; at most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find(&self, filter: &Filter, sort: Sort, limit: usize) -> Result<Vec<RecordView>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let found = query::find(db, filter, sort, limit)?;
            found.iter().map(|found| view(db, &reader, found.record)).collect()
        })
    }

    /// As `find`, but for the first `skip` of them: the next page of a list.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find_from(
        &self,
        filter: &Filter,
        sort: Sort,
        skip: usize,
        limit: usize,
    ) -> Result<Vec<RecordView>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let found = query::find_from(db, filter, sort, (skip, limit))?;
            found.iter().map(|found| view(db, &reader, found.record)).collect()
        })
    }

    /// How many incidents fit.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count(&self, filter: &Filter) -> Result<u64, NodeError> {
        Ok(self.stats(filter, &[])?.first().map_or(0, |row| row.count))
    }

    /// The numbers in the columns of the incidents that fit, ascending.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn numbers(&self, filter: &Filter) -> Result<Vec<u32>, NodeError> {
        self.store.read(|db| query::numbers(db, filter))
    }

    /// Incidents and people killed by each combination of `by`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn stats(&self, filter: &Filter, by: &[By]) -> Result<Vec<StatsRow>, NodeError> {
        self.store.read(|db| query::stats(db, filter, by))
    }

    /// What is linked to a record within `steps`; at most `limit` records. Records that are said to be one are walked as
    /// one, under the record asked for, else under the one that stands for them.
    ///
    /// # Errors
    /// When there is no such record or the store cannot be read.
    pub fn near(&self, start: RecordId, steps: u32, limit: usize) -> Result<Near, NodeError> {
        let start = self.record_number(start)?;
        let reader = self.reader();
        self.store.read(|db| {
            let met = query::neighbourhood(db, start, steps, limit)?;
            let mut records = Vec::new();
            for (record, distance) in &met.records {
                if is_known(db, *record)? {
                    records.push((view(db, &reader, *record)?, *distance));
                }
            }
            Ok(Near { records, steps: steps_of(db, &met.edges)?, cut: met.cut })
        })
    }

    /// The shortest way between two records; `None` when there is none within `most` records, and no step where both are
    /// said to be one.
    ///
    /// # Errors
    /// When there is no such record or the store cannot be read.
    pub fn path(&self, from: RecordId, to: RecordId, most: usize) -> Result<Option<Vec<Step>>, NodeError> {
        let (from, to) = (self.record_number(from)?, self.record_number(to)?);
        self.store.read(|db| match query::shortest_path(db, from, to, most)? {
            Some(path) => steps_of(db, &path).map(Some),
            None => Ok(None),
        })
    }

    /// Every incident's decisive numbers, in memory.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn columns(&self) -> Result<Columns, NodeError> {
        self.store.read(Columns::load)
    }

    /// What of the columns fits a question.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn view(&self, filter: &Filter) -> Result<View, NodeError> {
        self.store.read(|db| query::view(db, filter))
    }

    /// The text of a term in the columns; `None` for an unknown number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn term(&self, number: u32) -> Result<Option<String>, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT text FROM term WHERE no = ?1")?;
            Ok(find.query_row([number], |row| row.get(0)).optional()?)
        })
    }

    /// The ids of records of these numbers of the columns, in their order.
    ///
    /// # Errors
    /// When one is not there or the store cannot be read.
    pub fn ids(&self, numbers: impl IntoIterator<Item = u32>) -> Result<Vec<RecordId>, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT id FROM record WHERE no = ?1")?;
            let id = |number| Ok(find.query_row([number], |row| row.get(0)).map(RecordId::from_bytes)?);
            numbers.into_iter().map(id).collect()
        })
    }

    /// The records of these numbers of the columns, in their order.
    ///
    /// # Errors
    /// When one is not there or the store cannot be read.
    pub fn numbered(&self, numbers: &[u32]) -> Result<Vec<RecordView>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| numbers.iter().map(|number| view(db, &reader, (*number).into())).collect())
    }

    /// The name of the entity with this number in the columns; `None` while it has not arrived.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entity_numbered(&self, number: u32) -> Result<Option<String>, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT name FROM entity WHERE record = ?1")?;
            Ok(find.query_row([number], |row| row.get(0)).optional()?)
        })
    }

    /// The types in use, with their numbers in the columns.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn types(&self) -> Result<Vec<(u32, String)>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT no, text FROM term WHERE space = ?1 ORDER BY text")?;
            let rows = list.query_map([Space::Kind as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The name of an entity, if this desk has it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entity_name(&self, id: RecordId) -> Result<Option<String>, NodeError> {
        self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT e.name FROM record r JOIN entity e ON e.record = r.no WHERE r.id = ?1",
            )?;
            Ok(find.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
        })
    }

    /// Records of each kind.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn totals(&self) -> Result<Vec<(Kind, u64)>, NodeError> {
        self.store.read(|db| {
            let mut count = db.prepare_cached(
                "SELECT kind, count(*) FROM record WHERE kind > 0 GROUP BY kind ORDER BY kind",
            )?;
            let rows = count.query_map([], |row| Ok((row.get::<_, u8>(0)?, row.get::<_, i64>(1)?)))?;
            let mut totals = Vec::new();
            for row in rows {
                let (kind, count) = row?;
                totals.extend(Kind::from_code(kind.into()).map(|kind| (kind, count.cast_unsigned())));
            }
            Ok(totals)
        })
    }

    /// The names of persons known to the mission, in all spellings.
    pub(crate) fn known_names(&self) -> Result<Vec<String>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT n.folded FROM entity_name n JOIN entity e ON e.record = n.record WHERE e.kind = ?1",
            )?;
            let rows = list.query_map([EntityKind::Person.code()], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

fn is_known(db: &Connection, record: i64) -> Result<bool, NodeError> {
    let mut find = db.prepare_cached("SELECT 1 FROM record WHERE no = ?1 AND kind > 0")?;
    Ok(find.exists([record])?)
}

fn steps_of(db: &Connection, edges: &[Edge]) -> Result<Vec<Step>, NodeError> {
    let mut id = db.prepare_cached("SELECT id FROM record WHERE no = ?1")?;
    let mut word = db.prepare_cached("SELECT text FROM term WHERE no = ?1")?;
    let mut id = |record: i64| id.query_row([record], |row| row.get(0)).map(RecordId::from_bytes);
    let mut steps = Vec::new();
    for edge in edges {
        let by = word.query_row([edge.term], |row| row.get(0))?;
        let (from, to) = if edge.forward { (edge.from, edge.to) } else { (edge.to, edge.from) };
        steps.push(Step { from: id(from)?, by, to: id(to)? });
    }
    Ok(steps)
}

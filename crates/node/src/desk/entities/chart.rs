//! A link chart: what is around a record, step by step, each step no larger than a screen can bear.

use std::collections::{BTreeSet, HashMap, HashSet};

use counterseal_model::{Credibility, Grading, RecordId, Reliability, Timestamp};
use rusqlite::Connection;

use super::ties::{Narrowed, count_to, listed, others, word_of};
use crate::desk::read::{RecordView, view};
use crate::desk::{Desk, PartReader};
use crate::error::NodeError;
use crate::index::{Identities, NOT_SAME, SAME};

/// How many records a neighbour brings along on a chart of two steps.
const FAN: usize = 6;
/// To how many ties of a record are counted.
const COUNTED: u64 = 1_000;

/// What a chart is to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartAsk {
    /// Steps from the start: one or two.
    pub steps: u32,
    /// Most records of the first step.
    pub most: usize,
    /// What is shown beside the start, as in `person` and `incident`; empty for anything.
    pub kinds: Vec<String>,
    /// Incidents and links that go on after this; those without a time are shown too.
    pub from: Option<Timestamp>,
    /// And that began before this.
    pub to: Option<Timestamp>,
    /// Records that are on the chart already: ties to them are given too.
    pub with: Vec<RecordId>,
}

/// A record on a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartNode {
    /// The record; of several that are said to be one, the one that stands for them.
    pub id: RecordId,
    /// What it is, as in `person` and `incident`.
    pub what: &'static str,
    /// The entity's name; none for other records.
    pub name: Option<String>,
    /// The record, where it is no entity.
    pub record: Option<Box<RecordView>>,
    /// Records that are said to be one with it.
    pub others: usize,
    /// Steps from the start.
    pub steps: u32,
    /// Ties that are not on the chart; of records beside the start, counted to a thousand.
    pub more: u64,
}

/// A tie on a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartEdge {
    /// From this record.
    pub from: RecordId,
    /// To that one.
    pub to: RecordId,
    /// By a link of this kind, or by taking part in this role.
    pub by: String,
    /// The link's own record; none where it is taking part.
    pub link: Option<RecordId>,
    /// How good the information of the link is.
    pub grading: Grading,
    /// When the link held: first and last moment.
    pub when: Option<(Timestamp, Timestamp)>,
}

/// A chart. The first record is the start.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChartView {
    /// The records, nearest first.
    pub nodes: Vec<ChartNode>,
    /// The ties between them.
    pub edges: Vec<ChartEdge>,
}

impl Desk {
    /// What is around a record.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn chart(&self, start: RecordId, ask: &ChartAsk) -> Result<ChartView, NodeError> {
        let number = self.record_number(start)?;
        let reader = self.reader();
        self.store.read(|db| {
            let drawing = Drawing::begin(db, &reader, number, ask)?;
            drawing.draw()
        })
    }

    /// The chart of the records along a way that `path` gave.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn chart_of(&self, records: &[RecordId]) -> Result<ChartView, NodeError> {
        let numbers = records.iter().map(|id| self.record_number(*id)).collect::<Result<Vec<_>, _>>()?;
        let reader = self.reader();
        let ask = ChartAsk::default();
        self.store.read(|db| {
            let Some(first) = numbers.first() else { return Ok(ChartView::default()) };
            let mut drawing = Drawing::begin(db, &reader, *first, &ask)?;
            let more =
                (1..).zip(numbers.iter().skip(1)).map(|(step, number)| (drawing.same.of(*number), step));
            drawing.met.extend(more.collect::<Vec<_>>());
            drawing.draw()
        })
    }
}

/// A chart in the making.
pub(super) struct Drawing<'a> {
    db: &'a Connection,
    reader: &'a PartReader<'a>,
    same: Identities,
    /// Records met, with the number of steps to each.
    pub(super) met: Vec<(i64, u32)>,
    /// Of the start, how many ties there are.
    of_start: u64,
    /// Records on the chart already.
    with: Vec<i64>,
}

impl<'a> Drawing<'a> {
    pub(super) fn begin(
        db: &'a Connection,
        reader: &'a PartReader<'a>,
        start: i64,
        ask: &ChartAsk,
    ) -> Result<Self, NodeError> {
        let narrowed =
            Narrowed { kinds: ask.kinds.clone(), from: ask.from.map(|at| at.0), to: ask.to.map(|at| at.0) };
        let same = Identities::load(db)?.led_by(start);
        let mut met = vec![(start, 0)];
        let mut seen = HashSet::from([start]);
        let (first, of_start) = others(db, &same, start, &narrowed, ask.most)?;
        met.extend(first.into_iter().filter(|other| seen.insert(*other)).map(|other| (other, 1)));
        if ask.steps > 1 {
            let ring: Vec<i64> = met.iter().skip(1).map(|(record, _)| *record).collect();
            for near in ring {
                let (more, _) = others(db, &same, near, &narrowed, FAN)?;
                met.extend(more.into_iter().filter(|other| seen.insert(*other)).map(|other| (other, 2)));
                if met.len() > ask.most.saturating_mul(3) {
                    break;
                }
            }
        }
        let mut find = db.prepare_cached("SELECT no FROM record WHERE id = ?1 AND kind > 0")?;
        let mut with = Vec::new();
        for id in &ask.with {
            let rows = find.query_map([id.as_bytes()], |row| row.get::<_, i64>(0))?;
            for number in rows {
                with.push(same.of(number?));
            }
        }
        drop(find);
        Ok(Self { db, reader, same, met, of_start, with })
    }

    fn draw(self) -> Result<ChartView, NodeError> {
        let drawn: BTreeSet<i64> =
            self.met.iter().map(|(record, _)| *record).chain(self.with.iter().copied()).collect();
        let mut edges = Vec::new();
        for record in &drawn {
            self.edges_from(*record, &drawn, &mut edges)?;
        }
        let ids = self.ids(&drawn)?;
        let mut shown: HashMap<i64, u64> = HashMap::new();
        for end in edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            *shown.entry(end).or_default() += 1;
        }
        let first_step = self.met.iter().filter(|(_, steps)| *steps == 1).count() as u64;
        let mut nodes = Vec::new();
        for (record, steps) in &self.met {
            let more = match steps {
                0 => self.of_start.saturating_sub(first_step),
                _ => {
                    let there = shown.get(record).copied().unwrap_or(0);
                    count_to(self.db, &self.same.all_of(*record), COUNTED)?.saturating_sub(there)
                }
            };
            nodes.extend(self.node(*record, *steps, more)?);
        }
        let edges = edges.into_iter().filter_map(|edge| edge.named(&ids));
        Ok(ChartView { nodes, edges: edges.collect() })
    }

    fn node(&self, record: i64, steps: u32, more: u64) -> Result<Option<ChartNode>, NodeError> {
        let Some(what) = word_of(self.db, record)? else { return Ok(None) };
        let mut find = self.db.prepare_cached(
            "SELECT r.id, e.name FROM record r LEFT JOIN entity e ON e.record = r.no WHERE r.no = ?1",
        )?;
        let (id, name): ([u8; 16], Option<String>) =
            find.query_row([record], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let other = match name {
            Some(_) => None,
            None => Some(Box::new(view(self.db, self.reader, record)?)),
        };
        let others = self.same.members_of(record).len().saturating_sub(1);
        Ok(Some(ChartNode { id: RecordId::from_bytes(id), what, name, record: other, others, steps, more }))
    }

    /// The ties from a record to others on the chart. Never walked from an entity to its incidents: there may be half a
    /// million of them.
    fn edges_from(&self, record: i64, drawn: &BTreeSet<i64>, edges: &mut Vec<Edge>) -> Result<(), NodeError> {
        let members = listed(&self.same.all_of(record));
        let mut links = self.db.prepare(&format!(
            "SELECT l.target, t.text, r.id, l.reliability, l.credibility, l.starts, l.ends
             FROM link l JOIN term t ON t.no = l.kind JOIN record r ON r.no = l.record
             WHERE l.source IN ({members}) AND t.text <> ?1 AND t.text <> ?2 ORDER BY l.record"
        ))?;
        let mut rows = links.query((SAME, NOT_SAME))?;
        while let Some(row) = rows.next()? {
            let to = self.same.of(row.get(0)?);
            if to == record || !drawn.contains(&to) {
                continue;
            }
            let (letter, number): (u8, u8) = (row.get(3)?, row.get(4)?);
            let when: Option<i64> = row.get(5)?;
            edges.push(Edge {
                from: record,
                to,
                by: row.get(1)?,
                link: Some(RecordId::from_bytes(row.get(2)?)),
                grading: Grading {
                    reliability: Reliability::from_code(letter.into()),
                    credibility: Credibility::from_code(number.into()),
                    ..Grading::default()
                },
                when: when
                    .zip(row.get::<_, Option<i64>>(6)?)
                    .map(|(from, to)| (Timestamp(from), Timestamp(to))),
            });
        }
        let mut involved = self.db.prepare_cached(
            "SELECT v.entity, t.text FROM involved v JOIN term t ON t.no = v.role WHERE v.record = ?1",
        )?;
        let mut rows = involved.query([record])?;
        while let Some(row) = rows.next()? {
            let from = self.same.of(row.get(0)?);
            if drawn.contains(&from) && from != record {
                let (by, grading) = (row.get(1)?, Grading::default());
                edges.push(Edge { from, to: record, by, link: None, grading, when: None });
            }
        }
        Ok(())
    }

    fn ids(&self, drawn: &BTreeSet<i64>) -> Result<HashMap<i64, RecordId>, NodeError> {
        let mut find = self.db.prepare_cached("SELECT id FROM record WHERE no = ?1")?;
        let mut ids = HashMap::new();
        for record in drawn {
            ids.insert(*record, RecordId::from_bytes(find.query_row([record], |row| row.get(0))?));
        }
        Ok(ids)
    }

    /// The numbers of all records on the chart, with those that are said to be one with them.
    pub(super) fn all_numbers(&self) -> Vec<i64> {
        self.met.iter().flat_map(|(record, _)| self.same.all_of(*record)).collect()
    }
}

/// A tie by the numbers of the index.
struct Edge {
    from: i64,
    to: i64,
    by: String,
    link: Option<RecordId>,
    grading: Grading,
    when: Option<(Timestamp, Timestamp)>,
}

impl Edge {
    fn named(self, ids: &HashMap<i64, RecordId>) -> Option<ChartEdge> {
        let (from, to) = (*ids.get(&self.from)?, *ids.get(&self.to)?);
        Some(ChartEdge { from, to, by: self.by, link: self.link, grading: self.grading, when: self.when })
    }
}

//! Near: what is linked to a record within a few steps, and the shortest way between two.
//!
//! Edges are links, and involvement of entities in incidents. Records that are said to be one are walked as one, under
//! the record that stands for them. The walk is breadth first and stops at a stated number of records, because a large
//! group is linked to half the mission.

use std::collections::{HashMap, HashSet, VecDeque};

use rusqlite::Connection;

use crate::error::NodeError;
use crate::index::{Identities, NOT_SAME, SAME};

/// One edge that was walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) term: i64,
    /// Whether it was walked in its own direction.
    pub(crate) forward: bool,
}

/// What is near a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Neighbourhood {
    /// Records met, with the number of steps to each; the first is the start.
    pub(crate) records: Vec<(i64, u32)>,
    /// The edges between them that were walked.
    pub(crate) edges: Vec<Edge>,
    /// Whether the walk stopped at the limit before it was finished.
    pub(crate) cut: bool,
}

/// A way between two records.
pub(crate) type Path = Vec<Edge>;

/// Everything within `steps` of `start`, at most `limit` records.
pub(crate) fn neighbourhood(
    db: &Connection,
    start: i64,
    steps: u32,
    limit: usize,
) -> Result<Neighbourhood, NodeError> {
    let same = Identities::load(db)?.led_by(start);
    let mut near = Neighbourhood { records: vec![(start, 0)], edges: Vec::new(), cut: false };
    let mut seen = HashSet::from([start]);
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((at, distance)) = queue.pop_front() {
        if distance == steps {
            continue;
        }
        for edge in edges_of(db, &same, at)? {
            if seen.contains(&edge.to) {
                continue;
            }
            if near.records.len() >= limit {
                near.cut = true;
                return Ok(near);
            }
            seen.insert(edge.to);
            near.records.push((edge.to, distance + 1));
            near.edges.push(edge);
            queue.push_back((edge.to, distance + 1));
        }
    }
    Ok(near)
}

/// The shortest way from one record to another, if there is one within `most` records looked at.
pub(crate) fn shortest_path(
    db: &Connection,
    start: i64,
    goal: i64,
    most: usize,
) -> Result<Option<Path>, NodeError> {
    let same = Identities::load(db)?.led_by(goal).led_by(start);
    let goal = same.of(goal);
    let mut came_by: HashMap<i64, Option<Edge>> = HashMap::from([(start, None)]);
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        if at == goal {
            return Ok(Some(walk_back(&came_by, goal)));
        }
        for edge in edges_of(db, &same, at)? {
            if came_by.len() < most && !came_by.contains_key(&edge.to) {
                came_by.insert(edge.to, Some(edge));
                queue.push_back(edge.to);
            }
        }
    }
    Ok(None)
}

fn walk_back(came_by: &HashMap<i64, Option<Edge>>, goal: i64) -> Path {
    let mut path = Vec::new();
    let mut at = goal;
    while let Some(Some(edge)) = came_by.get(&at) {
        path.push(*edge);
        at = edge.from;
    }
    path.reverse();
    path
}

fn edges_of(db: &Connection, same: &Identities, at: i64) -> Result<Vec<Edge>, NodeError> {
    let mut edges = db.prepare_cached(
        "SELECT l.target, l.kind, 1 FROM link l JOIN term t ON t.no = l.kind WHERE l.source = ?1 AND t.text <> ?2 AND t.text <> ?3
         UNION SELECT l.source, l.kind, 0 FROM link l JOIN term t ON t.no = l.kind WHERE l.target = ?1 AND t.text <> ?2 AND t.text <> ?3
         UNION SELECT record, role, 1 FROM involved WHERE entity = ?1
         UNION SELECT entity, role, 0 FROM involved WHERE record = ?1",
    )?;
    let mut all = Vec::new();
    for member in same.all_of(at) {
        let rows = edges.query_map((member, SAME, NOT_SAME), |row| {
            Ok(Edge { from: at, to: same.of(row.get(0)?), term: row.get(1)?, forward: row.get(2)? })
        })?;
        for edge in rows {
            let edge = edge?;
            all.extend((edge.to != at).then_some(edge));
        }
    }
    Ok(all)
}

//! The shortest way from one record to another.

use counterseal_model::RecordId;
use counterseal_node::{ChartView, Columns, Desk, EntityAsk, NodeError};

use super::page::called;
use super::question::Question;
use crate::labels::Labels;
use crate::pages::escaped;

/// Most records that are looked at.
const LOOKED_AT: usize = 100_000;
/// Most records that a name is offered.
const OFFERED: usize = 20;

/// What came of looking for a way.
pub(super) enum Way {
    /// Nobody has this name.
    Nobody,
    /// Several have it.
    Which(Vec<(RecordId, String)>),
    /// No way leads there.
    None,
    /// The steps.
    Found(Vec<Step>),
}

/// A step, in the link's own direction.
pub(super) struct Step {
    pub(super) from: End,
    pub(super) by: String,
    pub(super) to: End,
}

/// What is at an end: what it is, its id, its name.
type End = (&'static str, RecordId, String);

/// The records along a way, and its steps: from, by what, to.
pub(super) type Along = (ChartView, Vec<(RecordId, String, RecordId)>);

/// The way to a record, by id or by name.
pub(super) fn to(
    labels: &Labels<'_>,
    desk: &Desk,
    columns: &Columns,
    from: RecordId,
    typed: &str,
) -> Result<Way, NodeError> {
    let typed = typed.trim();
    let goal = match desk.find_record(typed) {
        Ok(id) => id,
        Err(_) => {
            let ask = EntityAsk { name: Some(typed.to_owned()), kind: None };
            let (lines, _) = desk.entities(&ask, columns, OFFERED)?;
            match &lines[..] {
                [] => return Ok(Way::Nobody),
                [only] => only.id,
                several => {
                    return Ok(Way::Which(several.iter().map(|line| (line.id, line.name.clone())).collect()));
                }
            }
        }
    };
    let Some((chart, path)) = chart(desk, from, goal)? else { return Ok(Way::None) };
    let end = |id: RecordId| {
        let node = chart.nodes.iter().find(|node| node.id == id);
        node.map_or_else(|| ("", id, id.short()), |node| (node.what, id, called(labels, node)))
    };
    let steps =
        path.into_iter().map(|(one, by, other)| Step { from: end(one), by: labels.tie(&by), to: end(other) });
    Ok(Way::Found(steps.collect()))
}

/// The records along the shortest way, and its steps; none where there is none.
pub(super) fn chart(desk: &Desk, from: RecordId, goal: RecordId) -> Result<Option<Along>, NodeError> {
    let Some(path) = desk.path(from, goal, LOOKED_AT)? else { return Ok(None) };
    let (mut records, mut at) = (vec![from], from);
    for step in &path {
        at = if step.from == at { step.to } else { step.from };
        records.push(at);
    }
    let steps = path.into_iter().map(|step| (step.from, step.by, step.to));
    Ok(Some((desk.chart_of(&records)?, steps.collect())))
}

/// The same chart, with a way to this record.
pub(super) fn link(asked: &Question, id: RecordId) -> String {
    let fields = asked.fields().into_iter().filter(|(_, typed)| !typed.is_empty());
    let rest: String = fields.map(|(name, typed)| format!("&{name}={}", escaped(typed))).collect();
    format!("?way={id}{rest}")
}

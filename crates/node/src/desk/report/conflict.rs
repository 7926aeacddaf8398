//! Conflicts: the newest versions that disagree, side by side, and what a person makes of them.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Kind};
use counterseal_model::{CompartmentId, Heads, RecordId, VersionId};

use super::ReportRefusal;
use crate::desk::edit::heads_in;
use crate::desk::{Desk, VersionView};
use crate::error::NodeError;
use crate::index::{Fields, assemble, fields_of};

/// The newest versions of one part that do not know of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The compartment of the part.
    pub compartment: CompartmentId,
    /// The versions, in the order of their ids.
    pub versions: Vec<VersionView>,
    /// The fields in which they differ; of an incident alone, whose fields can stand one by one.
    pub disputed: Vec<Disputed>,
}

/// A field in which they differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// The field's number, as in the data model.
    pub field: u64,
    /// What each version says there, as a body with that field alone; an empty body where it says nothing.
    pub said: Vec<Body>,
}

impl Desk {
    /// What of a record is in conflict: one conflict for each compartment with several newest versions.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn conflicts(&self, id: RecordId) -> Result<Vec<Conflict>, NodeError> {
        let history = self.history(id)?;
        let mut compartments: Vec<CompartmentId> =
            history.iter().map(|version| version.compartment).collect();
        compartments.sort_unstable();
        compartments.dedup();
        let mut all = Vec::new();
        for compartment in compartments {
            let Heads::Conflict(heads) = heads_in(&history, compartment) else { continue };
            let there = |head: &VersionId| {
                history.iter().find(|version| version.compartment == compartment && version.version == *head)
            };
            let versions: Vec<VersionView> = heads.iter().filter_map(there).cloned().collect();
            let disputed = disputed(&versions)?;
            all.push(Conflict { compartment, versions, disputed });
        }
        Ok(all)
    }

    /// Settles a conflict: the body of version `take`, but in each of `fields` what another of them says there. All newest
    /// versions are replaced, and stay in the history; the classification is the highest of theirs. `seen` are the
    /// versions that the person saw.
    ///
    /// # Errors
    /// `ChangedMeanwhile` when the newest versions are others by now or none of these; as `edit`.
    pub fn resolve(
        &mut self,
        id: RecordId,
        compartment: CompartmentId,
        seen: &[VersionId],
        take: VersionId,
        fields: &[(u64, VersionId)],
    ) -> Result<(), NodeError> {
        self.check_seen(id, compartment, seen)?;
        let gone = || NodeError::from(ReportRefusal::ChangedMeanwhile(id));
        let conflicts = self.conflicts(id)?;
        let conflict =
            conflicts.iter().find(|conflict| conflict.compartment == compartment).ok_or_else(gone)?;
        let version = |wanted: VersionId| {
            conflict.versions.iter().find(|version| version.version == wanted).ok_or_else(gone)
        };
        let class = conflict.versions.iter().map(|version| version.part.classification).max();
        let taken = version(take)?;
        let mut body = taken.part.body.clone();
        if body.kind() == Kind::Incident && !fields.is_empty() {
            let mut said = fields_of(&body)?;
            for (field, from) in fields {
                let other = fields_of(&version(*from)?.part.body)?;
                match other.get(field) {
                    Some(value) => said.insert(*field, value.clone()),
                    None => said.remove(field),
                };
            }
            body = assemble(Kind::Incident, &said)?;
        }
        let class = class.unwrap_or(taken.part.classification);
        self.edit(id, compartment, body, class)
    }
}

fn disputed(versions: &[VersionView]) -> Result<Vec<Disputed>, NodeError> {
    if versions.iter().any(|version| version.part.body.kind() != Kind::Incident) {
        return Ok(Vec::new());
    }
    let said: Vec<Fields> =
        versions.iter().map(|version| fields_of(&version.part.body)).collect::<Result<_, _>>()?;
    let mut numbers: Vec<u64> = said.iter().flat_map(|fields| fields.keys().copied()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut disputed = Vec::new();
    for field in numbers {
        let first = said.first().and_then(|fields| fields.get(&field));
        if said.iter().all(|fields| fields.get(&field) == first) {
            continue;
        }
        let alone = |fields: &Fields| {
            let only: BTreeMap<_, _> =
                fields.get(&field).map(|value| (field, value.clone())).into_iter().collect();
            assemble(Kind::Incident, &only)
        };
        disputed.push(Disputed { field, said: said.iter().map(alone).collect::<Result<_, _>>()? });
    }
    Ok(disputed)
}

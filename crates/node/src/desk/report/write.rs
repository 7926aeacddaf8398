//! Writing a report: its parts, each to its compartment, in one commit with the end of its draft.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Incident};
use counterseal_model::{Classification, CompartmentId, Heads, RecordId, VersionId};
use rusqlite::Connection;

use super::{ReportRefusal, drafts, written};
use crate::desk::edit::{Movable, heads_in};
use crate::desk::{Desk, local};
use crate::error::NodeError;

impl Desk {
    /// Writes an incident whose id was given before it was typed: what is not moved apart to `to`, each field in `apart`
    /// to its own compartment, all in one commit, with which its draft ends. A report that was written already is not
    /// written again. Without a classification each part has its compartment's.
    ///
    /// # Errors
    /// `Empty`, or when this desk may not write in one of them, or the disk refuses; nothing is written then, and the
    /// draft stays.
    pub fn report(
        &mut self,
        id: RecordId,
        to: CompartmentId,
        incident: Incident,
        apart: &[(Movable, CompartmentId)],
        classification: Option<Classification>,
    ) -> Result<(), NodeError> {
        if self.is_written(id)? {
            return self.discard_draft(id);
        }
        let mut parts = BTreeMap::from([(to, incident)]);
        for (field, compartment) in apart.iter().filter(|(_, compartment)| *compartment != to) {
            let mut main = parts.remove(&to).unwrap_or_default();
            let there = parts.entry(*compartment).or_default();
            field.swap(&mut main, there);
            parts.insert(to, main);
        }
        parts.retain(|_, incident| *incident != Incident::default());
        if parts.is_empty() {
            return Err(ReportRefusal::Empty.into());
        }
        let guarded: Vec<_> = parts.keys().copied().filter(|to| self.is_guarded(*to)).collect();
        let open = guarded.len() < parts.len();
        let draft_stands = self.store.read(|db| drafts::is_stored(db, id))?;
        let mut sealed = Vec::new();
        for (compartment, incident) in parts {
            let class = classification.unwrap_or_else(|| self.default_class(compartment));
            let part = self.part(id, Body::Incident(Box::new(incident)), class, Vec::new());
            match self.seal(compartment, vec![part]) {
                Ok(mut entry) => {
                    if let Some(guarded) = entry.guarded.as_mut().filter(|_| open) {
                        guarded.set_sibling_of(id);
                    }
                    sealed.push(entry);
                }
                Err(error) => {
                    self.drop_unkept()?;
                    return Err(error);
                }
            }
        }
        self.stage(&sealed)?;
        self.end_report(id, &guarded, draft_stands)
    }

    /// The commit of a report, with which its draft ends. Where some of it is guarded, nothing of the draft stays.
    fn end_report(
        &mut self,
        id: RecordId,
        guarded: &[CompartmentId],
        draft_stands: bool,
    ) -> Result<(), NodeError> {
        let end = |tx: &Connection| {
            drafts::forget(tx, id)?;
            guarded.iter().try_for_each(|compartment| written::note(tx, id, *compartment))
        };
        match draft_stands && !guarded.is_empty() {
            true => self.commit_staged_forgetting(local::TABLE, end)?,
            false => self.commit_staged(end)?,
        }
        self.drafts.forget(id);
        Ok(())
    }

    /// As `edit`, for somebody who has seen these newest versions of the part, and no others: what came meanwhile is not
    /// replaced unseen.
    ///
    /// # Errors
    /// `ChangedMeanwhile`, and as `edit`.
    pub fn edit_seen(
        &mut self,
        id: RecordId,
        compartment: CompartmentId,
        seen: &[VersionId],
        body: Body,
        classification: Classification,
    ) -> Result<(), NodeError> {
        self.check_seen(id, compartment, seen)?;
        self.edit(id, compartment, body, classification)
    }

    /// As `move_field`, for somebody who has seen this newest version.
    ///
    /// # Errors
    /// `ChangedMeanwhile`, and as `move_field`.
    pub fn move_field_seen(
        &mut self,
        id: RecordId,
        field: Movable,
        from: (CompartmentId, VersionId),
        to: CompartmentId,
    ) -> Result<(), NodeError> {
        self.check_seen(id, from.0, &[from.1])?;
        self.move_field(id, field, from.0, to)
    }

    pub(super) fn check_seen(
        &self,
        id: RecordId,
        compartment: CompartmentId,
        seen: &[VersionId],
    ) -> Result<(), NodeError> {
        let heads = match heads_in(&self.history(id)?, compartment) {
            Heads::None => Vec::new(),
            Heads::One(head) => vec![head],
            Heads::Conflict(heads) => heads,
        };
        let same = heads.len() == seen.len() && heads.iter().all(|head| seen.contains(head));
        if same { Ok(()) } else { Err(ReportRefusal::ChangedMeanwhile(id).into()) }
    }
}

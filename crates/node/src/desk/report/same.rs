//! Two accounts of one event: one record says that it repeats the other. Both stay as they are, with their authors,
//! sources and gradings; what stands for the event shows what the others say; and it can be said again that they are two.

use std::collections::BTreeSet;

use counterseal_model::RecordId;
use counterseal_model::record::{Body, Incident};
use rusqlite::Connection;

use super::ReportRefusal;
use crate::desk::read::view;
use crate::desk::{Desk, RecordView};
use crate::error::NodeError;
use crate::index::REPEATS;

/// Most accounts of one event that are followed: a hostile chain could go on for ever.
const ACCOUNTS: usize = 100;

impl Desk {
    /// Says that one incident tells of the same event as another: its part gets a new version that names what stands for
    /// the event. Nothing else of either changes. Gives the record that stands for it.
    ///
    /// # Errors
    /// `Itself` when the second one repeats the first already, `NotYours`, `OtherKind`, or as `edit`.
    pub fn say_same(&mut self, repeats: RecordId, of: RecordId) -> Result<RecordId, NodeError> {
        let event = self.stands_for(of)?;
        if event == repeats {
            return Err(ReportRefusal::Itself(repeats).into());
        }
        let view = self.record(repeats)?;
        if incident_of(&view)?.duplicate_of == Some(event) {
            return Ok(event);
        }
        let here = self.compartments();
        let mine = |version: &&crate::desk::VersionView| {
            here.iter().any(|one| one.mine && one.id == version.compartment)
        };
        let part = view.shown.iter().find(mine).ok_or(ReportRefusal::NotYours(repeats))?;
        let mut incident = in_part(repeats, &part.part.body)?.clone();
        incident.duplicate_of = Some(event);
        let (compartment, class) = (part.compartment, part.part.classification);
        self.edit_seen(repeats, compartment, &[part.version], Body::Incident(Box::new(incident)), class)?;
        Ok(event)
    }

    /// Takes back that an incident repeats another: they are two events again.
    ///
    /// # Errors
    /// `NoRecord`, or as `edit`.
    pub fn say_apart(&mut self, repeats: RecordId) -> Result<(), NodeError> {
        for part in self.record(repeats)?.shown {
            let mut incident = in_part(repeats, &part.part.body)?.clone();
            if incident.duplicate_of.take().is_some() {
                let (compartment, class) = (part.compartment, part.part.classification);
                self.edit_seen(
                    repeats,
                    compartment,
                    &[part.version],
                    Body::Incident(Box::new(incident)),
                    class,
                )?;
            }
        }
        Ok(())
    }

    /// The record that stands for the event of which this one tells: itself, unless it repeats another that is here.
    ///
    /// # Errors
    /// `NoRecord`, `OtherKind`, or when the store cannot be read.
    pub fn stands_for(&self, id: RecordId) -> Result<RecordId, NodeError> {
        let mut at = id;
        let mut met = BTreeSet::new();
        while met.insert(at) && met.len() < ACCOUNTS {
            match incident_of(&self.record(at)?)?.duplicate_of {
                Some(other) if self.record_number(other).is_ok() && !met.contains(&other) => at = other,
                _ => break,
            }
        }
        Ok(at)
    }

    /// The other accounts of the same event: what stands for it, and whatever repeats that, at first or second hand.
    ///
    /// # Errors
    /// `NoRecord`, or when the store cannot be read.
    pub fn other_accounts(&self, id: RecordId) -> Result<Vec<RecordView>, NodeError> {
        let event = self.stands_for(id)?;
        let (own, first) = (self.record_number(id)?, self.record_number(event)?);
        let reader = self.reader();
        self.store.read(|db| {
            let mut all = vec![first];
            let mut next = 0;
            while let Some(at) = all.get(next).copied() {
                next += 1;
                for repeats in repeating(db, at)? {
                    if all.len() < ACCOUNTS && !all.contains(&repeats) {
                        all.push(repeats);
                    }
                }
            }
            all.into_iter().filter(|number| *number != own).map(|number| view(db, &reader, number)).collect()
        })
    }
}

/// The incidents that say that they repeat this one.
fn repeating(db: &Connection, record: i64) -> Result<Vec<i64>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT l.record FROM link l JOIN term t ON t.no = l.kind
         WHERE l.target = ?1 AND l.record = l.source AND t.text = ?2 ORDER BY l.record",
    )?;
    let rows = find.query_map((record, REPEATS), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn incident_of(view: &RecordView) -> Result<&Incident, NodeError> {
    in_part(view.id(), &view.part.body)
}

fn in_part(id: RecordId, body: &Body) -> Result<&Incident, NodeError> {
    match body {
        Body::Incident(incident) => Ok(incident),
        other => Err(NodeError::OtherKind { record: id, is: other.kind().word(), given: "incident" }),
    }
}

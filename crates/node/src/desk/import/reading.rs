//! The first half of an import, on a thread of its own: reading rows, whatever about them needs no
//! store.

use std::io::Read;
use std::sync::mpsc::SyncSender;

use counterseal_exchange::{ActorDraft, Draft, Import, ImportError, Rejected, Row};
use counterseal_model::record::{Body, ExternalRef};
use counterseal_model::{Classification, MissionId, RecordId};

use crate::desk::{record_named, record_of};
use crate::guard::{Concern, Guard};

/// Rows handed over at a time, and how many such batches wait at most.
const BATCH: usize = 256;
pub(super) const READ_AHEAD: usize = 8;

/// A row of the file.
pub(super) struct ReadRow {
    /// Counted from 1.
    pub(super) number: u64,
    pub(super) line: u64,
    pub(super) outcome: Result<Told, Box<Rejected>>,
}

/// What a row tells.
pub(super) struct Told {
    /// The record it is about.
    pub(super) id: RecordId,
    pub(super) external: ExternalRef,
    /// The incident, with its actors' entities.
    pub(super) body: Body,
    pub(super) actors: Vec<(RecordId, ActorDraft)>,
    pub(super) classification: Option<Classification>,
    pub(super) synthetic: bool,
    /// What the guard points out.
    pub(super) concerns: Vec<Concern>,
}

/// Reads a file for a mission.
pub(super) struct Reading<'a> {
    pub(super) mission: MissionId,
    pub(super) guard: &'a Guard,
    /// Rows up to this one were imported before.
    pub(super) begun: u64,
}

impl Reading<'_> {
    /// Reads batch by batch, until the file ends or nobody listens.
    pub(super) fn run<R: Read>(
        &self,
        mut import: Import<R>,
        send: &SyncSender<Result<Vec<ReadRow>, ImportError>>,
    ) {
        loop {
            let mut batch = Vec::with_capacity(BATCH);
            for row in import.by_ref().take(BATCH) {
                match row {
                    Ok(row) => batch.push(self.read(row)),
                    Err(error) => {
                        let _nobody_listens = send.send(Ok(batch)).and_then(|()| send.send(Err(error)));
                        return;
                    }
                }
            }
            if batch.is_empty() || send.send(Ok(batch)).is_err() {
                return;
            }
        }
    }

    fn read(&self, row: Row) -> ReadRow {
        let known = row.number <= self.begun;
        ReadRow {
            number: row.number,
            line: row.line,
            outcome: row.outcome.map(|draft| self.tell(draft, known)),
        }
    }

    fn tell(&self, draft: Draft, known: bool) -> Told {
        let Draft { external, incident, actors, classification, synthetic, .. } = draft;
        let mut incident = Box::new(incident);
        let concerns = if known { Vec::new() } else { self.guard.check_incident(&incident) };
        let mut named = Vec::with_capacity(actors.len());
        for actor in actors {
            let entity = match &actor.external {
                Some(external) => record_of(self.mission, external),
                None => record_named(self.mission, actor.kind.word(), &actor.name),
            };
            if let Some(involved) = incident.actors.get_mut(actor.position) {
                involved.entity = Some(entity);
            }
            named.push((entity, actor));
        }
        let id = record_of(self.mission, &external);
        let body = Body::Incident(incident);
        Told { id, external, body, actors: named, classification, synthetic, concerns }
    }
}

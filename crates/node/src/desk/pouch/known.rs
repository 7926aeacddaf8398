//! What other desks are known to hold: what the last pouch from each said of itself, if it signed it.

use counterseal_mirror::{Roots, StatementRow};
use counterseal_model::cbor::{from_bytes, to_bytes};
use counterseal_model::{CompartmentId, DeviceId};
use counterseal_sync::{Contents, JournalHead, LogHead};
use rusqlite::Connection;

use crate::desk::places::KnownPlaces;
use crate::desk::{Desk, local};
use crate::error::NodeError;
use crate::logs::{journal_roots, statement_roots};

/// What a device said it holds.
#[derive(Default)]
pub(super) struct KnownOf(Option<Contents>);

impl Desk {
    pub(super) fn known_of(&self, device: DeviceId) -> Result<KnownOf, NodeError> {
        let noted = self.store.read(|db| local::get(db, &name(device)))?;
        Ok(KnownOf(noted.and_then(|bytes| from_bytes(&bytes).ok())))
    }

    /// Notes what a pouch says its writer holds. Of compartments that it says nothing of, what was noted
    /// before stays.
    pub(super) fn note_known(&mut self, contents: &Contents) -> Result<(), NodeError> {
        let KnownOf(noted) = self.known_of(contents.device)?;
        let mut heads = contents.heads.to_vec();
        if let Some(noted) = noted {
            if noted.written > contents.written {
                return Ok(());
            }
            let told: Vec<CompartmentId> = heads.iter().map(|head| head.compartment).collect();
            heads.extend(noted.heads.iter().filter(|head| !told.contains(&head.compartment)));
        }
        let logs = (contents.statements, contents.journal);
        let Some(note) = Contents::new(contents.mission, contents.device, contents.written, logs, heads)
        else {
            return Ok(());
        };
        self.store.commit(|tx| local::set(tx, &name(contents.device), &to_bytes(&note)))
    }
}

impl KnownOf {
    /// What it holds of journals.
    pub(super) fn places(&self, db: &Connection) -> Result<KnownPlaces, NodeError> {
        let heads = self.0.iter().flat_map(|contents| contents.heads.iter());
        KnownPlaces::of(db, heads.map(|head: &JournalHead| (head.device, head.journal, head.seq, head.id)))
    }

    /// How many of these statements it has; none if its are others.
    pub(super) fn statements(&self, rows: &[StatementRow]) -> u64 {
        let Some(known) = self.0.as_ref().map(|contents| contents.statements) else { return 0 };
        let count = usize::try_from(known.size).unwrap_or(usize::MAX);
        if count > rows.len() {
            return 0;
        }
        agreed(known, &statement_roots(rows, known.size))
    }

    /// How many leaves of the journal log it has; none if its are others.
    pub(super) fn leaves(&self, db: &Connection) -> Result<u64, NodeError> {
        let Some(known) = self.0.as_ref().map(|contents| contents.journal) else { return Ok(0) };
        Ok(agreed(known, &journal_roots(db, [known.size])?))
    }
}

fn agreed(known: LogHead, ours: &Roots) -> u64 {
    match ours.at(known.size).is_some_and(|root| *root.as_bytes() == known.root.0) {
        true => known.size,
        false => 0,
    }
}

fn name(device: DeviceId) -> String {
    format!("pouch-known/{device}")
}

//! What reading a file gives: one draft or one rejection for each row.

use counterseal_model::Classification;
use counterseal_model::record::{EntityKind, ExternalRef, Incident};

use crate::rejects::Rejected;

/// One row of a file, read or rejected.
#[derive(Debug)]
pub struct Row {
    /// Number of the row or feature, counted from 1; header and tag rows do not count.
    pub number: u64,
    /// The line of the file it starts on, counted from 1.
    pub line: u64,
    /// The incident, or why there is none. Boxed, because most rows are the other thing.
    pub outcome: Result<Draft, Box<Rejected>>,
}

/// An incident as a file tells it, before it becomes a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What the file calls it. Two rows with the same one mean one record, in whatever layout.
    /// The system `counterseal` holds a record's id: our own export of an incident that no other
    /// system knows.
    pub external: ExternalRef,
    /// The incident. The same row gives the same bytes, each time it is read.
    pub incident: Incident,
    /// Those among the actors that deserve an entity record.
    pub actors: Vec<ActorDraft>,
    /// The classification the file carries for it; only our own exports do.
    pub classification: Option<Classification>,
    /// Whether the file says that it is invented.
    pub synthetic: bool,
}

/// An actor that deserves an entity record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorDraft {
    /// Its position among the incident's actors.
    pub position: usize,
    /// What the file's system calls it, as in `ucdp-actor 118`.
    pub external: Option<ExternalRef>,
    /// Its name.
    pub name: String,
    /// What it is, as far as the file tells.
    pub kind: EntityKind,
}

impl Draft {
    pub(crate) fn new(external: ExternalRef, incident: Incident, actors: Vec<ActorDraft>) -> Self {
        Self { external, incident, actors, classification: None, synthetic: false }
    }
}

//! What came of writing or reading a pouch.

use std::ops::Range;

use counterseal_model::{CompartmentId, DeviceId, StatementId, Timestamp};
use counterseal_sync::PouchRefusal;

use crate::desk::{Crossing, Taken};

/// Entries that a pouch could not carry, because not all of its receivers are in their compartment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The compartment.
    pub compartment: CompartmentId,
    /// How many entries.
    pub entries: u64,
    /// The receivers who are not in it.
    pub lacking: Vec<DeviceId>,
}

/// What a pouch holds that was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PouchReport {
    /// Who can open it.
    pub receivers: Vec<DeviceId>,
    /// Statements and time marks, with those that wait for the log.
    pub statements: u64,
    /// Leaves of the journal log.
    pub leaves: u64,
    /// Entries.
    pub entries: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// What stayed behind.
    pub left_out: Vec<LeftOut>,
}

/// What became of a pouch that was read. Everything in it is durable.
#[derive(Debug, Default)]
pub struct PouchReadReport {
    /// Who wrote it, by its own word.
    pub from: Option<DeviceId>,
    /// Whether that device's signature bears this out.
    pub signed: bool,
    /// When, by the writer's clock.
    pub written: Option<Timestamp>,
    /// New statements that stand in the log, or without a hub in the mission's order.
    pub statements: u64,
    /// Statements that the log does not have yet and that were obeyed at once, because they take away.
    pub on_sight: Vec<StatementId>,
    /// Statements of others that are kept until somebody brings them to the hub.
    pub kept_for_hub: u64,
    /// A new hub in the place of the one that this desk knew.
    pub crossed: Option<Crossing>,
    /// New leaves of the journal log.
    pub leaves: u64,
    /// What became of the entries.
    pub entries: Taken,
    /// Entries that stand otherwise than before.
    pub settled: u64,
    /// Whether all of the pouch was read.
    pub whole: bool,
    /// Why the rest of it could not be read; none when it was only cut off.
    pub damage: Option<PouchRefusal>,
    /// Entries that it should have held.
    pub missing_entries: u64,
    /// Statements that it should have held.
    pub missing_statements: u64,
    /// Statements between those that this desk has and the first in the pouch, by index.
    pub statement_gap: Option<Range<u64>>,
    /// Leaves of the journal log between those that this desk has and the first in the pouch, by index.
    pub leaf_gap: Option<Range<u64>>,
    /// The first statement, by index, in which a mission without a hub has two histories.
    pub two_histories: Option<u64>,
}

impl PouchReadReport {
    /// Whether something is missing or wrong that a person should know of.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        !self.whole
            || self.damage.is_some()
            || self.statement_gap.is_some()
            || self.leaf_gap.is_some()
            || self.two_histories.is_some()
            || !self.entries.refused.is_empty()
            || !self.entries.evidence.is_empty()
    }
}

/// What a pouch holds, without anything of it being taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PouchView {
    /// Bytes of the file. To whom it is not sealed, this is all it says.
    pub bytes: u64,
    /// Whether this desk can open it.
    pub readable: bool,
    /// Who wrote it, by its own word.
    pub from: Option<DeviceId>,
    /// Whether that device's signature bears this out.
    pub signed: bool,
    /// When, by the writer's clock.
    pub written: Option<Timestamp>,
    /// Statements and time marks, with those that wait for the log.
    pub statements: u64,
    /// Leaves of the journal log.
    pub leaves: u64,
    /// Entries, by compartment.
    pub entries: Vec<(CompartmentId, u64)>,
    /// Whether it was read to its end.
    pub whole: bool,
    /// Why the rest of it could not be read.
    pub damage: Option<PouchRefusal>,
}

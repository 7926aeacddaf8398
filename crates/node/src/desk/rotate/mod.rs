//! Bulk rotation: a contingent goes and another comes, in one commit, with one epoch per compartment.
//!
//! Everything that is said is drafted first and kept in one transaction: a crash leaves all of it or
//! nothing. What is done already is left out, so that the same file can be run again: after a crash, by
//! the manager of another compartment, or when a row's day has come.

mod carry_out;
mod file;
mod plan;
#[cfg(test)]
mod tests;

pub use file::{BadRotationFile, FaultReason, ROTATION_BYTES, ROTATION_COLUMNS, RotationFault};
pub use plan::{Problem, RotationPlan, Step, StepState};

use counterseal_model::{CompartmentId, DeviceId, PersonId, Timestamp};

use super::invite::Invitee;

/// One row of a rotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationRow {
    /// Its number in the file, from 1, the head not counted.
    pub row: u64,
    /// What it asks.
    pub change: Change,
    /// From when on; earlier, the row waits for a later run.
    pub from: Option<Timestamp>,
}

/// What a row asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Someone comes.
    In {
        /// Who.
        who: Newcomer,
        /// The compartments, besides that of everyone.
        compartments: Vec<CompartmentId>,
        /// Whether the person manages them.
        manager: bool,
        /// When the assignment ends.
        until: Option<Timestamp>,
    },
    /// Someone goes.
    Out {
        /// Who.
        person: PersonId,
        /// Only this device of theirs.
        device: Option<DeviceId>,
        /// Only out of these compartments; out of the mission when there are none.
        compartments: Vec<CompartmentId>,
        /// The assignment ends then, instead of now.
        until: Option<Timestamp>,
    },
}

/// Who comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Newcomer {
    /// Someone new, by an invitation of this desk.
    Invited(Box<Invitee>),
    /// Someone who is enrolled.
    Known(PersonId),
}

impl Newcomer {
    /// The person's id.
    #[must_use]
    pub fn person(&self) -> PersonId {
        match self {
            Self::Invited(invitee) => invitee.person,
            Self::Known(person) => *person,
        }
    }
}

/// What a rotation came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RotationReport {
    /// Statements made.
    pub statements: u64,
    /// Epochs begun, one for each compartment that changed.
    pub epochs: u64,
    /// Secrets wrapped to devices.
    pub wraps: u64,
    /// Bytes of the statements that carry the wraps.
    pub wrap_bytes: u64,
}

//! Openings, as a review sees them.

use counterseal_model::{Code, CompartmentId, PersonId, Timestamp};
use counterseal_register::PartRef;

/// A case, by its pseudonym.
pub type Case = [u8; 16];

/// A part that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenPart {
    /// The part.
    pub part: PartRef,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// The area that it is about, if that is known.
    pub area: Option<Code>,
    /// The case that it belongs to, if anybody has listed that. What the reader named is not this.
    pub case: Option<Case>,
}

/// An approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenApproval {
    /// Who approved.
    pub approver: PersonId,
    /// Seconds after the request.
    pub after: i64,
}

/// A request, as notices tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenOpening {
    /// What names the request.
    pub request: [u8; 32],
    /// Who asked.
    pub person: PersonId,
    /// When, by the trustees' reckoning.
    pub at: Timestamp,
    /// The purpose that was named.
    pub purpose: Code,
    /// The case that was named.
    pub case: Option<Case>,
    /// The parts of which the notices tell.
    pub parts: Vec<SeenPart>,
    /// Whether an emergency was claimed.
    pub emergency: bool,
    /// The approvals.
    pub approvals: Vec<SeenApproval>,
}

pub(super) const fn day_of(at: Timestamp) -> i64 {
    at.0.div_euclid(Timestamp::DAY)
}

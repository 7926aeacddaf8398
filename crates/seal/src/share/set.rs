//! The trustee set, as far as the arithmetic needs it: who stands at which place, and how many it takes.

use counterseal_model::StatementId;
use counterseal_register::{KeyId, MAX_TRUSTEES};
use thiserror::Error;

/// A trustee and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrusteePlace {
    /// The trustee: the id of its hybrid identity key.
    pub trustee: KeyId,
    /// x_j: the place where the polynomials are evaluated for it; never zero, which is the secret's.
    pub x: u8,
}

/// A trustee set that can share: checked, in the order in which headers name its trustees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrusteeSet {
    id: StatementId,
    threshold: u8,
    places: Vec<TrusteePlace>,
}

/// Why trustees are no trustee set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadTrusteeSet {
    /// No trustees, or too many.
    #[error("a trustee set has 1 to {MAX_TRUSTEES} trustees; this one has {trustees}")]
    Count {
        /// How many there are.
        trustees: usize,
    },
    /// A threshold that protects nothing, or that can never be met.
    #[error(
        "of {trustees} trustees, {threshold} cannot be what it takes; name 2 to {trustees}, or 1 of a single one"
    )]
    Threshold {
        /// The threshold named.
        threshold: u8,
        /// How many trustees there are.
        trustees: usize,
    },
    /// A place that is the secret's, or taken.
    #[error("two trustees stand at place {x}, or it is no place; places are 1 to 255, each once")]
    Place {
        /// The place.
        x: u8,
    },
    /// A trustee that stands there twice, and would have two shares.
    #[error("trustee {trustee} stands in the set twice")]
    Twice {
        /// The trustee.
        trustee: KeyId,
    },
}

impl TrusteeSet {
    /// The set that statement `id` names, of whose trustees it takes `threshold`.
    ///
    /// # Errors
    /// See `BadTrusteeSet`.
    pub fn new(id: StatementId, threshold: u8, places: Vec<TrusteePlace>) -> Result<Self, BadTrusteeSet> {
        let trustees = places.len();
        if !(1..=MAX_TRUSTEES).contains(&trustees) {
            return Err(BadTrusteeSet::Count { trustees });
        }
        // One of one is a demonstration. One of more would be a share that each trustee has whole.
        if usize::from(threshold) > trustees || threshold < if trustees == 1 { 1 } else { 2 } {
            return Err(BadTrusteeSet::Threshold { threshold, trustees });
        }
        let mut rest = places.iter();
        while let Some(one) = rest.next() {
            if one.x == 0 || rest.clone().any(|other| other.x == one.x) {
                return Err(BadTrusteeSet::Place { x: one.x });
            }
            if rest.clone().any(|other| other.trustee == one.trustee) {
                return Err(BadTrusteeSet::Twice { trustee: one.trustee });
            }
        }
        Ok(Self { id, threshold, places })
    }

    /// The statement that set it.
    #[must_use]
    pub fn id(&self) -> StatementId {
        self.id
    }

    /// t: how many trustees it takes.
    #[must_use]
    pub fn threshold(&self) -> u8 {
        self.threshold
    }

    /// The trustees, in the set's order.
    #[must_use]
    pub fn places(&self) -> &[TrusteePlace] {
        &self.places
    }

    /// A trustee's rank in the set's order, from 0, and its place x_j.
    #[must_use]
    pub fn find(&self, trustee: KeyId) -> Option<(usize, u8)> {
        let rank = self.places.iter().position(|place| place.trustee == trustee)?;
        self.places.get(rank).map(|place| (rank, place.x))
    }
}

//! Why records are not said to be one.

use counterseal_model::{CompartmentId, RecordId};
use thiserror::Error;

/// Why two records are not merged, or not split.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SameRefusal {
    /// One record.
    #[error("record {} is itself; name two", .record.short())]
    Itself {
        /// The record.
        record: RecordId,
    },
    /// Not entities of one kind.
    #[error("record {} is of kind {is} and record {} of kind {other_is}; only two entities of one kind can be one", .record.short(), .other.short())]
    OtherKinds {
        /// The first.
        record: RecordId,
        /// What it is.
        is: &'static str,
        /// The second.
        other: RecordId,
        /// What that is.
        other_is: &'static str,
    },
    /// It was said before.
    #[error("records {} and {} are said to be one already", .record.short(), .other.short())]
    Already {
        /// The first.
        record: RecordId,
        /// The second.
        other: RecordId,
    },
    /// Nothing to take back.
    #[error("nobody says that record {} is one with another; 'counterseal entity show' lists what was said", .record.short())]
    NotSaid {
        /// The record.
        record: RecordId,
    },
    /// No compartment has parts of both.
    #[error(
        "records {} and {} have no part in one compartment where you write; say with '--compartment' who shall read that they are one", .record.short(), .other.short()
    )]
    Where {
        /// The first.
        record: RecordId,
        /// The second.
        other: RecordId,
    },
    /// A guarded compartment.
    #[error(
        "compartment {} is guarded, and what is guarded stands in no chart; name an open compartment", .compartment.short()
    )]
    Guarded {
        /// The compartment.
        compartment: CompartmentId,
    },
}

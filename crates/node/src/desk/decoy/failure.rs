//! Why decoys are not planted.

use thiserror::Error;

/// Why decoys are not planted, or nothing can be said of them.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecoyFailure {
    /// Not the watch officer.
    #[error("only a watch officer plants decoy records; the governors appoint one")]
    NotWatch,
    /// Open compartments.
    #[error(
        "compartment {compartment} is open: its members' keys alone open what is in it, so nobody would be told that a decoy was read; name a guarded one"
    )]
    NotGuarded {
        /// The compartment.
        compartment: String,
    },
    /// Nobody to plant them.
    #[error(
        "no desk can plant decoys in compartment {compartment} so that you are told of their opening; have the governors appoint you reviewer of the section of some of its members"
    )]
    NoDesks {
        /// The compartment.
        compartment: String,
    },
    /// Too many or none.
    #[error("{count} decoys are not planted at once; name 1 to {most}")]
    BadCount {
        /// How many were asked for.
        count: usize,
        /// The most.
        most: usize,
    },
    /// Somebody else may read the list.
    #[error(
        "compartment {compartment} is no place for the list of decoys: {strangers} of its members' devices are of no watch officer; name a compartment of the watch office alone"
    )]
    ListSeen {
        /// The compartment.
        compartment: String,
        /// How many.
        strangers: usize,
    },
}

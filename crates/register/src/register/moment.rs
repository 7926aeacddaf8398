//! Where and when: places in the statement log, and the time that belongs to them.

use counterseal_model::Timestamp;

/// The place of a statement in the statement log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogPosition {
    /// Index of its leaf, from 0.
    pub index: u64,
}

impl LogPosition {
    /// The place with this index.
    #[must_use]
    pub const fn new(index: u64) -> Self {
        Self { index }
    }

    /// The place after it.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { index: self.index.saturating_add(1) }
    }
}

/// What is asked about: the register after the statement at `position`, at `time`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The last statement that counts.
    pub position: LogPosition,
    /// The time, for appointments that end and rules that wait.
    pub time: Timestamp,
}

impl Moment {
    /// A moment.
    #[must_use]
    pub const fn new(position: LogPosition, time: Timestamp) -> Self {
        Self { position, time }
    }
}

/// How a statement came to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// In the log, with proof that it is included.
    Logged {
        /// Whether a checkpoint that includes it is cosigned by the quorum.
        cosigned: bool,
        /// Since when such a checkpoint stands. Never runs back from one statement to the next.
        since: Timestamp,
    },
    /// From a hub, a pouch or a trustee, without proof.
    OnSight,
}

//! Findings: each says one thing in words, and has its points.

/// What speaks against a person-day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Parts that no case, area, task or referral explains.
    Unexplained {
        /// How many.
        parts: u64,
    },
    /// They are of several cases or areas.
    Scattered {
        /// How many.
        matters: u64,
    },
    /// The person opened the same unexplained case or area on earlier days.
    Again {
        /// On how many of the last ninety.
        days: u64,
    },
    /// Others opened the same case without a ground too.
    Crowd {
        /// How many persons in fourteen days.
        persons: u64,
    },
    /// Openings outside the hours of duty, at no task.
    OffDuty {
        /// How many parts.
        parts: u64,
    },
    /// More than this person opens on other days.
    Many {
        /// How many parts.
        parts: u64,
        /// How many on a day in the middle.
        usual: u64,
    },
    /// The assignment ends soon, and something else speaks against the day.
    Leaving {
        /// In how many days.
        days: u64,
    },
    /// Approvals within seconds: nobody has read what they approved.
    Hasty {
        /// How many.
        approvals: u64,
    },
    /// By the same approver on earlier days.
    HastyAgain {
        /// On how many of the last thirty.
        days: u64,
    },
    /// Emergencies to which no alert belongs.
    NoAlert {
        /// How many.
        openings: u64,
    },
    /// On earlier days too.
    NoAlertAgain {
        /// On how many of the last sixty.
        days: u64,
    },
}

/// A reason and what it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The reason.
    pub reason: Reason,
    /// Its points.
    pub points: u64,
}

impl Reason {
    /// Its name in the catalogues and for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unexplained { .. } => "unexplained",
            Self::Scattered { .. } => "scattered",
            Self::Again { .. } => "again",
            Self::Crowd { .. } => "crowd",
            Self::OffDuty { .. } => "off-duty",
            Self::Many { .. } => "many",
            Self::Leaving { .. } => "leaving",
            Self::Hasty { .. } => "hasty",
            Self::HastyAgain { .. } => "hasty-again",
            Self::NoAlert { .. } => "no-alert",
            Self::NoAlertAgain { .. } => "no-alert-again",
        }
    }

    /// The number in it, and the other one where there are two.
    #[must_use]
    pub const fn numbers(self) -> (u64, u64) {
        match self {
            Self::Unexplained { parts } | Self::OffDuty { parts } => (parts, 0),
            Self::Scattered { matters } => (matters, 0),
            Self::Crowd { persons } => (persons, 0),
            Self::Many { parts, usual } => (parts, usual),
            Self::Again { days }
            | Self::Leaving { days }
            | Self::HastyAgain { days }
            | Self::NoAlertAgain { days } => (days, 0),
            Self::Hasty { approvals } => (approvals, 0),
            Self::NoAlert { openings } => (openings, 0),
        }
    }

    /// What it counts: the table of docs/spec/alarms.md.
    #[must_use]
    pub const fn points(self) -> u64 {
        match self {
            Self::Unexplained { parts } => 10 + min(parts, 30),
            Self::Scattered { matters } => min(2 * matters, 10),
            Self::Again { days } => min(6 * days, 36),
            Self::Crowd { persons } => min(5 * persons, 25),
            Self::OffDuty { parts } => 5 + min(parts / 5, 15),
            Self::Many { parts, .. } => 10 + min(parts / 10, 15),
            Self::Leaving { .. } => 15,
            Self::Hasty { approvals } => min(6 * approvals, 12),
            Self::HastyAgain { days } => min(6 * days, 36),
            Self::NoAlert { openings } => 10 + min(2 * openings, 6),
            Self::NoAlertAgain { days } => min(10 * days, 40),
        }
    }

    pub(super) const fn found(self) -> Finding {
        Finding { reason: self, points: self.points() }
    }
}

const fn min(a: u64, b: u64) -> u64 {
    if a < b { a } else { b }
}

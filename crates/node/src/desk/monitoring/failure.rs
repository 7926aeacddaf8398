//! Why a review is refused.

use thiserror::Error;

/// Why a review, or a reply in it, is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MonitoringFailure {
    /// No office.
    #[error(
        "openings are reviewed by data-protection officers and by the reviewers of sections; the governors appoint them"
    )]
    NotReviewer,
    /// A review of oneself.
    #[error("nobody reviews themselves: another reviewer or the data-protection officer has this person-day")]
    Yourself,
    /// Nothing was opened.
    #[error("no notice on this desk tells of an opening by {person} on {day}")]
    NoSuchDay {
        /// The person.
        person: String,
        /// The day.
        day: String,
    },
    /// They could not read it.
    #[error(
        "{person} is not a member of compartment {compartment}, and could not reply there; name one that you both read"
    )]
    CannotRead {
        /// The person.
        person: String,
        /// The compartment.
        compartment: String,
    },
    /// Not a file of duties.
    #[error("the file of duties is refused: {reason}")]
    BadDuties {
        /// What is wrong, and where.
        reason: String,
    },
    /// No such emergency, or one's own.
    #[error(
        "{count} emergency openings of others begin with '{prefix}'; 'counterseal review list' names them"
    )]
    NoSuchEmergency {
        /// What was given.
        prefix: String,
        /// How many there are.
        count: usize,
    },
    /// No such talk, or none of theirs.
    #[error("{count} questions about openings begin with '{prefix}' that concern you; give more digits")]
    NoSuchTalk {
        /// What was given.
        prefix: String,
        /// How many there are.
        count: usize,
    },
}

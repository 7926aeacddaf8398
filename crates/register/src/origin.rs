//! The two logs and what they are called.

use counterseal_model::MissionId;

/// Which of the two logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogKind {
    /// The statement log: whole statements.
    Statements,
    /// The journal log: commitments.
    Journal,
}

impl LogKind {
    /// Both.
    pub const ALL: &'static [Self] = &[Self::Statements, Self::Journal];

    /// Its word in an origin.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Statements => "statements",
            Self::Journal => "journal",
        }
    }
}

/// The origin of a log, which is its key's name in notes (tlog-checkpoint): the mission, the log and
/// the hub's generation. It names no place.
#[must_use]
pub fn log_origin(mission: MissionId, log: LogKind, generation: u64) -> String {
    format!("counterseal/{mission}/{}/{generation}", log.word())
}

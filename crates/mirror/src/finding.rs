//! What does not hold.

use std::fmt;

use counterseal_register::LogKind;

/// What kind of thing does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingCode {
    /// The statement log does not begin with this mission's founding.
    OtherMission,
    /// A file is not there.
    Missing,
    /// A file cannot be read as what it should be.
    Malformed,
    /// A tile, or the bundle of its entries, is not what the other says.
    Tile,
    /// The leaves do not lead to the checkpoint's root.
    Root,
    /// A leaf is none that this log can have.
    Leaf,
    /// A checkpoint does not count: not signed by the log, or not cosigned by a quorum.
    Checkpoint,
    /// The statements and time marks do not give a register.
    Replay,
    /// A time mark names another tree, or more leaves than the log shows.
    Mark,
    /// A time lies in the future.
    Future,
}

impl FindingCode {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::OtherMission,
        Self::Missing,
        Self::Malformed,
        Self::Tile,
        Self::Root,
        Self::Leaf,
        Self::Checkpoint,
        Self::Replay,
        Self::Mark,
        Self::Future,
    ];

    /// Its name in the message catalogues and in machine-readable output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OtherMission => "other-mission",
            Self::Missing => "missing",
            Self::Malformed => "malformed",
            Self::Tile => "tile",
            Self::Root => "root",
            Self::Leaf => "leaf",
            Self::Checkpoint => "checkpoint",
            Self::Replay => "replay",
            Self::Mark => "mark",
            Self::Future => "future",
        }
    }
}

/// One thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: FindingCode,
    /// Of which log.
    pub log: LogKind,
    /// Where: a file's path, an index, a size.
    pub place: String,
    /// Why, in the words of what checked it; empty when the code says all.
    pub reason: String,
}

impl Finding {
    /// At a place of a log.
    #[must_use]
    pub fn new(code: FindingCode, log: LogKind, place: impl fmt::Display) -> Self {
        Self { code, log, place: place.to_string(), reason: String::new() }
    }

    /// With what checked it said.
    #[must_use]
    pub fn because(self, reason: impl fmt::Display) -> Self {
        Self { reason: reason.to_string(), ..self }
    }
}

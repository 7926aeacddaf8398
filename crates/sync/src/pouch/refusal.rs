//! Why a pouch is refused.

use thiserror::Error;

use crate::frame::FrameRefusal;
use crate::pack::PackRefusal;

/// Why a pouch, or the rest of it, cannot be read. What came before stands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PouchRefusal {
    /// Not a pouch.
    #[error("the file is not a pouch")]
    NotAPouch,
    /// Another version or suite.
    #[error(
        "the pouch is of version {version} and suite {suite}, which this version does not know; update to read it"
    )]
    Unknown {
        /// The version of its layout.
        version: u8,
        /// Its suite.
        suite: u8,
    },
    /// More places for receivers than there can be.
    #[error("the pouch claims more receivers than a pouch can have")]
    TooManyReceivers,
    /// No wrap opened.
    #[error("the pouch is not sealed to this device; ask its writer to name this device or its compartment")]
    NotForThisDevice,
    /// A chunk that does not open, with others after it.
    #[error("chunk {number} of the pouch is damaged; what came before it was read, ask for the rest again")]
    Damaged {
        /// Which chunk, from 0.
        number: u64,
    },
    /// A frame that does not belong there.
    #[error(transparent)]
    Frame(#[from] FrameRefusal),
    /// Packed entries that cannot be unpacked.
    #[error(transparent)]
    Pack(#[from] PackRefusal),
    /// The first frame is not what the pouch contains, or it comes twice.
    #[error("the pouch does not begin with what it contains, or says it twice")]
    ContentsMisplaced,
    /// Its contents are out of order or name journals that they do not list.
    #[error("the list of what the pouch contains is out of order")]
    ContentsDisorderly,
    /// Another version of frames.
    #[error(
        "the pouch speaks version {version} of the protocol, which this version does not; update to read it"
    )]
    UnknownFrames {
        /// The version named.
        version: u64,
    },
    /// Another mission.
    #[error("the pouch belongs to another mission")]
    OtherMission,
    /// Something after its end.
    #[error("the pouch goes on after its end")]
    AfterEnd,
}

impl PouchRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAPouch => "pouch-not-one",
            Self::Unknown { .. } => "pouch-version-unknown",
            Self::TooManyReceivers => "pouch-too-many-receivers",
            Self::NotForThisDevice => "pouch-not-for-this-device",
            Self::Damaged { .. } => "pouch-damaged",
            Self::Frame(refusal) => refusal.code(),
            Self::Pack(refusal) => refusal.code(),
            Self::ContentsMisplaced => "pouch-contents-misplaced",
            Self::ContentsDisorderly => "pouch-contents-disorderly",
            Self::UnknownFrames { .. } => "pouch-frames-unknown",
            Self::OtherMission => "pouch-mission-other",
            Self::AfterEnd => "pouch-after-end",
        }
    }

    /// The names of all refusals that are a pouch's own.
    pub const CODES: &'static [&'static str] = &[
        "pouch-not-one",
        "pouch-version-unknown",
        "pouch-too-many-receivers",
        "pouch-not-for-this-device",
        "pouch-damaged",
        "pouch-contents-misplaced",
        "pouch-contents-disorderly",
        "pouch-frames-unknown",
        "pouch-mission-other",
        "pouch-after-end",
    ];
}

//! Why a report, a draft or a settlement is refused.

use counterseal_model::RecordId;
use thiserror::Error;

use super::drafts::{DRAFT_BYTES, DRAFTS};

/// Why a report, a draft or a settlement is refused. Nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ReportRefusal {
    /// Nothing is said.
    #[error("there is nothing to write: say at least one thing that happened")]
    Empty,
    /// A draft that is too long.
    #[error(
        "this draft has {bytes} bytes, and {DRAFT_BYTES} are kept at most; write it as a record, or shorten it"
    )]
    DraftTooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Too many drafts.
    #[error("{DRAFTS} drafts are kept on this desk, and no more; write or discard some of them first")]
    TooManyDrafts,
    /// A record cannot repeat itself, nor what repeats it.
    #[error("record {} already stands for the event that both tell of; say the same of the other one", .0.short())]
    Itself(RecordId),
    /// No part of it can be changed here.
    #[error("record {} has no part that this desk can change; ask a member of its compartment", .0.short())]
    NotYours(RecordId),
    /// Somebody changed it meanwhile.
    #[error("record {} was changed meanwhile; look at what it says now, and decide again", .0.short())]
    ChangedMeanwhile(RecordId),
}

impl ReportRefusal {
    /// The codes of all refusals, as in the catalogues.
    pub const CODES: &'static [&'static str] = &[
        "report-empty",
        "draft-too-long",
        "too-many-drafts",
        "event-same-itself",
        "event-not-yours",
        "changed-meanwhile",
    ];

    /// Its code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "report-empty",
            Self::DraftTooLong { .. } => "draft-too-long",
            Self::TooManyDrafts => "too-many-drafts",
            Self::Itself(_) => "event-same-itself",
            Self::NotYours(_) => "event-not-yours",
            Self::ChangedMeanwhile(_) => "changed-meanwhile",
        }
    }
}

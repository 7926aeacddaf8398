//! Why something does not leave its compartment.

use counterseal_policy::{NotGeneralised, Office};
use thiserror::Error;

/// Why a part is neither shared nor exported. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ShareRefusal {
    /// Nothing decides.
    #[error(
        "this mission has no policy in force, so nothing is shared or exported by it; its governors set one"
    )]
    NoPolicy,
    /// The policy says no.
    #[error("{}", .reasons.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    NotPermitted {
        /// By which row, what is missing, and whom to ask.
        reasons: Vec<counterseal_policy::Refusal>,
        /// Whom to ask.
        ask: Vec<Office>,
    },
    /// Sealed twice, and not open.
    #[error("part {part} is sealed twice and not open now; open it for this purpose first")]
    NotOpen {
        /// The part.
        part: String,
    },
    /// What must not leave: a cover, a decoy record, or no record at all.
    #[error("part {part} is {what}: there is nothing in it to share")]
    Nothing {
        /// The part.
        part: String,
        /// What it is: cover, decoy, or unreadable.
        what: &'static str,
    },
    /// The part is withdrawn or erased.
    #[error("part {part} is {state}: it is neither shared nor exported")]
    Closed {
        /// The part.
        part: String,
        /// Withdrawn or erased.
        state: &'static str,
    },
    /// A record of the mission's own workings.
    #[error("a record of the kind {kind} is the mission's own, and stays where it is")]
    NotShared {
        /// The kind.
        kind: &'static str,
    },
    /// Parts of which the policy speaks, and no purpose.
    #[error(
        "{count} part(s) of this export are in compartments of which the policy speaks; say what for with --purpose, and it will say whether they may leave"
    )]
    NoPurpose {
        /// How many parts.
        count: usize,
    },
    /// An approval is asked for an export of which the policy says nothing.
    #[error("the policy speaks of no part of this export: it needs nobody's approval")]
    NothingToApprove,
    /// The policy has no such purpose.
    #[error("the policy in force knows no such purpose")]
    NoSuchPurpose,
    /// Nothing of it is known to be harmless.
    #[error(transparent)]
    NotGeneralised(#[from] NotGeneralised),
    /// Not an approval of this very sharing.
    #[error("this is no approval of what is to leave: {reason}")]
    NotThisApproval {
        /// What is wrong.
        reason: String,
    },
}

impl ShareRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPolicy => "share-no-policy",
            Self::NotPermitted { .. } => "share-not-permitted",
            Self::NotOpen { .. } => "share-not-open",
            Self::Nothing { .. } => "share-nothing",
            Self::Closed { .. } => "share-closed",
            Self::NotShared { .. } => "share-own-kind",
            Self::NoPurpose { .. } => "share-no-purpose",
            Self::NothingToApprove => "share-nothing-to-approve",
            Self::NoSuchPurpose => "share-no-such-purpose",
            Self::NotGeneralised(_) => "share-not-generalised",
            Self::NotThisApproval { .. } => "share-approval-other",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] = &[
        "share-no-policy",
        "share-not-permitted",
        "share-not-open",
        "share-nothing",
        "share-closed",
        "share-own-kind",
        "share-no-purpose",
        "share-nothing-to-approve",
        "share-no-such-purpose",
        "share-not-generalised",
        "share-approval-other",
    ];
}

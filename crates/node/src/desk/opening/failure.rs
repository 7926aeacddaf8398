//! Why parts were not opened.

use counterseal_model::StatementId;
use counterseal_register::{Code, KeyId, PartRef, RefusedOpening};
use thiserror::Error;

/// Why parts were not opened. Nothing was shown.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpeningFailure {
    /// The mission has no trustees, or no policy.
    #[error("this mission has no {what} yet, so nothing guarded can be opened; its governors name them")]
    NotSetUp {
        /// What is missing: trustees or policy.
        what: &'static str,
    },
    /// Not a guarded part on this desk.
    #[error("there is no guarded part {part} on this desk; 'counterseal guarded list' names those there are")]
    NoSuchPart {
        /// What was asked for.
        part: String,
    },
    /// No parts, or too many at once.
    #[error("{count} parts cannot be asked for at once; ask for 1 to 4096")]
    BadCount {
        /// How many.
        count: usize,
    },
    /// The log is not followed far enough.
    #[error("this desk has not followed the mission's logs; sync first, then open")]
    NotFollowed,
    /// Approvals are missing.
    #[error(
        "opening this needs the approval of {needed} other person(s), and {have} have given it; ask with 'counterseal open', they answer with 'counterseal approvals'"
    )]
    ApprovalsMissing {
        /// How many are needed.
        needed: usize,
        /// How many there are.
        have: usize,
    },
    /// The request is too old.
    #[error("the request was good for ten minutes, which are over; ask again")]
    TooOld,
    /// Trustees refuse.
    #[error("{} trustee(s) refuse: {}", .refused.len(), words(.refused))]
    Refused {
        /// Who refused, and why.
        refused: Vec<(KeyId, RefusedOpening)>,
    },
    /// Too few trustees answered.
    #[error("{have} of the {needed} trustees that are needed have released; {} — try again, or use what was opened ahead", unheard(.silent))]
    TooFew {
        /// How many released.
        have: usize,
        /// How many are needed.
        needed: usize,
        /// Who did not, and what was heard of them.
        silent: Vec<(KeyId, String)>,
    },
    /// Trustees left, and nobody succeeded them.
    #[error(
        "of the trustees for whom the part was sealed {have} are there or succeeded, and {needed} must release; the governors name successors of those that are gone"
    )]
    PlacesEmpty {
        /// How many places somebody answers for.
        have: usize,
        /// How many must.
        needed: usize,
    },
    /// The pads open nothing.
    #[error(
        "part {part} does not open with what the trustees gave; tell the information-security officer: {reason}"
    )]
    DoesNotOpen {
        /// The part, by entry and index.
        part: String,
        /// Why.
        reason: String,
    },
    /// The part is withdrawn or erased.
    #[error("part {part} is {state}: nobody opens it")]
    Closed {
        /// The part.
        part: String,
        /// Withdrawn or erased.
        state: &'static str,
    },
    /// A cover: this desk wrote it, or opened it before.
    #[error("part {part} is a cover: nothing was written there, and it is not asked for")]
    Cover {
        /// The part.
        part: String,
    },
    /// Nothing was opened ahead of it, or it has run out.
    #[error("part {part} was not opened ahead, or its time is over")]
    NotAhead {
        /// The part.
        part: String,
    },
    /// A delay that no trustee grants.
    #[error("a notice is delayed until a later day, at most {most} days from now, and never in an emergency")]
    BadDelay {
        /// Most days.
        most: i64,
    },
    /// Nobody asked.
    #[error("no request {id} waits for an answer on this desk")]
    NoSuchRequest {
        /// The digits given.
        id: String,
    },
    /// The entry was sealed for trustees that this register does not know.
    #[error("the part was sealed for trustees {} that are not known here; sync first", .set.short())]
    UnknownTrustees {
        /// The set.
        set: StatementId,
    },
}

impl OpeningFailure {
    /// What trustees said, in one sentence each; empty where it is not about them.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Refused { refused } => words(refused),
            Self::TooFew { silent, .. } => unheard(silent),
            _ => String::new(),
        }
    }

    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotSetUp { .. } => "opening-not-set-up",
            Self::NoSuchPart { .. } => "opening-part-unknown",
            Self::BadCount { .. } => "opening-count-bad",
            Self::NotFollowed => "opening-not-followed",
            Self::ApprovalsMissing { .. } => "opening-approvals-missing",
            Self::BadDelay { .. } => "opening-delay-bad",
            Self::TooOld => "opening-too-old",
            Self::Refused { .. } => "opening-refused",
            Self::TooFew { .. } => "opening-too-few",
            Self::PlacesEmpty { .. } => "opening-places-empty",
            Self::DoesNotOpen { .. } => "opening-does-not-open",
            Self::Closed { .. } => "opening-closed",
            Self::Cover { .. } => "opening-cover",
            Self::NotAhead { .. } => "opening-not-ahead",
            Self::NoSuchRequest { .. } => "opening-request-unknown",
            Self::UnknownTrustees { .. } => "opening-trustees-unknown",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] = &[
        "opening-not-set-up",
        "opening-part-unknown",
        "opening-count-bad",
        "opening-not-followed",
        "opening-approvals-missing",
        "opening-delay-bad",
        "opening-too-old",
        "opening-refused",
        "opening-too-few",
        "opening-places-empty",
        "opening-does-not-open",
        "opening-closed",
        "opening-cover",
        "opening-not-ahead",
        "opening-request-unknown",
        "opening-trustees-unknown",
    ];
}

/// A part as people name it: the entry's first 16 digits and the index.
#[must_use]
pub fn part_text(part: PartRef) -> String {
    format!("{}/{}", part.entry.to_string().get(..16).unwrap_or_default(), part.index)
}

fn words(refused: &[(KeyId, RefusedOpening)]) -> String {
    let mut reasons: Vec<String> = refused.iter().map(|(_, refused)| reason(refused)).collect();
    reasons.sort();
    reasons.dedup();
    reasons.join("; ")
}

/// A refusal in one sentence: the rule, the missing facts, and whom to ask.
fn reason(refused: &RefusedOpening) -> String {
    let mut text = refused.code.to_string();
    if let Some(rule) = refused.rule {
        text.push_str(&format!(", rule {rule}"));
    }
    if !refused.missing.is_empty() {
        let missing: Vec<&str> = refused.missing.iter().map(Code::as_str).collect();
        text.push_str(&format!(", missing {}", missing.join(", ")));
    }
    if let Some(since) = refused.since {
        text.push_str(&format!(" since {}", since.rfc3339()));
    }
    if let Some(office) = refused.ask {
        text.push_str(&format!("; ask the {office}"));
    }
    text
}

fn unheard(silent: &[(KeyId, String)]) -> String {
    let one = |(id, why): &(KeyId, String)| format!("{}: {why}", id.to_string().get(..8).unwrap_or_default());
    silent.iter().map(one).collect::<Vec<_>>().join(", ")
}

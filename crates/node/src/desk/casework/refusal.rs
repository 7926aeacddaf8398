//! Why casework is refused.

use counterseal_model::Timestamp;
use thiserror::Error;

use super::malformed::Malformation;

/// Why something about parts, facts or cases is refused. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CaseworkRefusal {
    /// Neither a part of this desk nor one named in full.
    #[error(
        "there is no part {part} on this desk; name it as ENTRY/INDEX, and with all 64 digits and its compartment where this desk does not have it"
    )]
    UnknownPart {
        /// What was given.
        part: String,
    },
    /// Not a member's, nor a data-protection officer's to do.
    #[error(
        "only a manager of the part's compartment or a data-protection officer does this: ask one of them"
    )]
    NotYours,
    /// Parts of several compartments in one paper.
    #[error("the parts are of several compartments; make a paper for each")]
    SeveralCompartments,
    /// Not withdrawn.
    #[error("part {part} is not withdrawn: withdraw it first, it can be erased when the cooling-off is over")]
    NotWithdrawn {
        /// The part.
        part: String,
    },
    /// The cooling-off is not over.
    #[error(
        "part {part} was withdrawn on {}; it can be erased from {} on, so that nobody is forced to destroy evidence in a hurry",
        .withdrawn.date_text(),
        .from.rfc3339()
    )]
    CoolingOff {
        /// The part.
        part: String,
        /// Since when it is withdrawn.
        withdrawn: Timestamp,
        /// From when it can be erased.
        from: Timestamp,
    },
    /// A hold stands.
    #[error("part {part} is under a legal hold: it is not erased before two persons lift it")]
    Held {
        /// The part.
        part: String,
    },
    /// Erased.
    #[error("part {part} is erased: its ciphertext is gone, and its tombstone stays")]
    Erased {
        /// The part.
        part: String,
    },
    /// Nothing to lift.
    #[error("no {what} stands on part {part}: there is nothing to lift")]
    NothingStands {
        /// The part.
        part: String,
        /// Withdrawal or hold.
        what: &'static str,
    },
    /// Somebody else's to say.
    #[error("this person cannot say {kind}, and no trustee would believe it: ask the {ask}")]
    NotYoursToSay {
        /// What.
        kind: &'static str,
        /// Whom to ask.
        ask: &'static str,
    },
    /// A fact that means nothing.
    #[error("this fact cannot be said: {why}")]
    BadFact {
        /// Why.
        why: &'static str,
    },
    /// A policy that this program cannot read.
    #[error("the policy in force cannot be read by this program: {reason}")]
    Policy {
        /// Why.
        reason: String,
    },
    /// Another paper, or none.
    #[error("this is no paper about parts: {reason}")]
    NotThisPaper {
        /// What it is instead, or what is wrong.
        reason: String,
    },
    /// A field that cannot stand so.
    #[error("this {record} cannot be written: {field}: {why}")]
    Malformed {
        /// What was to be written.
        record: &'static str,
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        why: Malformation,
    },
    /// Guarded data for an open compartment.
    #[error(
        "what this {what} says stands in guarded compartments alone: name one with --compartment, and say nothing of people elsewhere"
    )]
    OnlyGuarded {
        /// The kind of record.
        what: &'static str,
    },
    /// No case, or several.
    #[error(
        "{count} cases of this desk are called {text}; name it by its reference or by the first digits of its id ('counterseal case list')"
    )]
    NoCase {
        /// What was given.
        text: String,
        /// How many there are.
        count: usize,
    },
    /// A no stands.
    #[error(
        "the person said no on {}: a consent is not re-confirmed over that; record a new one if it is given again",
        .since.date_text()
    )]
    NoStands {
        /// Since when.
        since: Timestamp,
    },
    /// Nothing to re-confirm.
    #[error("this desk knows of no consent of part {part}: record one, or do it where it was recorded")]
    NothingGiven {
        /// The part.
        part: String,
    },
    /// Nothing of this person's to re-confirm.
    #[error(
        "this person never allowed anything of part {part} here; record a consent first ('counterseal consent record')"
    )]
    NeverAllowed {
        /// The part.
        part: String,
    },
    /// The first person again.
    #[error("this paper is signed by you already: another person signs it, at their own desk")]
    SecondPerson,
}

impl CaseworkRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownPart { .. } => "casework-part-unknown",
            Self::NotYours => "casework-not-yours",
            Self::SeveralCompartments => "casework-several-compartments",
            Self::NotWithdrawn { .. } => "casework-not-withdrawn",
            Self::CoolingOff { .. } => "casework-cooling-off",
            Self::Held { .. } => "casework-held",
            Self::Erased { .. } => "casework-erased",
            Self::NothingStands { .. } => "casework-nothing-stands",
            Self::NotYoursToSay { .. } => "casework-not-yours-to-say",
            Self::BadFact { .. } => "casework-fact-bad",
            Self::Policy { .. } => "casework-policy-unreadable",
            Self::NotThisPaper { .. } => "casework-paper-other",
            Self::SecondPerson => "casework-second-person",
            Self::Malformed { .. } => "casework-malformed",
            Self::OnlyGuarded { .. } => "casework-only-guarded",
            Self::NoCase { .. } => "casework-no-case",
            Self::NoStands { .. } => "casework-no-stands",
            Self::NothingGiven { .. } => "casework-nothing-given",
            Self::NeverAllowed { .. } => "casework-never-allowed",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] = &[
        "casework-part-unknown",
        "casework-not-yours",
        "casework-several-compartments",
        "casework-not-withdrawn",
        "casework-cooling-off",
        "casework-held",
        "casework-erased",
        "casework-nothing-stands",
        "casework-not-yours-to-say",
        "casework-fact-bad",
        "casework-policy-unreadable",
        "casework-paper-other",
        "casework-second-person",
        "casework-malformed",
        "casework-only-guarded",
        "casework-no-case",
        "casework-no-stands",
        "casework-nothing-given",
        "casework-never-allowed",
    ];
}

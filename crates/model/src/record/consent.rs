//! Consent as it was given, in the terms of ISO/IEC TS 27560 and the W3C Data Privacy Vocabulary. Always guarded.

use crate::body;
use crate::code::{Code, LanguageTag};
use crate::ids::{PersonId, RecordId};
use crate::moment::Timestamp;
use crate::record::{Digest, PartAt, Use};

/// Who gave the consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum GivenBy {
    /// The person.
    #[default]
    Subject,
    /// The guardian of a child, or of somebody who cannot decide.
    Guardian,
}

crate::enumeration!(GivenBy, "0 or 1: the person or a guardian", { 0 => Subject, "self"; 1 => Guardian, "guardian"; });

/// What happened to a consent (W3C DPV: consent status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsentEventKind {
    /// Given (dpv:ConsentGiven).
    Given,
    /// Refused (dpv:ConsentRefused).
    Refused,
    /// Withdrawn (dpv:ConsentWithdrawn).
    Withdrawn,
    /// Declared expired (dpv:ConsentExpired).
    Expired,
    /// Asked again and confirmed, as at the end of a tour (dpv:RenewedConsentGiven).
    Reconfirmed,
    /// The person agreed that somebody else looks after it from now on.
    HandedOver,
    /// Nobody could ask again: sealed off until somebody can.
    SealedOff,
}

crate::enumeration!(ConsentEventKind, "an event of 1 to 7", {
    1 => Given, "given"; 2 => Refused, "refused"; 3 => Withdrawn, "withdrawn"; 4 => Expired, "expired";
    5 => Reconfirmed, "re-confirmed"; 6 => HandedOver, "handed-over"; 7 => SealedOff, "sealed-off";
});

body! {
    /// What was decided for one use.
    pub struct ConsentDecision {
        /// What for and for whom.
        1 what: Use,
        /// Whether it is allowed; refused when left out.
        2 allowed: bool,
        /// Until when it is allowed; open when left out.
        3 until: Option<Timestamp>,
    }
}

body! {
    /// Somebody who must never get it, and why.
    pub struct Withheld {
        /// From whom, a code of the policy.
        1 recipient: Code,
        /// Why, a code of the mission's list of reasons.
        2 reason: Code,
    }
}

body! {
    /// Something that happened to a consent.
    pub struct ConsentEvent {
        /// What.
        1 kind: ConsentEventKind,
        /// When.
        2 at: Timestamp,
        /// For one purpose only; for all when left out.
        3 purpose: Option<Code>,
        /// For one recipient only; for all when left out.
        4 recipient: Option<Code>,
        /// Who of the mission wrote it down; of a handover, who looks after it now.
        5 by: Option<PersonId>,
    }
}

body! {
    /// A consent. No name stands in it: the people are other guarded records.
    pub struct Consent {
        /// The record of the person it is about.
        1 subject: RecordId,
        /// Whether the person is a child.
        2 minor: bool,
        /// Who gave it.
        3 given_by: GivenBy,
        /// The record of the guardian, where a guardian gave it.
        4 guardian: Option<RecordId>,
        /// The language it was explained in.
        5 language: LanguageTag,
        /// The record of the interpreter, who is a person at risk too.
        6 interpreter: Option<RecordId>,
        /// Whether the risks were explained.
        7 risks_explained: bool,
        /// Whether it was said that a refusal costs nothing, no help and no place on a list.
        8 refusal_without_loss: bool,
        /// What was decided, use by use. What is not here was not asked and is not allowed.
        9 decisions: Vec<ConsentDecision>,
        /// Who must never get it.
        10 withheld_from: Vec<Withheld>,
        /// What happened since, the giving itself included.
        11 events: Vec<ConsentEvent>,
        /// SHA-256 of the receipt, if the person took one: a paper can betray its owner.
        12 receipt: Option<Digest>,
        /// The parts that it is about.
        13 parts: Vec<PartAt>,
    }
}

body! {
    /// What happened to a consent afterwards, as a record of its own: whoever writes a withdrawal down need not open the
    /// consent, and with it who somebody is.
    pub struct ConsentNote {
        /// The record of the consent, where its writer knows it.
        1 consent: Option<RecordId>,
        /// The parts that it is about.
        2 parts: Vec<PartAt>,
        /// What happened.
        3 events: Vec<ConsentEvent>,
        /// What was decided on that occasion, use by use.
        4 decisions: Vec<ConsentDecision>,
    }
}

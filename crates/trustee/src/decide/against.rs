//! What stands against a request.

use counterseal_model::Timestamp;
use counterseal_register::{Code, Office, OpeningRefusal, PartRef};
use thiserror::Error;

/// Why nothing is decided now. The same request may come again while it is good.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotNow {
    /// It is nobody's request.
    #[error("what arrived is no request: {0}")]
    NotARequest(OpeningRefusal),
    /// It is sealed to another trustee, or for something else.
    #[error("what arrived is not sealed to this trustee")]
    NotSealedHere,
    /// The reader's device is not in the register as it is mirrored here.
    #[error("this trustee does not know the device yet; ask again in a minute")]
    ReaderUnknown,
    /// The store was restored, and it is not known yet what it lacks.
    #[error("this trustee was restored and releases nothing yet")]
    Restoring,
    /// A log has signed two trees, or the reader's desk has another one than this trustee.
    #[error("the logs show two histories; tell the information-security officer before anything is opened")]
    SplitView,
    /// This trustee has not mirrored as much as the request rests on.
    #[error("this trustee is behind the logs; ask again in a minute")]
    MirrorBehind,
    /// The newest checkpoint of the statement log is too old.
    #[error("this trustee has no checkpoint of the last five minutes")]
    MirrorOld,
    /// This trustee's clock and the quorum's differ.
    #[error("the clock of this trustee is more than five minutes from the witnesses'")]
    ClocksDiffer,
    /// An entry has not arrived.
    #[error("this trustee does not have the entry yet; deliver it, or ask another trustee")]
    EntryNotHere,
    /// It was decided before, and the answer is not given any more; or another request had its id or its leaf.
    #[error("a request with this id or this leaf was decided before; ask anew")]
    Seen,
    /// Somebody else brings it than the device that made it.
    #[error("only the device that made a request asks for its decision")]
    NotTheReaders,
    /// As many requests of the device as this trustee refuses in an hour were refused.
    #[error("this trustee has refused too many requests of this device in this hour; ask again in the next")]
    RefusedTooOften,
}

impl NotNow {
    /// A stable name for message catalogues and answers.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NotARequest(refusal) => refusal.code(),
            Self::NotSealedHere => "not-sealed-here",
            Self::ReaderUnknown => "reader-unknown",
            Self::Restoring => "restoring",
            Self::SplitView => "split-view",
            Self::MirrorBehind => "mirror-behind",
            Self::MirrorOld => "mirror-old",
            Self::ClocksDiffer => "clocks-differ",
            Self::EntryNotHere => "entry-not-here",
            Self::Seen => "request-seen",
            Self::NotTheReaders => "reader-other",
            Self::RefusedTooOften => "refused-too-often",
        }
    }
}

/// What a request is refused for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The reader's device is revoked, suspended, frozen, expired or pending.
    ReaderNotActive,
    /// It names another log than the present hub's journal log.
    OtherOrigin,
    /// No receipt came, or bytes that are none.
    NoReceipt,
    /// The receipt's checkpoint is not signed by the log and a quorum of witnesses.
    NoQuorum,
    /// The receipt is of another leaf.
    OtherLeaf,
    /// The leaf stands elsewhere, or not at all, in the log as this trustee has it.
    LeafElsewhere,
    /// It was made later than now.
    NotYetMade,
    /// Its time is over.
    Expired,
    /// It names another trustee set than the newest in force, or one without this trustee.
    OtherTrustees,
    /// No policy is in force.
    NoPolicy,
    /// It names another policy than the newest.
    OtherPolicy,
    /// This program does not read the policy's engine or table.
    PolicyUnreadable,
    /// An advance opening is for longer than thirty days, or for no time at all.
    AheadTooLong,
    /// This trustee refused the entry, or holds no pad of the part.
    PartNotHeld,
    /// A part was erased.
    PartErased,
    /// A part is withdrawn.
    PartWithdrawn,
    /// The reader's device is not in the compartment's present roster.
    NotAMember,
    /// An approval is not the approver's, or not of this request.
    ApprovalBad,
    /// An approver's device is not active.
    ApproverNotActive,
    /// The reader's own person approved.
    OwnApproval,
    /// A compartment of a part allows no emergency openings.
    NoEmergency,
    /// The person has opened as many parts today as the charter allows.
    OverQuota,
    /// The policy does not permit it.
    PolicyRefuses,
    /// A second person's approval is missing.
    SecondPersonMissing,
    /// A second person of another section is missing.
    OtherSectionMissing,
    /// Notices can be delayed for fourteen days, and not in an emergency.
    DelayTooLong,
    /// Two persons of sections that have no part in it have not approved the delay.
    DelayNotApproved,
    /// Nothing can be sealed to the request's fresh key.
    FreshKeyBad,
}

counterseal_model::enumeration!(Against, "a refusal of 1 to 28", {
    1 => ReaderNotActive, "reader-not-active"; 2 => OtherOrigin, "origin-other"; 3 => NoReceipt, "receipt-missing";
    4 => NoQuorum, "receipt-no-quorum"; 5 => OtherLeaf, "leaf-other"; 6 => LeafElsewhere, "leaf-elsewhere";
    7 => NotYetMade, "request-not-yet-made"; 8 => Expired, "request-expired"; 9 => OtherTrustees, "trustees-other";
    10 => NoPolicy, "policy-none"; 11 => OtherPolicy, "policy-other"; 12 => PolicyUnreadable, "policy-unreadable";
    13 => AheadTooLong, "ahead-too-long"; 14 => PartNotHeld, "part-not-held"; 15 => PartErased, "part-erased";
    16 => PartWithdrawn, "part-withdrawn"; 17 => NotAMember, "reader-not-a-member"; 18 => ApprovalBad, "approval-bad";
    19 => ApproverNotActive, "approver-not-active"; 20 => OwnApproval, "approval-own"; 21 => NoEmergency, "emergency-not-allowed";
    22 => OverQuota, "quota-over"; 23 => PolicyRefuses, "policy-refuses"; 24 => SecondPersonMissing, "second-person-missing";
    25 => OtherSectionMissing, "other-section-missing"; 26 => DelayTooLong, "delay-too-long"; 27 => DelayNotApproved, "delay-not-approved";
    28 => FreshKeyBad, "fresh-key-bad";
});

/// A refusal with what whoever asked can do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What stands against it.
    pub against: Against,
    /// The policy's row, by its number, where one decided.
    pub rule: Option<u64>,
    /// What is missing, lapsed or only claimed, in the policy's words.
    pub missing: Vec<Code>,
    /// Since when, where it is known.
    pub since: Option<Timestamp>,
    /// Whom to ask.
    pub ask: Option<Office>,
    /// The parts concerned; all when empty.
    pub parts: Vec<PartRef>,
}

impl Refused {
    /// A refusal of the whole request.
    pub(crate) fn of(against: Against) -> Self {
        let (missing, parts) = (Vec::new(), Vec::new());
        Self { against, rule: None, missing, since: None, ask: None, parts }
    }

    /// A refusal for some of its parts.
    pub(super) fn for_parts(against: Against, parts: Vec<PartRef>) -> Self {
        Self { parts, ..Self::of(against) }
    }

    pub(super) fn ask(self, office: Office) -> Self {
        Self { ask: Some(office), ..self }
    }
}

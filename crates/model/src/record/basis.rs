//! On what basis data about a person is held or used, and under which agreement a sensor's.

use crate::body;
use crate::code::Code;
use crate::ids::{PersonId, RecordId};
use crate::moment::Timestamp;
use crate::record::PartAt;

/// What allows the mission to hold or use data about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BasisKind {
    /// The person, or a guardian, agreed.
    Consent,
    /// The best interests of a child, with the guardian; nothing else.
    BestInterests,
    /// The mission's mandate.
    Mandate,
    /// Another legal basis, as an order or a treaty.
    Legal,
}

crate::enumeration!(BasisKind, "a basis of 1 to 4", {
    1 => Consent, "consent"; 2 => BestInterests, "best-interests"; 3 => Mandate, "mandate"; 4 => Legal, "legal";
});

body! {
    /// One use: what for, and who gets it.
    pub struct Use {
        /// The purpose, a code of the policy.
        1 purpose: Code,
        /// The recipient, a code of the policy.
        2 recipient: Code,
    }
}

impl Use {
    /// This purpose, for this recipient.
    #[must_use]
    pub fn new(purpose: Code, recipient: Code) -> Self {
        Self { purpose, recipient, extra: crate::cbor::Extra::default() }
    }
}

body! {
    /// The basis on which a part about a person is held and used. No free text: it is read by trustees' officers.
    pub struct Basis {
        /// Which kind.
        1 kind: BasisKind,
        /// Who chose it.
        2 chosen_by: PersonId,
        /// Why, a code of the mission's list of reasons.
        3 reason: Code,
        /// Since when it holds.
        4 since: Timestamp,
        /// Until when; open when left out.
        5 until: Option<Timestamp>,
        /// For which uses. Of consent the consent's own decisions count as well.
        6 uses: Vec<Use>,
        /// The record of the consent, where the kind is consent.
        7 consent: Option<RecordId>,
        /// Whether the data is about a child.
        8 minor: bool,
        /// The record of the guardian, who is a person at risk too; needed for best interests.
        9 guardian: Option<RecordId>,
        /// The parts that are held on it.
        10 parts: Vec<PartAt>,
    }
}

body! {
    /// Under what terms the mission uses what somebody else's sensor saw, or an item of somebody else's.
    pub struct Agreement {
        /// Whose sensor or item: the record of its owner.
        1 owner: RecordId,
        /// For which uses.
        2 terms: Vec<Use>,
        /// Since when it is in force.
        3 since: Timestamp,
        /// Until when; open when left out.
        4 until: Option<Timestamp>,
        /// The record of the sensor or the item.
        5 item: Option<RecordId>,
        /// The parts that it covers.
        6 parts: Vec<PartAt>,
    }
}

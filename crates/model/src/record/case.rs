//! Cases: what happened to somebody, who follows it up, and what belongs to it. No name stands in one: people are other
//! guarded parts, or pseudonyms.

use crate::body;
use crate::code::Code;
use crate::ids::{CaseId, CompartmentId, EntryId, PersonId, RecordId};
use crate::label::Term;
use crate::moment::Timestamp;

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseStatus {
    /// It is worked on.
    Open,
    /// What was reported is being checked.
    UnderVerification,
    /// What was reported was found to be so.
    Verified,
    /// Others look after it now.
    Referred,
    /// Nothing is left to do.
    Closed,
}

crate::enumeration!(CaseStatus, "a case's status of 1 to 5", {
    1 => Open, "open"; 2 => UnderVerification, "under-verification"; 3 => Verified, "verified"; 4 => Referred, "referred"; 5 => Closed, "closed";
});

/// What somebody is in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CaseRole {
    /// Harmed.
    Victim,
    /// Saw it, or knows of it.
    Witness,
    /// Said to have done it.
    AllegedPerpetrator,
    /// A guardian, a relative, an intermediary: at risk too.
    Other,
}

crate::enumeration!(CaseRole, "a role in a case of 1 to 4", {
    1 => Victim, "victim"; 2 => Witness, "witness"; 3 => AllegedPerpetrator, "alleged-perpetrator"; 4 => Other, "other";
});

body! {
    /// A part, named from another: its compartment, its entry and its place there.
    pub struct PartAt {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The entry.
        2 entry: EntryId,
        /// Its place in the entry, from 0.
        3 index: u64,
    }
}

impl PartAt {
    /// The part at this place.
    #[must_use]
    pub fn new(compartment: CompartmentId, entry: EntryId, index: u32) -> Self {
        Self { compartment, entry, index: index.into(), extra: crate::cbor::Extra::default() }
    }
}

body! {
    /// Somebody whom a case is about: by a guarded part that says who it is, or by a pseudonym.
    pub struct Concerned {
        /// What they are in it.
        1 role: CaseRole,
        /// The guarded part that says who it is.
        2 part: Option<PartAt>,
        /// A pseudonym; never a name.
        3 pseudonym: Option<Code>,
    }
}

body! {
    /// Something that is to be done, and by when.
    pub struct FollowUp {
        /// What, a code of the mission's list.
        1 what: Code,
        /// By when.
        2 due: Timestamp,
        /// When it was done, if it was.
        3 done: Option<Timestamp>,
        /// Who does it.
        4 by: Option<PersonId>,
    }
}

body! {
    /// A case. In a guarded compartment each part adds to those before: lists are read together, and the newest status
    /// counts, so that nobody has to open a case to add to it.
    pub struct Case {
        /// The case's pseudonym: sixteen random bytes, which requests to open name.
        1 case: CaseId,
        /// What its officers call it: a code, no name.
        2 reference: Option<Code>,
        /// What was done to whom, from the violation taxonomy.
        3 violations: Vec<Term>,
        /// Whom it is about. In guarded compartments alone.
        4 concerned: Vec<Concerned>,
        /// How far it is.
        5 status: Option<CaseStatus>,
        /// What is to be done.
        6 follow_up: Vec<FollowUp>,
        /// The incidents it concerns.
        7 incidents: Vec<RecordId>,
        /// The guarded parts that belong to it.
        8 parts: Vec<PartAt>,
    }
}

impl Case {
    /// A case of which nothing is known yet.
    #[must_use]
    pub fn new(case: CaseId) -> Self {
        Self {
            case,
            reference: None,
            violations: Vec::new(),
            concerned: Vec::new(),
            status: None,
            follow_up: Vec::new(),
            incidents: Vec::new(),
            parts: Vec::new(),
            extra: crate::cbor::Extra::default(),
        }
    }

    /// What is to be done and is not, with what is due first at the front.
    #[must_use]
    pub fn due(&self) -> Vec<&FollowUp> {
        let mut due: Vec<_> = self.follow_up.iter().filter(|one| one.done.is_none()).collect();
        due.sort_by_key(|one| one.due);
        due
    }
}

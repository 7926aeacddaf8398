//! What is asked, and what is known of who asks and of the parts.

use std::collections::BTreeMap;

use counterseal_model::record::{BasisKind, Use};
use counterseal_model::{Code, CompartmentId, EntryId, PersonId, SectionId, Timestamp};

use crate::standing::{Held, Office};

/// What somebody wants to do with a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Open it.
    Open,
    /// Make a part of another compartment from it.
    Share,
    /// Take it out of the mission.
    Export,
}

counterseal_model::enumeration!(Action, "an action of 0 to 2", { 0 => Open, "open"; 1 => Share, "share"; 2 => Export, "export"; });

/// A part, by its entry and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartRef {
    /// The entry.
    pub entry: EntryId,
    /// Its place in the entry, from 0.
    pub index: u32,
}

/// One part that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// The part.
    pub part: PartRef,
    /// Its compartment, as the entry's header has it.
    pub compartment: CompartmentId,
}

/// What is asked. Who asks stands in the facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What for.
    pub action: Action,
    /// The purpose, a code of the table.
    pub purpose: Code,
    /// Whether a case is named.
    pub case: bool,
    /// Whether it is an emergency, *and the charter allows emergency openings*: the caller checks that.
    pub emergency: bool,
    /// Whether some of the parts may be given where others are refused. Otherwise one refusal refuses all.
    pub in_parts: bool,
    /// The parts, each once.
    pub parts: Vec<Asked>,
}

/// What is known of the person and the device that ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// The person.
    pub person: PersonId,
    /// The section, as the register has it.
    pub section: Option<Held<SectionId>>,
    /// Roles.
    pub roles: Vec<Held<Code>>,
    /// Offices.
    pub offices: Vec<Held<Office>>,
    /// The contingent.
    pub contingent: Option<Held<Code>>,
    /// Trainings for which it is said that they are valid.
    pub training: Vec<Held<()>>,
    /// What is said about the device: that it is attested.
    pub device: Vec<Held<()>>,
}

impl Reader {
    /// Somebody of whom nothing is known.
    #[must_use]
    pub fn unknown(person: PersonId) -> Self {
        let (roles, offices, training, device) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { person, section: None, roles, offices, contingent: None, training, device }
    }
}

/// An approval whose signature and binding to this request the caller has checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who approves.
    pub person: PersonId,
    /// That person's section, as the register has it.
    pub section: Option<Held<SectionId>>,
}

/// That data about a person may be used, on a basis of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasisFor {
    /// The kind.
    pub kind: BasisKind,
    /// For which use.
    pub what: Use,
}

/// Somebody's no. It counts on sight, by whomever it was brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// For one purpose only; for all when `None`.
    pub purpose: Option<Code>,
    /// For one recipient only; for all when `None`.
    pub recipient: Option<Code>,
    /// Since when.
    pub since: Timestamp,
    /// Whether a consent was withdrawn; otherwise it was refused.
    pub withdrawn: bool,
}

/// What is known of a part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartFacts {
    /// On what basis it may be used for what.
    pub bases: Vec<Held<BasisFor>>,
    /// What the person it is about said no to.
    pub objections: Vec<Objection>,
    /// Uses that the terms of the sensor's owner allow.
    pub agreements: Vec<Held<Use>>,
}

/// Everything that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Of who asks.
    pub reader: Reader,
    /// Approvals of this request.
    pub approvals: Vec<Approval>,
    /// Of the parts. A part that is not here is one of which nothing is known.
    pub parts: BTreeMap<PartRef, PartFacts>,
}

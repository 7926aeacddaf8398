//! From letters to facts: what was said to this trustee by whoever may say it, and what has ended since.
//!
//! What permits counts with a leaf in the journal log, and as long as nothing that ends it was made later. What ends
//! counts on sight. A letter that was held back and is delivered late changes nothing: its maker's time is in it.

use std::sync::Arc;

use counterseal_model::record::Use;
use counterseal_policy::{Held as Proved, Office as Sayer, PartFacts, Reader, Said, SaidOf, lay_together};
use counterseal_register::{
    Code, DeviceStatus, Fact, FactAbout, FactKind, Moment, Office, PartRef, Register,
};

use super::parts::is_member;
use crate::decide::Held;

/// A fact as it is kept: its signature and its maker's right to say it were checked when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The fact.
    pub fact: Arc<Fact>,
    /// As what its maker said it.
    pub said_by: Sayer,
    /// The index of its leaf in the journal log, where it stands there.
    pub leaf: Option<u64>,
}

/// As what a device may say a fact at a moment; none when it may not.
#[must_use]
pub fn said_by(register: &Register, fact: &Fact, at: Moment) -> Option<Sayer> {
    let device = register.device(fact.by, at).filter(|device| device.status == DeviceStatus::Active)?;
    let holds = |office| register.is_officer(device.person, office, None, at);
    let as_officer = |office, sayer| holds(office).then_some(sayer);
    match (fact.kind, &fact.about) {
        (FactKind::Training, FactAbout::Person(_)) => as_officer(Office::Training, Sayer::Training),
        (FactKind::Attested, FactAbout::Device(_)) => as_officer(Office::Attestation, Sayer::Attestation),
        (FactKind::Contingent | FactKind::Role, FactAbout::Person(_)) => {
            register.is_registrar(device.person, at).then_some(Sayer::Registrar)
        }
        (FactKind::Agreement, FactAbout::Parts(..)) => {
            as_officer(Office::DataProtection, Sayer::DataProtection)
        }
        (FactKind::Basis | FactKind::Consent, FactAbout::Parts(compartment, _)) => {
            let member = is_member(register, *compartment, fact.by, at).then_some(Sayer::Member);
            as_officer(Office::DataProtection, Sayer::DataProtection).or(member)
        }
        _ => None,
    }
}

/// What is known of a reader from letters; section and offices are the register's to say.
pub(super) fn reader_facts(reader: &mut Reader, letters: &[Letter]) {
    for letter in letters.iter().filter(|letter| counts(letter, letters)) {
        let fact = &letter.fact;
        let held = || Proved::proved((), letter.said_by, fact.since, fact.until);
        match (fact.kind, &fact.value) {
            (FactKind::Training, _) => reader.training.push(held()),
            (FactKind::Attested, _) => reader.device.push(held()),
            (FactKind::Role, Some(value)) => reader.roles.push(valued(value, letter)),
            (FactKind::Contingent, Some(value)) => reader.contingent = Some(valued(value, letter)),
            _ => {}
        }
    }
}

fn valued(value: &Code, letter: &Letter) -> Proved<Code> {
    Proved::proved(value.clone(), letter.said_by, letter.fact.since, letter.fact.until)
}

/// What is known of a part for one use. What permits counts with a leaf alone.
pub(super) fn part_facts(held: &Held, what: &Use) -> PartFacts {
    let counts = |letter: &&Letter| {
        letter.fact.is_of(held.compartment, held.part) && (letter.fact.ends || letter.leaf.is_some())
    };
    let said: Vec<Said> =
        held.letters.iter().filter(counts).filter_map(|letter| said_of(letter, held.part)).collect();
    lay_together(&said, what)
}

fn said_of(letter: &Letter, part: PartRef) -> Option<Said> {
    let fact = &letter.fact;
    let kind = match fact.kind {
        FactKind::Basis => SaidOf::Basis,
        FactKind::Consent => SaidOf::Consent,
        FactKind::Agreement => SaidOf::Agreement,
        _ => return None,
    };
    Some(Said {
        kind,
        value: fact.value.clone(),
        whose: fact.whose(part),
        purposes: fact.purposes.clone(),
        recipients: fact.recipients.clone(),
        since: fact.since,
        until: fact.until,
        ends: fact.ends,
        made: fact.made,
        leaf: letter.leaf,
        by: letter.said_by,
    })
}

/// Whether a letter about a reader permits anything still.
fn counts(letter: &Letter, all: &[Letter]) -> bool {
    let ended = |end: &Letter| {
        let (end, fact) = (&end.fact, &letter.fact);
        let same = end.kind == fact.kind && end.about == fact.about;
        end.ends && same && (end.value.is_none() || end.value == fact.value) && end.made >= fact.made
    };
    !letter.fact.ends && letter.leaf.is_some() && !all.iter().any(ended)
}

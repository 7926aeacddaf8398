//! From letters to facts: what was said to this trustee by whoever may say it, and what has ended since.
//!
//! What permits counts with a leaf in the journal log, and as long as nothing that ends it was made later. What ends
//! counts on sight. A letter that was held back and is delivered late changes nothing: its maker's time is in it.

use std::sync::Arc;

use counterseal_model::record::{BasisKind, Use};
use counterseal_policy::{BasisFor, Held as Proved, Objection, Office as Sayer, PartFacts, Reader};
use counterseal_register::{
    Code, DeviceStatus, Fact, FactAbout, FactKind, Moment, Office, PartRef, Register,
};

use super::parts::is_member;
use crate::decide::Held;

/// The recipient that a fact means which names none: the compartment's own members.
const OWN_MEMBERS: &str = "mission";

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
    for letter in letters.iter().filter(|letter| counts(letter, letters, None)) {
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

/// What is known of a part for one use.
pub(super) fn part_facts(held: &Held, what: &Use) -> PartFacts {
    let about = |letter: &&Letter| is_about(&letter.fact, held);
    let letters: Vec<Letter> = held.letters.iter().filter(about).cloned().collect();
    let mut facts = PartFacts::default();
    for letter in letters.iter().filter(|letter| covers(&letter.fact, what)) {
        let fact = &letter.fact;
        if fact.ends && fact.kind == FactKind::Consent && !is_lifted(letter, &letters, what) {
            let (purpose, recipient) = (None, None);
            facts.objections.push(Objection { purpose, recipient, since: fact.since, withdrawn: true });
        }
        if !counts(letter, &letters, Some(what)) {
            continue;
        }
        let kind = match fact.kind {
            FactKind::Consent => Some(BasisKind::Consent),
            // Whoever says 'consent' has to bring the consent.
            FactKind::Basis => {
                let named = fact.value.as_ref().and_then(|value| BasisKind::from_word(value.as_str()));
                named.filter(|kind| *kind != BasisKind::Consent)
            }
            _ => None,
        };
        let proved = |value| Proved::proved(value, letter.said_by, fact.since, fact.until);
        facts.bases.extend(kind.map(|kind| proved(BasisFor { kind, what: what.clone() })));
        if fact.kind == FactKind::Agreement {
            facts.agreements.push(Proved::proved(what.clone(), letter.said_by, fact.since, fact.until));
        }
    }
    facts
}

/// A member of one compartment says nothing about another one's parts.
fn is_about(fact: &Fact, held: &Held) -> bool {
    let part = PartRef { entry: held.part.entry, index: held.part.index };
    match &fact.about {
        FactAbout::Parts(compartment, parts) => {
            *compartment == held.compartment && parts.binary_search(&part).is_ok()
        }
        _ => false,
    }
}

/// Whether a letter permits anything still.
fn counts(letter: &Letter, all: &[Letter], what: Option<&Use>) -> bool {
    let ended = |end: &&Letter| {
        let (end, fact) = (&end.fact, &letter.fact);
        let same = end.kind == fact.kind
            && is_about_same(end, fact)
            && (end.value.is_none() || end.value == fact.value);
        end.ends && same && what.is_none_or(|what| covers(end, what)) && end.made >= fact.made
    };
    !letter.fact.ends && letter.leaf.is_some() && !all.iter().any(|end| ended(&end))
}

/// A withdrawal is lifted by a consent that was given later, and stands in the log.
fn is_lifted(end: &Letter, all: &[Letter], what: &Use) -> bool {
    let after = |given: &Letter| end.leaf.is_none_or(|ended| given.leaf.is_some_and(|leaf| leaf > ended));
    all.iter().any(|given| {
        let is_consent = given.fact.kind == FactKind::Consent && !given.fact.ends && given.leaf.is_some();
        is_consent && covers(&given.fact, what) && given.fact.made > end.fact.made && after(given)
    })
}

/// What ends covers everything where it names nothing; what permits covers what it names.
fn covers(fact: &Fact, what: &Use) -> bool {
    let named = |codes: &[Code], code: &str| codes.iter().any(|one| one.as_str() == code);
    let purpose = named(&fact.purposes, what.purpose.as_str()) || (fact.ends && fact.purposes.is_empty());
    let own = fact.ends || what.recipient.as_str() == OWN_MEMBERS;
    let recipient = named(&fact.recipients, what.recipient.as_str()) || (fact.recipients.is_empty() && own);
    purpose && recipient
}

/// Whether two facts are about one thing. Lists of parts were matched before.
fn is_about_same(one: &Fact, other: &Fact) -> bool {
    let parts = |fact: &Fact| matches!(fact.about, FactAbout::Parts(..));
    (parts(one) && parts(other)) || one.about == other.about
}

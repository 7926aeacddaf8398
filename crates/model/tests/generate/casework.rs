//! Cases, and what allows data to be used.

use counterseal_model::cbor::Extra;
use counterseal_model::record::{
    Agreement, Basis, BasisKind, Case, CaseRole, CaseStatus, Concerned, Consent, ConsentDecision,
    ConsentEvent, ConsentEventKind, ConsentNote, Digest, FollowUp, GivenBy, PartAt, Use, Withheld,
};
use counterseal_model::{CaseId, Code, CompartmentId, EntryId, LanguageTag};

use super::{Dice, person, record};

fn code(d: &mut Dice<'_>) -> Code {
    Code::parse(&format!("c{}", d.number())).unwrap()
}

fn language(d: &mut Dice<'_>) -> LanguageTag {
    d.one(&["fr", "sg", "ar-TD"]).parse().unwrap()
}

fn what(d: &mut Dice<'_>) -> Use {
    Use::new(code(d), code(d))
}

fn part(d: &mut Dice<'_>) -> PartAt {
    let index = d.number();
    let (compartment, entry) =
        (CompartmentId::from_bytes([d.byte(); 16]), EntryId::from_bytes([d.byte(); 32]));
    PartAt { index, ..PartAt::new(compartment, entry, 0) }
}

fn decision(d: &mut Dice<'_>) -> ConsentDecision {
    let (what, allowed) = (what(d), d.byte() % 2 == 1);
    ConsentDecision { what, allowed, until: d.maybe(Dice::time), extra: Extra::default() }
}

fn event(d: &mut Dice<'_>) -> ConsentEvent {
    ConsentEvent {
        kind: d.one(ConsentEventKind::ALL),
        at: d.time(),
        purpose: d.maybe(code),
        recipient: d.maybe(code),
        by: d.maybe(person),
        extra: Extra::default(),
    }
}

pub(super) fn case(d: &mut Dice<'_>) -> Case {
    Case {
        reference: d.maybe(code),
        violations: d.some(Dice::term),
        concerned: d.some(|d| Concerned {
            role: d.one(CaseRole::ALL),
            part: d.maybe(part),
            pseudonym: d.maybe(code),
            extra: Extra::default(),
        }),
        status: d.maybe(|d| d.one(CaseStatus::ALL)),
        follow_up: d.some(|d| FollowUp {
            what: code(d),
            due: d.time(),
            done: d.maybe(Dice::time),
            by: d.maybe(person),
            extra: Extra::default(),
        }),
        incidents: d.some(record),
        parts: d.some(part),
        ..Case::new(CaseId::from_bytes([d.byte(); 16]))
    }
}

pub(super) fn basis(d: &mut Dice<'_>) -> Basis {
    Basis {
        kind: d.one(BasisKind::ALL),
        chosen_by: person(d),
        reason: code(d),
        since: d.time(),
        until: d.maybe(Dice::time),
        uses: d.some(what),
        consent: d.maybe(record),
        minor: d.byte() % 2 == 1,
        guardian: d.maybe(record),
        parts: d.some(part),
        extra: Extra::default(),
    }
}

pub(super) fn consent(d: &mut Dice<'_>) -> Consent {
    Consent {
        subject: record(d),
        minor: d.byte() % 2 == 1,
        given_by: d.one(GivenBy::ALL),
        guardian: d.maybe(record),
        language: language(d),
        interpreter: d.maybe(record),
        risks_explained: d.byte() % 2 == 1,
        refusal_without_loss: d.byte() % 2 == 1,
        decisions: d.some(decision),
        withheld_from: d.some(|d| Withheld { recipient: code(d), reason: code(d), extra: Extra::default() }),
        events: d.some(event),
        receipt: d.maybe(|d| Digest([d.byte(); 32])),
        parts: d.some(part),
        extra: Extra::default(),
    }
}

pub(super) fn agreement(d: &mut Dice<'_>) -> Agreement {
    Agreement {
        owner: record(d),
        terms: d.some(what),
        since: d.time(),
        until: d.maybe(Dice::time),
        item: d.maybe(record),
        parts: d.some(part),
        extra: Extra::default(),
    }
}

pub(super) fn happened(d: &mut Dice<'_>) -> ConsentNote {
    ConsentNote {
        consent: d.maybe(record),
        parts: d.some(part),
        events: d.some(event),
        decisions: d.some(decision),
        extra: Extra::default(),
    }
}

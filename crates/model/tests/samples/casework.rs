//! Cases, and what allows data to be used.

use counterseal_model::cbor::Extra;
use counterseal_model::record::{
    Agreement, Basis, BasisKind, Body, Case, CaseRole, CaseStatus, Concerned, Consent, ConsentDecision,
    ConsentEvent, ConsentEventKind, ConsentNote, Digest, FollowUp, GivenBy, PartAt, Use, Withheld,
};
use counterseal_model::{CaseId, Code, CompartmentId, EntryId, PersonId, Timestamp};

use super::{record, term};

const GIVEN: Timestamp = Timestamp(1_394_400_000);
const UNTIL: Timestamp = Timestamp(1_425_936_000);

pub(crate) fn all() -> Vec<(&'static str, Body)> {
    vec![
        ("case-full", Body::Case(Box::new(case()))),
        ("basis-full", Body::Basis(Box::new(basis()))),
        ("consent-full", Body::Consent(Box::new(consent()))),
        ("agreement-full", Body::Agreement(Box::new(agreement()))),
        ("consent-event-full", Body::ConsentEvent(Box::new(happened()))),
    ]
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn what() -> Use {
    Use::new(code("court-referral"), code("court"))
}

fn part(index: u32) -> PartAt {
    PartAt::new(CompartmentId::from_bytes([0x81; 16]), EntryId::from_bytes([0x82; 32]), index)
}

fn person() -> PersonId {
    PersonId::from_bytes([0x34; 16])
}

fn case() -> Case {
    let concerned = |role, part, pseudonym: Option<&str>| Concerned {
        role,
        part,
        pseudonym: pseudonym.map(code),
        extra: Extra::default(),
    };
    let follow_up = FollowUp {
        what: code("medical-visit"),
        due: UNTIL,
        done: Some(GIVEN),
        by: Some(person()),
        extra: Extra::default(),
    };
    Case {
        reference: Some(code("bria-017")),
        violations: vec![term("rape"), term("abduction-of-children")],
        concerned: vec![
            concerned(CaseRole::Victim, Some(part(0)), None),
            concerned(CaseRole::AllegedPerpetrator, None, Some("grey-heron")),
        ],
        status: Some(CaseStatus::UnderVerification),
        follow_up: vec![follow_up],
        incidents: vec![record(0x11)],
        parts: vec![part(0), part(70_000)],
        ..Case::new(CaseId::from_bytes([0x83; 16]))
    }
}

fn basis() -> Basis {
    Basis {
        kind: BasisKind::BestInterests,
        chosen_by: person(),
        reason: code("medical-need"),
        since: GIVEN,
        until: Some(UNTIL),
        uses: vec![what()],
        consent: Some(record(0x91)),
        minor: true,
        guardian: Some(record(0x92)),
        parts: vec![part(0)],
        extra: Extra::default(),
    }
}

fn decision() -> ConsentDecision {
    ConsentDecision { what: what(), allowed: true, until: Some(UNTIL), extra: Extra::default() }
}

fn event(kind: ConsentEventKind) -> ConsentEvent {
    let (purpose, recipient) = (Some(code("court-referral")), Some(code("court")));
    ConsentEvent { kind, at: GIVEN, purpose, recipient, by: Some(person()), extra: Extra::default() }
}

fn consent() -> Consent {
    Consent {
        subject: record(0x93),
        minor: true,
        given_by: GivenBy::Guardian,
        guardian: Some(record(0x92)),
        language: "ar-TD".parse().unwrap(),
        interpreter: Some(record(0x94)),
        risks_explained: true,
        refusal_without_loss: true,
        decisions: vec![decision()],
        withheld_from: vec![Withheld {
            recipient: code("sanctions-panel"),
            reason: code("fear"),
            extra: Extra::default(),
        }],
        events: vec![event(ConsentEventKind::Given)],
        receipt: Some(Digest([0xcd; 32])),
        parts: vec![part(0)],
        extra: Extra::default(),
    }
}

fn agreement() -> Agreement {
    Agreement {
        owner: record(0x95),
        terms: vec![what()],
        since: GIVEN,
        until: Some(UNTIL),
        item: Some(record(0x96)),
        parts: vec![part(1)],
        extra: Extra::default(),
    }
}

fn happened() -> ConsentNote {
    ConsentNote {
        consent: Some(record(0x91)),
        parts: vec![part(0)],
        events: vec![event(ConsentEventKind::Withdrawn)],
        decisions: vec![decision()],
        extra: Extra::default(),
    }
}

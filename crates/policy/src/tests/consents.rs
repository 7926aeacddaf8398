//! What consents and bases allow.

use counterseal_model::cbor::{Extra, from_bytes_strict, to_bytes};
use counterseal_model::record::{
    Agreement, Basis, BasisKind, Consent, ConsentDecision, ConsentEvent, ConsentEventKind, GivenBy, Use,
    Withheld,
};
use counterseal_model::{Code, PersonId, RecordId, Timestamp};
use proptest::prelude::*;

use super::dice::code;
use crate::*;

fn what() -> Use {
    Use::new(code("court-referral"), code("court"))
}

fn event(kind: ConsentEventKind, at: i64) -> ConsentEvent {
    ConsentEvent {
        kind,
        at: Timestamp(at),
        purpose: None,
        recipient: None,
        by: None,
        extra: Extra::default(),
    }
}

fn consent() -> Consent {
    Consent {
        subject: RecordId::from_bytes([1; 16]),
        minor: false,
        given_by: GivenBy::Subject,
        guardian: None,
        language: "sg".parse().unwrap(),
        interpreter: Some(RecordId::from_bytes([2; 16])),
        risks_explained: true,
        refusal_without_loss: true,
        decisions: vec![ConsentDecision {
            what: what(),
            allowed: true,
            until: Some(Timestamp(1000)),
            extra: Extra::default(),
        }],
        withheld_from: vec![],
        events: vec![event(ConsentEventKind::Given, 10)],
        receipt: None,
        parts: Vec::new(),
        extra: Extra::default(),
    }
}

fn says(consent: &Consent, at: i64) -> ConsentState {
    evaluate(consent, &what().purpose, &what().recipient, Timestamp(at))
}

fn given(since: i64, until: i64) -> ConsentState {
    ConsentState::Given { since: Timestamp(since), until: Some(Timestamp(until)) }
}

#[test]
fn a_consent_holds_for_what_was_asked_and_for_its_time() {
    let consent = consent();
    assert_eq!(says(&consent, 9), ConsentState::NotYet { from: Timestamp(10) });
    assert_eq!(says(&consent, 10), given(10, 1000));
    assert_eq!(says(&consent, 999), given(10, 1000));
    assert_eq!(says(&consent, 1000), ConsentState::Expired { since: Timestamp(1000) });
    let elsewhere = evaluate(&consent, &what().purpose, &code("sanctions-panel"), Timestamp(20));
    assert_eq!(elsewhere, ConsentState::NotAsked);
}

#[test]
fn a_withdrawal_wins_at_once_and_only_a_new_consent_lifts_it() {
    use ConsentEventKind::{Expired, Given, HandedOver, Reconfirmed, Refused, SealedOff, Withdrawn};
    let after = |events: &[(ConsentEventKind, i64)]| {
        let mut consent = consent();
        consent.events.extend(events.iter().map(|(kind, at)| event(*kind, *at)));
        says(&consent, 100)
    };
    let withdrawn = |at| ConsentState::Withdrawn { since: Timestamp(at) };
    assert_eq!(after(&[(Withdrawn, 50)]), withdrawn(50));
    assert_eq!(
        after(&[(Withdrawn, 100), (Given, 100)]),
        withdrawn(100),
        "of one second, the one that takes away counts"
    );
    assert_eq!(after(&[(Withdrawn, 500)]), withdrawn(500), "a wrong clock does not delay it");
    assert_eq!(after(&[(Withdrawn, 50), (Reconfirmed, 60)]), withdrawn(50));
    assert_eq!(after(&[(Withdrawn, 50), (Given, 500)]), withdrawn(50), "what permits waits for its time");
    assert_eq!(after(&[(Withdrawn, 50), (Given, 60)]), given(60, 1000));
    assert_eq!(after(&[(Refused, 50)]), ConsentState::Refused { since: Timestamp(50) });
    assert_eq!(after(&[(SealedOff, 50)]), ConsentState::SealedOff { since: Timestamp(50) });
    assert_eq!(after(&[(SealedOff, 50), (HandedOver, 60)]), ConsentState::SealedOff { since: Timestamp(50) });
    assert_eq!(after(&[(Expired, 50)]), ConsentState::Expired { since: Timestamp(50) });
    assert_eq!(after(&[(SealedOff, 50), (Reconfirmed, 60)]), given(10, 1000));
}

#[test]
fn a_withdrawal_for_one_recipient_leaves_the_others() {
    let mut consent = consent();
    let mut withdrawal = event(ConsentEventKind::Withdrawn, 50);
    withdrawal.recipient = Some(code("sanctions-panel"));
    consent.events.push(withdrawal.clone());
    assert_eq!(says(&consent, 100), given(10, 1000));
    withdrawal.recipient = Some(code("court"));
    consent.events.push(withdrawal);
    assert_eq!(says(&consent, 100), ConsentState::Withdrawn { since: Timestamp(50) });
}

#[test]
fn a_consent_that_was_not_taken_properly_does_not_count() {
    let why = |change: fn(&mut Consent)| {
        let mut consent = consent();
        change(&mut consent);
        says(&consent, 100)
    };
    let invalid = |why| ConsentState::Invalid { why };
    assert_eq!(why(|c| c.risks_explained = false), invalid(Why::RisksNotExplained));
    assert_eq!(why(|c| c.refusal_without_loss = false), invalid(Why::RefusalNotFree));
    assert_eq!(why(|c| c.minor = true), invalid(Why::NoGuardian));
    assert_eq!(why(|c| c.given_by = GivenBy::Guardian), invalid(Why::NoGuardian));
    assert_eq!(why(|c| c.events.clear()), ConsentState::NotAsked);
    assert_eq!(why(|c| c.decisions[0].allowed = false), ConsentState::Refused { since: Timestamp(10) });
    assert_eq!(
        why(|c| {
            let mut second = c.decisions[0].clone();
            second.allowed = false;
            c.decisions.push(second);
        }),
        ConsentState::Refused { since: Timestamp(10) },
        "of two answers to one question the no counts"
    );
    let withheld = why(|c| {
        c.withheld_from.push(Withheld {
            recipient: code("court"),
            reason: code("reprisals"),
            extra: Extra::default(),
        });
    });
    assert_eq!(withheld, ConsentState::WithheldFrom { reason: code("reprisals") });
    let guarded = why(|c| {
        c.minor = true;
        c.given_by = GivenBy::Guardian;
        c.guardian = Some(RecordId::from_bytes([3; 16]));
    });
    assert_eq!(guarded, given(10, 1000));
}

fn basis(kind: BasisKind) -> Basis {
    Basis {
        kind,
        chosen_by: PersonId::from_bytes([4; 16]),
        reason: code("first-interview"),
        since: Timestamp(20),
        until: Some(Timestamp(500)),
        uses: vec![what()],
        consent: None,
        minor: false,
        guardian: None,
        parts: Vec::new(),
        extra: Extra::default(),
    }
}

#[test]
fn best_interests_are_for_children_with_a_guardian() {
    let at = Timestamp(100);
    let mut best = basis(BasisKind::BestInterests);
    assert_eq!(evaluate_basis(&best, None, &what(), at), ConsentState::Invalid { why: Why::NotAChild });
    best.minor = true;
    assert_eq!(evaluate_basis(&best, None, &what(), at), ConsentState::Invalid { why: Why::NoGuardian });
    best.guardian = Some(RecordId::from_bytes([3; 16]));
    assert_eq!(evaluate_basis(&best, None, &what(), at), given(20, 500));
    let mut no = consent();
    no.events.push(event(ConsentEventKind::Withdrawn, 50));
    assert_eq!(
        evaluate_basis(&best, Some(&no), &what(), at),
        ConsentState::Withdrawn { since: Timestamp(50) }
    );
}

#[test]
fn a_basis_has_its_uses_its_time_and_its_consent() {
    let at = Timestamp(100);
    let consented = basis(BasisKind::Consent);
    assert_eq!(evaluate_basis(&consented, None, &what(), at), ConsentState::Invalid { why: Why::NoConsent });
    assert_eq!(
        evaluate_basis(&consented, Some(&consent()), &what(), at),
        given(20, 500),
        "the shorter of both"
    );
    let mandate = basis(BasisKind::Mandate);
    assert_eq!(
        evaluate_basis(&mandate, None, &what(), Timestamp(19)),
        ConsentState::NotYet { from: Timestamp(20) }
    );
    assert_eq!(
        evaluate_basis(&mandate, None, &what(), Timestamp(500)),
        ConsentState::Expired { since: Timestamp(500) }
    );
    let other = Use::new(code("statistics"), code("public"));
    assert_eq!(evaluate_basis(&mandate, None, &other, at), ConsentState::NotAsked);
    assert_eq!(evaluate_basis(&Basis { uses: vec![], ..mandate }, None, &what(), at), ConsentState::NotAsked);
}

#[test]
fn what_trustees_are_told_names_nobody() {
    let mut no = consent();
    no.events.push(event(ConsentEventKind::Withdrawn, 50));
    let uses = [what(), Use::new(code("statistics"), code("public"))];
    let told = part_facts(&basis(BasisKind::Mandate), Some(&no), &uses, Office::Member, Timestamp(100));
    assert_eq!(told.bases.len(), 1);
    assert_eq!(told.objections.len(), 2, "withdrawn for everything");
    let told =
        part_facts(&basis(BasisKind::Consent), Some(&consent()), &uses, Office::Member, Timestamp(100));
    assert_eq!((told.bases.len(), told.objections.len()), (1, 0));
    assert_eq!(told.bases[0].value.what, what());
}

#[test]
fn an_agreement_is_in_force_for_its_terms_and_its_time() {
    let (owner, until) = (RecordId::from_bytes([5; 16]), Some(Timestamp(50)));
    let agreement = Agreement {
        owner,
        terms: vec![what()],
        since: Timestamp(10),
        until,
        item: None,
        parts: Vec::new(),
        extra: Extra::default(),
    };
    let at = |at| in_force(&agreement, &what(), Timestamp(at));
    assert_eq!([9, 10, 49, 50].map(at), [false, true, true, false]);
    assert!(!in_force(&agreement, &Use::new(code("statistics"), code("court")), Timestamp(20)));
}

#[test]
fn a_consent_goes_to_bytes_and_back_and_holds_no_free_text() {
    let consent = consent();
    let bytes = to_bytes(&consent);
    assert_eq!(from_bytes_strict::<Consent>(&bytes), Ok(consent));
    // A name in place of a code is refused.
    let mut named = bytes;
    let at = named.windows(5).position(|w| w == b"court").unwrap();
    named[at..at + 5].copy_from_slice(b"Amina");
    let error = from_bytes_strict::<Consent>(&named).unwrap_err().to_string();
    assert!(error.contains("1 to 32 of a to z"), "{error}");
}

proptest! {
    /// Whatever happened before and after: from the moment of a withdrawal, until a consent is given later, nothing is allowed.
    #[test]
    fn no_history_gets_around_a_withdrawal(history in proptest::collection::vec((1u64..8, 0i64..200), 0..12), at in 0i64..200) {
        let mut consent = consent();
        let kind = |n| ConsentEventKind::from_code(n).unwrap();
        consent.events.extend(history.iter().map(|(n, at)| event(kind(*n), *at)));
        let last = |kind| consent.events.iter().filter(|e| e.kind == kind).map(|e| e.at).max();
        let withdrawn = last(ConsentEventKind::Withdrawn);
        let given: Option<Timestamp> = consent.events.iter().filter(|e| e.kind == ConsentEventKind::Given && e.at.0 <= at).map(|e| e.at).max();
        if let ConsentState::Given { since, .. } = says(&consent, at) {
            prop_assert!(given.is_some_and(|given| withdrawn.is_none_or(|withdrawn| withdrawn < given)), "since {since:?}");
        }
    }
}

#[test]
fn codes_of_the_default_table_are_codes() {
    let table = Table::read("default.csv", Table::DEFAULT.as_bytes()).unwrap();
    let recipients: Vec<&Code> = table.purposes().values().map(|purpose| &purpose.recipient).collect();
    assert!(recipients.contains(&&code("court")));
}

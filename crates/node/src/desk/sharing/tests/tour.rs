//! The end of a tour: what was trusted to one person is listed, and passes by no default.

use counterseal_model::record::Source;
use tempfile::TempDir;

use super::*;
use crate::desk::guarded::tests::{member, opened};
use crate::{Home, TrustIn, TrustRefusal, TrustSettled};

fn source(handler: Option<counterseal_model::PersonId>) -> Body {
    Body::Source(Box::new(Source { pseudonym: "Seven".into(), handler, ..Source::default() }))
}

fn trust_refusal<T: std::fmt::Debug>(result: Result<T, NodeError>) -> TrustRefusal {
    match result.unwrap_err() {
        NodeError::Trust(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

impl Office {
    fn settled(&mut self, part: NamedPart) -> Option<TrustSettled> {
        let found = self.desk().trusts().unwrap().into_iter().find(|one| one.part == part);
        found.unwrap().settled
    }
}

#[test]
fn every_sealed_part_is_listed_until_it_is_sealed_off_or_handed_over() {
    let mut office = office(780);
    let home = TempDir::new().unwrap();
    let successor = member(&mut office.world, &Home::open(home.path()).unwrap(), 781);
    let to = successor.person();
    let guarded = office.world.compartment;
    let (first, second) = (office.write(guarded, source(None)), office.write(guarded, source(None)));
    office.desk().release_batches().unwrap();
    let plan = office.desk().plan_handover(to, &mut |_, _| {}).unwrap();
    assert_eq!(plan.trust.iter().map(|one| one.part).collect::<Vec<_>>().len(), 2, "and no cover");
    assert!(plan.trust.iter().all(|one| one.what == TrustIn::Sealed && one.settled.is_none()));
    // Handing over does nothing of it by itself.
    office.desk().hand_over(to, &mut |_, _| {}).unwrap();
    assert!(office.desk().trusts().unwrap().iter().all(|one| one.settled.is_none()));

    office.desk().seal_off(&[first]).unwrap();
    assert_eq!(office.settled(first), Some(TrustSettled::SealedOff));
    assert!(office.desk().part_view(first).withdrawn.is_some(), "trustees release it no more");
    assert_eq!(
        trust_refusal(office.desk().hand_over_source(second, to)),
        TrustRefusal::NotOpen { part: crate::desk::opening::part_text(second.part) }
    );
    let third = office.open_guarded(source(None));
    assert_eq!(office.desk().trusts().unwrap().iter().filter(|one| one.what == TrustIn::Source).count(), 1);
    let nobody = counterseal_model::PersonId::from_bytes([9; 16]);
    assert!(matches!(
        trust_refusal(office.desk().hand_over_source(third, nobody)),
        TrustRefusal::NotIn { .. }
    ));
    office.desk().hand_over_source(third, to).unwrap();
    assert_eq!(office.settled(third), Some(TrustSettled::HandedOver(to)));
    assert!(office.desk().opened_part(third.part).is_none());
    // What was written names the successor, replaces what was open, and is settled too.
    let header = office.world.headers().pop().unwrap();
    (0..2).for_each(|trustee| _ = office.world.acknowledge(trustee, &header));
    let plain = opened(&office.world, &header, 0, &[0, 1]).unwrap().plaintext;
    let part: counterseal_model::record::Part =
        counterseal_model::cbor::from_bytes(plain.as_bytes()).unwrap();
    let Body::Source(next) = &part.body else { panic!() };
    assert_eq!((next.handler, part.parents.len()), (Some(to), 1));
    let entry = office.desk().reader().verify(&header).unwrap().id();
    let next = NamedPart { compartment: guarded, part: PartRef { entry, index: 0 } };
    assert_eq!(office.settled(next), Some(TrustSettled::HandedOver(to)));
    let open = office.desk().trusts().unwrap().into_iter().filter(|one| one.settled.is_none());
    assert_eq!(open.map(|one| one.part).collect::<Vec<_>>(), [second]);
    // A source that somebody else handles is not this person's, once that is known.
    let theirs = office.open_guarded(source(Some(to)));
    assert!(office.desk().trusts().unwrap().iter().all(|one| one.part != theirs));
    // What is no source names nobody.
    let other = office.open_guarded(Body::Incident(Box::new(incident())));
    assert!(matches!(
        trust_refusal(office.desk().hand_over_source(other, to)),
        TrustRefusal::NoSource { .. }
    ));
}

#[test]
fn a_consent_that_somebody_asks_again_ends_with_its_date() {
    let mut office = office(785);
    let part = office.incident();
    let before = Timestamp(NOW + 30 * Timestamp::DAY);
    assert!(matches!(
        trust_refusal(office.desk().ask_consent_again(part, before)),
        TrustRefusal::NoConsent { .. }
    ));
    office.consent(part, false);
    let listed = office.desk().trusts().unwrap();
    assert_eq!((listed.len(), listed[0].what), (1, TrustIn::Consent));
    assert_eq!(trust_refusal(office.desk().ask_consent_again(part, Timestamp(NOW))), TrustRefusal::Past);
    office.world.pass(60);
    office.desk().ask_consent_again(part, before).unwrap();
    assert_eq!(office.settled(part), Some(TrustSettled::AskAgain(before)));
    office.world.pass(2);
    let terms = office.terms(part, "protection-referral");
    assert!(office.desk().plan_share(&terms).unwrap().refusal().is_none(), "until then it counts");
    office.world.pass(30 * Timestamp::DAY);
    let ShareRefusal::NotPermitted { reasons, .. } = refusal(office.desk().share(&terms)) else { panic!() };
    assert!(reasons[0].to_string().contains("lapsed"), "{reasons:?}");
    // Once it was given again, it can be marked again; what was ended is not raised.
    let facts = office.desk().facts_said().unwrap();
    assert_eq!(facts.iter().filter(|view| view.fact.ends).count(), 1);
}

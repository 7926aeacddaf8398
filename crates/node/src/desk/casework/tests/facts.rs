//! Facts reach every trustee in the end, what ends does so at once, and nobody says what is not theirs to say.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::PersonId;
use counterseal_register::{
    Bytes, Fact, FactAbout, FactKind, JournalLeaf, KeyId, Office, SetTrustees, SignedBody, Trustee,
    TrusteeAnswer, TrusteeCall,
};
use counterseal_seal::{Sealed, TrusteeSecrets};

use super::*;
use crate::desk::opening::Outside;
use crate::link::LinkError;

/// The hub and trustees as tests play them: any of them may be away.
struct Played {
    trustees: BTreeMap<KeyId, TrusteeSecrets>,
    away: BTreeSet<KeyId>,
    log: bool,
    leaves: Vec<[u8; 38]>,
    /// What each trustee took: the signed fact, and whether a receipt came with it.
    took: Vec<(KeyId, Vec<u8>, bool)>,
    mission: counterseal_model::MissionId,
}

impl Outside for Played {
    fn push_leaf(&mut self, _: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError> {
        if !self.log {
            return Err(LinkError::Silent);
        }
        let bytes = leaf.to_bytes();
        let place = self.leaves.iter().position(|known| *known == bytes);
        Ok(place.unwrap_or_else(|| {
            self.leaves.push(bytes);
            self.leaves.len() - 1
        }) as u64)
    }

    fn prove_leaf(&mut self, _: &Desk, _: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError> {
        Ok(format!("proof of {index}").into_bytes())
    }

    fn call(
        &mut self,
        _: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    ) {
        for (trustee, call) in calls {
            if self.away.contains(&trustee) {
                heard(trustee, Err(LinkError::Silent));
                continue;
            }
            let TrusteeCall::Letter { sealed, receipt } = call else { panic!() };
            let enc = Box::new(sealed.enc.0.as_slice().try_into().unwrap());
            let sealed = Sealed { enc, ciphertext: sealed.ciphertext.0 };
            let bytes = self.trustees[&trustee].open_fact(self.mission, &sealed).unwrap();
            self.took.push((trustee, bytes.to_vec(), !receipt.0.is_empty()));
            heard(trustee, Ok(TrusteeAnswer::Done {}));
        }
    }
}

fn trustees(world: &mut World, count: u64) -> Played {
    let mut secrets: Vec<_> =
        (0..count).map(|n| TrusteeSecrets::make(&mut ChaCha20Rng::seed_from_u64(900 + n)).unwrap()).collect();
    secrets.sort_by_key(TrusteeSecrets::id);
    let named = |(n, one): (usize, &TrusteeSecrets)| Trustee {
        key: one.public().clone(),
        x: n as u64 + 1,
        requests: Bytes(*one.requests()),
        pins: vec![Bytes([n as u8; 32])],
        url: None,
        succeeds: None,
        extra: Default::default(),
    };
    let act = SetTrustees {
        threshold: 2,
        trustees: secrets.iter().enumerate().map(named).collect(),
        single: false,
        extra: Default::default(),
    };
    world.manager.say_one(act, &[&world.governor.secrets]).unwrap();
    world.tell_officer();
    Played {
        trustees: secrets.into_iter().map(|one| (one.id(), one)).collect(),
        away: BTreeSet::new(),
        log: true,
        leaves: Vec::new(),
        took: Vec::new(),
        mission: world.manager.mission(),
    }
}

fn training(person: PersonId) -> FactTerms {
    FactTerms {
        about: FactAbout::Person(person),
        kind: FactKind::Training,
        value: Some(code("data-protection")),
        purposes: vec![],
        recipients: vec![],
        since: None,
        until: None,
        ends: false,
        whose: Vec::new(),
    }
}

fn consent(part: NamedPart, ends: bool) -> FactTerms {
    FactTerms {
        about: FactAbout::Parts(part.compartment, vec![part.part]),
        kind: FactKind::Consent,
        value: None,
        purposes: if ends { vec![] } else { vec![code("verification")] },
        recipients: vec![],
        since: None,
        until: None,
        ends,
        whose: vec![Bytes([u8::from(!ends); 32]); usize::from(!ends)],
    }
}

#[test]
fn a_fact_is_sent_until_every_trustee_has_taken_it_with_its_leaf() {
    let mut world = World::new(4_400);
    let mut outside = trustees(&mut world, 3);
    let officer = world.officer.person();
    world.appoint(officer, Office::Training);
    let about = world.manager.person();
    assert_eq!(refused(world.manager.state_fact(training(about))), "casework-not-yours-to-say");
    let said = world.officer.state_fact(training(about)).unwrap();
    assert_eq!((said.missing, said.leaf), (3, None));

    outside.log = false;
    let sent = world.officer.send_facts(&mut outside).unwrap();
    assert_eq!((sent.taken, sent.due), (0, 3));
    assert!(outside.took.is_empty(), "what permits goes to nobody before it stands in the log");

    (outside.log, outside.away) = (true, [*outside.trustees.keys().next().unwrap()].into());
    assert_eq!(world.officer.send_facts(&mut outside).unwrap(), FactsSent { taken: 2, due: 1 });
    // The desk is closed and opened in between: nothing is forgotten, and nothing sent twice.
    let place = world.officer.place().clone();
    world.officer.close().unwrap();
    world.officer = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(4_401)).unwrap();
    outside.away.clear();
    assert_eq!(world.officer.send_facts(&mut outside).unwrap(), FactsSent { taken: 1, due: 0 });
    assert_eq!(world.officer.send_facts(&mut outside).unwrap(), FactsSent { taken: 0, due: 0 });
    assert_eq!((outside.took.len(), outside.leaves.len()), (3, 1));
    for (_, bytes, receipt) in &outside.took {
        let fact = SignedBody::<Fact>::parse(bytes).unwrap();
        assert_eq!((fact.claims().about.clone(), *receipt), (FactAbout::Person(about), true));
        assert_eq!(fact.claims().leaf(bytes).unwrap().to_bytes(), outside.leaves[0]);
    }
}

#[test]
fn a_consent_that_is_withdrawn_does_not_wait_for_the_log() {
    let mut world = World::new(4_500);
    let mut outside = trustees(&mut world, 2);
    let part = world.note("zanzibarite");
    world.manager.state_fact(consent(part, false)).unwrap();
    world.manager.state_fact(consent(part, true)).unwrap();
    outside.log = false;
    let sent = world.manager.send_facts(&mut outside).unwrap();
    assert_eq!(sent.due, 4);
    let went = outside
        .took
        .iter()
        .map(|(_, bytes, receipt)| (SignedBody::<Fact>::parse(bytes).unwrap().claims().ends, *receipt));
    assert_eq!(went.collect::<Vec<_>>(), [(true, false), (true, false)], "the no alone, and at once");
    outside.log = true;
    assert_eq!(world.manager.send_facts(&mut outside).unwrap().due, 0);
    assert_eq!(outside.took.len(), 6, "both again, with their leaves");
}

#[test]
fn a_fact_that_could_mean_more_than_was_meant_is_not_said() {
    let mut world = World::new(4_600);
    let part = world.note("zanzibarite");
    let mut terms = consent(part, false);
    terms.purposes.clear();
    assert_eq!(refused(world.manager.state_fact(terms)), "casework-fact-bad");
    let mut terms = consent(part, false);
    (terms.since, terms.until) = (Some(Timestamp(2)), Some(Timestamp(2)));
    assert_eq!(refused(world.manager.state_fact(terms)), "casework-fact-bad");
    let mut terms = consent(part, false);
    terms.kind = FactKind::Basis;
    assert_eq!(refused(world.manager.state_fact(terms)), "casework-fact-bad");
    let mut terms = consent(part, false);
    terms.kind = FactKind::Training;
    assert_eq!(refused(world.manager.state_fact(terms)), "casework-fact-bad");
    // An agreement with a sensor's owner is the data-protection officer's to say, not a member's.
    let mut terms = consent(part, false);
    terms.kind = FactKind::Agreement;
    assert_eq!(refused(world.manager.state_fact(terms)), "casework-not-yours-to-say");
    assert!(world.manager.facts_said().unwrap().is_empty());
}

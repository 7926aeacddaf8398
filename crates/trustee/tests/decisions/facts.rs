//! Facts: who may say them, when they count, and what ends them.

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::{Sealed, TrusteeRecipient, seal_fact, sign_statement};
use counterseal_trustee::Service;

use crate::guards::*;
use crate::world::*;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub(crate) fn fact(world: &World, by: &str, about: FactAbout, kind: FactKind, seed: u8) -> Fact {
    Fact {
        mission: world.register.mission(),
        id: Bytes([seed; 32]),
        by: world.device(by).id(),
        about,
        kind,
        value: None,
        purposes: Vec::new(),
        recipients: Vec::new(),
        since: Timestamp(world.time - DAY),
        until: None,
        ends: false,
        made: Timestamp(world.time),
        whose: Vec::new(),
        extra: Default::default(),
    }
}

/// Sends a fact; the code of what stands against it.
pub(crate) fn tell(
    world: &mut World,
    service: &mut Service,
    by: &str,
    fact: &Fact,
    logged: bool,
) -> Option<String> {
    let signed = sign_statement(&fact.payload(), Label::OPENING_FACT, &[world.device(by)]).unwrap();
    let receipt = match logged {
        true => world.append(&fact.leaf(signed.bytes()).unwrap()).to_string(),
        false => String::new(),
    };
    world.publish(service);
    let secrets = trustee(0);
    let to = TrusteeRecipient { trustee: secrets.id(), requests: secrets.requests() };
    let sealed: Sealed = seal_fact(&mut rng(8), fact.mission, to, signed.bytes()).unwrap();
    let (enc, ciphertext) = (Blob(sealed.enc.to_vec()), Blob(sealed.ciphertext));
    let sealed = SealedTo { enc, ciphertext, extra: Default::default() };
    let call = TrusteeCall::Letter { sealed, receipt: Blob(receipt.into_bytes()) };
    match service.call(world.device("ana").id(), &call).unwrap() {
        TrusteeAnswer::Done {} => None,
        TrusteeAnswer::NotNow { code } => Some(code.to_string()),
        other => panic!("{other:?}"),
    }
}

/// Whose consent of a part it is: the person of the record with these bytes.
pub(crate) fn whose(world: &World, part: PartRef, person: u8) -> Vec<Bytes<32>> {
    vec![consent_of(world.register.mission(), RecordId::from_bytes([person; 16]), part)]
}

fn ask(
    world: &mut World,
    service: &mut Service,
    part: PartRef,
    purpose: &str,
    seed: u64,
) -> Option<RefusedOpening> {
    let mut asking = world.ask("ana", &[part], seed);
    asking.request.purpose = code(purpose);
    asking.request.claims = vec![code("training"), code("device")];
    let answer = world.open(service, &asking);
    world.read(answer).refused
}

#[test]
fn training_counts_when_the_training_officer_says_so_in_the_log() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let refused = ask(&mut world, &mut service, part, "trained", 1).unwrap();
    assert_eq!(
        (refused.rule, refused.missing, refused.ask),
        (Some(4), vec![code("training")], Some(Office::Training))
    );
    let about = FactAbout::Person(world.person("ana"));
    let good = fact(&world, "trainer", about.clone(), FactKind::Training, 1);
    assert_eq!(tell(&mut world, &mut service, "trainer", &good, false).as_deref(), Some("fact-not-logged"));
    let forged = fact(&world, "ana", about.clone(), FactKind::Training, 2);
    assert_eq!(tell(&mut world, &mut service, "ana", &forged, true).as_deref(), Some("fact-not-theirs"));
    assert_eq!(tell(&mut world, &mut service, "ana", &good, true).as_deref(), Some("fact-not-signed"));
    assert!(ask(&mut world, &mut service, part, "trained", 2).is_some());
    assert_eq!(tell(&mut world, &mut service, "trainer", &good, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "trained", 3), None);
    // It lapses, and the refusal says since when.
    let lapsed = Timestamp(world.time - 3_600);
    let old = Fact { until: Some(lapsed), id: Bytes([3; 32]), ..good.clone() };
    let end = Fact { ends: true, id: Bytes([4; 32]), made: Timestamp(world.time), ..good.clone() };
    assert_eq!(tell(&mut world, &mut service, "trainer", &end, false), None, "what ends counts on sight");
    assert_eq!(ask(&mut world, &mut service, part, "trained", 4).unwrap().code, code("policy-refuses"));
    // What was said before does not come back by being sent again.
    assert_eq!(tell(&mut world, &mut service, "trainer", &good, true), None);
    assert!(ask(&mut world, &mut service, part, "trained", 5).is_some());
    let later = Fact { made: Timestamp(world.time + 60), ..old };
    assert_eq!(tell(&mut world, &mut service, "trainer", &later, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "trained", 6).unwrap().since, Some(lapsed));
}

#[test]
fn consent_is_a_members_to_say_of_parts_of_the_own_compartment() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let about = |compartment| FactAbout::Parts(compartment, vec![part]);
    let mut given = fact(&world, "ben", about(CASES), FactKind::Consent, 1);
    given.purposes = vec![code("consented")];
    assert_eq!(tell(&mut world, &mut service, "ben", &given, true).as_deref(), Some("fact-not-whose"));
    given.whose = whose(&world, part, 1);
    assert_eq!(ask(&mut world, &mut service, part, "consented", 1).unwrap().missing, [code("basis")]);
    let outsider = Fact { by: world.device("eve").id(), ..given.clone() };
    assert_eq!(tell(&mut world, &mut service, "eve", &outsider, true).as_deref(), Some("fact-not-theirs"));
    // Said of the same part, as if it were of another compartment that its maker is in.
    let elsewhere = Fact { about: about(SOURCES), id: Bytes([2; 32]), ..given.clone() };
    assert_eq!(tell(&mut world, &mut service, "ben", &elsewhere, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 2).is_some());
    // A basis that says 'consent' is none.
    let basis =
        Fact { kind: FactKind::Basis, value: Some(code("consent")), id: Bytes([3; 32]), ..given.clone() };
    let basis = Fact { whose: Vec::new(), ..basis };
    assert_eq!(tell(&mut world, &mut service, "ben", &basis, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 3).is_some());
    assert_eq!(tell(&mut world, &mut service, "ben", &given, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "consented", 4), None);
    // Withdrawn: at once, without the log, and the old consent sent again changes nothing.
    let no = Fact { ends: true, id: Bytes([5; 32]), purposes: Vec::new(), ..given.clone() };
    assert_eq!(tell(&mut world, &mut service, "ben", &no, false), None);
    assert!(ask(&mut world, &mut service, part, "consented", 5).unwrap().since.is_some());
    let copy = Fact { id: Bytes([6; 32]), ..given.clone() };
    assert_eq!(tell(&mut world, &mut service, "ben", &copy, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 6).is_some());
    // Given again, later.
    let again = Fact { id: Bytes([7; 32]), made: Timestamp(world.time + 30), ..given };
    assert_eq!(tell(&mut world, &mut service, "ben", &again, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "consented", 7), None);
}

#[test]
fn agreements_roles_and_attestations_have_their_offices() {
    let mut world = World::new();
    let mut service = world.service(0);
    let part = part(&held(&world, &mut service, CASES, 1, &["a"]), 0);
    let mut agreement = fact(&world, "ben", FactAbout::Parts(CASES, vec![part]), FactKind::Agreement, 1);
    agreement.purposes = vec![code("sensor-work")];
    assert_eq!(tell(&mut world, &mut service, "ben", &agreement, true).as_deref(), Some("fact-not-theirs"));
    agreement.by = world.device("dpo").id();
    assert_eq!(tell(&mut world, &mut service, "dpo", &agreement, true), None);
    let mut role = fact(&world, "registrar", FactAbout::Person(world.person("ana")), FactKind::Role, 2);
    role.value = Some(code("officer"));
    assert_eq!(tell(&mut world, &mut service, "registrar", &role, true), None);
    let refused = ask(&mut world, &mut service, part, "sensor-work", 1).unwrap();
    assert_eq!(refused.missing, [code("device")], "claimed is not proved");
    let about = FactAbout::Device(world.device("ana").id());
    let attested = fact(&world, "trainer", about, FactKind::Attested, 3);
    assert_eq!(tell(&mut world, &mut service, "trainer", &attested, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "sensor-work", 2), None);
}

/// A part that is about two persons, of whom both said yes.
fn of_two(world: &mut World, service: &mut Service) -> (PartRef, Fact, Fact) {
    let part = part(&held(world, service, CASES, 1, &["a"]), 0);
    let mut first = fact(world, "ben", FactAbout::Parts(CASES, vec![part]), FactKind::Consent, 1);
    first.purposes = vec![code("consented")];
    first.whose = whose(world, part, 1);
    let second = Fact { whose: whose(world, part, 2), id: Bytes([2; 32]), ..first.clone() };
    for one in [&first, &second] {
        assert_eq!(tell(world, service, "ben", one, true), None);
    }
    assert_eq!(ask(world, service, part, "consented", 1), None);
    (part, first, second)
}

fn later(fact: &Fact, seconds: i64, ends: bool, id: u8) -> Fact {
    Fact { ends, id: Bytes([id; 32]), made: Timestamp(fact.made.0 + seconds), ..fact.clone() }
}

#[test]
fn one_persons_no_is_not_lifted_by_another_persons_yes() {
    let mut world = World::new();
    let mut service = world.service(0);
    let (part, first, second) = of_two(&mut world, &mut service);
    assert_ne!(first.whose, second.whose);
    let no = later(&first, 10, true, 3);
    assert_eq!(tell(&mut world, &mut service, "ben", &no, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 2).is_some());
    // The second says yes again: the first one's no stands.
    let yes = later(&second, 20, false, 4);
    assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 3).unwrap().since.is_some());
    let yes = later(&first, 30, false, 5);
    assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "consented", 4), None);
}

#[test]
fn a_no_of_nobody_in_particular_is_everybodys_until_each_has_said_yes_again() {
    let mut world = World::new();
    let mut service = world.service(0);
    let (part, first, second) = of_two(&mut world, &mut service);
    let no = Fact { whose: Vec::new(), ..later(&first, 10, true, 3) };
    // On sight, and then with its leaf, which tells who had said something before.
    assert_eq!(tell(&mut world, &mut service, "ben", &no, false), None);
    assert!(ask(&mut world, &mut service, part, "consented", 2).is_some());
    assert_eq!(tell(&mut world, &mut service, "ben", &no, true), None);
    let yes = later(&second, 20, false, 4);
    assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None);
    assert!(ask(&mut world, &mut service, part, "consented", 3).is_some());
    let yes = later(&first, 20, false, 5);
    assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None);
    assert_eq!(ask(&mut world, &mut service, part, "consented", 4), None);
    // Where nobody had said anything, no member's yes lifts a no: a data-protection officer's does.
    let mut author = Author::new(&world, "ben", CASES, 9);
    let sealed = author.seal(&world, &mut service, &["b"]);
    take(&world, &mut service, &header_of(&sealed)).unwrap();
    let other = crate::guards::part(&sealed, 0);
    let about = FactAbout::Parts(CASES, vec![other]);
    let no = Fact { about: about.clone(), ..later(&no, 20, true, 6) };
    assert_eq!(tell(&mut world, &mut service, "ben", &no, false), None);
    let yes = Fact { about, whose: whose(&world, other, 1), ..later(&first, 40, false, 7) };
    assert_eq!(tell(&mut world, &mut service, "ben", &yes, true), None);
    assert!(ask(&mut world, &mut service, other, "consented", 5).is_some());
    // Nor one that a member dates back for somebody who is invented, with a later one of the same.
    for (seconds, id) in [(10, 9), (50, 10)] {
        let whose = whose(&world, other, 9);
        let invented = Fact { whose, about: yes.about.clone(), ..later(&first, seconds, false, id) };
        assert_eq!(tell(&mut world, &mut service, "ben", &invented, true), None);
    }
    assert!(ask(&mut world, &mut service, other, "consented", 7).is_some());
    let by = world.device("dpo").id();
    let whose = whose(&world, other, 9);
    let yes = Fact { whose, ..yes };
    let yes = Fact { by, ..later(&yes, 10, false, 8) };
    assert_eq!(tell(&mut world, &mut service, "dpo", &yes, true), None);
    assert_eq!(ask(&mut world, &mut service, other, "consented", 6), None);
}

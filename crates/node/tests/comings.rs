//! People come and go: handovers, freezes of persons and sites, evidence, repairs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use common::{clock, found, passphrase, rng};
use counterseal_model::record::{Body, Incident};
use counterseal_model::{
    Classification, CompartmentId, PersonId, RecordId, Verification, VerificationStatus,
};
use counterseal_node::{Arrived, Desk, Duty, Home, Invited, NodeError, Stays};
use counterseal_register::{DeviceStatus, Frozen, PersonStatus};
use tempfile::TempDir;

struct Two {
    _home: TempDir,
    first: Desk,
    other: Desk,
    person: PersonId,
    compartment: CompartmentId,
}

fn two(seed: u64) -> Two {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), seed);
    let compartment = first.default_compartment().unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let person = first.invite_at_hand(&home, invited, &passphrase(), &mut rng(seed + 1)).unwrap().person;
    first.admit(compartment, person).unwrap();
    let waiting = home.waiting().unwrap().pop().unwrap();
    let statements = first.statements_file().unwrap();
    let other = Desk::join(&home, &waiting, &statements, &passphrase(), clock(), rng(seed + 2)).unwrap();
    Two { _home: dir, first, other, person, compartment }
}

fn incident(title: &str, verification: Option<Verification>) -> Body {
    Body::Incident(Box::new(Incident { title: Some(title.into()), verification, ..Incident::default() }))
}

fn write(desk: &mut Desk, compartment: CompartmentId, body: Body) -> RecordId {
    desk.record_new(compartment, body, Classification::Unclassified).unwrap()
}

fn under(by: Option<PersonId>, status: VerificationStatus) -> Option<Verification> {
    Some(Verification { status, by, ..Verification::default() })
}

fn sent(desk: &Desk) -> Vec<Arrived> {
    let numbers = desk.unlogged().unwrap();
    let given = numbers.into_iter().map(|no| desk.entry(no).unwrap());
    given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect()
}

fn statements(from: &Desk, to: &mut Desk) {
    to.take_statements(&from.statements_file().unwrap()).unwrap();
}

fn checks(desk: &Desk, id: RecordId) -> Option<PersonId> {
    let Body::Incident(incident) = desk.record(id).unwrap().part.body else { panic!("an incident") };
    incident.verification.and_then(|verification| verification.by)
}

#[test]
fn what_a_person_answers_for_passes_to_a_successor_and_back() {
    let Two { mut first, mut other, person, compartment, _home } = two(300);
    let me = first.person();
    let written = write(&mut first, compartment, incident("nobody checks it", None));
    let mine = write(
        &mut first,
        compartment,
        incident("I check it", under(Some(me), VerificationStatus::UnderVerification)),
    );
    let checked =
        write(&mut first, compartment, incident("done", under(Some(me), VerificationStatus::Verified)));
    let theirs = write(&mut other, compartment, incident("theirs", None));
    first.take_entries(&sent(&other)).unwrap();
    let apart = first
        .create_compartment(
            "apart",
            counterseal_register::Charter::new(
                counterseal_register::Rule::Open,
                counterseal_register::HistoryRule::Full,
            ),
        )
        .unwrap();
    let hidden = write(&mut first, apart, incident("where they are not", None));

    let plan = first.plan_handover(person, &mut |_, _| {}).unwrap();
    let passes = [Duty::Manager(compartment), Duty::Manager(apart)];
    assert!(passes.iter().all(|duty| plan.passes.contains(duty)), "{plan:?}");
    for id in [written, mine] {
        assert!(plan.passes.contains(&Duty::Verify(id, compartment)), "{plan:?}");
    }
    assert_eq!(plan.passes.len(), 4, "neither what is verified nor another's");
    let mut stays = plan.stays.clone();
    stays.sort();
    let mut expected = vec![
        (Duty::Registrar, Stays::Governors),
        (Duty::Member(apart), Stays::NotIn),
        (Duty::Verify(hidden, apart), Stays::NotIn),
    ];
    expected.sort();
    assert_eq!(stays, expected);
    assert_eq!(checks(&first, mine), Some(me), "a plan changes nothing");

    first.hand_over(person, &mut |_, _| {}).unwrap();
    for id in [written, mine] {
        assert_eq!(checks(&first, id), Some(person));
        let history = first.history(id).unwrap();
        assert_eq!(history.len(), 2, "a new version; the one before stays");
        assert_eq!(history[1].part.parents, [history[0].version]);
    }
    assert_eq!((checks(&first, checked), checks(&first, theirs)), (Some(me), None));
    assert_eq!(checks(&first, hidden), None);
    assert!(first.register().is_manager(compartment, person, first.moment()));
    let again = first.plan_handover(person, &mut |_, _| {}).unwrap();
    assert!(again.passes.is_empty(), "once is enough: {again:?}");
    // The successor reads it, and can hand it back.
    statements(&first, &mut other);
    other.take_entries(&sent(&first)).unwrap();
    other.hand_over(me, &mut |_, _| {}).unwrap();
    assert_eq!(checks(&other, mine), Some(me));
    let none = first.plan_handover(me, &mut |_, _| {});
    assert!(matches!(none, Err(NodeError::NoSuccessor { .. })));
}

#[test]
fn a_frozen_site_stops_everyone_there_until_each_is_let_out() {
    let Two { mut first, mut other, person, compartment, _home } = two(310);
    let before = write(&mut other, compartment, incident("before", None));
    first.take_entries(&sent(&other)).unwrap();
    let site = first.make_site("Bouca team site", &[person]).unwrap();
    assert_eq!(first.find_site("Bouca team site").unwrap(), site);
    assert!(matches!(first.find_frozen("Bouca team site"), Ok(Frozen::Site(id)) if id == site));
    assert!(matches!(first.find_frozen("Madame Lantern"), Ok(Frozen::Person(id)) if id == person));
    statements(&first, &mut other);
    assert_eq!(other.sites()[0].name.as_deref(), Some("Bouca team site"), "members read its name");
    let alone = other.freeze(Frozen::Site(site));
    assert!(matches!(alone, Err(NodeError::Register(_))), "only a registrar freezes a site");

    let ahead = write(&mut other, compartment, incident("after the site was overrun", None));
    let captured = sent(&other);
    first.freeze(Frozen::Site(site)).unwrap();
    assert!(first.sites()[0].frozen);
    let status = first.register().person(person, first.moment());
    assert!(matches!(status, Some(PersonStatus::Frozen { .. })));
    let taken = first.take_entries(&captured).unwrap();
    assert_eq!((taken.new, taken.late), (1, 1), "kept apart from search");
    assert!(matches!(first.record(ahead), Err(NodeError::NoRecord(_))));
    // Its owner, when the desk hears of it, writes nothing more and says nothing.
    statements(&first, &mut other);
    let refused = other.record_new(compartment, incident("x", None), Classification::Unclassified);
    assert!(matches!(refused, Err(NodeError::Stopped)), "{refused:?}");
    assert!(other.unfreeze(Frozen::Site(site)).is_err(), "and does not lift it");
    assert!(
        other.record(before).is_err() || other.register().is_frozen(Frozen::Person(person), other.moment())
    );
    // One is let out, the site stays frozen.
    first.unfreeze(Frozen::Person(person)).unwrap();
    assert_eq!(first.register().person(person, first.moment()), Some(PersonStatus::Active));
    assert!(first.sites()[0].frozen);
    first.assign_site(&[person], None).unwrap();
    first.unfreeze(Frozen::Site(site)).unwrap();
    assert!(!first.sites()[0].frozen && first.sites()[0].people.is_empty());
    statements(&first, &mut other);
    write(&mut other, compartment, incident("let out", None));
}

#[test]
fn a_repair_is_published_by_any_member_for_whoever_needs_it() {
    let Two { mut first, mut other, person, compartment, _home } = two(320);
    let device = other.device();
    assert_eq!(other.repair(compartment, &[]).unwrap(), 0, "every epoch has its wraps");
    let made = other.repair(compartment, &[first.device()]).unwrap();
    assert!(made > 0, "a member repairs for another");
    statements(&other, &mut first);
    let epochs = first.register().epochs(compartment).to_vec();
    let repaired = |desk: &Desk, device| {
        epochs.iter().map(|id| desk.register().epoch(*id).unwrap().wraps_for(device).count()).sum::<usize>()
    };
    assert!(repaired(&first, first.device()) > repaired(&first, device));
    // Whoever was removed gets none, and publishes none.
    first.remove(compartment, person).unwrap();
    assert_eq!(first.repair(compartment, &[device]).unwrap(), 0);
    statements(&first, &mut other);
    assert!(matches!(other.repair(compartment, &[first.device()]), Err(_) | Ok(0)));
    assert_eq!(first.verify(&mut |_, _| {}).unwrap().broken_epochs, 0);
}

#[test]
fn two_entries_at_one_place_are_filed_and_suspend_the_device() {
    let Two { mut first, mut other, compartment, _home, .. } = two(330);
    let none = first.suspend_device(other.device());
    assert!(matches!(none, Err(NodeError::NoEvidence { .. })));
    write(&mut other, compartment, incident("one", None));
    let one = sent(&other).pop().unwrap();
    first.take_entries(std::slice::from_ref(&one)).unwrap();
    let file = std::fs::read(other.place().dir.join("desk.key")).unwrap();
    let device = other.device();
    other.close().unwrap();
    let counterseal_seal::KeyHolder::Device(secrets) =
        counterseal_seal::unlock(&file, &passphrase()).unwrap().holder
    else {
        panic!("a desk's key file")
    };
    let signed = counterseal_register::Signed::parse(&one.entry.header).unwrap();
    let mut header: counterseal_register::EntryHeader =
        counterseal_model::cbor::from_bytes_strict(signed.payload()).unwrap();
    header.statements_seen += 1;
    let payload = counterseal_model::cbor::to_bytes(&header);
    let label = counterseal_register::Label::ENTRY_SIGN;
    let again = counterseal_seal::sign_statement(&payload, label, &[&*secrets]).unwrap();
    let entry = counterseal_register::Entry {
        header: again.bytes().to_vec(),
        ciphertexts: one.entry.ciphertexts.clone(),
    };
    first.take_entries(&[Arrived { entry, urgency: 1 }]).unwrap();
    let evidence = first.evidence().unwrap();
    assert_eq!((evidence.len(), evidence[0].device, evidence[0].stopped), (1, device, false));
    first.suspend_device(device).unwrap();
    let status = first.register().device(device, first.moment()).unwrap().status;
    assert!(matches!(status, DeviceStatus::Suspended { .. }));
    assert!(first.evidence().unwrap()[0].stopped);
    let members = |desk: &Desk| desk.compartments().into_iter().any(|c| c.members.contains(&device));
    assert!(!members(&first), "new epochs began without it");
    assert!(first.suspend_device(device).is_err(), "once is enough");
}

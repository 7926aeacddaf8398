//! Several persons on one computer, each with their own keys and store; who reads what.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{clock, found, passphrase, rng};
use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, DeviceId, PersonId, Timestamp};
use counterseal_node::{Desk, Home, Invited, NodeError};
use counterseal_register::{Act, Charter, DeviceStatus, HistoryRule, Rule};
use tempfile::TempDir;

fn note(text: &str) -> Body {
    Body::Note(Box::new(Note { text: text.into(), ..Note::default() }))
}

/// A second device is invited and enrolled: of a new person, until then if at all.
fn second(
    home: &Home,
    registrar: &mut Desk,
    name: &str,
    until: Option<Timestamp>,
    seed: u64,
) -> (PersonId, DeviceId) {
    let invited = Invited::NewPerson { name: name.into(), until };
    let accepted = registrar.invite_at_hand(home, invited, &passphrase(), &mut rng(seed)).unwrap();
    (accepted.person, accepted.device)
}

fn join(home: &Home, statements: &[u8], seed: u64) -> Result<Desk, NodeError> {
    let waiting = home.waiting().unwrap().pop().unwrap();
    Desk::join(home, &waiting, statements, &passphrase(), clock(), rng(seed))
}

#[test]
fn a_second_person_joins_is_admitted_and_removed() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 41);
    let compartment = first.default_compartment().unwrap();
    first.record_new(compartment, note("before"), Classification::Unclassified).unwrap();
    let before = first.statements_file().unwrap();
    let (person, _) = second(&home, &mut first, "Madame Lantern", None, 42);
    let early = join(&home, &before, 43);
    assert!(matches!(early, Err(NodeError::BadStatements { .. })), "not enrolled yet");
    let mut other = join(&home, &first.statements_file().unwrap(), 44).unwrap();
    assert_eq!(home.desks().unwrap().len(), 2, "two desks, each with its own keys and store");
    assert_eq!(other.people().len(), 2);
    assert!(
        other.people().iter().any(|p| p.name.as_deref() == Some("Officer Quillfeather")),
        "names are shared"
    );
    let refused = other.record_new(compartment, note("intruder"), Classification::Unclassified);
    assert!(matches!(refused, Err(NodeError::NoSecret(_) | NodeError::NotAMember(_))), "not admitted yet");
    first.admit(compartment, person).unwrap();
    other.take_statements(&first.statements_file().unwrap()).unwrap();
    other.record_new(compartment, note("welcome"), Classification::Unclassified).unwrap();
    first.remove(compartment, person).unwrap();
    other.take_statements(&first.statements_file().unwrap()).unwrap();
    let refused = other.record_new(compartment, note("afterwards"), Classification::Unclassified);
    assert!(refused.is_err(), "removed: the new epoch's secret is not wrapped to it");
    let refused = other.admit(compartment, person);
    assert!(matches!(refused, Err(NodeError::NoSecret(_) | NodeError::Register(_))), "not a manager");
}

#[test]
fn a_further_device_is_pending_until_a_manager_confirms_it() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 45);
    let (person, _) = second(&home, &mut first, "Madame Lantern", None, 46);
    let mut other = join(&home, &first.statements_file().unwrap(), 47).unwrap();
    let recover = Invited::Recovery(person);
    let refused = first.invite_at_hand(&home, recover, &passphrase(), &mut rng(148));
    assert!(matches!(refused, Err(NodeError::Register(_))), "only the person's own device may");
    let further = other.invite_at_hand(&home, Invited::OwnDevice, &passphrase(), &mut rng(48)).unwrap();
    let device = further.device;
    assert!(other.strange_devices().unwrap().is_empty(), "this desk made it");
    first.take_statements(&other.statements_file().unwrap()).unwrap();
    let status = |desk: &Desk| {
        let people = desk.people();
        let devices = people.iter().find(|p| p.id == person).unwrap().devices.clone();
        devices.into_iter().find(|(id, _)| *id == device).unwrap().1
    };
    assert_eq!(status(&first), DeviceStatus::Pending);
    first.confirm_device(person, device).unwrap();
    assert_eq!(status(&first), DeviceStatus::Active);
    first.revoke_device(person, device).unwrap();
    assert!(matches!(status(&first), DeviceStatus::Revoked { .. }));
}

#[test]
fn from_join_keeps_what_was_before_and_full_does_not() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 49);
    let open = first.create_compartment("open history", Charter::new(Rule::Open, HistoryRule::Full)).unwrap();
    let shut =
        first.create_compartment("from join", Charter::new(Rule::Open, HistoryRule::FromJoin)).unwrap();
    let before = [open, shut].map(|c| first.register().epoch_heads(c)[0]);
    let (person, _) = second(&home, &mut first, "Brother Kettle", None, 50);
    first.admit(open, person).unwrap();
    first.admit(shut, person).unwrap();
    let other = join(&home, &first.statements_file().unwrap(), 51).unwrap();
    let held = before.map(|epoch| other.holds(epoch));
    assert_eq!(held, [true, false]);
    assert!(first.holds(before[0]) && first.holds(before[1]));
}

#[test]
fn guarded_compartments_are_not_made_before_trustees_exist() {
    let dir = TempDir::new().unwrap();
    let mut first = found(dir.path(), 52);
    let made = first.create_compartment("sources", Charter::new(Rule::TwoSeal, HistoryRule::FromJoin));
    assert!(matches!(made, Err(NodeError::NoTrustees)), "nothing that needs two seals is kept under one");
}

#[test]
fn a_statements_file_cannot_choose_places_and_times() {
    use counterseal_model::cbor::{Reader, Writer};
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 81);
    second(&home, &mut first, "Madame Lantern", None, 82);
    let file = first.statements_file().unwrap();
    let mut r = Reader::new(&file);
    let statements: Vec<(u64, i64, Vec<u8>)> = (0..r.array().unwrap())
        .map(|_| {
            r.array().unwrap();
            (r.uint().unwrap(), r.int().unwrap(), r.bytes().unwrap().to_vec())
        })
        .collect();
    let with_last = |place: u64, since: i64| {
        let mut w = Writer::new();
        w.array(statements.len());
        for (n, (position, at, bytes)) in statements.iter().enumerate() {
            let last = n + 1 == statements.len();
            let (position, at) = if last { (place, since) } else { (*position, *at) };
            w.array(3).uint(position).int(at).bytes(bytes);
        }
        w.into_bytes()
    };
    let (place, since) = (statements.len() as u64 - 1, common::NOW.0);
    for forged in [
        with_last(1 << 63, since),
        with_last(u64::MAX, since),
        with_last(place + 1, since),
        with_last(place, 253_000_000_000),
        with_last(place, since - 1_000_000),
    ] {
        assert!(matches!(join(&home, &forged, 83), Err(NodeError::BadStatements { .. })));
    }
    join(&home, &with_last(place, since), 84).unwrap();
}

#[test]
fn a_member_whose_assignment_ended_does_not_stop_the_others_from_writing() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 85);
    let compartment = first.default_compartment().unwrap();
    let soon = Timestamp(common::NOW.0 + 60);
    let (person, device) = second(&home, &mut first, "Brother Kettle", Some(soon), 86);
    first.admit(compartment, person).unwrap();
    first.close().unwrap();
    let place = home.choose(None).unwrap();
    let later = std::sync::Arc::new(counterseal_model::FixedClock(Timestamp(soon.0 + 60)));
    let mut first = Desk::unlock(place, &passphrase(), later, rng(87)).unwrap();
    first.record_new(compartment, note("after the end of his tour"), Classification::Unclassified).unwrap();
    let heads = first.register().epoch_heads(compartment);
    assert!(!first.register().epoch(heads[0]).unwrap().roster().contains(&device), "a new epoch without him");
}

#[test]
fn who_removes_themselves_knows_the_new_secret_and_writes_no_more() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 88);
    let compartment = first.default_compartment().unwrap();
    let (other, _) = second(&home, &mut first, "Brother Kettle", None, 89);
    first.admit(compartment, other).unwrap();
    let me = first.person();
    first.remove(compartment, me).unwrap();
    let refused = first.record_new(compartment, note("by nobody"), Classification::Unclassified);
    assert!(matches!(refused, Err(NodeError::NotAMember(_))), "it would be refused everywhere else");
    first.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn what_was_said_since_the_last_look_is_shown_once_and_a_look_never_goes_back() {
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut first = found(dir.path(), 51);
    let (before, count) = first.said_since_last_look(2).unwrap();
    assert!(before.len() == 2 && count > 2, "{count}: the founding is news to who never looked");
    first.look_to(before[0].place).unwrap();
    assert_eq!(first.said_since_last_look(50).unwrap().1, 0);
    let (person, _) = second(&home, &mut first, "Madame Lantern", None, 52);
    let (news, _) = first.said_since_last_look(50).unwrap();
    let enrolled =
        news.iter().find(|said| matches!(&said.act, Act::EnrolPerson(act) if act.person == person));
    assert_eq!(enrolled.unwrap().by, [first.person()], "and who said it");
    first.look_to(0).unwrap();
    assert_eq!(first.said_since_last_look(50).unwrap().1, news.len() as u64, "it does not go back");
    first.look_to(news[0].place).unwrap();
    first.close().unwrap();
    let again = common::unlock(dir.path(), 53);
    assert_eq!(again.said_since_last_look(50).unwrap().1, 0, "the mark is kept");
}

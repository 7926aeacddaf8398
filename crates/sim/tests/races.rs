//! Two desks that did not know of each other: epochs, statements and histories that lose to others, and what becomes
//! of what was written under them. Decisions 0014 and 0015.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, PersonId, RecordId};
use counterseal_node::{
    Desk, Founding, GovernorFile, Home, Invited, LostState, PouchOptions, Randomness, Standing,
};
use counterseal_register::{Frozen, HistoryRule, SetWitnesses, Subject};
use counterseal_seal::Passphrase;
use counterseal_sim::{SimHub, SimMission, SimWitness, clock_at, sync, witnesses};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

fn restart(mission: &SimMission, desk: Desk, seed: u64) -> Desk {
    let place = desk.place().clone();
    desk.close().unwrap();
    Desk::unlock(place, &passphrase(), clock_at(&mission.hand), rng(seed)).unwrap()
}

/// Two members whose epoch a frozen person is still in: whoever writes first must begin the next.
fn two_members(seed: u64) -> (SimMission, Desk, Desk, PersonId) {
    let mut mission = SimMission::found(seed).unwrap();
    let (mut one, _) = mission.join("Madame Lantern").unwrap();
    let (mut two, _) = mission.join("Brother Kettle").unwrap();
    let (_third, thief) = mission.join("Officer Inkwell").unwrap();
    mission.founder.freeze(Frozen::Person(thief)).unwrap();
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync(&mut one).unwrap();
    mission.sync(&mut two).unwrap();
    (mission, one, two, thief)
}

#[test]
fn while_somebody_is_frozen_the_others_write() {
    let (mission, mut one, _two, thief) = two_members(1001);
    assert!(one.register().is_frozen(Frozen::Person(thief), one.moment()));
    let compartment = one.default_compartment().unwrap();
    assert_eq!(compartment, mission.compartment);
    let id = write(&mut one, compartment, "during the freeze");
    assert!(one.record(id).is_ok());
}

#[test]
fn what_was_written_under_an_epoch_that_lost_is_written_again_and_nothing_of_it_lost() {
    let stick = TempDir::new().unwrap();
    let (mut mission, mut one, mut two, _) = two_members(1002);
    let compartment = mission.compartment;
    write(&mut one, compartment, "under the epoch that wins");
    let id = write(&mut two, compartment, "under the epoch that loses");
    let old = two.entry(two.unlogged().unwrap()[0]).unwrap().entry.id();
    // The founder reads the loser's entry by pouch, and its epoch is obeyed on sight.
    let path = stick.path().join("pouch");
    let options = PouchOptions { receivers: vec![mission.founder.device()], ..PouchOptions::default() };
    two.write_pouch(&path, &options, &mut |_, _| {}).unwrap();
    mission.founder.read_pouch(&path, &mut |_, _| {}).unwrap();
    assert!(mission.founder.record(id).is_ok());
    let mut two = restart(&mission, two, 1);
    assert!(two.record(id).is_ok(), "its secret is kept in the statement that waits");
    mission.sync(&mut one).unwrap();
    let report = mission.sync(&mut two).unwrap();
    assert!(!report.refused_pushes.is_empty(), "the hub says so");
    assert!(two.record(id).is_ok(), "a hub's word alone undoes nothing");
    mission.pass(60);
    mission.tick().unwrap();
    let report = mission.sync(&mut two).unwrap();
    assert_eq!((report.written_again, report.own_late), (1, 0));
    assert!(report.lost > 0);
    mission.sync_founder().unwrap();
    let aside = mission.founder.look_at(old).unwrap().unwrap();
    assert_eq!((aside.standing, aside.parts.len()), (Standing::Void, 1), "kept apart, and readable");
    assert!(mission.founder.record(id).is_err());
    mission.founder.verify(&mut |_, _| {}).unwrap();
    let mut two = restart(&mission, two, 2);
    let aside = two.look_at(old).unwrap().unwrap();
    assert_eq!((aside.standing, aside.parts.len()), (Standing::WrittenAgain, 1));
    assert!(two.record(id).is_ok() && !two.record(id).unwrap().conflict);
    let report = mission.sync(&mut two).unwrap();
    assert_eq!((report.accepted, report.written_again), (1, 0), "once");
    mission.pass(60);
    mission.tick().unwrap();
    for desk in [&mut one, &mut mission.founder, &mut two] {
        sync(desk, &mut mission.hub).unwrap();
        assert!(desk.record(id).is_ok(), "everyone reads it");
        assert!(desk.gaps().unwrap().is_empty(), "and misses nothing");
        assert_eq!(desk.verify(&mut |_, _| {}).unwrap().late, 0);
    }
}

#[test]
fn a_statement_that_lost_its_place_is_shown_and_said_again() {
    let mut mission = SimMission::found(1003).unwrap();
    let (_other, person) = mission.join("Madame Lantern").unwrap();
    let hours = |hours: i64| Some(counterseal_model::Timestamp(1_704_715_200 + hours * 3600));
    // A copy of the registrar's desk speaks from the same state, and its word is logged first.
    mission.founder = restart_founder(&mut mission, 20);
    let place = mission.founder.place().clone();
    let copy = TempDir::new().unwrap();
    let parent = place.dir.parent().unwrap().file_name().unwrap();
    let target = copy.path().join(parent).join(place.dir.file_name().unwrap());
    std::fs::create_dir_all(&target).unwrap();
    for file in std::fs::read_dir(&place.dir).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), target.join(file.file_name())).unwrap();
    }
    let copied = Home::open(copy.path()).unwrap().desks().unwrap().pop().unwrap();
    let mut rival = Desk::unlock(copied, &passphrase(), clock_at(&mission.hand), rng(21)).unwrap();
    rival.extend_appointment(person, hours(1000)).unwrap();
    mission.founder.extend_appointment(person, hours(2000)).unwrap();
    mission.sync(&mut rival).unwrap();
    let report = mission.sync_founder().unwrap();
    assert_eq!((report.refused_pushes.len(), report.lost), (1, 0), "a hub's word alone is not enough");
    mission.tick().unwrap();
    assert_eq!(mission.sync_founder().unwrap().lost, 1);
    let lost = mission.founder.lost_statements().unwrap();
    assert_eq!((lost[0].code.as_str(), lost[0].can_be_remade), ("predecessor-stale", true), "{lost:?}");
    mission.founder.remake(lost[0].id).unwrap();
    assert!(mission.founder.lost_statements().unwrap().is_empty(), "no longer shown");
    for _ in 0..2 {
        assert!(mission.sync_founder().unwrap().refused_pushes.is_empty(), "and not sent again");
        mission.tick().unwrap();
    }
    mission.sync(&mut rival).unwrap();
    mission.sync_founder().unwrap();
    assert_eq!(mission.founder.register().digest(), rival.register().digest());
    let late = counterseal_register::Moment::new(rival.register().last().position, hours(1500).unwrap());
    let status = rival.register().person(person, late);
    assert_eq!(status, Some(counterseal_register::PersonStatus::Active), "what was said again stands");
}

#[test]
fn enrolling_and_admitting_need_no_wait_between_them_even_over_a_restart() {
    let mut mission = SimMission::found(1004).unwrap();
    let compartment = mission.compartment;
    let folder = TempDir::new().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let mut devices = Vec::new();
    for n in 0..2u64 {
        let invited = Invited::NewPerson { name: format!("Person {n}"), until: None };
        let asked = mission.founder.invite_at_hand(&home, invited, &passphrase(), &mut rng(n)).unwrap();
        let person = asked.person;
        devices.push(asked.device);
        mission.founder = restart_founder(&mut mission, n);
        mission.founder.admit(compartment, person).unwrap();
        mission.founder = restart_founder(&mut mission, 10 + n);
    }
    let report = mission.sync_founder().unwrap();
    assert!(report.refused_pushes.is_empty(), "{:?}", report.refused_pushes);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    let views = mission.founder.compartments();
    let view = views.iter().find(|view| view.id == compartment).unwrap();
    assert!(devices.iter().all(|device| view.members.contains(device)));
}

/// The founder's desk, locked and unlocked: another takes its place for that moment.
fn restart_founder(mission: &mut SimMission, seed: u64) -> Desk {
    let place = mission.founder.place().clone();
    let empty = TempDir::new().unwrap();
    let stand_in = alone(empty.path(), &mission.hand, 7_000 + seed).0;
    let founder = std::mem::replace(&mut mission.founder, stand_in);
    founder.close().unwrap();
    Desk::unlock(place, &passphrase(), clock_at(&mission.hand), rng(seed)).unwrap()
}

/// A mission of one desk, without a hub.
fn alone(
    folder: &std::path::Path,
    hand: &Arc<std::sync::atomic::AtomicI64>,
    seed: u64,
) -> (Desk, GovernorFile) {
    let founding = Founding {
        mission_name: "Mission of the Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let governor = GovernorFile::make(&mut rng(seed + 1_000_000), &passphrase()).unwrap();
    let home = Home::open(folder).unwrap();
    let governors = std::slice::from_ref(&governor);
    let desk = Desk::found(&home, &founding, governors, &passphrase(), clock_at(hand), rng(seed)).unwrap();
    (desk, governor)
}

#[test]
fn two_histories_that_were_made_without_a_hub_become_the_logs() {
    let folder = TempDir::new().unwrap();
    let hand = Arc::new(std::sync::atomic::AtomicI64::new(1_704_715_200));
    let (mut first, governor) = alone(&folder.path().join("first"), &hand, 1005);
    let home = Home::open(&folder.path().join("other")).unwrap();
    let compartment = first.default_compartment().unwrap();
    let invited = Invited::NewPerson { name: "Madame Lantern".into(), until: None };
    let asked = first.invite_at_hand(&home, invited, &passphrase(), &mut rng(11)).unwrap();
    let (waiting, person) = (asked.place, asked.person);
    first.admit(compartment, person).unwrap();
    let file = first.statements_file().unwrap();
    let mut other = Desk::join(&home, &waiting, &file, &passphrase(), clock_at(&hand), rng(12)).unwrap();
    // From here on they have two orders: each says and writes what the other does not hear of.
    let own = Subject::Device(other.person(), other.device());
    other.set_name(own, "The green laptop").unwrap();
    other.freeze(Frozen::Person(other.person())).unwrap();
    first.set_name(Subject::Compartment(compartment), "patrols").unwrap();
    let id = write(&mut first, compartment, "before the hub");
    // The hub comes, and begins with the first one's order.
    let witnesses = witnesses(4).unwrap();
    let rule = SetWitnesses {
        witnesses: witnesses.iter().map(|witness| SimWitness::named(witness).unwrap()).collect(),
        trustees: 0,
        independents: 3,
        faults: 1,
        weak: false,
        extra: Default::default(),
    };
    first.name_hub(SimHub::named(first.mission(), 1).unwrap(), rule, &[&governor.secrets]).unwrap();
    let mut hub =
        SimHub::new(first.statements().unwrap(), counterseal_model::Timestamp(1_704_715_200)).unwrap();
    hub.tick(&witnesses, 3).unwrap();
    sync(&mut first, &mut hub).unwrap();
    // Another mission's log is not this one's, whoever signed it.
    let shadow = SimMission::found(9_005).unwrap();
    let (items, note) = (shadow.hub.items.clone(), shadow.hub.statements.note.clone());
    let statements = counterseal_node::NewLeaves { from: 0, items, note };
    let news = counterseal_node::LogNews { statements, ..counterseal_node::LogNews::default() };
    let before = other.register().digest();
    let refused = other.follow(&news).unwrap_err();
    assert!(
        matches!(
            refused,
            counterseal_node::NodeError::Mirror(counterseal_node::MirrorError::OtherTree { .. })
        ),
        "{refused}"
    );
    assert_eq!(other.register().digest(), before);
    sync(&mut other, &mut hub).unwrap();
    let frozen = |desk: &Desk| desk.register().is_frozen(Frozen::Person(person), desk.moment());
    assert!(frozen(&other), "what takes away goes on being obeyed");
    assert!(!other.waiting_statements().unwrap().is_empty(), "what it said waits for the log");
    for _ in 0..3 {
        hub.tick(&witnesses, 3).unwrap();
        sync(&mut other, &mut hub).unwrap();
        sync(&mut first, &mut hub).unwrap();
    }
    assert!(frozen(&first), "and reaches everyone");
    assert_eq!(first.register().digest(), other.register().digest(), "one history");
    assert!(other.record(id).is_ok());
    let lost = other.lost_statements().unwrap();
    let shown: Vec<_> = lost.iter().map(|lost| (lost.what, lost.code.as_str())).collect();
    assert_eq!(shown, [("name", "signer-not-active")], "its freeze went first");
}

#[test]
fn what_takes_away_is_obeyed_above_the_cosigned_checkpoint_and_not_taken_as_logged() {
    let mut mission = SimMission::found(1006).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let (_third, thief) = mission.join("Brother Kettle").unwrap();
    mission.sync(&mut other).unwrap();
    let frozen = Frozen::Person(thief);
    let size = other.log(counterseal_register::LogKind::Statements).unwrap().unwrap().size;
    mission.founder.freeze(frozen).unwrap();
    mission.founder.set_name(Subject::Compartment(mission.compartment), "patrols").unwrap();
    mission.sync_founder().unwrap();
    // The hub has both; no witness has cosigned.
    let report = mission.sync(&mut other).unwrap();
    // The freeze, and the epoch without the frozen device with its wraps; not the name.
    assert_eq!((report.on_sight, report.statements), (3, 0));
    let mut other = restart(&mission, other, 3);
    assert!(other.register().is_frozen(frozen, other.moment()), "obeyed, also after a restart");
    assert!(!other.register().of_the_log().is_frozen(frozen, other.moment()), "not taken as logged");
    assert_eq!(other.log(counterseal_register::LogKind::Statements).unwrap().unwrap().size, size);
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.on_sight, report.accepted), (0, 0), "once, and not sent back to the hub");
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.register().of_the_log().is_frozen(frozen, other.moment()));
    assert!(other.waiting_statements().unwrap().is_empty());
}

#[test]
fn nobody_honest_becomes_late_by_admissions_and_removals() {
    let mut mission = SimMission::found(1007).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let mut written = Vec::new();
    let mut last = None;
    for round in 0..3 {
        written.push(write(&mut mission.founder, compartment, &format!("{round}, unsent by the manager")));
        written.push(write(&mut other, compartment, &format!("{round}, written before the admission")));
        // Its own admission goes out in the session that sends the entry; the other desk hears of it afterwards.
        let (joined, person) = mission.join(&format!("Person {round}")).unwrap();
        mission.sync(&mut other).unwrap();
        mission.tick().unwrap();
        if let Some(gone) = last.replace(person) {
            // What is unsent here is ended by this desk's own removal, which goes first.
            written.push(write(&mut mission.founder, compartment, &format!("{round}, before the removal")));
            mission.founder.remove(compartment, gone).unwrap();
            mission.sync_founder().unwrap();
        }
        drop(joined);
        mission.pass(60);
        for _ in 0..2 {
            mission.tick().unwrap();
            mission.sync_founder().unwrap();
            mission.sync(&mut other).unwrap();
        }
    }
    for desk in [&mission.founder, &other] {
        assert_eq!(desk.verify(&mut |_, _| {}).unwrap().late, 0);
        for id in &written {
            assert!(desk.record(*id).is_ok());
        }
    }
    let report = mission.sync_founder().unwrap();
    assert_eq!(report.own_late, 0);
}

/// An admission waits for the log, and an epoch begins on it: nobody obeys that on sight, its author neither. Then the
/// freeze goes to the hub first and makes the admission impossible, for it names who is frozen.
#[test]
fn what_is_written_under_an_epoch_that_waits_for_the_log_waits_with_it_and_is_not_lost_with_it() {
    let mut mission = SimMission::found(1008).unwrap();
    let (_thief, thief) = mission.join("Officer Inkwell").unwrap();
    let (_back, person) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    mission.founder.remove(compartment, person).unwrap();
    for _ in 0..2 {
        mission.sync_founder().unwrap();
        mission.tick().unwrap();
    }
    mission.founder.admit(compartment, person).unwrap();
    mission.founder.freeze(Frozen::Person(thief)).unwrap();
    let id = write(&mut mission.founder, compartment, "while the admission waits");
    mission.founder.verify(&mut |_, _| {}).unwrap();
    assert_eq!(mission.founder.settle().unwrap(), 0, "nothing about it is void yet");
    let again: u64 = (0..3)
        .map(|_| {
            let report = mission.sync_founder().unwrap();
            mission.pass(60);
            mission.tick().unwrap();
            report.written_again
        })
        .sum();
    assert_eq!(again, 1, "under the epoch that stands");
    mission.sync_founder().unwrap();
    assert!(mission.founder.record(id).is_ok() && mission.founder.unlogged().unwrap().is_empty());
    mission.founder.verify(&mut |_, _| {}).unwrap();
    let lost = mission.founder.lost_statements().unwrap();
    assert!(lost.iter().any(|lost| lost.what == "epoch" && lost.can_be_remade), "{lost:?}");
}

/// What cannot stand any more goes to no hub again, whether its author looks at it or not.
#[test]
fn what_the_log_made_impossible_is_not_sent_again_and_what_was_written_under_it_is_not_lost() {
    let (mut mission, mut one, mut two, _) = two_members(1009);
    let compartment = mission.compartment;
    write(&mut one, compartment, "under the epoch that wins");
    let id = write(&mut two, compartment, "under the epoch that loses");
    mission.sync(&mut one).unwrap();
    assert!(!mission.sync(&mut two).unwrap().refused_pushes.is_empty(), "the hub says so once");
    mission.pass(60);
    mission.tick().unwrap();
    assert!(mission.sync(&mut two).unwrap().lost > 0, "and the log for good");
    assert!(mission.sync(&mut two).unwrap().refused_pushes.is_empty(), "it is not sent again");
    let lost = two.lost_statements().unwrap();
    assert!(lost.iter().all(|lost| lost.state == LostState::Impossible), "{lost:?}");
    assert!(!lost.is_empty(), "and still shown");
    for lost in &lost {
        two.give_up(lost.id).unwrap();
    }
    assert!(two.lost_statements().unwrap().is_empty(), "no more");
    let mut two = restart(&mission, two, 4);
    assert!(two.record(id).is_ok());
    two.verify(&mut |_, _| {}).unwrap();
    assert_eq!(two.settle().unwrap(), 0);
}

/// What its author gives up is not obeyed any more, and an epoch that was to begin with it begins nowhere.
#[test]
fn what_is_given_up_is_not_obeyed_and_nothing_that_was_written_under_it_is_lost() {
    let mut mission = SimMission::found(1010).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let (_thief, thief) = mission.join("Officer Inkwell").unwrap();
    mission.sync(&mut other).unwrap();
    other.freeze(Frozen::Person(thief)).unwrap_err();
    mission.founder.freeze(Frozen::Person(thief)).unwrap();
    let id = write(&mut mission.founder, mission.compartment, "under an epoch without them");
    // A hub that refuses whatever is said: that is shown, and goes on being sent and obeyed.
    mission.hub.refuses = true;
    mission.sync_founder().unwrap();
    let lost = mission.founder.lost_statements().unwrap();
    assert!(lost.iter().all(|lost| lost.state == LostState::Refused && lost.code == "disk-full"), "{lost:?}");
    assert!(!mission.sync_founder().unwrap().refused_pushes.is_empty());
    let frozen = |desk: &Desk| desk.register().is_frozen(Frozen::Person(thief), desk.moment());
    assert!(frozen(&mission.founder) && !lost.is_empty());
    for lost in lost {
        mission.founder.give_up(lost.id).unwrap();
    }
    assert!(!frozen(&mission.founder), "not obeyed any more");
    mission.founder.verify(&mut |_, _| {}).unwrap();
    mission.hub.refuses = false;
    for _ in 0..2 {
        mission.sync_founder().unwrap();
        mission.pass(60);
        mission.tick().unwrap();
    }
    mission.sync_founder().unwrap();
    assert!(!frozen(&mission.founder) && mission.founder.record(id).is_ok(), "what was written stays");
    mission.sync(&mut other).unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.record(id).is_ok(), "and comes to the others");
}

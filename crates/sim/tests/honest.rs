//! Desks that share a mission through an honest hub.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, NodeError};
use counterseal_register::{Frozen, LogKind};
use counterseal_sim::SimMission;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

#[test]
fn what_is_written_on_one_desk_appears_on_another_and_is_settled() {
    let mut mission = SimMission::found(1).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let ids: Vec<_> =
        (0..5).map(|n| write(&mut mission.founder, compartment, &format!("note {n}"))).collect();
    let report = mission.sync_founder().unwrap();
    assert_eq!((report.accepted, report.refused_pushes.len()), (5, 0));
    mission.pass(60);
    mission.tick().unwrap();
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.refused_entries.len()), (5, 0), "{:?}", report.refused_entries);
    for id in &ids {
        assert!(other.record(*id).is_ok());
    }
    let again = mission.sync(&mut other).unwrap();
    assert_eq!((again.entries, again.statements, again.leaves), (0, 0, 0), "nothing comes twice");
    let back = mission.sync_founder().unwrap();
    assert_eq!((back.accepted, back.entries), (0, 0), "nothing is sent twice");
    for desk in [&mission.founder, &other] {
        let journal = desk.log(LogKind::Journal).unwrap().unwrap();
        assert_eq!(journal.size, mission.hub.journal.cosigned);
        desk.verify(&mut |_, _| {}).unwrap();
    }
    assert_eq!(mission.founder.unlogged().unwrap(), other.unlogged().unwrap());
    assert!(other.unlogged().unwrap().is_empty(), "every entry has its place in the log");
    assert_eq!(
        mission.founder.register().digest(),
        other.register().digest(),
        "who holds the same log holds the same register"
    );
}

#[test]
fn a_statement_has_effect_once_it_is_logged_and_a_restriction_at_once() {
    let mut mission = SimMission::found(2).unwrap();
    let (mut other, person) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let frozen = Frozen::Person(person);
    mission.founder.freeze(frozen).unwrap();
    assert!(mission.founder.register().is_frozen(frozen, mission.founder.moment()), "on sight");
    assert!(!other.register().is_frozen(frozen, other.moment()));
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    assert!(other.register().is_frozen(frozen, other.moment()));
    let refused = other.record_new(
        compartment,
        Body::Note(Box::new(Note { text: "after the freeze".into(), ..Note::default() })),
        Classification::Unclassified,
    );
    assert!(refused.is_err(), "a frozen person's desk does not write");
    mission.sync_founder().unwrap();
    mission.founder.unfreeze(frozen).unwrap();
    assert!(mission.founder.register().is_frozen(frozen, mission.founder.moment()), "it waits for the log");
    for _ in 0..2 {
        mission.sync_founder().unwrap();
        mission.tick().unwrap();
    }
    mission.sync_founder().unwrap();
    mission.sync(&mut other).unwrap();
    assert!(!other.register().is_frozen(frozen, other.moment()));
    write(&mut other, compartment, "thawed");
}

#[test]
fn an_entry_of_a_removed_desk_that_is_logged_after_the_removal_is_late() {
    let mut mission = SimMission::found(3).unwrap();
    let (mut other, person) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let before = write(&mut other, compartment, "logged in time");
    mission.sync(&mut other).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    let after = write(&mut other, compartment, "backdated");
    mission.founder.remove(compartment, person).unwrap();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    assert!(mission.founder.record(before).is_ok(), "its leaf stands before the removal");
    assert!(matches!(mission.founder.record(after), Err(NodeError::NoRecord(_))), "its leaf does not");
    assert_eq!(mission.founder.verify(&mut |_, _| {}).unwrap().late, 1);
}

#[test]
fn a_desk_that_was_away_queues_and_catches_up() {
    let mut mission = SimMission::found(4).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    for day in 0..3 {
        write(&mut other, compartment, &format!("away, day {day}"));
        write(&mut mission.founder, compartment, &format!("here, day {day}"));
        mission.sync_founder().unwrap();
        mission.pass(86_400);
        mission.tick().unwrap();
    }
    assert_eq!(other.unlogged().unwrap().len(), 3, "queued");
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.accepted, report.entries), (3, 3));
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    mission.sync(&mut other).unwrap();
    assert_eq!(mission.founder.totals().unwrap(), other.totals().unwrap());
}

//! Time marks and who must have cosigned what: by the log's own time, the same for the hub and for every desk.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::atomic::Ordering;

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId, Timestamp};
use counterseal_node::{Desk, NodeError, SyncReport};
use counterseal_register::{LogKind, SetWitnesses, Subject, TimeMark};
use counterseal_sim::{SimError, SimMission, SimWitness, sync, witnesses};

const DAY: i64 = 86_400;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

/// A statement, for the log to grow by.
fn speak(mission: &mut SimMission, n: i64) {
    mission.founder.set_name(Subject::Compartment(mission.compartment), &format!("name {n}")).unwrap();
    mission.sync_founder().unwrap();
}

fn refused(result: Result<SyncReport, SimError>) -> String {
    match result {
        Err(SimError::Node(error)) => error.to_string(),
        other => panic!("the desk should have refused: {other:?}"),
    }
}

#[test]
fn witnesses_are_replaced_by_the_logs_time_and_by_no_clock() {
    let mut mission = SimMission::found(1101).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let incoming = witnesses(8).unwrap().split_off(4);
    let rule = SetWitnesses {
        witnesses: incoming.iter().map(|witness| SimWitness::named(witness).unwrap()).collect(),
        trustees: 0,
        independents: 3,
        faults: 1,
        weak: false,
        extra: Default::default(),
    };
    mission.founder.set_witnesses(rule, &[&mission.governor.secrets]).unwrap();
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    // The desks' clocks are years wrong, each in its own way; the witnesses' are not.
    let begun = mission.hub.now;
    let wrong = |mission: &SimMission, years: i64| {
        mission.hand.store(begun.0 + years * 365 * DAY, Ordering::Relaxed);
    };
    for days in [1, 6] {
        mission.hub.now = Timestamp(begun.0 + days * DAY);
        speak(&mut mission, days);
        // A hub that switches early is refused, and it is said why.
        let mut early = mission.hub.copy().unwrap();
        early.tick(&witnesses(8).unwrap().split_off(4), 3).unwrap();
        wrong(&mission, 5);
        let said = refused(sync(&mut other, &mut early));
        assert!(said.contains("that is not yet"), "{said}");
        mission.tick().unwrap();
        for years in [-5, 5] {
            wrong(&mission, years);
            mission.sync(&mut other).unwrap();
            mission.sync_founder().unwrap();
        }
    }
    // D days have passed, and no mark says so yet: the outgoing witnesses cosign the mark that does.
    mission.hub.now = Timestamp(begun.0 + 8 * DAY);
    speak(&mut mission, 8);
    let face = mission.hub.copy().unwrap();
    let mark = {
        let mut outgoing = mission.hub.copy().unwrap();
        outgoing.tick(&mission.witnesses, 3).unwrap();
        outgoing.items[face.items.len()].clone()
    };
    mission.hub.append(mark);
    // Whoever goes on with the outgoing witnesses is late, and that is said.
    let mut late = mission.hub.copy().unwrap();
    late.publish(&mission.witnesses, 3).unwrap();
    let said = refused(sync(&mut other, &mut late));
    assert!(said.contains("replaced"), "{said}");
    mission.hub.publish(&incoming, 3).unwrap();
    mission.witnesses = incoming;
    for desk in [&mut other, &mut mission.founder] {
        let report = sync(desk, &mut mission.hub).unwrap();
        assert!(report.bad_marks.is_empty());
    }
    let compartment = mission.compartment;
    let id = write(&mut mission.founder, compartment, "cosigned by the new ones");
    speak(&mut mission, 9);
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    mission.sync_founder().unwrap();
    assert!(other.record(id).is_ok());
    assert_eq!(mission.founder.register().digest(), other.register().digest(), "they agree at every step");
}

#[test]
fn a_mark_that_does_not_count_has_no_effect_and_stops_nobody() {
    let mut mission = SimMission::found(1102).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let id = write(&mut mission.founder, compartment, "settled in spite of it");
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    speak(&mut mission, 1);
    let note = String::from_utf8(mission.hub.statements.note.clone()).unwrap();
    let unsigned = note.lines().take(5).map(|line| format!("{line}\n")).collect::<String>();
    let journal = mission.hub.journal.note.clone();
    // Of leaves that stand after it: cosigned, and put before them.
    let ahead = {
        let mut later = mission.hub.copy().unwrap();
        for n in 0..9u8 {
            later.append(vec![0x82, n]);
        }
        later.publish(&witnesses(4).unwrap(), 3).unwrap();
        later.statements.note
    };
    let bad = [
        TimeMark { statements: unsigned.into_bytes(), journal: None },
        TimeMark { statements: b"nonsense".to_vec(), journal: None },
        // The journal log's note, where the statement log's must be.
        TimeMark { statements: journal, journal: None },
        TimeMark { statements: note.clone().into_bytes(), journal: Some(note.into_bytes()) },
        TimeMark { statements: ahead, journal: None },
    ];
    let first = mission.hub.items.len() as u64;
    for mark in &bad {
        mission.hub.append(mark.to_leaf());
    }
    mission.hub.append(vec![1, 0xff]);
    mission.pass(60);
    mission.tick().unwrap();
    let all: Vec<u64> = (first..first + 6).collect();
    let report = mission.sync(&mut other).unwrap();
    assert_eq!(report.bad_marks, all, "shown");
    assert_eq!(mission.sync_founder().unwrap().bad_marks, all);
    assert_eq!(mission.founder.register().digest(), other.register().digest(), "alike for all");
    assert!(other.record(id).is_ok());
    let (third, _) = mission.join("Brother Kettle").unwrap();
    assert_eq!(third.register().digest(), mission.founder.register().digest());
}

#[test]
fn a_mark_of_leaves_that_are_not_here_yet_is_held_against_them_when_they_come() {
    // The check: marks between what is here and what comes.
    let mut mission = SimMission::found(1103).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let before = mission.hub.journal.note.clone();
    let count = mission.hub.journal.leaves.len();
    write(&mut mission.founder, compartment, "one history");
    mission.sync_founder().unwrap();
    let mut face = mission.hub.copy().unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    mission.pass(60);
    mission.tick().unwrap();
    // The desk hears of the mark, and not of the leaves.
    let (note, cosigned) = (mission.hub.journal.note.clone(), mission.hub.journal.cosigned);
    let leaves = mission.hub.journal.leaves.split_off(count);
    (mission.hub.journal.note, mission.hub.journal.cosigned) = (before, count as u64);
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.bad_marks.len(), report.leaves), (0, 0), "{report:?}");
    // Then another journal comes, as long, and cosigned too.
    face.journal.leaves[count][37] ^= 1;
    face.now = mission.hub.now;
    face.tick(&mission.witnesses, 3).unwrap();
    face.statements = mission.hub.copy().unwrap().statements;
    face.items = mission.hub.items.clone();
    let error = refused(sync(&mut other, &mut face));
    assert!(error.contains("journal log shows another history"), "{error}");
    // The true one goes on.
    mission.hub.journal.leaves.extend(leaves);
    (mission.hub.journal.note, mission.hub.journal.cosigned) = (note, cosigned);
    mission.sync(&mut other).unwrap();
    assert_eq!(other.log(LogKind::Journal).unwrap().unwrap().size, cosigned);
}

#[test]
fn an_older_checkpoint_of_another_tree_is_another_history_and_not_an_older_state() {
    // The check: the root that a desk has at that size.
    let mut mission = SimMission::found(1104).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    for n in 0..3 {
        write(&mut mission.founder, compartment, &format!("note {n}"));
    }
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    mission.witnesses.iter_mut().for_each(|witness| witness.corrupt = true);
    // A true one of that size is only old, and that is said.
    let mut behind = mission.hub.copy().unwrap();
    behind.journal.leaves.pop();
    behind.publish(&mission.witnesses, 3).unwrap();
    behind.journal.leaves = mission.hub.journal.leaves.clone();
    behind.statements = mission.hub.copy().unwrap().statements;
    assert_eq!(sync(&mut other, &mut behind).unwrap().behind, [LogKind::Journal]);
    // Another one is another history; the desk stops with this hub then.
    let mut face = mission.hub.copy().unwrap();
    face.journal.leaves.pop();
    let last = face.journal.leaves.len() - 1;
    face.journal.leaves[last][37] ^= 1;
    face.publish(&mission.witnesses, 3).unwrap();
    // It claims to hold as many leaves as the desk has, and has a checkpoint of fewer cosigned.
    face.journal.leaves = mission.hub.journal.leaves.clone();
    face.statements = mission.hub.copy().unwrap().statements;
    let error = refused(sync(&mut other, &mut face));
    assert!(error.contains("another history"), "{error}");
}

#[test]
fn the_journals_checkpoint_does_not_pass_for_the_statement_logs() {
    // The check: which log a checkpoint is of.
    let mut mission = SimMission::found(1105).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    for n in 0..20 {
        write(&mut mission.founder, compartment, &format!("note {n}"));
    }
    mission.sync_founder().unwrap();
    mission.tick().unwrap();
    mission.sync(&mut other).unwrap();
    while mission.hub.journal.leaves.len() <= mission.hub.items.len() {
        write(&mut mission.founder, compartment, "more");
        mission.sync_founder().unwrap();
    }
    mission.hub.publish(&mission.witnesses, 3).unwrap();
    while mission.hub.items.len() < mission.hub.journal.leaves.len() {
        mission.hub.append(vec![0x82, 0]);
    }
    mission.hub.statements.note = mission.hub.journal.note.clone();
    let error = refused(mission.sync(&mut other));
    assert!(error.contains("stands for the other"), "{error}");
}

#[test]
fn a_mark_says_nothing_before_what_stands_before_it_has_its_time() {
    // The check: the statement that makes an entry late may stand before the mark and have no time yet.
    let mut mission = SimMission::found(1106).unwrap();
    let (mut author, person) = mission.join("Madame Lantern").unwrap();
    let (mut reader, _) = mission.join("Brother Kettle").unwrap();
    let compartment = mission.compartment;
    mission.sync(&mut author).unwrap();
    let old = mission.hub.statements.note.clone();
    // The author's assignment ends now, says a statement that no checkpoint covers.
    let now = mission.hub.now;
    mission.founder.extend_appointment(person, Some(Timestamp(now.0 - 1))).unwrap();
    let id = write(&mut author, compartment, "after the end");
    mission.sync_founder().unwrap();
    mission.sync(&mut author).unwrap();
    // A mark covers the entry and not that statement.
    let mut marked = mission.hub.copy().unwrap();
    marked.publish(&mission.witnesses, 3).unwrap();
    let journal = marked.journal.note.clone();
    mission.hub.append(TimeMark { statements: old, journal: Some(journal) }.to_leaf());
    mission.hub.publish(&mission.witnesses, 3).unwrap();
    let report = mission.sync(&mut reader).unwrap();
    assert_eq!((report.entries, report.bad_marks.len()), (1, 0));
    // The next mark covers it.
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync(&mut reader).unwrap();
    assert!(matches!(reader.record(id), Err(NodeError::NoRecord(_))), "it came after the end");
    assert_eq!(reader.verify(&mut |_, _| {}).unwrap().late, 1);
}

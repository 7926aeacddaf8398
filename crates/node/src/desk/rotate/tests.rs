//! A whole contingent goes and another comes.

use std::sync::Arc;
use std::time::Instant;

use counterseal_model::{FixedClock, Timestamp};
use counterseal_register::{Charter, HistoryRule, JoinChallenge, PersonStatus, Rule};
use counterseal_seal::{ComparedString, DeviceSecrets, Passphrase};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use super::*;
use crate::{
    Desk, Founding, GovernorFile, Home, InvitationState, InvitationTerms, Invited, NodeError, Randomness,
};

const NOW: Timestamp = Timestamp(1_790_000_000);

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn found(dir: &TempDir, seed: u64) -> Desk {
    let home = Home::open(dir.path()).unwrap();
    let founding = Founding {
        mission_name: "Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let phrase = Passphrase::new("seven wells and a goat").unwrap();
    let governor = GovernorFile::make(&mut rng(seed + 9), &phrase).unwrap();
    Desk::found(&home, &founding, &[governor], &phrase, Arc::new(FixedClock(NOW)), rng(seed)).unwrap()
}

/// Somebody new asks by an invitation, is answered, opens the challenge and reads the string out.
fn invitee(desk: &mut Desk, seed: u64) -> Invitee {
    let invited = Invited::NewPerson { name: format!("Officer {seed}"), until: None };
    let invitation = desk.invite(&InvitationTerms { invited, days: 7, hub: None }).unwrap();
    let device = DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(seed)).unwrap();
    let mut id = [0; 16];
    id[..8].copy_from_slice(&seed.to_be_bytes());
    let request = invitation.ask(&device, PersonId::from_bytes(id)).unwrap().to_bytes();
    let challenge = JoinChallenge::parse(&desk.answer_request(&request).unwrap().challenge).unwrap();
    let opened = invitation.open_challenge(&device, &request, &challenge).unwrap();
    let string = invitation.compared_string(&request, &opened);
    desk.invitee(&hex::encode(invitation.commitment), string).unwrap()
}

fn come(desk: &mut Desk, seeds: std::ops::Range<u64>, compartments: &[CompartmentId]) -> Vec<RotationRow> {
    let row = |(row, seed)| RotationRow {
        row,
        change: Change::In {
            who: Newcomer::Invited(Box::new(invitee(desk, seed))),
            compartments: compartments.to_vec(),
            manager: false,
            until: None,
        },
        from: None,
    };
    (1..).zip(seeds).map(row).collect()
}

fn go(from: u64, people: &[PersonId]) -> Vec<RotationRow> {
    let row = |(row, person): (u64, &PersonId)| RotationRow {
        row,
        change: Change::Out { person: *person, device: None, compartments: vec![], until: None },
        from: None,
    };
    (from..).zip(people).map(row).collect()
}

fn epochs(desk: &Desk) -> Vec<usize> {
    let all = desk.register().compartments(desk.moment());
    all.into_iter().map(|id| desk.register().epochs(id).len()).collect()
}

fn rotate(desk: &mut Desk, rows: &[RotationRow]) -> RotationReport {
    desk.rotate(rows, &mut |_, _| {}).unwrap()
}

/// A mission with four compartments and that of everyone, with `count` officers who all go, and as many
/// who come.
#[expect(clippy::disallowed_methods, reason = "prints how long it takes")]
fn contingent(count: u64, seed: u64) {
    let dir = TempDir::new().unwrap();
    let mut desk = found(&dir, seed);
    let mut compartments = vec![desk.default_compartment().unwrap()];
    for name in ["protection", "convoys", "camps"] {
        let charter = Charter::new(Rule::Open, HistoryRule::Full);
        compartments.push(desk.create_compartment(name, charter).unwrap());
    }
    let (before, first) = (epochs(&desk), 10_000 * seed);
    let rows = come(&mut desk, first..first + count, &compartments);
    let report = rotate(&mut desk, &rows);
    assert_eq!(report.epochs, 5);
    assert_eq!(epochs(&desk), before.iter().map(|n| n + 1).collect::<Vec<_>>(), "one for each compartment");
    let old: Vec<_> = rows
        .iter()
        .map(|row| match &row.change {
            Change::In { who, .. } => who.person(),
            Change::Out { person, .. } => *person,
        })
        .collect();

    let mut rows = come(&mut desk, first + count..first + 2 * count, &compartments);
    rows.extend(go(count + 1, &old));
    let plan = desk.plan_rotation(&rows).unwrap();
    assert!(plan.problems.is_empty());
    assert!(plan.epochs.len() == 5 && plan.epochs.values().all(|both| *both == (count, count)));
    let began = Instant::now();
    let report = rotate(&mut desk, &rows);
    let seconds = began.elapsed().as_secs_f64();
    println!("{count} out, {count} in, 5 compartments: {seconds:.1} s, {report:?}");
    assert_eq!(report.epochs, 5, "exactly one for each compartment");
    assert_eq!(epochs(&desk), before.iter().map(|n| n + 2).collect::<Vec<_>>());
    assert_eq!(report.statements, 3 * count + count + 2 * 5);
    assert_eq!(report.wraps, 5 * (count + 1), "to the founder and those who came, and to nobody else");
    for view in desk.compartments() {
        assert_eq!(view.members.len() as u64, count + 1);
    }
    let status = |person| desk.register().person(person, desk.moment());
    assert!(old.iter().all(|person| matches!(status(*person), Some(PersonStatus::Revoked { .. }))));
    let people = desk.people();
    assert!(people.iter().all(|person| person.name.is_some()), "everyone has a name that the desk reads");

    // Again: nothing is repeated.
    assert!(!desk.plan_rotation(&rows).unwrap().is_due());
    assert_eq!(rotate(&mut desk, &rows), RotationReport::default());
    let phrase = Passphrase::new("seven wells and a goat").unwrap();
    let place = desk.place().clone();
    desk.close().unwrap();
    let desk = Desk::unlock(place, &phrase, Arc::new(FixedClock(NOW)), rng(seed + 1)).unwrap();
    assert!(desk.compartments().iter().all(|view| view.mine), "and it is all durable");
}

/// Prints the figures of docs/benchmarks.md.
#[test]
fn two_hundred_go_and_two_hundred_come_with_one_epoch_per_compartment() {
    contingent(200, 72);
}

#[test]
fn a_crash_in_the_middle_leaves_nothing_and_the_same_file_does_it_all() {
    let dir = TempDir::new().unwrap();
    let mut desk = found(&dir, 73);
    let compartments = [desk.default_compartment().unwrap()];
    let rows = come(&mut desk, 730..733, &compartments);
    let before = desk.statements_file().unwrap();
    let crashed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        desk.rotate(&rows, &mut |done, _| assert!(done < 2, "the power goes"))
    }));
    assert!(crashed.is_err());
    assert_eq!(desk.statements_file().unwrap(), before, "nothing half-done");
    assert_eq!(rotate(&mut desk, &rows[..1]).epochs, 2);
    // Of a file of which a part was done, the rest is done.
    let plan = desk.plan_rotation(&rows).unwrap();
    let due: Vec<_> = plan.steps.iter().filter(|s| s.state == StepState::Due).map(|s| s.row).collect();
    assert_eq!(due, [2, 2, 3, 3]);
    assert_eq!(rotate(&mut desk, &rows).epochs, 2);
    assert_eq!(desk.compartments()[0].members.len(), 4);
}

#[test]
fn every_problem_is_named_at_once_and_nothing_is_done() {
    let dir = TempDir::new().unwrap();
    let mut desk = found(&dir, 74);
    let compartments = [desk.default_compartment().unwrap()];
    let mut rows = come(&mut desk, 740..742, &compartments);
    rows.push(RotationRow { row: 3, ..rows[0].clone() });
    let own = desk.person();
    rows.extend(go(4, &[own]));
    rows.push(RotationRow {
        row: 5,
        change: Change::In {
            who: Newcomer::Known(PersonId::from_bytes([9; 16])),
            compartments: vec![],
            manager: false,
            until: None,
        },
        from: None,
    });
    let problems = desk.plan_rotation(&rows).unwrap().problems;
    let found: Vec<_> = problems.iter().map(|p| (p.row, p.field, p.code)).collect();
    assert_eq!(
        found,
        [
            (3, "person", "rotate-twice"),
            (4, "person", "rotate-yourself"),
            (5, "person", "rotate-unknown-person"),
        ]
    );
    let before = desk.statements_file().unwrap();
    let refused = desk.rotate(&rows, &mut |_, _| {});
    assert!(matches!(refused, Err(NodeError::BadRotation { count: 3 })));
    assert_eq!(desk.statements_file().unwrap(), before);
}

/// A wrong string is another device between, or a slip: nobody comes in, and the third ends the invitation.
#[test]
fn a_wrong_string_enrols_nobody_and_the_third_ends_the_invitation() {
    let dir = TempDir::new().unwrap();
    let mut desk = found(&dir, 76);
    let right = come(&mut desk, 760..763, &[]);
    let mut wrong = right.clone();
    let Change::In { who: Newcomer::Invited(invitee), .. } = &mut wrong[1].change else { panic!() };
    invitee.string = ComparedString::read("000 111 222 333 444 555").unwrap();
    let before = desk.statements_file().unwrap();
    for code in ["rotate-string-wrong", "rotate-string-wrong", "rotate-string-last", "rotate-invitation-over"]
    {
        let plan = desk.plan_rotation(&wrong).unwrap();
        assert!(plan.problems.is_empty(), "the plan compares nothing, so that it gives no tries away");
        let problems = desk.compare_strings(&wrong, &plan).unwrap();
        assert_eq!(problems, [Problem { row: 2, field: "string", code }]);
    }
    assert!(matches!(desk.rotate(&wrong, &mut |_, _| {}), Err(NodeError::BadRotation { count: 1 })));
    assert!(matches!(desk.rotate(&right, &mut |_, _| {}), Err(NodeError::BadRotation { count: 1 })));
    assert_eq!(desk.statements_file().unwrap(), before);
    let others = [right[0].clone(), right[2].clone()];
    assert_eq!(rotate(&mut desk, &others).epochs, 1);
    let states: Vec<_> = desk.invitations().unwrap().into_iter().map(|view| view.state).collect();
    let used = states.iter().filter(|state| **state == InvitationState::Used).count();
    let cancelled = states.iter().filter(|state| **state == InvitationState::Cancelled).count();
    assert_eq!((used, cancelled), (2, 1));
}

#[test]
fn a_row_waits_for_its_day_and_an_end_later_revokes_nobody() {
    let dir = TempDir::new().unwrap();
    let mut desk = found(&dir, 75);
    let compartments = [desk.default_compartment().unwrap()];
    let mut rows = come(&mut desk, 750..752, &compartments);
    rows[1].from = Some(Timestamp(NOW.0 + Timestamp::DAY));
    let report = rotate(&mut desk, &rows);
    assert_eq!((report.epochs, desk.people().len()), (2, 2));
    let plan = desk.plan_rotation(&rows).unwrap();
    assert!(plan.steps.iter().any(|step| step.state == StepState::NotYet));
    assert!(!plan.is_due());
    let person = desk.people().into_iter().find(|p| p.id != desk.person()).unwrap().id;
    let until = Some(Timestamp(NOW.0 + Timestamp::DAY));
    let end = Change::Out { person, device: None, compartments: vec![], until };
    let report = rotate(&mut desk, &[RotationRow { row: 1, change: end, from: None }]);
    assert_eq!((report.statements, report.epochs), (1, 0));
    assert_eq!(desk.register().person(person, desk.moment()), Some(PersonStatus::Active));
    // Out of one compartment alone.
    let out = Change::Out { person, device: None, compartments: compartments.to_vec(), until: None };
    let report = rotate(&mut desk, &[RotationRow { row: 1, change: out, from: None }]);
    assert_eq!((report.statements, report.epochs), (2, 1));
    assert_eq!(desk.register().person(person, desk.moment()), Some(PersonStatus::Active));
}

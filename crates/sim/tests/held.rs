//! A hub's word on what a desk holds may save bytes. It never makes the desk forget.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, CompartmentId, RecordId};
use counterseal_node::{Desk, PouchOptions, PouchSince, SyncOptions};
use counterseal_sim::{SimMission, sync, sync_with};
use counterseal_sync::Supply;
use tempfile::TempDir;

fn write(desk: &mut Desk, compartment: CompartmentId, text: &str) -> RecordId {
    let note = Body::Note(Box::new(Note { text: text.into(), ..Note::default() }));
    desk.record_new(compartment, note, Classification::Unclassified).unwrap()
}

/// The founder's three notes are in the log; a second desk has not fetched them.
fn with_news(seed: u64) -> (SimMission, Desk, Vec<RecordId>) {
    let mut mission = SimMission::found(seed).unwrap();
    let (other, _) = mission.join("Madame Lantern").unwrap();
    let compartment = mission.compartment;
    let ids = (0..3).map(|n| write(&mut mission.founder, compartment, &format!("note {n}"))).collect();
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    (mission, other, ids)
}

/// From then on the hub holds back those of the first three entries that are numbered here.
fn withhold(mission: &mut SimMission, numbers: &[usize]) {
    let leaves: Vec<u64> = mission.hub.entries.keys().copied().collect();
    let held_back: Vec<u64> = numbers.iter().map(|number| *leaves.get(*number).unwrap()).collect();
    mission.hub.lie = Some(Box::new(move |supply| {
        if let Supply::Entries(entries) = supply {
            entries.retain(|entry| !held_back.contains(&entry.leaf));
        }
    }));
}

#[test]
fn a_gap_is_noticed_and_asked_for_again_whatever_the_hub_says() {
    let (mut mission, mut other, ids) = with_news(901);
    withhold(&mut mission, &[1]);
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.left_entries, report.gaps.len()), (2, 0, 1), "it says that was all");
    assert_eq!((report.gaps[0].device, report.gaps[0].from), (mission.founder.device(), Some(1)));
    // It goes on so, and the log grows.
    let compartment = mission.compartment;
    write(&mut mission.founder, compartment, "later");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    assert_eq!(mission.sync(&mut other).unwrap().gaps.len(), 1, "said again");
    mission.hub.lie = None;
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.gaps.len()), (1, 0), "an honest hub has it, and nothing comes twice");
    assert!(other.record(ids[1]).is_ok());
    assert_eq!(mission.sync(&mut other).unwrap().entries, 0);
}

#[test]
fn a_gap_is_closed_by_a_pouch_and_one_that_a_pouch_tells_of_by_the_hub() {
    let stick = TempDir::new().unwrap();
    let (mut mission, mut other, ids) = with_news(902);
    withhold(&mut mission, &[1, 2]);
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.gaps.len()), (1, 0), "of what is held back at the end nothing shows");
    // The founder's pouch names its heads, and carries nothing: it takes all to be held.
    let path = stick.path().join("pouch");
    let late = counterseal_model::Timestamp(i64::MAX);
    let options = PouchOptions {
        receivers: vec![other.device()],
        since: PouchSince::Time(late),
        ..PouchOptions::default()
    };
    mission.sync_founder().unwrap();
    let written = mission.founder.write_pouch(&path, &options, &mut |_, _| {}).unwrap();
    assert_eq!(written.entries, 0);
    assert!(other.read_pouch(&path, &mut |_, _| {}).unwrap().signed);
    assert_eq!(other.gaps().unwrap().len(), 1);
    mission.hub.lie = None;
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.gaps.len()), (2, 0));
    assert!(ids.iter().all(|id| other.record(*id).is_ok()));
}

#[test]
fn what_shows_no_gap_comes_when_everything_is_asked_for_anew() {
    let (mut mission, mut other, ids) = with_news(903);
    withhold(&mut mission, &[1, 2]);
    mission.sync(&mut other).unwrap();
    mission.hub.lie = None;
    assert_eq!(mission.sync(&mut other).unwrap().entries, 0, "the first hub's word still counts");
    let options = SyncOptions { anew: true, ..SyncOptions::default() };
    let report = sync_with(&mut other, &mut mission.hub, &options).unwrap();
    assert_eq!(report.entries, 2, "and what is held does not come again");
    assert!(ids.iter().all(|id| other.record(*id).is_ok()));
}

#[test]
fn an_entry_at_a_leaf_that_is_anothers_does_not_stand_for_the_other() {
    let (mut mission, mut other, ids) = with_news(904);
    // The second entry is said to stand where the third does, and the third is not sent.
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Entries(entries) = supply
            && entries.len() == 3
        {
            let last = entries.pop().unwrap();
            entries[1].leaf = last.leaf;
        }
    }));
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.misplaced, report.gaps.len()), (2, 1, 0), "said so");
    // Not even "done, nothing left" makes the desk forget.
    mission.hub.lie = Some(Box::new(|supply| {
        if let Supply::Entries(entries) = supply {
            entries.clear();
        }
    }));
    mission.sync(&mut other).unwrap();
    mission.hub.lie = None;
    assert_eq!(mission.sync(&mut other).unwrap().entries, 1);
    assert!(other.record(ids[2]).is_ok());
    assert_eq!(mission.sync(&mut other).unwrap().entries, 0, "nothing comes twice");
}

#[test]
fn an_index_of_the_hubs_own_choosing_delays_by_one_session_and_no_more() {
    let (mut mission, mut other, _) = with_news(905);
    let compartment = mission.compartment;
    // Taken and forgotten, with a place that the log will not reach for years.
    let lost = write(&mut other, compartment, "acknowledged and forgotten");
    (mission.hub.forgets, mission.hub.accepts_at) = (true, Some(1 << 19));
    assert_eq!(mission.sync(&mut other).unwrap().accepted, 1);
    (mission.hub.forgets, mission.hub.accepts_at) = (false, None);
    assert_eq!(mission.sync(&mut other).unwrap().dropped, 1, "noticed");
    mission.sync(&mut other).unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    mission.sync_founder().unwrap();
    assert!(mission.founder.record(lost).is_ok(), "nothing is lost");
    // Taken, with the place that the next entry of another will have.
    let next = mission.hub.journal.leaves.len() as u64;
    write(&mut other, compartment, "its place is said to be the next one's");
    mission.hub.accepts_at = Some(next + 1);
    mission.sync(&mut other).unwrap();
    mission.hub.accepts_at = None;
    let hidden = write(&mut mission.founder, compartment, "the next one");
    mission.sync_founder().unwrap();
    mission.pass(60);
    mission.tick().unwrap();
    sync(&mut other, &mut mission.hub).unwrap();
    sync(&mut other, &mut mission.hub).unwrap();
    assert!(other.record(hidden).is_ok(), "it is asked for once the log shows whose leaf that is");
}

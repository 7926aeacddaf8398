//! Large entries that are begun and not ended: lines that break, and hubs that do it on purpose.
#![expect(clippy::unwrap_used, reason = "tests")]

use counterseal_model::record::{Body, Note};
use counterseal_model::{Classification, RecordId};
use counterseal_node::{Desk, SyncOptions, SyncReport, SyncRun};
use counterseal_sim::{SimHub, SimMission};
use counterseal_sync::{HubEvent, PartialPull};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A note of more than 64 KiB that does not get smaller.
fn large(mission: &mut SimMission, seed: u64) -> RecordId {
    let mut bytes = vec![0u8; 90_000];
    ChaCha20Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
    let text: String = bytes.iter().map(|byte| char::from(b'0' + byte % 75)).collect();
    let note = Body::Note(Box::new(Note { text, ..Note::default() }));
    mission.founder.record_new(mission.compartment, note, Classification::Unclassified).unwrap()
}

/// A session that breaks off after so many pieces of large entries. Gives what the desk said it had of them.
fn broken_off(desk: &mut Desk, hub: &mut SimHub, pieces: usize) -> (Vec<PartialPull>, SyncReport) {
    let exporter = [42; 32];
    let mut run = desk.begin_sync(&exporter, &SyncOptions::default()).unwrap();
    let (mut session, mut said, mut came) = (hub.session(), Vec::new(), 0);
    while !run.is_finished() {
        while let Some(out) = run.next_output(desk).unwrap() {
            let mut input = out.as_slice();
            while let Some(event) = session.feed(&mut input).unwrap() {
                if let HubEvent::Hello(hello) = &event {
                    said = hello.partials.to_vec();
                }
                hub.take(&mut session, event, &exporter).unwrap();
            }
        }
        while let Some(out) = session.next_output() {
            run.feed(desk, &out).unwrap();
            came += usize::from(out.first() == Some(&6));
            if came == pieces {
                return (said, run.report());
            }
        }
        if let Some(request) = session.next_request() {
            hub.supply(&mut session, request).unwrap();
        }
    }
    (said, run.report())
}

#[test]
fn what_a_hub_announces_and_no_checkpoint_covers_does_not_fill_the_memory() {
    for (statements, leaves) in [(10_000, usize::MAX), (usize::MAX, 20)] {
        let mut mission = SimMission::found(72).unwrap();
        let (mut other, _) = mission.join("Madame Lantern").unwrap();
        // More and more, and the newest checkpoint is never reached.
        let hub = &mut mission.hub;
        let leaf = vec![1u8; 38];
        hub.journal.leaves.extend(std::iter::repeat_n(leaf, 30));
        (0..30u8).for_each(|n| hub.items.push(vec![n; 1000]));
        hub.statements.leaves.extend((0..30u8).map(|n| vec![n; 1000]));
        let exporter = [42; 32];
        let run = other.begin_sync(&exporter, &SyncOptions::default()).unwrap();
        let mut run = run.with_room(statements, leaves);
        let refused = pump(&mut run, &mut other, hub, &exporter).unwrap_err().to_string();
        assert!(refused.contains("more than this desk can hold"), "{refused}");
    }
}

/// Carries a session as far as it goes.
fn pump(
    run: &mut SyncRun,
    desk: &mut Desk,
    hub: &mut SimHub,
    exporter: &[u8; 32],
) -> Result<(), counterseal_node::NodeError> {
    let mut session = hub.session();
    while !run.is_finished() {
        while let Some(out) = run.next_output(desk)? {
            let mut input = out.as_slice();
            while let Some(event) = session.feed(&mut input).unwrap() {
                hub.take(&mut session, event, exporter).unwrap();
            }
        }
        while let Some(out) = session.next_output() {
            run.feed(desk, &out)?;
        }
        if let Some(request) = session.next_request() {
            hub.supply(&mut session, request).unwrap();
        }
    }
    Ok(())
}

#[test]
fn what_is_begun_and_never_ended_is_bounded_the_oldest_is_dropped_and_all_comes_in_the_end() {
    let mut mission = SimMission::found(71).unwrap();
    let (mut other, _) = mission.join("Madame Lantern").unwrap();
    let records: Vec<_> = (0..12).map(|n| large(&mut mission, n)).collect();
    assert_eq!(mission.sync_founder().unwrap().accepted, 12);
    mission.tick().unwrap();
    // Each time the hub begins with another one, and hangs up.
    let all = mission.hub.entries.clone();
    let mut dropped = 0;
    for begun in 0..12u64 {
        mission.hub.entries = all.clone();
        mission.hub.entries.retain(|leaf, _| *leaf == begun);
        let (said, report) = broken_off(&mut other, &mut mission.hub, 1);
        assert!(said.len() <= 7, "{} unfinished entries are kept", said.len());
        assert!(said.iter().all(|one| one.leaf + 8 >= begun), "the oldest go first");
        dropped += report.unfinished_dropped;
    }
    assert_eq!(dropped, 4, "and it is said");
    mission.hub.entries = all;
    let report = mission.sync(&mut other).unwrap();
    assert_eq!((report.entries, report.refused_entries.len()), (12, 0));
    records.iter().for_each(|record| assert!(other.record(*record).is_ok()));
    let (said, _) = broken_off(&mut other, &mut mission.hub, 1);
    assert!(said.is_empty(), "nothing is left of the pieces");
    other.verify(&mut |_, _| {}).unwrap();
}

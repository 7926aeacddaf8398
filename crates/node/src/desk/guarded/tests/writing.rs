//! What is written is nowhere, or held until it need not be; others keep it and find nothing in it.

use counterseal_register::{HybridKey, SetHub, SetWitnesses, Witness, WitnessGroup, WitnessName};

use super::*;

#[test]
fn what_is_written_under_hold_rule_none_is_nowhere_and_opens_with_t_trustees() {
    let mut world = world(1, 2, 3, HoldRule::None);
    let refused = world.desk.record_new(world.compartment, source(SECRET), Classification::Confidential);
    assert!(
        matches!(refused, Err(NodeError::NoTrusteeKeys { have: 0, needed: 3, .. })),
        "nothing is sealed to keys that are not here"
    );
    assert!(is_nowhere(&mut world.desk, world.dir.path(), SECRET));
    world.give_keys(1);
    let record = world.write(SECRET);
    assert!(is_nowhere(&mut world.desk, world.dir.path(), SECRET));
    assert!(
        matches!(world.desk.record(record), Err(NodeError::NoRecord(_))),
        "not even its author's desk opens it"
    );
    assert_eq!(world.desk.totals().unwrap().iter().map(|(_, count)| count).sum::<u64>(), 0);
    let report = world.desk.verify(&mut |_, _| {}).unwrap();
    assert_eq!((report.parts, report.guarded, report.unreadable), (0, 1, 0));
    world.desk.reindex(&mut |_, _| {}).unwrap();
    assert!(is_nowhere(&mut world.desk, world.dir.path(), SECRET));
    let view = world.desk.guarded_entries(10).unwrap().pop().unwrap();
    assert_eq!((view.have(), view.threshold, view.trustees.len(), view.held), (0, 2, 3, false));
    let openable = world.desk.openable().unwrap();
    let openable = openable.iter().find(|one| one.id == world.compartment).unwrap();
    assert_eq!((openable.open, openable.guarded, openable.held), (0, 1, 0));

    // Two trustees and a member.
    let header = world.headers().pop().unwrap();
    for trustee in [0, 2] {
        assert_eq!(world.acknowledge(trustee, &header).acknowledged, 1);
    }
    let opened = open(&world, &header, 0, &[0, 2]).unwrap();
    let part: Part = counterseal_model::cbor::from_bytes(&opened).unwrap();
    assert_eq!((part.record, part.body), (record, source(SECRET)));
    assert!(open(&world, &header, 0, &[2]).is_none(), "one of two that it takes");
    let view = world.desk.guarded_entries(10).unwrap().pop().unwrap();
    assert_eq!((view.have(), view.held, view.is_lost()), (2, false, false));
}

#[test]
fn what_is_held_is_destroyed_at_n_acknowledgements_or_after_three_days_at_one_more_than_it_takes() {
    for (late, needed) in [(false, 4), (true, 3)] {
        let mut world = world(10, 2, 4, HoldRule::UntilAcknowledged);
        world.give_keys(1);
        world.write(SECRET);
        let header = world.headers().pop().unwrap();
        let held = |world: &World| world.desk.guarded_entries(9).unwrap()[0].held;
        assert!(held(&world) && holds(&world.desk.store.pages(), SECRET), "until it is acknowledged");
        if late {
            world.pass(3 * 86_400);
        }
        for trustee in 0..4 {
            assert!(trustee >= needed || held(&world), "{trustee} of {needed} have it");
            world.acknowledge(trustee, &header);
        }
        assert!(!held(&world));
        assert!(is_nowhere(&mut world.desk, world.dir.path(), SECRET), "no page has it, used or free");
        let openable = world.desk.openable().unwrap();
        assert!(openable.iter().all(|one| one.held == 0));
    }
}

#[test]
fn what_three_of_four_acknowledged_is_held_for_three_days_and_gone_at_the_next_unlocking() {
    let mut world = world(15, 2, 4, HoldRule::UntilAcknowledged);
    world.give_keys(1);
    world.write(SECRET);
    let header = world.headers().pop().unwrap();
    (0..3).for_each(|trustee| drop(world.acknowledge(trustee, &header)));
    assert!(world.desk.guarded_entries(9).unwrap()[0].held);
    world.desk.close().unwrap();
    world.clock.0.fetch_add(3 * 86_400, Ordering::SeqCst);
    let place = Home::open(world.dir.path()).unwrap().choose(None).unwrap();
    let mut desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(16)).unwrap();
    assert!(!desk.guarded_entries(9).unwrap()[0].held);
    assert!(is_nowhere(&mut desk, world.dir.path(), SECRET));
}

#[test]
fn others_keep_guarded_entries_and_find_nothing_in_them() {
    let mut world = world(100, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut other = member(&mut world, &home, 101);
    world.give_keys(1);
    let record = world.write(SECRET);
    world.desk.release_batches().unwrap();
    let arrived: Vec<_> = world
        .desk
        .unlogged()
        .unwrap()
        .into_iter()
        .map(|no| world.desk.entry(no).unwrap())
        .map(|given| Arrived { entry: given.entry, urgency: given.urgency })
        .collect();
    let taken = other.take_entries(&arrived).unwrap();
    assert_eq!((taken.new, taken.waiting, taken.refused.len()), (4, 0, 0));
    assert!(
        other.holds(world.desk.reader().verify(&world.headers()[0]).unwrap().header().epoch),
        "with the epoch's secret"
    );
    assert!(matches!(other.record(record), Err(NodeError::NoRecord(_))));
    assert!(is_nowhere(&mut other, dir.path(), SECRET));
    let report = other.verify(&mut |_, _| {}).unwrap();
    assert_eq!((report.entries, report.guarded, report.parts, report.missing), (4, 4, 0, 0));
    other.reindex(&mut |_, _| {}).unwrap();
    assert_eq!(other.totals().unwrap().iter().map(|(_, count)| count).sum::<u64>(), 0);
    assert!(other.guarded_entries(9).unwrap().is_empty(), "they are not its own");
    assert_eq!(other.settle().unwrap(), 0);
    // A trustee's wrap that was changed: the author's signature is not over it.
    let mut changed = arrived[0].clone();
    let middle = changed.entry.header.len() / 2;
    changed.entry.header[middle] ^= 1;
    assert_eq!(other.take_entries(&[changed]).unwrap().refused.len(), 1);
}

#[test]
fn what_waits_goes_on_a_trip_without_what_was_held() {
    let mut world = world(130, 2, 3, HoldRule::UntilAcknowledged);
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let other = member(&mut world, &home, 131);
    let incidents = world.desk.find_compartment("incidents").unwrap();
    let person = other.person();
    world.desk.appoint_manager(world.compartment, person, None).unwrap();
    world.give_keys(1);
    world.write(SECRET);
    let note = Body::Note(Box::new(Note { text: "plain".into(), ..Note::default() }));
    let kept = world.desk.record_new(incidents, note, Classification::Confidential).unwrap();
    let own = Home::open(world.dir.path()).unwrap();
    let prepared = world
        .desk
        .prepare_travel(&own, &[world.compartment], true, &passphrase(), rng(132), &mut |_, _| {})
        .unwrap();
    world.desk.close().unwrap();
    let place = prepared.settle(&own).unwrap();
    world.desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(133)).unwrap();
    assert!(is_nowhere(&mut world.desk, world.dir.path(), SECRET));
    assert!(world.desk.record(kept).is_ok());
    assert_eq!(world.desk.guarded_entries(9).unwrap().len(), 1, "what is sealed came along");
    world.desk.verify(&mut |_, _| {}).unwrap();
}

#[test]
fn nothing_is_imported_into_a_guarded_compartment_and_no_source_into_an_open_one() {
    let mut world = world(140, 2, 3, HoldRule::None);
    world.give_keys(1);
    let incidents = world.desk.find_compartment("incidents").unwrap();
    let refused = world.desk.record_new(incidents, source("x"), Classification::Confidential);
    assert!(matches!(refused, Err(NodeError::SourceInOpen)));
    let part = |n: u8| {
        world.desk.part(RecordId::from_bytes([n; 16]), source("x"), Classification::Confidential, Vec::new())
    };
    let parts = vec![part(1), part(2)];
    let several = world.desk.seal(world.compartment, parts).map(drop);
    assert!(matches!(several, Err(NodeError::GuardedOneByOne)));
    world.desk.drop_unkept().unwrap();
    let parts = (1..4)
        .map(|n| {
            world.desk.part(
                RecordId::from_bytes([n; 16]),
                source("x"),
                Classification::Confidential,
                Vec::new(),
            )
        })
        .collect();
    world.desk.write_guarded(world.compartment, parts).unwrap();
    let headers = world.headers();
    assert_eq!(headers.len(), 3, "an entry each");
    assert!(
        headers.iter().all(|header| world.desk.reader().verify(header).unwrap().header().parts.len() == 1)
    );
}

/// A hub and a witness by name alone: from then on what is said waits for the log.
fn name_hub(world: &mut World) {
    let key = |n| -> HybridKey { Played::new(n).secrets.public().clone() };
    let hub = SetHub {
        generation: 1,
        statements_key: Bytes(key(901).ed25519),
        journal_key: Bytes(key(902).ed25519),
        pins: vec![Bytes([1; 32])],
        extra: Default::default(),
    };
    let witness = Witness {
        name: WitnessName::parse("one.example").unwrap(),
        key: key(903),
        group: WitnessGroup::Independent,
        url: None,
        extra: Default::default(),
    };
    let witnesses = SetWitnesses {
        independents: 1,
        witnesses: vec![witness],
        trustees: 0,
        faults: 0,
        weak: true,
        extra: Default::default(),
    };
    world.desk.name_hub(hub, witnesses, &[&world.governor.secrets]).unwrap();
}

#[test]
fn nothing_guarded_is_written_under_an_epoch_that_may_still_lose() {
    let mut world = world(150, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let other = member(&mut world, &Home::open(dir.path()).unwrap(), 151);
    world.give_keys(1);
    name_hub(&mut world);
    world.write("under an epoch of the log");
    world.desk.remove(world.compartment, other.person()).unwrap();
    let refused = world.desk.record_new(world.compartment, source(SECRET), Classification::Confidential);
    assert!(
        matches!(refused, Err(NodeError::EpochNotLogged(_))),
        "obeyed on sight, and not logged: {refused:?}"
    );
    assert_eq!(world.headers().len(), 1);
    world.desk.release_batches().unwrap();
    assert_eq!(world.headers().len(), 1, "nor is a cover");
    assert!(outgoing(&world.desk).is_empty(), "and the batch waits to be filled");
    world.desk.release_all_guarded().unwrap();
    assert_eq!(outgoing(&world.desk).len(), 1, "unless it is told to go");
}

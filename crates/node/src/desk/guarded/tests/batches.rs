//! What a hub sees, and when.

use super::*;

/// The sizes that a hub sees in each of six sessions, when so many parts are written before each.
fn seen(seed: u64, written: [usize; 6]) -> Vec<Vec<(usize, Vec<usize>)>> {
    let mut world = world(seed, 2, 3, HoldRule::None);
    world.give_keys(1);
    let mut seen = Vec::new();
    for count in written {
        (0..count).for_each(|n| _ = world.write(&format!("source {n}")));
        world.desk.release_batches().unwrap();
        seen.push(outgoing(&world.desk));
        accept(&mut world.desk);
        world.pass(SLOT);
    }
    seen
}

#[test]
fn the_hub_sees_the_same_whether_somebody_wrote_or_not() {
    let quiet = seen(50, [0; 6]);
    assert!(quiet.iter().all(|batch| batch.len() == 4), "{quiet:?}");
    let sizes: std::collections::BTreeSet<_> = quiet.concat().into_iter().map(|(_, parts)| parts).collect();
    assert_eq!(sizes, [vec![1024 + 16]].into());
    // Lengths of headers follow from seq, which rises the same way.
    for (seed, written) in [(51, [1, 0, 0, 4, 2, 0]), (52, [9, 0, 0, 3, 0, 0])] {
        assert_eq!(seen(seed, written), quiet, "{written:?}");
    }
}

#[test]
fn what_was_broken_off_is_sent_again_as_it_was_and_nothing_besides() {
    let mut world = world(60, 2, 3, HoldRule::None);
    world.give_keys(1);
    (0..5).for_each(|n| _ = world.write(&format!("source {n}")));
    assert!(outgoing(&world.desk).is_empty(), "nothing leaves before its batch");
    world.desk.release_batches().unwrap();
    let numbers = world.desk.unsent_numbers().unwrap();
    let bytes: Vec<_> = numbers.iter().map(|no| world.desk.entry(*no).unwrap()).collect();
    assert_eq!(bytes.len(), 4);
    // The line breaks, and the computer with it.
    drop(world.desk);
    let place = Home::open(world.dir.path()).unwrap().choose(None).unwrap();
    world.desk = Desk::unlock(place, &passphrase(), world.clock.clone(), rng(61)).unwrap();
    world.pass(SLOT);
    world.desk.release_batches().unwrap();
    let again: Vec<_> =
        world.desk.unsent_numbers().unwrap().into_iter().map(|no| world.desk.entry(no).unwrap()).collect();
    assert_eq!(again, bytes, "the same bytes, and no other batch beside them");
    accept(&mut world.desk);
    world.desk.release_batches().unwrap();
    assert_eq!(outgoing(&world.desk).len(), 4, "the fifth, and covers");
    assert_eq!(world.desk.guarded_entries(99).unwrap().len(), 5, "covers are not listed");
    assert_eq!(world.desk.guarded_waiting().unwrap(), 0);
}

#[test]
fn covers_cannot_be_told_from_parts_by_anyone_who_cannot_open_them() {
    let mut world = world(70, 2, 3, HoldRule::None);
    world.give_keys(1);
    world.write("source");
    world.desk.release_batches().unwrap();
    let headers = world.headers();
    assert_eq!(headers.len(), 4);
    let shape = |header: &Vec<u8>| {
        let header = world.desk.reader().verify(header).unwrap().header().clone();
        (
            header.parts.len(),
            header.parts[0].padded_length,
            header.trustees.len(),
            header.trustee_set,
            header.epoch,
        )
    };
    assert!(headers.iter().all(|header| shape(header) == shape(&headers[0])));
    assert!(headers.iter().all(|header| header.len() == headers[0].len()));
    for header in &headers {
        (0..3).for_each(|trustee| assert_eq!(world.acknowledge(trustee, header).lies, []));
    }
    let covers: Vec<_> =
        headers.iter().map(|header| is_cover(&open(&world, header, 0, &[0, 1]).unwrap())).collect();
    assert_eq!(covers, [false, true, true, true], "who can open them knows");
    let asked = world.desk.trustees_to_ask().unwrap();
    assert!(asked.iter().all(|one| !one.calls.iter().any(|call| matches!(call, TrusteeCall::Acks { .. }))));
}

#[test]
fn a_pouch_carries_whole_batches_and_the_same_bytes_go_to_the_hub_later() {
    let mut world = world(110, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let home = Home::open(dir.path()).unwrap();
    let mut other = member(&mut world, &home, 111);
    world.give_keys(1);
    (0..5).for_each(|n| _ = world.write(&format!("source {n}")));
    let path = dir.path().join("july.pouch");
    let report = world.desk.write_pouch(&path, &crate::PouchOptions::default(), &mut |_, _| {}).unwrap();
    assert_eq!(report.entries, 8, "two batches");
    let read = other.read_pouch(&path, &mut |_, _| {}).unwrap();
    assert_eq!(read.entries.new, 8);
    assert_eq!(other.verify(&mut |_, _| {}).unwrap().guarded, 8);
    assert!(outgoing(&world.desk).is_empty(), "a pouch is no reason for the hub to see more");
    for _ in 0..2 {
        world.desk.release_batches().unwrap();
        assert_eq!(outgoing(&world.desk).len(), 4);
        accept(&mut world.desk);
    }
    assert_eq!(world.headers().len(), 8, "nothing was sealed again");
}

#[test]
fn everything_leaves_at_once_when_it_is_told_to() {
    let mut world = world(120, 2, 3, HoldRule::None);
    world.give_keys(1);
    (0..6).for_each(|n| _ = world.write(&format!("source {n}")));
    assert_eq!(world.desk.release_all_guarded().unwrap(), 2);
    assert_eq!(outgoing(&world.desk).len(), 8);
    world.desk.release_batches().unwrap();
    assert_eq!(outgoing(&world.desk).len(), 8, "no third one beside them");
}

//! The same seed gives the same mission, in any order and of any size.

use counterseal_model::cbor::{from_bytes, to_bytes};
use counterseal_model::record::Part;
use counterseal_synth::{Plan, World};

fn world(seed: u64, incidents: usize) -> World {
    World::new(Plan::new(seed, incidents))
}

fn bytes(world: &World) -> Vec<Vec<u8>> {
    (0..world.plan().incidents).map(|n| to_bytes(&world.part(n))).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let (one, two) = (world(7, 1000), world(7, 1000));
    assert!(bytes(&one) == bytes(&two));
    assert_eq!(one.entities(), two.entities());
    assert_eq!(one.links(), two.links());
    assert_eq!((one.planted(), one.decoys()), (two.planted(), two.decoys()));
}

#[test]
fn another_seed_gives_another_mission() {
    let (one, two) = (world(7, 200), world(8, 200));
    let shared = bytes(&one).into_iter().zip(bytes(&two)).filter(|(a, b)| a == b).count();
    assert_eq!(shared, 0);
    assert_ne!(one.entities(), two.entities());
    assert_ne!(one.links(), two.links());
}

#[test]
fn random_access_equals_streaming() {
    let world = world(3, 300);
    let streamed: Vec<_> = world.incidents().collect();
    assert_eq!(streamed.len(), 300);
    for n in [299, 0, 150, 42] {
        assert_eq!(world.incident(n), streamed[n]);
    }
}

#[test]
fn a_larger_plan_changes_no_incident() {
    assert_eq!(world(3, 10).incident(9), world(3, 1_000_000).incident(9));
    // Beyond the plan, too: a bench may ask for as many as it likes.
    assert_eq!(world(3, 10).incident(500_000), world(3, 1_000_000).incident(500_000));
}

#[test]
fn a_part_is_marked_synthetic_and_reads_back() {
    let world = world(5, 400);
    for n in 0..400 {
        let part = world.part(n);
        assert!(part.synthetic, "incident {n}");
        assert_eq!(part.classification, world.classification(n));
        assert_eq!(from_bytes::<Part>(&to_bytes(&part)).unwrap(), part);
    }
}

#[test]
fn every_record_has_an_id_of_its_own() {
    let world = world(5, 20_000);
    let mut ids: Vec<_> = world.incidents().map(|(id, _)| id).collect();
    ids.extend(world.entities().into_iter().map(|(id, _)| id));
    ids.extend(world.links().into_iter().map(|(id, _)| id));
    let all = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn odd_plans_are_fine() {
    let none = world(1, 0);
    assert_eq!((none.incidents().count(), none.planted().len()), (0, 0));
    let ancient = Plan { years: 0, start: counterseal_model::Timestamp(-3_000_000_000), ..Plan::new(1, 5) };
    assert_eq!(World::new(ancient).incidents().count(), 5);
}

//! A new trustee answers for an old one: only by governors, only after the waiting days, and for one place of a set.

use crate::common::*;
use crate::trustees::set;
use counterseal_register::*;

fn id(n: u8) -> KeyId {
    Gov::new(n).key.id()
}

/// The trustees by their numbers, of whom some succeed others.
fn succeeding(numbers: &[u8], threshold: u64, pairs: &[(u8, u8)]) -> SetTrustees {
    let mut act = set(numbers, threshold);
    for (new, old) in pairs {
        act.trustees.iter_mut().find(|one| one.x == u64::from(*new)).unwrap().succeeds = Some(id(*old));
    }
    act
}

fn wait(world: &mut World) {
    world.time += WAITING_DAYS as i64 * DAY;
}

#[test]
fn a_successor_answers_for_the_old_place_once_the_days_are_over() {
    let mut world = World::enrolled();
    let first = world.by_govs(set(&[51, 52, 53], 2)).unwrap().id;
    world.by_govs(succeeding(&[52, 53, 54], 2, &[(54, 51)])).unwrap();
    let first_of = |world: &World| world.register.trustee_set(first, world.now()).unwrap().clone();
    let at = |world: &World, n| {
        let (set, now) = (first_of(world), world.now());
        world.register.place_answered(&set, id(n), now).map(|(_, one)| one.x)
    };
    assert_eq!(world.register.trustee_holder(id(51), world.now()), id(51), "it waits");
    assert_eq!((at(&world, 51), at(&world, 54)), (Some(51), None));
    wait(&mut world);
    assert_eq!(world.register.trustee_holder(id(51), world.now()), id(54));
    assert_eq!((at(&world, 51), at(&world, 54), at(&world, 52)), (None, Some(51), Some(52)));
    // A third follows the second: it answers for both of their places.
    world.by_govs(succeeding(&[52, 53, 55], 2, &[(55, 54)])).unwrap();
    wait(&mut world);
    assert_eq!(world.register.trustee_chain(id(51), world.now()), [id(51), id(54), id(55)]);
    assert_eq!(at(&world, 55), Some(51));
    assert_eq!(world.register.trustees_succeeded_by(id(55), world.now()), [id(54), id(51)]);
    assert!(
        world.register.trustees_succeeded_by(id(54), world.now()).is_empty(),
        "it answers for nobody now"
    );
    // That a later set does not say it again takes nothing away.
    world.by_govs(set(&[52, 53, 55], 3)).unwrap();
    wait(&mut world);
    assert_eq!(at(&world, 55), Some(51));
}

#[test]
fn asking_for_more_does_not_bring_a_successor_in_at_once() {
    let mut world = World::enrolled();
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    world.by_govs(set(&[52, 53, 54], 2)).unwrap();
    wait(&mut world);
    let at_once = succeeding(&[52, 53, 54], 3, &[(54, 51)]);
    world.by_govs(at_once).unwrap();
    assert_eq!(world.register.trustee_holder(id(51), world.now()), id(51), "this one waits like any other");
    wait(&mut world);
    assert_eq!(world.register.trustee_holder(id(51), world.now()), id(54));
}

#[test]
fn a_withdrawn_succession_never_was() {
    let mut world = World::enrolled();
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    world.by_govs(succeeding(&[52, 53, 54], 2, &[(54, 51)])).unwrap();
    world.by_govs(succeeding(&[52, 53, 55], 2, &[(55, 51)])).unwrap();
    wait(&mut world);
    assert_eq!(world.register.trustee_holder(id(51), world.now()), id(55), "54 never was its successor");
}

#[test]
fn nobody_answers_for_two_places_and_nobody_comes_back() {
    let mut world = World::enrolled();
    let bad = "trustees-succession-bad";
    refused(world.by_govs(succeeding(&[51, 52, 53], 2, &[(51, 54)])), bad);
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    // Of nobody who was there, of somebody who stays, of a neighbour, two of one.
    refused(world.by_govs(succeeding(&[52, 53, 54], 2, &[(54, 60)])), bad);
    refused(world.by_govs(succeeding(&[51, 52, 53, 54], 2, &[(54, 51)])), bad);
    refused(world.by_govs(succeeding(&[52, 53, 54], 2, &[(53, 51)])), bad);
    refused(world.by_govs(succeeding(&[53, 54, 55], 2, &[(54, 51), (55, 51)])), bad);
    refused(world.by_govs(succeeding(&[52, 53, 54], 2, &[(54, 54)])), bad);
    world.by_govs(succeeding(&[52, 53, 54], 2, &[(54, 51)])).unwrap();
    wait(&mut world);
    // Another successor of the same, or the old one back, or one who would take a second place of the first set.
    refused(world.by_govs(succeeding(&[52, 53, 55], 2, &[(55, 51)])), bad);
    refused(world.by_govs(set(&[51, 52, 53], 2)), bad);
    refused(world.by_govs(succeeding(&[53, 54, 55], 2, &[(54, 52)])), bad);
    refused(world.by_registrar(succeeding(&[52, 53, 55], 2, &[(55, 54)])), "not-the-governors");
}

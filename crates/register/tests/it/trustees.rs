//! Trustees and the policy: governors name them, and what loosens waits.

use crate::common::*;
use counterseal_register::*;

fn trustee(n: u8) -> Trustee {
    Trustee {
        key: Gov::new(n).key,
        x: n.into(),
        requests: Bytes(kem(n)),
        pins: vec![Bytes([n; 32])],
        url: None,
        succeeds: None,
        extra: Default::default(),
    }
}

pub(crate) fn set(numbers: &[u8], threshold: u64) -> SetTrustees {
    let mut trustees: Vec<_> = numbers.iter().map(|n| trustee(*n)).collect();
    trustees.sort_by_key(Trustee::id);
    SetTrustees { threshold, trustees, single: numbers.len() == 1, extra: Default::default() }
}

fn policy(table: &str) -> SetPolicy {
    let engine = Code::parse("cedar-4").unwrap();
    SetPolicy { engine, table: Blob(table.as_bytes().to_vec()), extra: Default::default() }
}

#[test]
fn the_first_trustees_are_in_force_at_once_and_others_after_the_waiting_days() {
    let mut world = World::enrolled();
    let first = world.by_govs(set(&[51, 52, 53], 2)).unwrap().id;
    assert_eq!(world.register.trustees(world.now()).unwrap().id, first);
    let second = world.by_govs(set(&[52, 53, 54], 2)).unwrap().id;
    assert_eq!(world.register.trustees(world.now()).unwrap().id, first, "it waits");
    assert_eq!(world.register.waiting_changes(world.now())[0].what, Waiting::Trustees);
    assert!(world.register.trustee_set(second, world.now()).is_none(), "nobody seals for it yet");
    world.time += WAITING_DAYS as i64 * DAY;
    assert_eq!(world.register.trustees(world.now()).unwrap().id, second);
    assert!(world.register.trustee_set(first, world.now()).is_some(), "what was sealed for it stays with it");
}

#[test]
fn asking_more_of_the_same_trustees_needs_no_waiting() {
    let mut world = World::enrolled();
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    let three = world.by_govs(set(&[51, 52, 53], 3)).unwrap().id;
    assert_eq!(world.register.trustees(world.now()).unwrap().id, three);
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    assert_eq!(world.register.trustees(world.now()).unwrap().id, three, "fewer again waits");
    let mut moved = set(&[51, 52, 53], 3);
    moved.trustees[0].pins = vec![Bytes([99; 32])];
    world.by_govs(moved).unwrap();
    assert_eq!(world.register.trustees(world.now()).unwrap().id, three, "another certificate waits");
}

#[test]
fn a_withdrawn_set_was_never_in_force() {
    let mut world = World::enrolled();
    let first = world.by_govs(set(&[51, 52, 53], 2)).unwrap().id;
    let rogue = world.by_govs(set(&[61, 62], 2)).unwrap().id;
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    world.time += 3 * WAITING_DAYS as i64 * DAY;
    assert!(world.register.trustee_set(rogue, world.now()).is_none());
    assert!(world.register.trustee_set(first, world.now()).is_some());
}

#[test]
fn only_governors_replace_trustees() {
    let mut world = World::enrolled();
    refused(world.by_registrar(set(&[51, 52, 53], 2)), "not-the-governors");
    refused(world.by_registrar(policy("a")), "not-the-governors");
}

#[test]
fn thresholds_that_protect_nothing_are_refused() {
    let mut world = World::enrolled();
    for t in [0, 1, 4, u64::MAX] {
        refused(world.by_govs(set(&[51, 52, 53], t)), "trustees-threshold-bad");
    }
    let mut unmarked = set(&[51], 1);
    unmarked.single = false;
    refused(world.by_govs(unmarked), "trustees-bad");
    refused(world.by_govs(SetTrustees { single: true, ..set(&[51, 52], 2) }), "trustees-bad");
    world.by_govs(set(&[51], 1)).unwrap();
    assert!(world.register.marked_single_trustee(world.now()));
}

#[test]
fn nobody_is_two_trustees_and_an_x_is_never_used_again() {
    let mut world = World::enrolled();
    let bad = |change: &dyn Fn(&mut SetTrustees)| {
        let mut act = set(&[51, 52, 53], 2);
        change(&mut act);
        act
    };
    let many: Vec<u8> = (51..61).collect();
    for act in [
        set(&[], 2),
        set(&many, 2),
        bad(&|act| act.trustees.reverse()),
        bad(&|act| act.trustees[1] = act.trustees[0].clone()),
        bad(&|act| act.trustees[1].x = act.trustees[0].x),
        bad(&|act| act.trustees[1].x = 0),
        bad(&|act| act.trustees[1].x = 256),
        bad(&|act| act.trustees[1].requests = act.trustees[0].requests),
        bad(&|act| act.trustees[1].pins.clear()),
        bad(&|act| act.trustees[1].pins = vec![Bytes([2; 32]), Bytes([1; 32])]),
    ] {
        refused(world.by_govs(act), "trustees-bad");
    }
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    let mut taken = set(&[52, 53, 54], 2);
    taken.trustees.iter_mut().find(|one| one.x == 54).unwrap().x = 51;
    refused(world.by_govs(taken), "trustees-bad");
    let mut moved = set(&[51, 52, 53], 2);
    moved.trustees[0].x = 200;
    refused(world.by_govs(moved), "trustees-bad");
}

#[test]
fn one_key_serves_one_purpose() {
    let mut world = World::enrolled();
    let with = |key: HybridKey| {
        let mut act = set(&[52, 53], 2);
        act.trustees.push(Trustee { key, x: 77, ..trustee(51) });
        act.trustees.sort_by_key(Trustee::id);
        act
    };
    refused(world.by_govs(with(world.govs[0].key.clone())), "key-in-use");
    refused(world.by_govs(with(Gov::of(1, 99).key)), "key-in-use");
    refused(world.by_govs(with(Gov::of(99, 201).key)), "key-in-use");
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    refused(world.by_govs(with(Gov::of(51, 98).key)), "key-in-use");
    // Nor does anybody else take a trustee's.
    let dev = Dev::new(person(9), 51);
    world.enrol(dev.person);
    refused(world.enrol_device(&dev), "key-in-use");
    let witness = Witness {
        name: WitnessName::parse("w").unwrap(),
        key: Gov::of(97, 51).key,
        group: WitnessGroup::Independent,
        url: None,
        extra: Default::default(),
    };
    let witnesses = SetWitnesses {
        witnesses: vec![witness],
        trustees: 0,
        independents: 1,
        faults: 0,
        weak: true,
        extra: Default::default(),
    };
    refused(world.by_govs(witnesses), "key-in-use");
}

#[test]
fn as_many_heads_are_needed_as_every_releasing_group_must_meet() {
    let mut world = World::enrolled();
    world.by_govs(set(&[51, 52, 53], 2)).unwrap();
    assert_eq!(world.register.heads_needed(world.now()), 2);
    world.by_govs(set(&[51, 52, 53], 3)).unwrap();
    assert_eq!(world.register.heads_needed(world.now()), 2, "two still open what was sealed for two");
    let mut world = World::enrolled();
    world.by_govs(set(&[51, 52, 53], 3)).unwrap();
    assert_eq!(world.register.heads_needed(world.now()), 1);
}

#[test]
fn another_policy_waits_and_is_shown() {
    let mut world = World::enrolled();
    let first = world.by_govs(policy("who,what\n")).unwrap().id;
    assert_eq!(world.register.opening_policy(world.now()).unwrap().id, first);
    refused(world.by_govs(policy("who,what\n")), "nothing-changes");
    let second = world.by_govs(policy("who,what\nanyone,all\n")).unwrap().id;
    assert_eq!(world.register.opening_policy(world.now()).unwrap().id, first);
    assert_eq!(world.register.opening_policy_waiting(world.now()).unwrap().1.id, second);
    assert_eq!(world.register.waiting_changes(world.now())[0].what, Waiting::Policy);
    world.time += WAITING_DAYS as i64 * DAY;
    assert_eq!(world.register.opening_policy(world.now()).unwrap().id, second);
    refused(world.by_govs(policy("")), "policy-bad");
    refused(world.by_govs(policy(&"x".repeat(65_537))), "policy-bad");
    let bytes = SetPolicy { table: Blob(vec![0xff]), ..policy("x") };
    refused(world.by_govs(bytes), "policy-bad");
}

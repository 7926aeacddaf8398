use std::collections::BTreeSet;

use crate::common::*;
use counterseal_model::Timestamp;
use counterseal_register::*;

fn name(text: &str) -> WitnessName {
    WitnessName::parse(text).unwrap()
}

fn witness(called: &str, n: u8, group: WitnessGroup) -> Witness {
    Witness { name: name(called), key: Gov::new(n).key, group, url: None, extra: Default::default() }
}

fn trustee(n: u8) -> Witness {
    witness(&format!("t{n}"), n, WitnessGroup::Trustee)
}

fn independent(n: u8) -> Witness {
    witness(&format!("i{n}"), n, WitnessGroup::Independent)
}

fn set(mut witnesses: Vec<Witness>, [trustees, independents]: [u64; 2], faults: u64) -> SetWitnesses {
    witnesses.sort_by(|a, b| a.name.cmp(&b.name));
    let weak = faults == 0;
    SetWitnesses { witnesses, trustees, independents, faults, weak, extra: Default::default() }
}

fn four() -> Vec<Witness> {
    vec![trustee(181), trustee(182), independent(183), independent(184)]
}

/// Three of four, one of whom may be corrupt.
pub(crate) fn strong() -> SetWitnesses {
    set(four(), [2, 1], 1)
}

fn effective(world: &World) -> Option<i64> {
    world.register.quorum_waiting(world.now()).map(|(effective, _)| effective.0)
}

#[test]
fn the_first_witnesses_have_effect_at_once() {
    let mut world = World::enrolled();
    assert_eq!(world.register.quorum(world.now()), None);
    assert!(world.register.witnesses(world.now()).is_empty());
    world.by_govs(strong()).unwrap();
    let quorum = world.register.quorum(world.now()).unwrap();
    assert_eq!((quorum.k(), quorum.faults, quorum.witnesses.len()), (3, 1, 4));
    assert!(!world.register.marked_weak_quorum(world.now()));
    let cosigned = |names: &[&str]| names.iter().map(|n| name(n)).collect::<BTreeSet<_>>();
    assert!(quorum.is_reached_by(&cosigned(&["t181", "t182", "i183"])));
    assert!(quorum.is_reached_by(&cosigned(&["t181", "t182", "i184"])));
    for too_few in [&["t181", "i183", "i184"][..], &["t181", "t182"], &["t181", "t182", "stranger"]] {
        assert!(!quorum.is_reached_by(&cosigned(too_few)));
    }
    refused(world.by_govs(strong()), "nothing-changes");
}

#[test]
fn where_a_witness_is_polled_may_change_at_once_and_gives_it_nothing() {
    let mut world = World::enrolled();
    world.by_govs(strong()).unwrap();
    let mut moved = strong();
    moved.witnesses[0].url = WitnessUrl::parse("https://w.example:7490");
    world.by_govs(moved.clone()).unwrap();
    assert_eq!(effective(&world), None, "nothing waits");
    assert_eq!(world.register.witnesses(world.now()), moved.witnesses);
    // Dropping the witness is another thing, with or without its address.
    let mut less = moved.clone();
    less.witnesses.remove(0);
    world.by_govs(less).unwrap();
    assert!(effective(&world).is_some());
}

#[test]
fn only_governors_name_witnesses() {
    let mut world = World::enrolled();
    refused(world.by_registrar(strong()), "not-the-governors");
}

#[test]
fn two_quorums_share_an_honest_witness() {
    let mut world = World::enrolled();
    for act in [set(four(), [1, 1], 1), set(four(), [2, 1], 2), set(four(), [1, 2], u64::MAX)] {
        refused(world.by_govs(act), "quorum-too-small");
    }
    // Not even a weak one may show two logs without anyone's help.
    refused(world.by_govs(set(vec![independent(183), independent(184)], [0, 1], 0)), "quorum-too-small");
    // Four of four withstand one: with two, the median of their times could be a corrupt one's.
    refused(world.by_govs(set(four(), [2, 2], 2)), "quorum-too-small");
    world.by_govs(set(four(), [2, 2], 1)).unwrap();
}

#[test]
fn a_quorum_without_any_fault_planned_for_is_marked_and_shown() {
    let mut world = World::enrolled();
    let one = set(vec![independent(183)], [0, 1], 0);
    refused(world.by_govs(SetWitnesses { weak: false, ..one.clone() }), "quorum-weak-unmarked");
    refused(world.by_govs(SetWitnesses { weak: true, ..strong() }), "quorum-weak-unmarked");
    world.by_govs(one).unwrap();
    assert!(world.register.marked_weak_quorum(world.now()));
}

#[test]
fn trustees_alone_are_no_quorum() {
    let mut world = World::enrolled();
    let trustees = vec![trustee(181), trustee(182), trustee(185)];
    refused(world.by_govs(set(trustees, [3, 0], 1)), "quorum-only-trustees");
    refused(world.by_govs(set(four(), [2, 0], 1)), "quorum-only-trustees");
}

#[test]
fn in_each_group_someone_must_cosign_and_no_more_than_there_are() {
    let mut world = World::enrolled();
    for thresholds in [[0, 2], [3, 2], [2, 3], [u64::MAX, u64::MAX]] {
        refused(world.by_govs(set(four(), thresholds, 1)), "quorum-bad");
    }
    refused(world.by_govs(set(vec![independent(183)], [1, 1], 0)), "quorum-bad");
}

#[test]
fn nobody_is_two_witnesses() {
    let mut world = World::enrolled();
    let mut unsorted = strong();
    unsorted.witnesses.reverse();
    refused(world.by_govs(unsorted), "witnesses-bad");
    let mut twice = strong();
    twice.witnesses[1] = twice.witnesses[0].clone();
    refused(world.by_govs(twice), "witnesses-bad");
    // One half of a key twice.
    for half in [0, 1] {
        let mut shared = strong();
        let first = shared.witnesses[0].key.clone();
        match half {
            0 => shared.witnesses[1].key.ed25519 = first.ed25519,
            _ => shared.witnesses[1].key.ml_dsa_44 = first.ml_dsa_44,
        }
        refused(world.by_govs(shared), "witnesses-bad");
    }
    refused(world.by_govs(SetWitnesses { witnesses: vec![], ..strong() }), "witnesses-bad");
    let crowd = (100..133).map(|n| independent(n + 20)).collect();
    refused(world.by_govs(set(crowd, [0, 33], 1)), "witnesses-bad");
    let mut bad = strong();
    bad.witnesses[0].key.ed25519 = [0; 32];
    refused(world.by_govs(bad), "key-bad");
}

#[test]
fn a_witness_key_is_nothing_elses() {
    let mut world = World::enrolled();
    let hub = SetHub {
        generation: 1,
        statements_key: Bytes(Dev::new(person(0), 151).keys.signing.0),
        journal_key: Bytes(Dev::new(person(0), 152).keys.signing.0),
        pins: vec![Bytes([1; 32])],
        extra: Default::default(),
    };
    world.by_govs(hub).unwrap();
    for taken in [201, 3, 151] {
        // A governor's, Ana's, a log's.
        let act = set(vec![trustee(181), trustee(182), independent(taken)], [2, 1], 1);
        refused(world.by_govs(act), "key-in-use");
    }
    // One half of a governor's key beside a fresh one.
    for half in [Gov::of(190, 201), Gov::of(201, 190)] {
        let mut act = strong();
        act.witnesses[0].key = half.key;
        refused(world.by_govs(act), "key-in-use");
    }
    world.by_govs(strong()).unwrap();
    world.enrol(person(9));
    refused(world.enrol_device(&Dev::new(person(9), 181)), "key-in-use");
    for half in [Gov::of(181, 204), Gov::of(204, 181)] {
        let mut new = [half, Gov::new(205)];
        new.sort_by_key(|gov| gov.key.id());
        let governors = new.iter().map(|gov| gov.key.clone()).collect();
        let act = ChangeGovernors { governors, threshold: 2, extra: Default::default() };
        let bytes = world.bytes(act, &By::Govs(&[&world.govs[0], &world.govs[1], &new[0], &new[1]]));
        refused(world.apply(&bytes), "key-in-use");
    }
}

#[test]
fn a_witness_keeps_its_keys_to_itself_for_good() {
    let mut world = World::enrolled();
    world.by_govs(strong()).unwrap();
    // Under another name, or one half of it beside another.
    let mut renamed = strong();
    renamed.witnesses[0].name = name("a-new-name");
    refused(world.by_govs(renamed), "key-in-use");
    let mut half = strong();
    half.witnesses[0].key.ml_dsa_44 = Gov::new(190).key.ml_dsa_44;
    refused(world.by_govs(half), "key-in-use");
    let mut half = strong();
    half.witnesses[0].key.ed25519 = Gov::new(190).key.ed25519;
    refused(world.by_govs(half), "key-in-use");
    // A new key under the old name is a rotation, and going back to it is none of another's.
    let mut rotated = strong();
    rotated.witnesses[0].key = Gov::new(190).key;
    world.by_govs(rotated).unwrap();
    world.by_govs(strong()).unwrap();
}

#[test]
fn what_only_asks_for_more_holds_at_once() {
    let mut world = World::enrolled();
    world.by_govs(set(four(), [2, 1], 1)).unwrap();
    world.by_govs(set(four(), [2, 2], 1)).unwrap();
    assert_eq!(world.register.quorum(world.now()).unwrap().k(), 4);
    // A further witness who must cosign too; and then one more corrupt one is planned for.
    let mut five = four();
    five.push(independent(185));
    world.by_govs(set(five.clone(), [2, 3], 1)).unwrap();
    assert_eq!(world.register.witnesses(world.now()).len(), 5);
    world.by_govs(set(five, [2, 3], 2)).unwrap();
    assert_eq!(world.register.quorum(world.now()).unwrap().faults, 2);
    assert_eq!(effective(&world), None);
}

#[test]
fn what_asks_for_less_waits_under_the_outgoing_quorum() {
    let more = |witness| four().into_iter().chain([witness]).collect::<Vec<_>>();
    let without = |n: usize| {
        let mut fewer = four();
        fewer.remove(n);
        fewer
    };
    let mut moved = four();
    moved[1].group = WitnessGroup::Independent;
    let mut rotated = four();
    rotated[0].key = Gov::new(190).key;
    let (all, most) = (set(four(), [2, 2], 1), set(four(), [2, 1], 1));
    for (outgoing, loosening) in [
        (&all, set(four(), [1, 2], 1)),                 // fewer trustees
        (&all, set(four(), [2, 1], 1)),                 // fewer independents
        (&all, set(four(), [2, 2], 0)),                 // fewer faults planned for
        (&all, set(more(independent(185)), [2, 2], 1)), // one more, who could stand in for another
        (&all, set(more(trustee(185)), [2, 2], 1)),     // the same in the other group
        (&all, set(without(0), [1, 2], 1)),
        (&most, set(without(3), [2, 1], 1)), // one less who watches, though as many must cosign
        (&all, set(moved, [1, 3], 1)),
        (&all, set(rotated, [2, 2], 1)),
    ] {
        let mut world = World::enrolled();
        world.by_govs(outgoing.clone()).unwrap();
        let outgoing = world.register.quorum(world.now()).unwrap().clone();
        world.by_govs(loosening.clone()).unwrap();
        let due = world.time + WAITING_DAYS as i64 * DAY;
        assert_eq!(effective(&world), Some(due), "{loosening:?}");
        let waiting = world.register.waiting_changes(world.now());
        assert_eq!(waiting, [WaitingChange { effective: Timestamp(due), what: Waiting::Witnesses }]);
        world.time = due - 1;
        assert_eq!(world.register.quorum(world.now()), Some(&outgoing));
        world.time = due;
        assert_eq!(world.register.witnesses(world.now()), loosening.witnesses);
    }
}

#[test]
fn a_newer_statement_withdraws_witnesses_who_wait() {
    let mut world = World::enrolled();
    world.by_govs(strong()).unwrap();
    let rogue = vec![independent(186), independent(187), independent(188)];
    world.by_govs(set(rogue, [0, 3], 1)).unwrap();
    world.by_govs(strong()).unwrap();
    world.time += 30 * DAY;
    assert_eq!(world.register.quorum(world.now()).unwrap().witnesses, strong().witnesses);
}

#[test]
fn first_and_stricter_witnesses_are_obeyed_on_sight_and_others_are_not() {
    let mut world = World::enrolled();
    let sight = |world: &mut World, act: SetWitnesses| {
        let bytes = world.bytes(act, &By::Govs(&[&world.govs[0], &world.govs[1]]));
        world.register.apply(LogPosition::new(0), &bytes, Sight::OnSight)
    };
    sight(&mut world, strong()).unwrap();
    assert!(world.register.quorum(world.now()).is_some());
    let mut world = World::enrolled();
    world.by_govs(strong()).unwrap();
    let mut other = four();
    other[0] = trustee(189);
    refused(sight(&mut world, set(other, [2, 1], 1)), "not-cosigned");
    sight(&mut world, set(four(), [2, 2], 1)).unwrap();
    assert_eq!(world.register.quorum(world.now()).unwrap().k(), 4);
}

#[test]
fn a_name_is_a_pseudonym_in_one_alphabet() {
    for good in ["w1", "witness.example/2", "a-b.c"] {
        assert_eq!(WitnessName::parse(good).unwrap().as_str(), good);
    }
    let long = "a".repeat(65);
    for bad in ["", "W1", "w 1", "w+1", "é", "/a", "a/", ".a", "a.", "none", "quorum", "x/04", "x/06", &long]
    {
        assert_eq!(WitnessName::parse(bad), None, "{bad}");
    }
    // A statement with another name is none.
    let world = World::enrolled();
    let statement = world.draft(strong());
    let mut payload = statement.payload();
    let at = payload.windows(4).position(|bytes| bytes == b"t181").unwrap();
    payload[at] = b'T';
    let bytes = sign(&payload, &By::Govs(&[&world.govs[0], &world.govs[1]]));
    assert_eq!(Statement::parse(&bytes).unwrap_err().code(), "statement-malformed");
}

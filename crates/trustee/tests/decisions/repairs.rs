//! A lost trustee's pads, repaired by two of the others; and what they do not help with.

use counterseal_register::*;
use counterseal_trustee::PartRef as Stored;

use crate::heirs::*;
use crate::world::*;

fn order(heirs: &mut Heirs, helpers: &[u64]) -> RepairOrder {
    let set = heirs.world.set;
    let helpers = helpers.iter().map(|n| id(*n)).collect();
    heirs.services.get_mut(&NEW).unwrap().begin_repair(id(0), set, helpers).unwrap()
}

#[test]
fn two_trustees_repair_the_pads_of_a_lost_one() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(1);
    assert_eq!((ids.len(), heirs.list(2)), (2, ids.clone()));
    let needed = heirs.services[&NEW].repairs_needed(id(0));
    assert_eq!((needed.len(), needed[0].set, needed[0].threshold), (1, heirs.world.set, 2));
    let mut others = vec![id(1), id(2)];
    others.sort();
    assert_eq!(needed[0].helpers, others);
    let order = order(&mut heirs, &[1, 2]);
    let helped = heirs.helped(&order, &ids);
    let new = heirs.services.get_mut(&NEW).unwrap();
    assert_eq!(new.take_repaired(&order, &helped[..1]).unwrap().taken, 0, "one alone is nothing");
    let done = new.take_repaired(&order, &helped).unwrap();
    assert_eq!((done.taken, done.left), (2, 0));
    for one in &sealed {
        assert!(heirs.same_pad(0, NEW, one, 0) && heirs.same_pad(0, NEW, one, 1));
    }
    for helper in [1, 2] {
        assert_eq!(heirs.log(helper), [(Outcome::Helped, 4)], "what a helper added is in its log");
    }
}

#[test]
fn what_is_erased_is_not_repaired() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(1);
    heirs.erase(&sealed[0], 1);
    heirs.publish();
    let order = order(&mut heirs, &[1, 2]);
    let helped = heirs.helped(&order, &ids);
    let parts: Vec<usize> = helped[0].entries.iter().map(|entry| entry.parts.len()).collect();
    assert_eq!(parts.iter().sum::<usize>(), 3, "a helper adds nothing for it");
    let new = heirs.services.get_mut(&NEW).unwrap();
    assert_eq!(new.take_repaired(&order, &helped).unwrap().taken, 2);
    assert!(!heirs.services[&NEW].store().has_pad(&Stored { entry: sealed[0].id(), index: 1 }).unwrap());
}

#[test]
fn nobody_helps_but_by_the_list_of_a_repair_that_is_one() {
    let (mut heirs, _) = Heirs::replaced();
    let ids = heirs.list(1);
    let good = order(&mut heirs, &[1, 2]);
    let seeds = |order: &RepairOrder| SuccessionAsk::Seeds { order: order.clone() };
    let with = |change: &dyn Fn(&mut RepairOrder)| {
        let mut order = good.clone();
        change(&mut order);
        order
    };
    let alone = with(&|order| order.helpers = vec![id(1)]);
    assert_eq!(heirs.no(NEW, 1, 0, seeds(&alone)), "repair-helpers-bad", "its point would leave unmasked");
    let mut three = vec![id(0), id(1), id(2)];
    three.sort();
    for helpers in [three, vec![id(1), id(1)], vec![id(2).max(id(1)), id(1).min(id(2))]] {
        let bad = with(&|order| order.helpers = helpers.clone());
        assert_eq!(heirs.no(NEW, 1, 0, seeds(&bad)), "repair-helpers-bad", "{helpers:?}");
    }
    // The successor as its own helper, and one who is not in the list.
    let mut own = vec![id(1), id(NEW)];
    own.sort();
    let own = with(&|order| order.helpers = own.clone());
    assert_eq!(heirs.no(NEW, 1, 0, seeds(&own)), "repair-helpers-bad");
    let mut listed = vec![id(0), id(2)];
    listed.sort();
    let without = with(&|order| order.helpers = listed.clone());
    assert_eq!(heirs.no(NEW, 1, 0, seeds(&without)), "repair-helpers-bad", "the lost one is no helper");
    let replaced = with(&|order| order.in_force = order.set);
    assert_eq!(heirs.no(NEW, 1, 0, seeds(&replaced)), "repair-other", "of another set in force");
    let elsewhere = with(&|order| order.set = order.in_force);
    assert_eq!(
        heirs.no(NEW, 1, 0, seeds(&elsewhere)),
        "repair-helpers-bad",
        "the lost one was not in that set"
    );
    let lost_other = with(&|order| order.of = id(2));
    assert_eq!(heirs.no(NEW, 1, 0, seeds(&lost_other)), "repair-other");
    // Without the other's seed, or with one of another repair, nothing leaves the second.
    let second = if id(1) < id(2) { 2 } else { 1 };
    let first = 3 - second;
    let help = |order: &RepairOrder, seeds: Vec<Blob>| SuccessionAsk::Help {
        order: order.clone(),
        seeds,
        entries: ids.clone(),
    };
    assert_eq!(heirs.no(NEW, second, 0, help(&good, Vec::new())), "repair-seeds-bad");
    let other = order(&mut heirs, &[1, 2]);
    let (_, said) = heirs.ask(NEW, first, 0, seeds(&other));
    let SuccessionSaid::Seeded { seeds: of_another } = said else { panic!("{said:?}") };
    assert_eq!(heirs.no(NEW, second, 0, help(&good, vec![of_another])), "repair-seeds-bad");
    assert!(heirs.log(1).is_empty() && heirs.log(2).is_empty());
}

#[test]
fn two_repairs_with_the_same_helpers_share_no_mask() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(1);
    let (one, other) = (order(&mut heirs, &[1, 2]), order(&mut heirs, &[1, 2]));
    assert_ne!(one.hash(), other.hash());
    let opened = |heirs: &mut Heirs, order: &RepairOrder| {
        let helped = heirs.helped(order, &ids);
        let (mission, to) = (heirs.world.register.mission(), id(NEW));
        let from = helped[0].helper;
        let handing = counterseal_seal::Handing { mission, from, to, asked: helped[0].asked };
        let sealed = &helped[0].sealed;
        let enc = Box::new(sealed.enc.0.as_slice().try_into().unwrap());
        let sealed = counterseal_seal::Sealed { enc, ciphertext: sealed.ciphertext.0.clone() };
        trustee(NEW).open_handed(&handing, &sealed, 4).unwrap()
    };
    let (a, again, b) = (opened(&mut heirs, &one), opened(&mut heirs, &one), opened(&mut heirs, &other));
    assert_eq!(a, again, "asked again for the same repair, a helper adds the same");
    assert!(a.iter().zip(&b).all(|(a, b)| a != b));
    // And both give the same pads.
    let helped = heirs.helped(&other, &ids);
    assert_eq!(heirs.services.get_mut(&NEW).unwrap().take_repaired(&other, &helped).unwrap().taken, 2);
    assert!(heirs.same_pad(0, NEW, &sealed[0], 0));
}

#[test]
fn what_a_helper_added_to_another_repair_is_no_sum() {
    let (mut heirs, sealed) = Heirs::replaced();
    let ids = heirs.list(1);
    let (one, other) = (order(&mut heirs, &[1, 2]), order(&mut heirs, &[1, 2]));
    // The second helper answers with what it added to another repair.
    let mut mixed = heirs.helped(&one, &ids);
    mixed[1] = heirs.helped(&other, &ids).remove(1);
    let new = heirs.services.get_mut(&NEW).unwrap();
    let done = new.take_repaired(&one, &mixed).unwrap();
    assert_eq!((done.taken, done.false_pads.len()), (0, 2));
    assert!(!heirs.services[&NEW].store().has_pad(&Stored { entry: sealed[0].id(), index: 0 }).unwrap());
    let helped = heirs.helped(&one, &ids);
    assert_eq!(heirs.services.get_mut(&NEW).unwrap().take_repaired(&one, &helped).unwrap().taken, 2);
    assert!(heirs.same_pad(0, NEW, &sealed[0], 0), "and no other harm is done");
}

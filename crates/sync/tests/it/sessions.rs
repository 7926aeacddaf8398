//! Sessions over a bad line: everything arrives once, and nothing accepted is lost.

use std::collections::BTreeSet;

use counterseal_model::EntryId;
use counterseal_register::Entry;
use counterseal_sync::{Pushed, Urgency};

use crate::common::{Author, below, compartment, rng};
use crate::pair::{Line, MemDesk, MemHub, assert_same, class, run};

fn never(_: &mut MemHub, _: &mut MemDesk) -> bool {
    false
}

fn pool() -> &'static Vec<Entry> {
    static POOL: std::sync::OnceLock<Vec<Entry>> = std::sync::OnceLock::new();
    POOL.get_or_init(|| {
        let mut authors = [Author::new(0, compartment(1), 1), Author::new(1, compartment(2), 2)];
        let length = |n: usize| if n % 23 == 22 { 200_000 } else { 100 + n * 13 };
        (0..120).map(|n| authors[n % 2].write(&[length(n)])).collect()
    })
}

/// A hub with the first 80 entries and a desk with the others to push.
fn scene() -> (MemHub, MemDesk, BTreeSet<EntryId>) {
    let (mut hub, mut desk) = (MemHub::default(), MemDesk::default());
    for n in 0..30u8 {
        hub.say(vec![n; 300 + usize::from(n) * 40]);
    }
    for (n, entry) in pool().iter().enumerate() {
        let urgency = class(entry, n % 9 == 4);
        if n < 80 {
            hub.add(urgency, entry.clone());
        } else {
            desk.unsent.push((urgency, entry.clone()));
        }
    }
    desk.unsent_statements = (0..5u8).map(|n| vec![0x80 + n; 2000]).collect();
    let own = desk.unsent.iter().map(|(_, entry)| entry.id()).collect();
    (hub, desk, own)
}

fn until_finished(desk: &mut MemDesk, hub: &mut MemHub, seed: u64, cuts: u64) -> u64 {
    let mut rng = rng(seed);
    for attempt in 0.. {
        let cut_after = (attempt < cuts).then(|| below(&mut rng, 900_000));
        let accepted = desk.accepted.clone();
        let finished = run(desk, hub, Line { rng: &mut rng, cut_after, idle: &mut never });
        for (what, index) in accepted.iter().chain(&desk.accepted) {
            let stands = match what {
                Pushed::Entry(id) => hub.entries[*index as usize].2.id() == *id,
                Pushed::Statement(_) => (*index as usize) < hub.statements.len(),
            };
            assert!(stands, "seed {seed}: {what:?} was accepted and is lost");
        }
        if finished {
            return attempt;
        }
    }
    unreachable!()
}

#[test]
fn everything_arrives_once_over_a_line_that_cuts() {
    for seed in 0..50 {
        println!("seed {seed}");
        let (mut hub, mut desk, own) = scene();
        let all = 120;
        let cuts = until_finished(&mut desk, &mut hub, seed, 12);
        println!("  {cuts} cuts, {} entries came", desk.arrivals.len());
        assert_eq!((hub.entries.len(), hub.statements.len()), (all, 35));
        assert!(desk.unsent.is_empty() && desk.unsent_statements.is_empty());
        // What was said after this session's Welcome comes with the next.
        until_finished(&mut desk, &mut hub, seed, 0);
        assert_same(&desk, &hub, &own);
        let before = desk.arrivals.len();
        until_finished(&mut desk, &mut hub, seed, 0);
        assert_eq!(desk.arrivals.len(), before, "a session without news brings none");
        assert_eq!(desk.leaves.len(), all);
    }
}

/// A small change costs a small session: what is known is not sent again.
#[test]
fn urgent_entries_come_first_and_the_newest_of_them_before_the_older() {
    let (mut hub, mut desk, _) = scene();
    desk.unsent.clear();
    until_finished(&mut desk, &mut hub, 1, 0);
    let urgency = |leaf: &u64| hub.entries[*leaf as usize].0;
    assert!(desk.arrivals.iter().map(urgency).is_sorted(), "flash, ordinary, large");
    let of = |wanted| desk.arrivals.iter().filter(|leaf| urgency(leaf) == wanted).collect::<Vec<_>>();
    assert!(of(Urgency::Flash).is_sorted_by(|a, b| a > b), "flash: newest first");
    assert!(of(Urgency::Ordinary).is_sorted() && of(Urgency::Large).is_sorted(), "the rest as in the log");
    let pushed: Vec<_> = hub.entries.iter().skip(80).map(|one| one.0).collect();
    assert!(pushed.is_sorted());
}

#[test]
fn what_a_desk_pushes_stands_in_the_order_of_urgency() {
    let (mut hub, mut desk, _) = scene();
    until_finished(&mut desk, &mut hub, 2, 0);
    assert!(hub.entries.iter().skip(80).map(|one| one.0).is_sorted(), "flash, ordinary, large");
}

#[test]
fn a_budget_is_kept_and_says_what_is_left() {
    let (mut hub, mut desk, own) = scene();
    let mut rounds = 0;
    (desk.budget, desk.budget_out) = (Some(60_000), Some(30_000));
    loop {
        let before = desk.entries.len();
        until_finished(&mut desk, &mut hub, 3, 0);
        rounds += 1;
        let done = desk.done.clone().unwrap();
        assert_eq!(done.left.is_empty(), done.entries.is_none());
        if rounds == 1 {
            assert_eq!(done.left.count(), done.entries.unwrap(), "{done:?}");
            let flash: Vec<_> = hub.entries.iter().take(80).filter(|one| one.0 == Urgency::Flash).collect();
            assert!(desk.entries.len() >= flash.len(), "the flashes fit");
        }
        // Large entries are longer than this budget, but each session brings some pieces of one.
        assert!(rounds < 60, "it comes to an end");
        if done.left.is_empty() && desk.unsent.is_empty() && desk.entries.len() == before {
            break;
        }
    }
    assert!(rounds > 5, "one budget does not reach");
    assert_same(&desk, &hub, &own);
}

#[test]
fn limits_are_kept_and_can_be_lifted() {
    let (mut hub, mut desk, _) = scene();
    desk.unsent.clear();
    (desk.largest, desk.only) = (Some(10_000), vec![compartment(2)]);
    until_finished(&mut desk, &mut hub, 4, 3);
    let of = |leaf: &u64| (hub.entries[*leaf as usize].0, hub.entries[*leaf as usize].1);
    assert!(desk.arrivals.iter().all(|leaf| of(leaf).0 != Urgency::Large && of(leaf).1 == compartment(2)));
    let done = desk.done.clone().unwrap();
    let large = hub.entries.iter().take(80).filter(|one| one.0 == Urgency::Large && one.1 == compartment(2));
    assert_eq!(done.entries, Some(large.count() as u64).filter(|n| *n > 0));
    desk.only.clear();
    until_finished(&mut desk, &mut hub, 5, 0);
    desk.largest = None;
    until_finished(&mut desk, &mut hub, 6, 0);
    assert_same(&desk, &hub, &BTreeSet::new());
}

#[test]
fn a_compartment_joined_later_brings_its_past_and_nothing_twice() {
    let (mut hub, mut desk, _) = scene();
    desk.unsent.clear();
    desk.only = vec![compartment(1)];
    until_finished(&mut desk, &mut hub, 7, 0);
    // The desk was in one compartment only; what it was sent is all there was for it.
    let size = hub.entries.len() as u64;
    desk.held.answered(size, &Default::default(), &[]);
    (desk.only, desk.held.missing) = (Vec::new(), Default::default());
    desk.held.join(compartment(2));
    until_finished(&mut desk, &mut hub, 8, 2);
    until_finished(&mut desk, &mut hub, 8, 0);
    assert_same(&desk, &hub, &BTreeSet::new());
}

#[test]
fn a_continuous_session_goes_on() {
    let (mut hub, mut desk, mut own) = scene();
    let mut rng = rng(9);
    desk.continuous = true;
    let mut author = Author::new(2, compartment(1), 9);
    let mut rounds = 0;
    let mut idle = |hub: &mut MemHub, desk: &mut MemDesk| {
        rounds += 1;
        match rounds {
            1..=5 => {
                hub.say(vec![rounds; 500]);
                let entry = author.write(&[if rounds == 3 { 90_000 } else { 400 }]);
                hub.add(class(&entry, rounds == 2), entry);
                let mine = author.write(&[200]);
                own.insert(mine.id());
                desk.unsent.push((Urgency::Ordinary, mine));
            }
            6 => desk.close = true,
            _ => return false,
        }
        true
    };
    assert!(run(&mut desk, &mut hub, Line { rng: &mut rng, cut_after: None, idle: &mut idle }));
    assert!(desk.unsent.is_empty());
    assert_eq!(hub.entries.len(), 130);
    assert_same(&desk, &hub, &own);
}

/// One round trip before data: the first bytes of a desk hold its Hello and its pushes.
#[test]
fn pushes_travel_with_the_hello() {
    use counterseal_sync::{Budget, DeskSession, HubEvent, HubSession};
    let (_, desk, _) = scene();
    let mut session = DeskSession::new(desk.hello(), Budget::unlimited());
    assert!(!session.may_push(), "Hello waits to be written");
    let mut bytes = session.next_output().unwrap();
    let flashes: Vec<_> = pool()[..3].to_vec();
    assert_eq!(session.push_entries(Urgency::Flash, &flashes).items, 3);
    assert!(!session.may_push_large(), "large ones wait for the hub's word on what it holds");
    bytes.extend(session.next_output().unwrap());
    let (mut hub, mut rest) = (HubSession::new(crate::common::mission()), bytes.as_slice());
    assert!(matches!(hub.feed(&mut rest).unwrap(), Some(HubEvent::Hello(_))));
    assert!(
        !hub.wants_input() && hub.feed(&mut rest).unwrap().is_none(),
        "not read before the desk is let in"
    );
    hub.welcome(crate::common::welcome(0, 0)).unwrap();
    assert!(matches!(hub.feed(&mut rest).unwrap(), Some(HubEvent::Entries(entries)) if entries.len() == 3));
}

/// A peer that reads nothing costs the hub one frame and the answers to what it pushed.
#[test]
fn a_slow_reader_costs_no_memory() {
    use counterseal_sync::{FRAME_TARGET, HubSession, PUSH_WINDOW};
    let (mut store, _, _) = scene();
    let mut hub = HubSession::new(crate::common::mission());
    let bytes = counterseal_sync::Frame::Hello(MemDesk::default().hello()).to_bytes().unwrap();
    hub.feed(&mut bytes.as_slice()).unwrap();
    hub.welcome(crate::common::welcome(30, 80)).unwrap();
    assert!(hub.next_request().is_none(), "Welcome is not written yet");
    let mut most = 0;
    while let Some(first) = hub.next_output().or_else(|| {
        let request = hub.next_request()?;
        hub.supply(store.supply(request)).unwrap();
        hub.next_output().or(Some(Vec::new()))
    }) {
        most = most.max(first.len());
    }
    assert!(most <= FRAME_TARGET + 1024, "{most}");

    let (mut entries, mut author) = (0, Author::new(3, compartment(1), 30));
    let mut desk = counterseal_sync::Packer::new(crate::common::mission());
    while hub.wants_input() && entries < 200 {
        desk.add(None, &author.write(&[60_000]), usize::MAX);
        let frame = counterseal_sync::Frame::PushEntries(desk.finish(Urgency::Ordinary).unwrap());
        hub.feed(&mut frame.to_bytes().unwrap().as_slice()).unwrap();
        entries += 1;
    }
    assert!(entries * 60_000 < PUSH_WINDOW + 200_000, "{entries} entries unanswered");
}

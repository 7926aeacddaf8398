//! A story of a trustee's store, and the one invariant checker that looks through what became of it.

use counterseal_trustee::*;

use crate::common::*;

/// How many steps the story has.
pub(crate) const STORY: usize = 11;
/// And how many durable writes, in both places together.
pub(crate) const WRITES: i64 = 38;

/// One step of a trustee's life.
pub(crate) fn act(store: &mut Store, step: usize) -> Result<(), StoreError> {
    match step {
        0 => store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).map(drop),
        1 => store.commit(&delivered(0, 1, 3)).map(drop),
        2 => store.commit(&delivered(1, 1, 2)).map(drop),
        3 => store.commit(&decided(1, vec![part(0, 0)])).map(drop),
        4 => store.erase(&[tombstone(part(0, 1))]).map(drop),
        5 => store.commit(&Batch { seeds: vec![seed(2)], ..Batch::default() }).map(drop),
        6 => store.destroy_seeds(&[key(1)], NOON).map(drop),
        7 => store.commit(&decided(2, vec![part(1, 0)])).map(drop),
        8 => store.erase(&[tombstone(part(0, 0)), tombstone(part(1, 0))]).map(drop),
        9 => store.commit(&delivered(2, 2, 2)).map(drop),
        _ => store.commit(&decided(3, vec![part(2, 0)])).map(drop),
    }
}

/// Whether a step had its effect.
fn happened(store: &Store, step: usize) -> bool {
    let keys = store.device_keys(device(), compartment()).unwrap();
    match step {
        0 => !keys.is_empty(),
        1 => store.entry(entry(0)).unwrap().is_some(),
        2 => store.entry(entry(1)).unwrap().is_some(),
        3 => store.decision_on(&request(1)).unwrap().is_some(),
        4 => store.is_erased(&part(0, 1)).unwrap(),
        5 => keys.len() > 1,
        6 => keys.first().is_some_and(|key| key.destroyed.is_some()),
        7 => store.decision_on(&request(2)).unwrap().is_some(),
        8 => store.is_erased(&part(0, 0)).unwrap(),
        9 => store.entry(entry(2)).unwrap().is_some(),
        _ => store.decision_on(&request(3)).unwrap().is_some(),
    }
}

/// The one invariant checker: nothing acknowledged is lost, a step happened whole or not at all, the counter has no
/// gap, what is erased stays so. How many steps happened.
pub(crate) fn check(store: &Store, acknowledged: usize) -> usize {
    let done = (0..STORY).take_while(|step| happened(store, *step)).count();
    assert!(done >= acknowledged, "step {done} was acknowledged and is lost");
    assert!(done <= acknowledged + 1, "only the step that the fault met may have happened");
    assert!((done..STORY).all(|step| !happened(store, step)), "a step without the one before");
    check_release_log(store);
    let after = |step: usize| done > step;
    let pads = [
        (part(0, 0), after(1) && !after(8)),
        (part(0, 1), after(1) && !after(4)),
        (part(0, 2), after(1)),
        (part(1, 0), after(2) && !after(8)),
        (part(1, 1), after(2)),
        (part(2, 0), after(9)),
        (part(2, 1), after(9)),
    ];
    for (part, is_there) in pads {
        let found = store.pad(&part).unwrap();
        assert_eq!(found.is_some(), is_there, "{part:?} after {done} steps");
        assert!(found.is_none_or(|pad| *pad == pad_bytes(part)));
    }
    for (generation, is_there) in [(1, after(0) && !after(6)), (2, after(5))] {
        let found = store.seed(&key(generation)).unwrap();
        assert_eq!(found.is_some(), is_there, "generation {generation} after {done} steps");
        assert!(found.is_none_or(|seed| *seed == seed_bytes(generation)));
    }
    let answers = [(1, after(3) && !after(8)), (2, after(7) && !after(8)), (3, after(10))];
    for (counter, is_there) in answers {
        assert_eq!(store.response(&request(counter), NOON).unwrap().is_some(), is_there, "answer {counter}");
    }
    let decided = [3, 7, 10].into_iter().filter(|step| after(*step)).count();
    assert_eq!(store.notices(device(), 0, NOON, 10).unwrap().len(), decided, "a notice for each decision");
    assert_eq!(store.quota(b"person", 19_730).unwrap(), 2 * decided as u64, "counted once");
    done
}

/// What the checker finds after a start, in the first place and then in the second alone; and what is left of the
/// story is told to its end.
pub(crate) fn recover(site: &Site, acknowledged: usize) {
    let (store, _) = Store::open(&site.places, hands()).unwrap();
    let done = check(&store, acknowledged);
    drop(store);
    // The keys of what was erased are in no place any more.
    let (mut store, opened) = Store::open(&site.places, hands()).unwrap();
    assert_eq!(opened, Opened::default(), "one start is enough");
    for step in done..STORY {
        act(&mut store, step).unwrap();
    }
    check(&store, STORY);
    drop(store);
    std::fs::remove_dir_all(&site.places.first).unwrap();
    let (mut store, _) = Store::restore_first(&site.places, hands()).unwrap();
    let checked = RestoreCheck {
        logs_fresh: true,
        tombstones_applied: true,
        witnesses_consistent: true,
        others_head: Some(3),
    };
    assert_eq!((store.restored().unwrap().pads_lost, store.restored().unwrap().seeds_lost), (0, 0));
    store.confirm_restored(&checked).unwrap();
    check(&store, STORY);
}

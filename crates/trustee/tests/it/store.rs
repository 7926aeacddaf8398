//! What is kept, and how it is erased.

use counterseal_model::Timestamp;
use counterseal_trustee::*;

use crate::common::*;

#[test]
fn what_was_acknowledged_is_there_after_a_start_and_in_both_places() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).unwrap();
    store.commit(&delivered(0, 1, 3)).unwrap();
    store.commit(&decided(1, vec![part(0, 0)])).unwrap();
    let mail = NewMail { device: device(), sender: device(), bytes: b"letter".to_vec(), at: NOON };
    let fact = Fact {
        id: [1; 32],
        kind: "consent".to_owned(),
        subject: b"part".to_vec(),
        bytes: b"sealed".to_vec(),
        leaf: None,
        at: NOON,
    };
    store.commit(&Batch { mail: vec![mail], facts: vec![fact.clone()], ..Batch::default() }).unwrap();
    store.commit(&Batch { facts: vec![Fact { leaf: Some(7), ..fact }], ..Batch::default() }).unwrap();
    assert_eq!(store.last_commit(), 5);
    drop(store);
    let store = site.open();
    assert_eq!(*store.pad(&part(0, 2)).unwrap().unwrap(), pad_bytes(part(0, 2)));
    assert_eq!(*store.seed(&key(1)).unwrap().unwrap(), seed_bytes(1));
    let row = store.entry(entry(0)).unwrap().unwrap();
    assert_eq!(row, delivered(0, 1, 3).entries[0]);
    assert_eq!(store.entries_at(device(), compartment(), journal(), 0).unwrap(), [row]);
    assert!(store.device_keys(device(), compartment()).unwrap()[0].used, "an entry used it");
    assert_eq!(store.decision_on(&request(1)).unwrap().unwrap().counter, 1);
    assert_eq!(store.response(&request(1), NOON).unwrap().unwrap().bytes, b"sealed pads");
    assert_eq!(store.notices(device(), 0, NOON, 10).unwrap().len(), 1);
    assert_eq!(store.mail(device(), 0, 10).unwrap()[0].bytes, b"letter");
    assert_eq!(store.facts(b"part").unwrap()[0].leaf, Some(7));
    assert_eq!(store.quota(b"person", 19_730).unwrap(), 2);
    check_release_log(&store);
    assert!(matches!(Store::open(&site.places, hands()), Err(StoreError::InUse { .. })));
}

#[test]
fn the_release_log_takes_entries_in_their_order_once() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&decided(1, Vec::new())).unwrap();
    for (batch, what) in [
        (decided(1, Vec::new()), "again"),
        (decided(3, Vec::new()), "a gap"),
        (
            Batch { releases: vec![Release { prev: [1; 32], ..release(2) }], ..Batch::default() },
            "another past",
        ),
        (
            Batch { releases: vec![Release { request: request(1), ..release(2) }], ..Batch::default() },
            "a second decision on one request",
        ),
    ] {
        assert!(matches!(store.commit(&batch), Err(StoreError::OutOfOrder { .. })), "{what}");
    }
    assert_eq!(store.quota(b"person", 19_730).unwrap(), 2, "nothing of a refused batch is there");
    store.commit(&decided(2, Vec::new())).unwrap();
    check_release_log(&store);
}

#[test]
fn entries_and_pads_stand_once_and_generations_are_given_once() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).unwrap();
    let again = store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() });
    assert!(matches!(again, Err(StoreError::OutOfOrder { .. })), "another seed would open nothing");
    assert_eq!(*store.seed(&key(1)).unwrap().unwrap(), seed_bytes(1));
    store.commit(&delivered(0, 1, 2)).unwrap();
    store.commit(&delivered(0, 1, 2)).unwrap();
    assert_eq!(*store.pad(&part(0, 1)).unwrap().unwrap(), pad_bytes(part(0, 1)));
}

#[test]
fn answers_end_at_their_time_and_notices_begin_at_theirs() {
    let site = Site::new();
    let mut store = site.open();
    let mut batch = decided(1, vec![part(0, 0)]);
    batch.notices[0].due = Timestamp(NOON.0 + 86_400);
    store.commit(&batch).unwrap();
    let later = Timestamp(NOON.0 + 601);
    assert!(store.response(&request(1), later).unwrap().is_none(), "not given any more");
    store.commit(&Batch { expire: Some(later), ..Batch::default() }).unwrap();
    assert!(store.response(&request(1), NOON).unwrap().is_none(), "and deleted");
    assert!(store.notices(device(), 0, later, 10).unwrap().is_empty(), "delayed");
    assert_eq!(store.notices(device(), 0, Timestamp(NOON.0 + 86_400), 10).unwrap().len(), 1);
}

#[test]
fn erasing_takes_one_part_and_leaves_its_neighbours() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).unwrap();
    // Three segments' worth.
    store.commit(&delivered(0, 1, 1500)).unwrap();
    store.commit(&delivered(1, 1, 1000)).unwrap();
    store.commit(&decided(1, vec![part(0, 700), part(0, 3)])).unwrap();
    let done = store.erase(&[tombstone(part(0, 700))]).unwrap();
    assert_eq!((done.erased, done.resealed), (1, 1023), "one segment");
    for _ in 0..2 {
        assert!(store.pad(&part(0, 700)).unwrap().is_none());
        assert!(store.is_erased(&part(0, 700)).unwrap());
        for kept in [part(0, 0), part(0, 699), part(0, 701), part(0, 1499), part(1, 999)] {
            assert_eq!(*store.pad(&kept).unwrap().unwrap(), pad_bytes(kept), "{kept:?}");
        }
        assert!(store.response(&request(1), NOON).unwrap().is_none(), "the answer that held its pad is gone");
        drop(store);
        store = site.open();
    }
    let refused = store.commit(&Batch { pads: vec![pad(part(0, 700))], ..Batch::default() });
    assert!(matches!(refused, Err(StoreError::Erased)), "it is not delivered again");
    assert!(store.is_erasure_pending(entry(0)).unwrap(), "the key that its secret was wrapped to is here");
    assert_eq!(store.destroy_seeds(&[key(1)], NOON).unwrap().erased, 1);
    assert!(!store.is_erasure_pending(entry(0)).unwrap());
    assert!(store.seed(&key(1)).unwrap().is_none());
    assert_eq!(store.device_keys(device(), compartment()).unwrap()[0].destroyed, Some(NOON));
    let again = store.erase(&[tombstone(part(0, 700))]).unwrap();
    assert_eq!(again, Erasure::default(), "again changes nothing");
}

#[test]
fn a_tombstone_that_comes_first_keeps_the_pad_out() {
    let site = Site::new();
    let mut store = site.open();
    store.erase(&[tombstone(part(2, 0))]).unwrap();
    assert!(matches!(store.commit(&delivered(2, 1, 1)), Err(StoreError::Erased)));
    assert!(store.entry(entry(2)).unwrap().is_none(), "nothing of the batch");
}

#[test]
fn old_pages_and_backups_open_nothing_of_what_was_erased() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1), seed(2)], ..Batch::default() }).unwrap();
    store.commit(&delivered(0, 1, 4)).unwrap();
    let (backup, keys) = (site.file("before.db"), site.file("keys"));
    store.backup(&backup).unwrap();
    store.erase(&[tombstone(part(0, 1))]).unwrap();
    store.destroy_seeds(&[key(1)], NOON).unwrap();
    store.backup_keys(&keys).unwrap();
    drop(store);
    // The old database under the same database key, and the keys that there are now.
    let elsewhere = tempfile::TempDir::new().unwrap();
    let places = places_in(elsewhere.path());
    let (mut store, _) = Store::restore(&places, &backup, &keys, hands()).unwrap();
    let lost = store.restored().unwrap();
    assert_eq!((lost.pads_lost, lost.seeds_lost), (4, 2), "the segments' keys are gone");
    let check = RestoreCheck {
        logs_fresh: true,
        tombstones_applied: true,
        witnesses_consistent: true,
        others_head: Some(0),
    };
    store.confirm_restored(&check).unwrap();
    assert!(store.pad(&part(0, 1)).unwrap().is_none());
    assert!(store.seed(&key(1)).unwrap().is_none());
}

#[test]
fn no_pad_and_no_name_of_a_device_stands_in_the_files() {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).unwrap();
    store.commit(&delivered(0, 1, 4)).unwrap();
    drop(store);
    let (pad, device) = (pad_bytes(part(0, 0)), device());
    for place in [&site.places.first, &site.places.second] {
        for file in std::fs::read_dir(place).unwrap() {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            for secret in [&pad[..], &seed_bytes(1)[..], device.as_bytes(), b"CREATE TABLE"] {
                assert!(!bytes.windows(secret.len()).any(|window| window == secret));
            }
        }
    }
}

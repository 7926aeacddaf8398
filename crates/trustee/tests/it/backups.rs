//! Copies, restores, and places that are lost or put back.

use counterseal_trustee::*;

use crate::common::*;

fn filled() -> Site {
    let site = Site::new();
    let mut store = site.open();
    store.commit(&Batch { seeds: vec![seed(1)], ..Batch::default() }).unwrap();
    store.commit(&delivered(0, 1, 3)).unwrap();
    store.commit(&decided(1, vec![part(0, 0)])).unwrap();
    site
}

fn whole(store: &Store) {
    for index in 0..3 {
        assert!(store.has_pad(&part(0, index)).unwrap());
    }
    assert_eq!(*store.seed(&key(1)).unwrap().unwrap(), seed_bytes(1));
    check_release_log(store);
    assert_eq!(store.release_head().unwrap().counter, 1);
}

const CHECKED: RestoreCheck = RestoreCheck {
    logs_fresh: true,
    tombstones_applied: true,
    witnesses_consistent: true,
    others_head: Some(1),
};

#[test]
fn the_second_place_alone_gives_everything_back_and_releases_nothing_before_it_is_checked() {
    let site = filled();
    std::fs::remove_dir_all(&site.places.first).unwrap();
    assert!(matches!(Store::open(&site.places, hands()), Err(StoreError::Missing { place: "first" })));
    let (store, _) = Store::restore_first(&site.places, hands()).unwrap();
    whole(&store);
    drop(store);
    // It stays marked over starts.
    let mut store = site.open();
    assert!(store.restored().is_some());
    assert!(matches!(store.pad(&part(0, 0)), Err(StoreError::Restored { missing }) if missing.len() == 4));
    assert!(matches!(store.commit(&decided(2, Vec::new())), Err(StoreError::Restored { .. })));
    assert!(matches!(store.may_release(), Err(StoreError::Restored { .. })));
    store.commit(&delivered(1, 1, 1)).unwrap();
    for check in [
        RestoreCheck { logs_fresh: false, ..CHECKED },
        RestoreCheck { tombstones_applied: false, ..CHECKED },
        RestoreCheck { witnesses_consistent: false, ..CHECKED },
        RestoreCheck { others_head: None, ..CHECKED },
        RestoreCheck { others_head: Some(2), ..CHECKED },
    ] {
        let refused = store.confirm_restored(&check);
        assert!(matches!(refused, Err(StoreError::Restored { missing }) if missing.len() == 1), "{check:?}");
        assert!(store.may_release().is_err());
    }
    store.confirm_restored(&CHECKED).unwrap();
    drop(store);
    let store = site.open();
    assert_eq!(*store.pad(&part(0, 0)).unwrap().unwrap(), pad_bytes(part(0, 0)));
    store.may_release().unwrap();
}

#[test]
fn a_lost_second_place_is_made_anew_and_nothing_has_to_be_asked() {
    let site = filled();
    std::fs::remove_dir_all(&site.places.second).unwrap();
    assert!(matches!(Store::open(&site.places, hands()), Err(StoreError::Missing { place: "second" })));
    let (store, _) = Store::renew_second(&site.places, hands()).unwrap();
    whole(&store);
    store.may_release().unwrap();
}

#[test]
fn a_backup_is_one_file_and_opens_only_with_the_segments_keys() {
    let site = filled();
    let (backup, keys) = (site.file("backup.db"), site.file("backup.keys"));
    let mut store = site.open();
    store.backup(&backup).unwrap();
    store.backup_keys(&keys).unwrap();
    assert!(store.backup(&backup).is_err(), "nothing is written over");
    store.commit(&delivered(1, 1, 1)).unwrap();
    drop(store);
    let elsewhere = tempfile::TempDir::new().unwrap();
    let places = places_in(elsewhere.path());
    assert!(matches!(
        Store::restore(&site.places, &backup, &keys, hands()),
        Err(StoreError::Occupied { .. })
    ));
    let mut other = hands();
    other.root = counterseal_seal::StoreRoot::from_bytes(&[7; 32]);
    assert!(matches!(Store::restore(&places, &backup, &keys, other), Err(StoreError::Damaged { .. })));
    let missing = Store::restore(&places, &backup, &site.file("none"), hands());
    assert!(matches!(missing, Err(StoreError::Missing { .. })));
    let (store, _) = Store::restore(&places, &backup, &keys, hands()).unwrap();
    whole(&store);
    assert!(store.entry(entry(1)).unwrap().is_none(), "it came after the backup");
    assert_eq!(store.restored().unwrap(), &Restored { counter: 1, ..Restored::default() });
    drop(store);
    let (store, opened) = Store::open(&places, hands()).unwrap();
    whole(&store);
    assert_eq!(opened, Opened::default());
}

#[test]
fn a_place_that_was_put_back_or_bent_is_refused_by_its_name() {
    let site = filled();
    let old = site.file("old");
    let copy = |from: &std::path::Path, to: &std::path::Path| {
        std::fs::create_dir_all(to).unwrap();
        for file in std::fs::read_dir(from).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    };
    copy(&site.places.first, &old);
    let mut store = site.open();
    for n in 1..4 {
        store.commit(&delivered(n, 1, 1)).unwrap();
    }
    drop(store);
    let now = site.file("now");
    copy(&site.places.first, &now);
    let refused = |what: &str, place: &str| match Store::open(&site.places, hands()).map(drop) {
        Err(StoreError::Damaged { place: named, .. }) => assert_eq!(named, place, "{what}"),
        other => panic!("{what}: {other:?}"),
    };
    copy(&old, &site.places.first);
    refused("an older first place", "first");
    copy(&now, &site.places.first);
    drop(site.open());
    let second = site.file("second-now");
    copy(&site.places.second, &second);
    copy(&old, &site.places.second);
    refused("an older second place", "second");
    copy(&second, &site.places.second);
    // Both databases put back, and the keys of now: pads of another segment came between.
    let mut store = site.open();
    store.commit(&delivered(9, 1, 1100)).unwrap();
    drop(store);
    for place in [&site.places.first, &site.places.second] {
        std::fs::copy(old.join("store.db"), place.join("store.db")).unwrap();
    }
    refused("both databases from before a segment began", "first");
    copy(&now, &site.places.first);
    copy(&second, &site.places.second);
    // The same, and an erasure was between.
    let mut store = site.open();
    store.erase(&[tombstone(part(0, 1))]).unwrap();
    drop(store);
    std::fs::copy(second.join("store.db"), site.places.first.join("store.db")).unwrap();
    std::fs::copy(second.join("store.db"), site.places.second.join("store.db")).unwrap();
    refused("both databases from before an erasure", "first");
    copy(&now, &site.places.first);
    copy(&second, &site.places.second);
    for name in ["store.keys", "store.db"] {
        let path = site.places.first.join(name);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = bytes.len() - 30;
        bytes[at] ^= 1;
        bytes[60] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        refused(name, "first");
        copy(&now, &site.places.first);
    }
    std::fs::remove_file(site.places.second.join("store.keys")).unwrap();
    refused("no keys", "second");
}

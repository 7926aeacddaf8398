//! A store that may not grow any more.

use counterseal_trustee::*;

use crate::common::*;

#[test]
fn a_full_store_refuses_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let site = Site::new();
    let places = Places { most_bytes: Some(1 << 20), ..site.places.clone() };
    let (mut store, _) = Store::open(&places, hands()).unwrap();
    store.commit(&delivered(0, 1, 4)).unwrap();
    let mut taken = 0;
    let error = loop {
        let mut batch = delivered(taken + 1, 1, 1);
        batch.entries[0].header = vec![1; 100_000];
        match store.commit(&batch) {
            Ok(_) => taken += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, StoreError::Full) && taken > 3, "{error} after {taken}");
    // It is not poisoned: nothing of it was written.
    assert_eq!(*store.pad(&part(0, 3)).unwrap().unwrap(), pad_bytes(part(0, 3)));
    assert!(store.entry(entry(taken + 1)).unwrap().is_none());
    drop(store);
    let mut store = site.open();
    store.commit(&delivered(taken + 1, 1, 1)).unwrap();
    for n in 0..=taken {
        assert!(store.entry(entry(n)).unwrap().is_some());
    }
}

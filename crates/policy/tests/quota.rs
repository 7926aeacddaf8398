//! Quotas that hold even for who spreads over the trustees.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use counterseal_model::{PersonId, Timestamp};
use counterseal_policy::{Quota, Tally};
use proptest::prelude::*;

const NOON: Timestamp = Timestamp(1_777_896_000);

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; 16])
}

/// Opens part after part at the t trustees that have counted least, until none is left. That is the best there is.
fn greedy(quota: Quota, t: usize, n: usize) -> u64 {
    let mut tallies = vec![Tally::new(); n];
    let mut opened = 0;
    loop {
        let mut order: Vec<_> = (0..n).collect();
        order.sort_by_key(|trustee| tallies[*trustee].used(person(1), NOON));
        if order[..t]
            .iter()
            .any(|trustee| tallies[*trustee].clone().count(person(1), 1, quota, NOON).is_err())
        {
            return opened;
        }
        for trustee in &order[..t] {
            tallies[*trustee].count(person(1), 1, quota, NOON).unwrap();
        }
        opened += 1;
    }
}

#[test]
fn spreading_over_trustees_gains_nothing() {
    for n in 1..=9usize {
        for t in 1..=n {
            for parts in [0, 1, 2, 3, 10, 31] {
                let quota = Quota::new(parts, t.try_into().unwrap(), n.try_into().unwrap());
                let opened = greedy(quota, t, n);
                assert!(opened <= quota.everywhere, "{t} of {n}, {parts}: {opened}");
                let one_each = parts > 0 && quota.here == 1;
                assert!(opened <= parts || one_each, "{t} of {n}, {parts}: {opened} with {quota:?}");
            }
        }
    }
    assert_eq!(Quota::new(100, 2, 4), Quota { here: 50, everywhere: 100 });
    assert_eq!(Quota::new(100, 2, 3), Quota { here: 66, everywhere: 99 });
    assert_eq!(Quota::new(1, 2, 9), Quota { here: 1, everywhere: 4 });
}

#[test]
fn a_day_has_its_quota_and_the_next_day_its_own() {
    let (mut tally, quota) = (Tally::new(), Quota::new(10, 1, 1));
    tally.count(person(1), 6, quota, NOON).unwrap();
    let over = tally.count(person(1), 5, quota, NOON).unwrap_err();
    assert_eq!(
        over.to_string(),
        "5 parts are too many today: 6 of 10 are used at this trustee; ask for fewer, or again tomorrow (UTC)"
    );
    assert_eq!(tally.used(person(1), NOON), 6, "what is refused is not counted");
    tally.count(person(1), 4, quota, NOON).unwrap();
    tally.count(person(2), 10, quota, NOON).unwrap();
    let tomorrow = Timestamp(NOON.0 + 12 * 3600);
    tally.count(person(1), 10, quota, tomorrow).unwrap();
    // A clock that goes back empties nothing.
    assert!(tally.count(person(1), 1, quota, NOON).is_err());
    assert!(tally.count(person(1), 1, quota, tomorrow).is_err());
    tally.forget(tomorrow);
    assert_eq!((tally.used(person(1), tomorrow), tally.used(person(2), tomorrow)), (10, 0));
}

proptest! {
    #[test]
    fn no_order_of_requests_gets_past_it(asked in proptest::collection::vec((0u64..12, 0i64..200_000), 0..40)) {
        let (mut tally, quota) = (Tally::new(), Quota::new(20, 2, 3));
        let mut by_day = std::collections::BTreeMap::<i64, u64>::new();
        let mut today = 0;
        for (parts, later) in asked {
            let at = Timestamp(NOON.0 + later);
            if tally.count(person(1), parts, quota, at).is_ok() {
                // What a clock that was set back says is still today.
                today = at.0.div_euclid(86_400).max(today);
                *by_day.entry(today).or_default() += parts;
            }
        }
        prop_assert!(by_day.values().all(|parts| *parts <= quota.here), "{:?}", by_day);
        let huge = tally.count(person(1), u64::MAX, quota, NOON);
        prop_assert!(huge.is_err());
    }
}

//! What goes first.

use counterseal_sync::{Budget, Class, Due, Left, Urgency, order, within};

fn due(key: u32, class: Class, place: u64) -> Due<u32> {
    Due { key, class, place, bytes: 100 }
}

#[test]
fn what_takes_something_away_goes_first_and_large_things_last() {
    use Class::{Entry, Restrictive, Statement};
    let mut all = [
        due(1, Entry(Urgency::Large), 1),
        due(2, Entry(Urgency::Ordinary), 9),
        due(3, Entry(Urgency::Ordinary), 3),
        due(4, Entry(Urgency::Flash), 4),
        due(5, Entry(Urgency::Flash), 8),
        due(6, Statement, 7),
        due(7, Statement, 2),
        due(8, Restrictive, 6),
        due(9, Restrictive, 5),
    ];
    order(&mut all);
    assert_eq!(all.map(|one| one.key), [9, 8, 7, 6, 5, 4, 3, 2, 1]);
    let mut budget = Budget::of(Some(450));
    assert_eq!(within(&all, &budget), (4, Left { items: 5, bytes: 500 }));
    budget.spend(200);
    assert_eq!((within(&all, &budget).0, budget.left(), budget.spent()), (2, 250, 200));
    assert_eq!(within(&all, &Budget::unlimited()), (9, Left::default()));
    assert!(!budget.take(251) && budget.take(250) && budget.take(0) && !budget.take(1));
}

/// Nothing less urgent slips through because it is small.
#[test]
fn the_budget_stops_at_the_first_that_does_not_fit() {
    let mut big = due(1, Class::Entry(Urgency::Flash), 1);
    big.bytes = 1000;
    let all = [big, due(2, Class::Entry(Urgency::Ordinary), 2)];
    assert_eq!(within(&all, &Budget::of(Some(500))), (0, Left { items: 2, bytes: 1100 }));
}

#[test]
fn an_entry_is_large_by_its_size_however_urgent() {
    assert_eq!(Urgency::of(65_537, true), Urgency::Large);
    assert_eq!(Urgency::of(65_536, true), Urgency::Flash);
    assert_eq!(Urgency::of(16, false), Urgency::Ordinary);
}

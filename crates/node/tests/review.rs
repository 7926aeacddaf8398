//! The review queue, measured on misuse that is planted in a synthetic year: what is found at three person-days a
//! day, by kind, and how many innocent ones are shown. The figures stand in docs/review.md.
#![expect(clippy::cast_precision_loss, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::PersonId;
use counterseal_node::{
    Book, Matter, Review, ReviewDuty, SLOTS, SeenApproval, SeenOpening, SeenPart, review,
};
use counterseal_register::PartRef;
use counterseal_synth::{Misuse, Year, YearDuty, YearMatter};

/// The points were fixed before the first run and not changed since.
const SEEDS: [u64; 4] = [101, 102, 103, 104];

fn seen(year: &Year) -> Vec<SeenOpening> {
    let opening = |(n, opening): (usize, &counterseal_synth::YearOpening)| {
        let mut request = [0; 32];
        request[..8].copy_from_slice(&(n as u64).to_be_bytes());
        let parts = opening.parts.iter().map(|part| SeenPart {
            part: PartRef { entry: part.entry, index: 0 },
            compartment: part.compartment,
            area: Some(part.area.clone()),
            case: part.case,
        });
        let approvals = opening.approvals.iter();
        SeenOpening {
            request,
            person: opening.person,
            at: opening.at,
            purpose: opening.purpose.clone(),
            case: opening.case,
            parts: parts.collect(),
            emergency: opening.emergency,
            approvals: approvals
                .map(|(approver, after)| SeenApproval { approver: *approver, after: *after })
                .collect(),
        }
    };
    year.openings.iter().enumerate().map(opening).collect()
}

/// `kept` says how many in a hundred of the referrals and tasks anybody wrote down.
fn book(year: &Year, kept: usize) -> Book {
    let passing = |duty: &YearDuty| matches!(duty.matter, YearMatter::Referral(_) | YearMatter::Task { .. });
    let duties = year.duties.iter().enumerate();
    let duties = duties.filter(|(n, duty)| !passing(duty) || n * 37 % 100 < kept).map(|(_, duty)| duty);
    Book::new(duties.map(|YearDuty { person, matter, from, until, recorded }| {
        let matter = match matter.clone() {
            YearMatter::Case(case) => Matter::Case(case),
            YearMatter::Area(area) => Matter::Area(area),
            YearMatter::Referral(case) => Matter::Referral(case),
            YearMatter::Task { case, area, urgent } => Matter::Task { case, area, urgent },
            YearMatter::Shift => Matter::Shift,
            YearMatter::Tour => Matter::Tour,
        };
        ReviewDuty { person: *person, matter, from: *from, until: *until, recorded: *recorded }
    }))
}

/// What a reviewer saw in a year.
struct Seen {
    openings: usize,
    person_days: usize,
    /// Of each kind: how many were planted, how many shown.
    recall: BTreeMap<Misuse, (usize, usize)>,
    listed: usize,
    innocent: usize,
    innocent_persons: usize,
}

fn measure(seed: u64, kept: usize) -> Seen {
    let year = Year::new(seed);
    let review = review(&seen(&year), &book(&year, kept));
    let shown = shown(&review);
    let mut guilty = BTreeSet::new();
    let mut recall = BTreeMap::new();
    for planted in &year.planted {
        let (all, found) = recall.entry(planted.kind).or_insert((0, 0));
        *all += 1;
        *found += usize::from(planted.days.iter().any(|day| shown.contains(&(planted.person, *day))));
        guilty.extend(planted.days.iter().map(|day| (planted.person, *day)));
    }
    let listed: Vec<_> = review.queues.iter().flat_map(|queue| &queue.listed).map(|one| &one.what).collect();
    let innocent = listed.iter().filter(|one| !guilty.contains(&(one.person, one.day)));
    let innocent: Vec<PersonId> = innocent.map(|one| one.person).collect();
    assert!(review.queues.iter().all(|queue| queue.listed.len() <= SLOTS));
    Seen {
        openings: year.openings.len(),
        person_days: year.person_days().len(),
        recall,
        listed: listed.len(),
        innocent: innocent.len(),
        innocent_persons: innocent.into_iter().collect::<BTreeSet<_>>().len(),
    }
}

/// Person-days that had a place of their own, or stood under one.
fn shown(review: &Review) -> BTreeSet<(PersonId, i64)> {
    let listed = review.queues.iter().flat_map(|queue| &queue.listed);
    listed
        .flat_map(|one| std::iter::once(&one.what).chain(&one.alike))
        .map(|one| (one.person, one.day))
        .collect()
}

/// The years of all seeds, printed.
fn measure_all(kept: usize) -> (BTreeMap<Misuse, (usize, usize)>, f64) {
    let mut all: BTreeMap<Misuse, (usize, usize)> = BTreeMap::new();
    let (mut listed, mut innocent, mut days) = (0, 0, 0);
    println!("{kept} % of referrals and tasks are written down");
    for seed in SEEDS {
        let seen = measure(seed, kept);
        println!(
            "seed {seed}: {} openings, {} person-days, {} listed, {} of them innocent, of {} persons",
            seen.openings, seen.person_days, seen.listed, seen.innocent, seen.innocent_persons
        );
        assert!((15_000..30_000).contains(&seen.openings));
        for (kind, (planted, found)) in seen.recall {
            let sum = all.entry(kind).or_default();
            *sum = (sum.0 + planted, sum.1 + found);
        }
        (listed, innocent, days) = (listed + seen.listed, innocent + seen.innocent, days + seen.person_days);
    }
    for (kind, (planted, found)) in &all {
        println!(
            "{:<28} {found:>3} of {planted:>3}  {:>4.0} %",
            kind.word(),
            *found as f64 * 100.0 / *planted as f64
        );
    }
    let (years, shown) = (SEEDS.len() as f64, innocent as f64 / days as f64);
    println!(
        "innocent person-days listed: {:.0} a year, {:.1} % of all",
        innocent as f64 / years,
        shown * 100.0
    );
    println!("listed: {:.2} a day", listed as f64 / years / Year::DAYS as f64);
    (all, shown)
}

#[test]
fn at_three_a_day_most_misuse_is_shown_and_what_cannot_be_seen_is_said() {
    let (all, shown) = measure_all(100);
    for (kind, least) in [
        (Misuse::Neighbour, 95),
        (Misuse::Celebrity, 90),
        (Misuse::NightBulk, 85),
        (Misuse::SlowDrip, 95),
        (Misuse::Collusion, 95),
        (Misuse::Emergency, 95),
    ] {
        let (planted, found) = all[&kind];
        assert!(found * 100 >= planted * least, "{}: {found} of {planted}", kind.word());
    }
    let (planted, found) = all[&Misuse::OwnDuty];
    assert!(
        found * 4 <= planted,
        "what looks like work is not found, and no page may say so: {found} of {planted}"
    );
    assert!(shown < 0.04, "one innocent person-day in twenty-five at most: {shown}");
}

#[test]
fn a_badly_kept_book_costs_the_innocent_first() {
    let (all, shown) = measure_all(40);
    for kind in [Misuse::Neighbour, Misuse::SlowDrip, Misuse::Collusion, Misuse::Emergency] {
        let (planted, found) = all[&kind];
        assert!(found * 100 >= planted * 80, "{}: {found} of {planted}", kind.word());
    }
    assert!(shown < 0.08, "{shown}");
}

#[test]
fn the_same_year_gives_the_same_queue_in_any_order() {
    let year = Year::new(7);
    let (mut openings, book) = (seen(&year), book(&year, 100));
    let one = review(&openings, &book);
    openings.reverse();
    assert_eq!(one, review(&openings, &book));
    assert_eq!(Year::new(7), year);
    assert!(one.queues.first().unwrap().listed.len() <= SLOTS);
}

//! What a data-protection officer relies on, in small cases that can be added up by hand.

use counterseal_model::{Code, CompartmentId, EntryId, PersonId, Timestamp};
use counterseal_register::PartRef;

use super::*;

const DAY: i64 = 20_000;

fn person(n: u8) -> PersonId {
    PersonId::from_bytes([n; PersonId::LEN])
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn part(n: u8, area: &str, case: u8) -> SeenPart {
    let part = PartRef { entry: EntryId::from_bytes([n; EntryId::LEN]), index: 0 };
    SeenPart {
        part,
        compartment: CompartmentId::from_bytes([1; CompartmentId::LEN]),
        area: Some(code(area)),
        case: Some([case; 16]),
    }
}

fn opening(who: u8, day: i64, hour: i64, parts: Vec<SeenPart>) -> SeenOpening {
    let mut request = [who; 32];
    request[..8].copy_from_slice(&(day * 24 + hour).to_be_bytes());
    SeenOpening {
        request,
        person: person(who),
        at: Timestamp(day * Timestamp::DAY + hour * 3600),
        purpose: code("case-work"),
        case: None,
        parts,
        emergency: false,
        approvals: Vec::new(),
    }
}

fn duty(who: u8, matter: Matter) -> Duty {
    let (from, until) = (Timestamp((DAY - 400) * Timestamp::DAY), Timestamp((DAY + 400) * Timestamp::DAY));
    Duty { person: person(who), matter, from, until, recorded: from }
}

fn only(openings: &[SeenOpening], book: &Book) -> PersonDay {
    let review = review(openings, book);
    assert_eq!(review.days.len(), 1);
    review.days[0].clone()
}

#[test]
fn a_case_an_area_a_task_or_a_referral_explains_and_says_so() {
    let task = Matter::Task { case: Some([3; 16]), area: None, urgent: false };
    for (matter, ground) in [
        (Matter::Case([3; 16]), Ground::Case),
        (Matter::Area(code("north")), Ground::Area),
        (Matter::Referral([3; 16]), Ground::Referral),
        (task, Ground::Task),
    ] {
        let day = only(&[opening(1, DAY, 9, vec![part(1, "north", 3)])], &Book::new([duty(1, matter)]));
        assert!(day.is_explained(), "{day:?}");
        assert_eq!(day.grounds.into_iter().collect::<Vec<_>>(), [(ground, 1)]);
    }
    let others = Book::new([duty(2, Matter::Case([3; 16])), duty(1, Matter::Case([4; 16]))]);
    let day = only(&[opening(1, DAY, 9, vec![part(1, "north", 3)])], &others);
    assert_eq!((day.score, day.findings[0].reason), (11, Reason::Unexplained { parts: 1 }));
}

#[test]
fn what_is_written_down_afterwards_explains_nothing() {
    let mut late = duty(1, Matter::Case([3; 16]));
    let openings = [opening(1, DAY, 9, vec![part(1, "north", 3)])];
    late.recorded = Timestamp((DAY + 2) * Timestamp::DAY);
    assert!(only(&openings, &Book::new([late.clone()])).is_explained(), "a day of grace");
    late.recorded.0 += 1;
    assert_eq!(only(&openings, &Book::new([late])).score, 11);
}

#[test]
fn the_name_of_a_case_explains_ten_unlisted_parts_and_nothing_of_another_area() {
    let book = Book::new([duty(1, Matter::Case([3; 16]))]);
    let unlisted = |n| SeenPart { area: None, case: None, ..part(n, "north", 0) };
    let mut asked = opening(1, DAY, 9, (0..12).map(unlisted).collect());
    asked.case = Some([3; 16]);
    let day = only(&[asked.clone()], &book);
    assert_eq!(
        (day.grounds[&Ground::Claimed], day.findings[0].reason),
        (10, Reason::Unexplained { parts: 2 })
    );
    asked.parts = vec![SeenPart { case: None, ..part(1, "south", 0) }];
    assert_eq!(only(&[asked], &book).score, 11, "a named case is no pass for another area");
}

#[test]
fn three_a_day_at_most_the_worst_first_and_the_rest_wait() {
    let many = |who: u8, count: u8| opening(who, DAY, 9, (0..count).map(|n| part(n, "north", 3)).collect());
    let openings: Vec<_> = (1..=7).map(|who| many(who, who * 2)).collect();
    let review = review(&openings, &Book::default());
    let shown = |queue: &QueueDay| {
        queue.listed.iter().map(|listed| listed.what.person.as_bytes()[0]).collect::<Vec<_>>()
    };
    let queues: Vec<_> =
        review.queues.iter().map(|queue| (queue.day - DAY, shown(queue), queue.waiting)).collect();
    assert_eq!(queues, [(0, vec![7, 6, 5], 4), (1, vec![4, 3, 2], 1), (2, vec![1], 0)]);
}

#[test]
fn whoever_fills_the_queue_does_not_hide_others() {
    // One person browses every day; three places a day are not theirs.
    let mut openings: Vec<_> =
        (0..6).map(|n| opening(1, DAY + n, 9, (0..9).map(|k| part(k, "north", 3)).collect())).collect();
    openings.push(opening(2, DAY + 3, 9, vec![part(1, "south", 9)]));
    let review = review(&openings, &Book::default());
    let listed: Vec<_> = review.queues.iter().flat_map(|queue| &queue.listed).collect();
    let of = |who| listed.iter().filter(|one| one.what.person == person(who)).count();
    assert_eq!(of(2), 1);
    assert!(of(1) <= 3, "the other days go with those");
    let all: usize = listed.iter().map(|one| 1 + one.alike.len()).sum();
    assert_eq!(all, 7, "and none is left out");
}

#[test]
fn a_trustee_that_says_any_time_stops_nothing() {
    let at = |time| SeenOpening { at: Timestamp(time), ..opening(1, DAY, 9, vec![part(1, "north", 3)]) };
    let all = [at(i64::MIN), at(0), at(i64::MAX)];
    let book = Book::new([duty(1, Matter::Shift), duty(1, Matter::Tour)]);
    assert_eq!(review(&all, &book).days.len(), 3);
}

#[test]
fn every_finding_has_the_points_that_the_page_says() {
    let page = include_str!("../../../../docs/spec/alarms.md");
    let cases = [
        Reason::Unexplained { parts: 4 },
        Reason::Scattered { matters: 3 },
        Reason::Again { days: 2 },
        Reason::Crowd { persons: 2 },
        Reason::OffDuty { parts: 10 },
        Reason::Many { parts: 50, usual: 5 },
        Reason::Leaving { days: 9 },
        Reason::Hasty { approvals: 1 },
        Reason::HastyAgain { days: 2 },
        Reason::NoAlert { openings: 1 },
        Reason::NoAlertAgain { days: 2 },
    ];
    for reason in cases {
        let (number, _) = reason.numbers();
        let row = format!("| `{}` | {number} | {} |", reason.word(), reason.points());
        assert!(page.contains(&row), "docs/spec/alarms.md lacks the row {row}");
    }
}

#[test]
fn the_queue_of_a_day_knows_nothing_of_later_days() {
    let early: Vec<_> = (0..5).map(|n| opening(1, DAY + 3 * n, 9, vec![part(1, "north", 3)])).collect();
    let before = review(&early[..3], &Book::default());
    let after = review(&early, &Book::default());
    assert_eq!(before.days, after.days[..3]);
    let again = after.days.iter().map(|day| day.score).collect::<Vec<_>>();
    assert!(again.is_sorted_by(|a, b| a < b), "a drip weighs more with each drop: {again:?}");
}

#[test]
fn approvals_within_seconds_count_though_the_parts_are_explained() {
    let book = Book::new([duty(1, Matter::Case([3; 16]))]);
    let asked = |day, after| {
        let approvals = vec![SeenApproval { approver: person(9), after }];
        SeenOpening { approvals, ..opening(1, day, 9, vec![part(1, "north", 3)]) }
    };
    assert!(only(&[asked(DAY, 11)], &book).is_explained());
    let twice = review(&[asked(DAY, 2), asked(DAY + 1, 2)], &book);
    assert_eq!(twice.days.iter().map(|day| day.score).collect::<Vec<_>>(), [6, 12]);
}

#[test]
fn an_emergency_needs_an_alert_and_a_night_needs_a_shift() {
    let area = Matter::Area(code("north"));
    let mut asked = opening(1, DAY, 3, vec![part(1, "north", 3)]);
    asked.emergency = true;
    let alert = Matter::Task { case: None, area: Some(code("north")), urgent: true };
    let shift = Duty {
        from: Timestamp(DAY * Timestamp::DAY + 8 * 3600),
        until: Timestamp(DAY * Timestamp::DAY + 18 * 3600),
        ..duty(1, Matter::Shift)
    };
    let bare = only(&[asked.clone()], &Book::new([duty(1, area.clone()), shift.clone()]));
    let reasons: Vec<_> = bare.findings.iter().map(|finding| finding.reason).collect();
    assert_eq!(reasons, [Reason::NoAlert { openings: 1 }, Reason::OffDuty { parts: 1 }]);
    let alerted = only(&[asked], &Book::new([duty(1, area), shift, duty(1, alert)]));
    assert!(alerted.is_explained(), "{alerted:?}");
}

//! The review on a desk: who sees it, who is left out, what is kept how long, and the reply.

use counterseal_model::PersonId;
use counterseal_register::{Office, PartRef};

use super::decoys::{notice, tell};
use super::*;
use crate::{MONITORING_DAYS, MonitoringFailure, ReviewReason};

const DAY: i64 = NOW / Timestamp::DAY;

struct Reviewed {
    world: World,
    other: Desk,
    part: PartRef,
    _dir: TempDir,
}

/// A data-protection officer's desk with a record, and another member's.
fn reviewed(seed: u64) -> Reviewed {
    let mut world = world(seed, 2, 3, HoldRule::None);
    let dir = TempDir::new().unwrap();
    let other = member(&mut world, &Home::open(dir.path()).unwrap(), seed + 50);
    let officer = world.desk.person();
    world.appoint(officer, Office::DataProtection, None);
    world.give_keys(1);
    world.write("a source");
    let entry = world.desk.reader().verify(&world.headers().pop().unwrap()).unwrap().id();
    Reviewed { world, other, part: PartRef { entry, index: 0 }, _dir: dir }
}

fn failure<T: std::fmt::Debug>(result: Result<T, NodeError>) -> MonitoringFailure {
    match result {
        Err(NodeError::Monitoring(failure)) => failure,
        other => panic!("{other:?}"),
    }
}

impl Reviewed {
    fn duty(&mut self, person: PersonId, matter: &str) -> crate::DutiesTaken {
        let text = format!(
            "[[duty]]\nperson = '{person}'\nmatter = '{matter}'\narea = 'north'\nfrom = '2020-01-01'\nuntil = '2040-01-01'\n\
             [[area]]\nname = 'north'\ncompartments = ['sources']\n"
        );
        self.world.desk.take_duties(&text).unwrap()
    }
}

#[test]
fn the_queue_is_a_reviewers_and_shows_nobody_their_own_openings() {
    let mut it = reviewed(500);
    let other = it.other.person();
    assert_eq!(failure(it.other.monitoring()), MonitoringFailure::NotReviewer);
    let own = notice(&it.world.trustees[0], &it.world.desk, 1, it.world.desk.device(), &[it.part]);
    tell(&it.world.trustees[0], &mut it.world.desk, own);
    let told = notice(&it.world.trustees[0], &it.world.desk, 2, it.other.device(), &[it.part]);
    tell(&it.world.trustees[0], &mut it.world.desk, told);
    let seen = it.world.desk.monitoring().unwrap();
    assert_eq!((seen.own, seen.strangers, seen.review.days.len()), (1, 0, 1));
    let listed = &seen.review.queues[0].listed[0].what;
    assert_eq!((listed.person, listed.day), (other, DAY));
    assert_eq!(listed.findings[0].reason, ReviewReason::Unexplained { parts: 1 });
    let me = it.world.desk.person();
    assert_eq!(failure(it.world.desk.explain_day(me, DAY)), MonitoringFailure::Yourself);
    assert!(matches!(
        failure(it.world.desk.explain_day(other, DAY + 1)),
        MonitoringFailure::NoSuchDay { .. }
    ));
}

#[test]
fn a_line_of_the_book_explains_and_nobody_writes_their_own() {
    let mut it = reviewed(530);
    let (other, me) = (it.other.person(), it.world.desk.person());
    let reader = notice(&it.world.trustees[0], &it.world.desk, 1, it.other.device(), &[it.part]);
    tell(&it.world.trustees[0], &mut it.world.desk, reader);
    assert_eq!(it.duty(me, "area").own, 1, "one's own line is left out");
    assert!(!it.world.desk.explain_day(other, DAY).unwrap().is_explained());
    let taken = it.duty(other, "area");
    assert_eq!((taken.lines, taken.new, taken.own), (1, 1, 0));
    assert!(it.world.desk.explain_day(other, DAY).unwrap().is_explained());
    assert_eq!(it.duty(other, "area").new, 0, "a line that was there keeps its time");
    // The same line, had it come three days later.
    it.duty(other, "task");
    it.world.pass(3 * Timestamp::DAY);
    it.duty(other, "area");
    assert!(!it.world.desk.explain_day(other, DAY).unwrap().is_explained(), "afterwards it explains nothing");
    for bad in ["nonsense", "[[duty]]\nperson = 'nobody'\nmatter = 'shift'\nfrom = '2020'\nuntil = '2021'"] {
        assert!(matches!(failure(it.world.desk.take_duties(bad)), MonitoringFailure::BadDuties { .. }));
    }
}

#[test]
fn whoever_is_asked_replies_and_after_the_retention_nothing_is_left() {
    let mut it = reviewed(560);
    let (other, me) = (it.other.person(), it.world.desk.person());
    let reader = notice(&it.world.trustees[0], &it.world.desk, 1, it.other.device(), &[it.part]);
    tell(&it.world.trustees[0], &mut it.world.desk, reader);
    let place = it.world.desk.find_compartment("incidents").unwrap();
    let refused = failure(it.world.desk.ask_about_day(other, DAY, place, "one part"));
    assert!(matches!(refused, MonitoringFailure::CannotRead { .. }), "a question that they could not read");
    it.world.desk.admit(place, other).unwrap();
    assert_eq!(failure(it.world.desk.ask_about_day(me, DAY, place, "me")), MonitoringFailure::Yourself);
    let asked = it.world.desk.ask_about_day(other, DAY, place, "one part that nothing explains").unwrap();
    it.other.take_statements(&it.world.desk.statements_file().unwrap()).unwrap();
    it.other.take_entries(&entries(&it.world.desk)).unwrap();
    let talks = it.other.review_talks().unwrap();
    assert_eq!((talks.len(), talks[0].record, talks[0].by), (1, asked, me));
    assert_eq!((talks[0].person, talks[0].day), (other, DAY));
    it.other.reply_in_review(&asked.to_string(), "the hospital called").unwrap();
    let own: Vec<_> = entries(&it.other);
    it.world.desk.take_entries(&own).unwrap();
    let talks = it.world.desk.review_talks().unwrap();
    assert_eq!((talks[0].replies[0].by, talks[0].replies[0].text.as_str()), (other, "the hospital called"));
    assert!(matches!(
        failure(it.other.reply_in_review("0000ffff", "?")),
        MonitoringFailure::NoSuchTalk { .. }
    ));

    it.duty(other, "area");
    it.world.pass(i64::from(MONITORING_DAYS) * Timestamp::DAY);
    assert_eq!(it.world.desk.forget_monitoring().unwrap(), crate::Forgotten::default(), "not a day early");
    it.world.pass(1);
    let gone = it.world.desk.forget_monitoring().unwrap();
    assert_eq!((gone.notices, gone.talks), (1, 1));
    assert!(it.world.desk.notices().unwrap().is_empty());
    assert!(it.world.desk.review_talks().unwrap().is_empty());
    assert!(it.world.desk.monitoring().unwrap().review.days.is_empty());
}

#[test]
fn a_question_of_whoever_does_not_review_is_none() {
    let mut it = reviewed(590);
    let place = it.world.desk.find_compartment("incidents").unwrap();
    it.world.desk.admit(place, it.other.person()).unwrap();
    it.other.take_statements(&it.world.desk.statements_file().unwrap()).unwrap();
    let text = format!("{} {}\naccused", it.world.desk.person(), Timestamp(NOW).date_text());
    let tags = counterseal_model::Term::from_text("review-question").into_iter().collect();
    let note = Note { text, tags, ..Note::default() };
    it.other.record_new(place, Body::Note(Box::new(note)), Classification::StrictlyConfidential).unwrap();
    it.world.desk.take_entries(&entries(&it.other)).unwrap();
    assert!(it.world.desk.review_talks().unwrap().is_empty());
}

fn entries(desk: &Desk) -> Vec<Arrived> {
    let given = desk.unlogged().unwrap().into_iter().map(|no| desk.entry(no).unwrap());
    given.map(|given| Arrived { entry: given.entry, urgency: given.urgency }).collect()
}

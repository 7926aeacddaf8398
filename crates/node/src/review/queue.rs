//! The queue: at most three person-days a day, worst first.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::PersonId;

use super::book::{Book, Ground};
use super::finding::Finding;
use super::judge::judge;
use super::past::Past;
use super::seen::{SeenOpening, day_of};

/// Person-days that a day's queue lists.
pub const SLOTS: usize = 3;
/// Points below which an unexplained person-day is counted, and not listed.
pub const LINE: u64 = 11;
/// Days for which a person-day that found no place waits for one.
const WAITS: i64 = 7;
/// Days for which more of the same person goes with what was listed, unless it is worse by half.
const ALIKE: i64 = 7;

/// What a person opened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDay {
    /// Who.
    pub person: PersonId,
    /// The UTC day, in days since 1970-01-01.
    pub day: i64,
    /// The requests, in the order of time.
    pub requests: Vec<[u8; 32]>,
    /// How many parts were asked for.
    pub parts: u64,
    /// What explains them, with the number of parts.
    pub grounds: BTreeMap<Ground, u64>,
    /// What speaks against the day, the weightiest first.
    pub findings: Vec<Finding>,
    /// The sum of their points.
    pub score: u64,
}

impl PersonDay {
    /// Whether nothing speaks against it.
    #[must_use]
    pub fn is_explained(&self) -> bool {
        self.findings.is_empty()
    }
}

/// A place in a day's queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The person-day.
    pub what: PersonDay,
    /// Later days of the same person that go with it.
    pub alike: Vec<PersonDay>,
}

/// The queue of a day, made when the day is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueDay {
    /// The day, in days since 1970-01-01.
    pub day: i64,
    /// What is listed, the worst first.
    pub listed: Vec<Listed>,
    /// How many wait for a place.
    pub waiting: usize,
}

/// A review of openings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Review {
    /// The queues, of the days on which something was opened or waited.
    pub queues: Vec<QueueDay>,
    /// Every person-day, by day and person.
    pub days: Vec<PersonDay>,
}

impl Review {
    /// A person-day.
    #[must_use]
    pub fn find(&self, person: PersonId, day: i64) -> Option<&PersonDay> {
        self.days.iter().find(|one| one.person == person && one.day == day)
    }
}

/// Reviews openings. The queue of a day depends on that day and earlier ones only, and on nothing but what is given.
#[must_use]
pub fn review(openings: &[SeenOpening], book: &Book) -> Review {
    let mut days: BTreeMap<i64, BTreeMap<PersonId, Vec<&SeenOpening>>> = BTreeMap::new();
    for opening in openings {
        days.entry(day_of(opening.at)).or_default().entry(opening.person).or_default().push(opening);
    }
    // A trustee may say any time: the days between two openings are not walked through.
    let with_waits: BTreeSet<i64> = days.keys().flat_map(|day| *day..day.saturating_add(WAITS)).collect();
    let (mut past, mut review, mut queue) = (Past::default(), Review::default(), Queue::default());
    for day in with_waits {
        for (person, mut openings) in days.remove(&day).unwrap_or_default() {
            openings.sort_by_key(|opening| (opening.at, opening.request));
            let judged = judge(person, day, &openings, book, &mut past);
            if judged.score >= LINE {
                queue.waiting.push(judged.clone());
            }
            review.days.push(judged);
        }
        queue.fill(day, &mut review.queues);
    }
    review
}

/// What waits, and what was listed.
#[derive(Default)]
struct Queue {
    waiting: Vec<PersonDay>,
    /// The queue and the place in it where a person was listed last.
    last: BTreeMap<PersonId, (usize, usize)>,
}

impl Queue {
    fn fill(&mut self, day: i64, queues: &mut Vec<QueueDay>) {
        self.waiting.retain(|one| day - one.day < WAITS);
        // The same inputs give the same queue: the older first among equals, then by person.
        self.waiting.sort_by_key(|one| (std::cmp::Reverse(one.score), one.day, one.person));
        let (mut listed, mut rest, mut today) = (Vec::new(), Vec::new(), BTreeSet::new());
        for one in std::mem::take(&mut self.waiting) {
            if let Some(known) = self.goes_with(&one, queues) {
                known.alike.push(one);
            } else if listed.len() < SLOTS && today.insert(one.person) {
                self.last.insert(one.person, (queues.len(), listed.len()));
                listed.push(Listed { what: one, alike: Vec::new() });
            } else {
                rest.push(one);
            }
        }
        self.waiting = rest;
        if !listed.is_empty() {
            queues.push(QueueDay { day, listed, waiting: self.waiting.len() });
        }
    }

    /// What was listed of the same person a few days ago: somebody who fills the queue must not hide others.
    fn goes_with<'a>(&self, one: &PersonDay, queues: &'a mut [QueueDay]) -> Option<&'a mut Listed> {
        let (queue, place) = self.last.get(&one.person)?;
        let listed = queues.get_mut(*queue)?.listed.get_mut(*place)?;
        let alike = one.day - listed.what.day <= ALIKE && 2 * one.score <= 3 * listed.what.score;
        alike.then_some(listed)
    }
}

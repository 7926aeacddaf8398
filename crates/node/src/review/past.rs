//! What earlier days say: the queue of a day knows them and nothing later.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{Code, CompartmentId, PersonId};

use super::seen::{Case, SeenPart};

/// What unexplained parts have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum About {
    Case(Case),
    Area(Code),
    Compartment(CompartmentId),
}

impl About {
    pub(super) fn of(part: &SeenPart) -> Self {
        let area = || part.area.clone().map(Self::Area);
        part.case.map(Self::Case).or_else(area).unwrap_or(Self::Compartment(part.compartment))
    }
}

/// Days on which something was so.
type Days = BTreeSet<i64>;

/// Earlier days.
#[derive(Default)]
pub(super) struct Past {
    unexplained: BTreeMap<(PersonId, About), Days>,
    crowd: BTreeMap<About, BTreeMap<PersonId, i64>>,
    amounts: BTreeMap<PersonId, Vec<(i64, u64)>>,
    hasty: BTreeMap<(PersonId, PersonId), Days>,
    no_alert: BTreeMap<PersonId, Days>,
}

impl Past {
    /// On how many earlier days the person opened it without a ground.
    pub(super) fn again(&self, person: PersonId, about: &About, day: i64) -> u64 {
        within(self.unexplained.get(&(person, about.clone())), day, 90)
    }

    /// How many others opened it without a ground.
    pub(super) fn crowd(&self, person: PersonId, about: &About, day: i64) -> u64 {
        let all = self.crowd.get(about).into_iter().flatten();
        all.filter(|(other, last)| **other != person && day - **last <= 14).count() as u64
    }

    /// What the person opens on a day in the middle of the last sixty; none where too few are known.
    pub(super) fn usual(&self, person: PersonId, day: i64) -> Option<u64> {
        let amounts = self.amounts.get(&person)?.iter();
        let mut recent: Vec<u64> =
            amounts.filter(|(when, _)| day - when <= 60).map(|(_, parts)| *parts).collect();
        recent.sort_unstable();
        recent.get(recent.len() / 2).copied().filter(|_| recent.len() >= 5)
    }

    pub(super) fn hasty(&self, person: PersonId, approver: PersonId, day: i64) -> u64 {
        within(self.hasty.get(&(person, approver)), day, 30)
    }

    pub(super) fn no_alert(&self, person: PersonId, day: i64) -> u64 {
        within(self.no_alert.get(&person), day, 60)
    }

    pub(super) fn note_unexplained(&mut self, person: PersonId, about: About, day: i64) {
        self.crowd.entry(about.clone()).or_default().insert(person, day);
        self.unexplained.entry((person, about)).or_default().insert(day);
    }

    pub(super) fn note_amount(&mut self, person: PersonId, parts: u64, day: i64) {
        self.amounts.entry(person).or_default().push((day, parts));
    }

    pub(super) fn note_hasty(&mut self, person: PersonId, approver: PersonId, day: i64) {
        self.hasty.entry((person, approver)).or_default().insert(day);
    }

    pub(super) fn note_no_alert(&mut self, person: PersonId, day: i64) {
        self.no_alert.entry(person).or_default().insert(day);
    }
}

fn within(days: Option<&Days>, day: i64, span: i64) -> u64 {
    days.map_or(0, |days| days.range(day - span..day).count() as u64)
}

//! Misuse, planted: what the review queue is measured on.

use std::collections::BTreeSet;

use counterseal_model::{PersonId, Timestamp};

use super::innocent::{other_section, purpose};
use super::people::{Cast, Officer, Section};
use super::{DAYS, Draft, FIRST, YearOpening, YearPart, at, span};
use crate::draw::{Draw, Purpose};

/// How often each kind is planted in a year.
const TIMES: usize = 8;

/// A kind of misuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Misuse {
    /// Browsing the cases of a neighbouring area, on a few days, in working hours.
    Neighbour,
    /// A look at a case that everybody talks about.
    Celebrity,
    /// Much of one's own area at night, shortly before leaving.
    NightBulk,
    /// One case of another section, one part at a time, for months.
    SlowDrip,
    /// Two persons who approve each other's openings at once.
    Collusion,
    /// Emergencies that are none.
    Emergency,
    /// One's own cases, in one's own hours, a little every day, for somebody else. Nothing in the log tells it from
    /// work.
    OwnDuty,
}

impl Misuse {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Neighbour,
        Self::Celebrity,
        Self::NightBulk,
        Self::SlowDrip,
        Self::Collusion,
        Self::Emergency,
        Self::OwnDuty,
    ];

    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Neighbour => "neighbour's area",
            Self::Celebrity => "celebrity case",
            Self::NightBulk => "night bulk before rotation",
            Self::SlowDrip => "slow drip of one case",
            Self::Collusion => "instant approvals",
            Self::Emergency => "emergency abuse",
            Self::OwnDuty => "within own duty",
        }
    }
}

/// A misuse, and where it stands in the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlantedMisuse {
    /// The kind.
    pub kind: Misuse,
    /// Who.
    pub person: PersonId,
    /// The days on which it was done, in days since 1970.
    pub days: BTreeSet<i64>,
}

/// Plants every kind several times, each time with another officer.
pub(super) fn plant(cast: &Cast, seed: u64, year: &mut Draft) {
    let mut draw = Draw::new(seed, Purpose::Openings, 1000);
    let mut order = draw.shuffled(cast.officers.len()).into_iter();
    for kind in Misuse::ALL {
        let fits = |officer: &Officer| kind != Misuse::NightBulk || !officer.nights;
        let wanted = |n: &usize| cast.officers.get(*n).is_some_and(fits);
        // The celebrity's case, and when everybody talks about it.
        let fame = (draw.index(cast.sections.len()), draw.index(24), span(&mut draw, 60, 300));
        for officer in order.by_ref().filter(wanted).take(TIMES).filter_map(|n| cast.officers.get(n)) {
            let mut plot = Plot { cast, officer, draw: &mut draw, year, kind, days: BTreeSet::new() };
            plot.carry_out(fame);
            let (person, days) = (officer.person, plot.days);
            if !days.is_empty() {
                year.planted.push(PlantedMisuse { kind, person, days });
            }
        }
    }
}

struct Plot<'a> {
    cast: &'a Cast,
    officer: &'a Officer,
    draw: &'a mut Draw,
    year: &'a mut Draft,
    kind: Misuse,
    days: BTreeSet<i64>,
}

impl Plot<'_> {
    fn carry_out(&mut self, fame: (usize, usize, i64)) {
        let last = self.officer.tour.1.min(DAYS - 1);
        let start = span(self.draw, 5, (last - 5).max(6));
        match self.kind {
            Misuse::Neighbour => self.neighbour(start),
            Misuse::Celebrity => self.celebrity(fame),
            Misuse::NightBulk => self.night_bulk(last),
            Misuse::SlowDrip => self.slow_drip(),
            Misuse::Collusion => self.collusion(last),
            Misuse::Emergency => self.emergency(last),
            Misuse::OwnDuty => {
                let mut day = start;
                for _ in 0..15 {
                    let own = self.cast.section(self.officer.section);
                    let case = self.officer.cases.first().copied().unwrap_or(0);
                    let parts = self.of_case(own, case, 1, 2);
                    self.in_hours(day, parts);
                    day += span(self.draw, 1, 3);
                }
            }
        }
    }

    fn neighbour(&mut self, start: i64) {
        let other = self.cast.section(self.officer.section + 1);
        for day in start..start + span(self.draw, 1, 4) {
            for _ in 0..self.draw.between(2, 5) {
                let case = self.draw.index(other.cases.len());
                let parts = self.of_case(other, case, 1, 6);
                self.in_hours(day, parts);
            }
        }
    }

    fn celebrity(&mut self, (section, case, day): (usize, usize, i64)) {
        // Whoever works there may look.
        if section == self.officer.section {
            return;
        }
        let day = day + span(self.draw, 0, 10);
        let parts = self.of_case(self.cast.section(section), case, 1, 3);
        self.in_hours(day, parts);
    }

    fn night_bulk(&mut self, last: i64) {
        let own = self.cast.section(self.officer.section);
        // Where the tour does not end within the year, nothing says that a rotation is near.
        for _ in 0..self.draw.between(1, 3) {
            let day = last - span(self.draw, 1, 10);
            for _ in 0..self.draw.between(3, 10) {
                let case = self.draw.index(own.cases.len());
                let parts = self.of_case(own, case, 15, 30);
                let when = at(day, span(self.draw, 0, 4 * 3600));
                self.open(when, parts, false, Vec::new());
            }
        }
    }

    fn slow_drip(&mut self) {
        let other = other_section(self.cast, self.officer, self.draw);
        let case = self.draw.index(other.cases.len());
        let mut day = span(self.draw, 5, 60);
        for _ in 0..self.draw.between(12, 25) {
            let parts = self.of_case(other, case, 1, 1);
            self.in_hours(day, parts);
            day += span(self.draw, 3, 9);
        }
    }

    fn collusion(&mut self, last: i64) {
        let partner = super::innocent::approver(self.cast, self.officer, self.draw);
        let own = self.cast.section(self.officer.section);
        let mut day = span(self.draw, 5, (last - 40).max(6));
        for _ in 0..self.draw.between(6, 15) {
            let case = self.draw.index(own.cases.len());
            let parts = self.of_case(own, case, 1, 4);
            if self.officer.works(day) {
                let (from, until) = self.officer.shift(day);
                let when = Timestamp(from.0 + span(self.draw, 0, until.0 - from.0 - 1));
                let after = span(self.draw, 1, 5);
                self.open(when, parts, false, vec![(partner, after)]);
            }
            day += span(self.draw, 1, 5);
        }
    }

    fn emergency(&mut self, last: i64) {
        let mut day = span(self.draw, 5, (last - 50).max(6));
        for _ in 0..self.draw.between(3, 6) {
            let other = other_section(self.cast, self.officer, self.draw);
            let case = self.draw.index(other.cases.len());
            let parts = self.of_case(other, case, 2, 8);
            if self.officer.works(day) {
                let when = at(day, span(self.draw, 0, Timestamp::DAY - 1));
                self.open(when, parts, true, Vec::new());
            }
            day += span(self.draw, 3, 14);
        }
    }

    fn of_case(&mut self, section: &Section, case: usize, least: u64, most: u64) -> Vec<YearPart> {
        let count = usize::try_from(self.draw.between(least, most)).unwrap_or(1);
        section.cases.get(case).map(|case| section.parts(self.draw, case, count)).unwrap_or_default()
    }

    fn in_hours(&mut self, day: i64, parts: Vec<YearPart>) {
        if self.officer.works(day) {
            let (from, until) = self.officer.shift(day);
            let when = Timestamp(from.0 + span(self.draw, 0, until.0 - from.0 - 1));
            self.open(when, parts, false, Vec::new());
        }
    }

    fn open(
        &mut self,
        at: Timestamp,
        parts: Vec<YearPart>,
        emergency: bool,
        approvals: Vec<(PersonId, i64)>,
    ) {
        let day = super::day_of(at);
        if parts.is_empty() || !(FIRST..FIRST + DAYS).contains(&day) || !self.officer.is_there(day - FIRST) {
            return;
        }
        self.days.insert(day);
        // A case may be named that is not the parts' own: anybody can name one.
        let own = self.cast.section(self.officer.section);
        let named = self.officer.cases.first().and_then(|case| own.cases.get(*case)).map(|case| case.id);
        let case = if self.draw.chance(500) { named } else { parts.first().and_then(|part| part.case) };
        let (person, purpose) = (self.officer.person, purpose(self.draw));
        self.year.openings.push(YearOpening { person, at, purpose, case, parts, emergency, approvals });
    }
}

//! A year's honest work, with what people forget to write down.

use counterseal_model::{Code, PersonId, Timestamp};

use super::people::{Cast, Officer, SECTIONS, Section};
use super::{DAYS, Draft, YearDuty, YearMatter, YearOpening, YearPart, at, code, span};
use crate::draw::{Draw, Purpose};

/// Everybody's days.
pub(super) fn work(cast: &Cast, seed: u64, year: &mut Draft) {
    for (n, officer) in cast.officers.iter().enumerate() {
        let mut draw = Draw::new(seed, Purpose::Openings, 1 + n);
        let mut desk = Work { cast, officer, draw: &mut draw, year: &mut *year };
        (0..DAYS).filter(|day| officer.works(*day)).for_each(|day| desk.day(day));
        desk.leave();
    }
}

/// One officer at work.
struct Work<'a> {
    cast: &'a Cast,
    officer: &'a Officer,
    draw: &'a mut Draw,
    year: &'a mut Draft,
}

impl Work<'_> {
    fn day(&mut self, day: i64) {
        // On many days nothing guarded is needed.
        if self.draw.chance(300) {
            return;
        }
        let own = self.cast.section(self.officer.section);
        for _ in 0..self.draw.between(1, 4) {
            let parts = self.own_parts(own);
            let at = self.hour(day);
            self.open(at, parts, false);
        }
        match self.draw.below(1000) {
            0..30 => self.referral(day),
            30..38 => self.task(day),
            38..46 => self.emergency(day),
            // Overtime that nobody wrote down.
            46..56 => {
                let (_, end) = self.officer.shift(day);
                let at = Timestamp(end.0 + span(self.draw, 1, 4) * 3600);
                let parts = self.own_parts(own);
                self.open(at, parts, false);
            }
            // A colleague asks over the desk for one thing from another section, and nobody writes it down.
            56..64 => {
                let other = other_section(self.cast, self.officer, self.draw);
                let parts = self.some_case(other, 2);
                let at = self.hour(day);
                self.open(at, parts, false);
            }
            _ => {}
        }
    }

    /// A case of another section is referred. One in seven is written down days later, one in twelve never.
    fn referral(&mut self, day: i64) {
        let other = other_section(self.cast, self.officer, self.draw);
        let parts = self.some_case(other, 6);
        let Some(case) = parts.first().and_then(|part| part.case) else { return };
        let open_at = self.hour(day);
        let recorded = match self.draw.below(84) {
            0..7 => None,
            7..19 => Some(Timestamp(open_at.0 + span(self.draw, 2, 6) * Timestamp::DAY)),
            _ => Some(Timestamp(open_at.0 - span(self.draw, 1, 48) * 3600)),
        };
        if let Some(recorded) = recorded {
            let from = Timestamp(open_at.0 - 2 * Timestamp::DAY);
            self.note(YearMatter::Referral(case), from, 30, recorded);
        }
        self.open(open_at, parts, false);
    }

    /// A report: many parts of one's own area, in one day. One in ten is not written down.
    fn task(&mut self, day: i64) {
        let own = self.cast.section(self.officer.section);
        let area = own.area.clone();
        let from = at(day, 0);
        if !self.draw.chance(100) {
            self.note(YearMatter::Task { case: None, area: Some(area), urgent: false }, from, 3, from);
        }
        let at = self.hour(day);
        for _ in 0..self.draw.between(2, 6) {
            let parts = self.some_case(own, 20);
            self.open(at, parts, false);
        }
    }

    /// An emergency, often in another area and at night. One in eight has no alert.
    fn emergency(&mut self, day: i64) {
        let section = match self.draw.chance(500) {
            true => other_section(self.cast, self.officer, self.draw),
            false => self.cast.section(self.officer.section),
        };
        let open_at = at(day, span(self.draw, 0, Timestamp::DAY - 1));
        if !self.draw.chance(125) {
            let from = Timestamp(open_at.0 - 3600);
            let area = Some(section.area.clone());
            self.note(YearMatter::Task { case: None, area, urgent: true }, from, 2, from);
        }
        let parts = self.some_case(section, 8);
        self.open(open_at, parts, true);
    }

    /// In the last week most officers read much once more, to hand it over; a task says so, four times in five.
    fn leave(&mut self) {
        let last = self.officer.tour.1;
        if last >= DAYS || self.draw.chance(300) {
            return;
        }
        let own = self.cast.section(self.officer.section);
        if self.draw.chance(800) {
            let area = Some(own.area.clone());
            self.note(
                YearMatter::Task { case: None, area, urgent: false },
                at(last - 7, 0),
                8,
                at(last - 8, 0),
            );
        }
        for day in (last - 6..last).filter(|day| self.officer.works(*day)) {
            let parts = self.some_case(own, 25);
            let at = self.hour(day);
            self.open(at, parts, false);
        }
    }

    /// Parts of one's own area: of one's own cases, mostly.
    fn own_parts(&mut self, own: &Section) -> Vec<YearPart> {
        let count = usize::try_from(self.draw.heavy_tail(12)).unwrap_or(1);
        if self.draw.chance(150) {
            return self.some_case(own, count);
        }
        let case = *self.draw.pick(&self.officer.cases);
        own.cases.get(case).map(|case| own.parts(self.draw, case, count)).unwrap_or_default()
    }

    /// Up to so many parts of any case of a section.
    fn some_case(&mut self, section: &Section, most: usize) -> Vec<YearPart> {
        let count = 1 + self.draw.index(most);
        let case = self.draw.index(section.cases.len());
        section.cases.get(case).map(|case| section.parts(self.draw, case, count)).unwrap_or_default()
    }

    fn hour(&mut self, day: i64) -> Timestamp {
        let (from, until) = self.officer.shift(day);
        Timestamp(from.0 + span(self.draw, 0, until.0 - from.0 - 1))
    }

    fn note(&mut self, matter: YearMatter, from: Timestamp, days: i64, recorded: Timestamp) {
        let until = Timestamp(from.0 + days * Timestamp::DAY);
        self.year.duties.push(YearDuty { person: self.officer.person, matter, from, until, recorded });
    }

    fn open(&mut self, at: Timestamp, parts: Vec<YearPart>, emergency: bool) {
        if parts.is_empty() {
            return;
        }
        // Every second opening needs a second person. Two in a hundred approve without reading.
        let approvals = match self.draw.chance(500) && !emergency {
            true => {
                let quick = self.draw.chance(20);
                let after = if quick { span(self.draw, 3, 9) } else { span(self.draw, 40, 7200) };
                vec![(approver(self.cast, self.officer, self.draw), after)]
            }
            false => Vec::new(),
        };
        let (person, case) = (self.officer.person, parts.first().and_then(|part| part.case));
        let purpose = purpose(self.draw);
        self.year.openings.push(YearOpening { person, at, purpose, case, parts, emergency, approvals });
    }
}

/// A section that is not the officer's own.
pub(super) fn other_section<'a>(cast: &'a Cast, officer: &Officer, draw: &mut Draw) -> &'a Section {
    cast.section(officer.section + 1 + draw.index(SECTIONS - 1))
}

/// Somebody else of the same section.
pub(super) fn approver(cast: &Cast, officer: &Officer, draw: &mut Draw) -> PersonId {
    let others: Vec<_> = cast
        .officers
        .iter()
        .filter(|other| other.section == officer.section && other.person != officer.person)
        .map(|other| other.person)
        .collect();
    *draw.pick(&others)
}

pub(super) fn purpose(draw: &mut Draw) -> Code {
    let word = *draw.pick::<&str>(&["protection", "case-work", "reporting"]);
    code(word)
}

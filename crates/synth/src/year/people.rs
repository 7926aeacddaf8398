//! Who works where, when and on what, in a synthetic year.

use counterseal_model::{Code, CompartmentId, EntryId, PersonId, Timestamp};

use super::{DAYS, Draft, YearDuty, YearMatter, YearPart, at, code};
use crate::draw::Draw;

/// Sections, each with an area of its own.
pub(super) const SECTIONS: usize = 6;
/// Officers of a section.
const OFFICERS: usize = 10;
/// Cases of a section.
const CASES: usize = 24;
/// Parts of a case.
const PARTS: usize = 40;

/// An officer.
pub(super) struct Officer {
    pub(super) person: PersonId,
    pub(super) section: usize,
    /// Numbers of the cases of the section that the officer works on.
    pub(super) cases: Vec<usize>,
    /// The first and the last day of the tour, which may lie outside the year.
    pub(super) tour: (i64, i64),
    /// Whether the officer works at night.
    pub(super) nights: bool,
    /// Which days of the week are free: this one and the next.
    pub(super) free: i64,
}

/// A case.
pub(super) struct YearCase {
    pub(super) id: [u8; 16],
    pub(super) parts: Vec<EntryId>,
    /// Whether anybody has listed which parts belong to it.
    pub(super) listed: bool,
}

/// A section's area and cases.
pub(super) struct Section {
    pub(super) area: Code,
    compartment: CompartmentId,
    pub(super) cases: Vec<YearCase>,
}

/// Who works where.
pub(super) struct Cast {
    pub(super) sections: Vec<Section>,
    pub(super) officers: Vec<Officer>,
}

impl Cast {
    pub(super) fn draw(draw: &mut Draw) -> Self {
        let sections: Vec<_> = (0..SECTIONS).map(|n| section(draw, n)).collect();
        let officers = (0..SECTIONS * OFFICERS).map(|n| officer(draw, n)).collect();
        Self { sections, officers }
    }

    #[expect(clippy::indexing_slicing, reason = "officers name the sections that were drawn before them")]
    pub(super) fn section(&self, n: usize) -> &Section {
        &self.sections[n % SECTIONS]
    }

    /// Shifts, areas of duty, cases and tours, all written down before they begin.
    pub(super) fn write_duties(&self, year: &mut Draft) {
        for officer in &self.officers {
            let section = self.section(officer.section);
            let (from, until) = (at(officer.tour.0, 0), at(officer.tour.1 + 1, 0));
            let mut note = |matter, from, until| {
                year.duties.push(YearDuty { person: officer.person, matter, from, until, recorded: from });
            };
            note(YearMatter::Tour, from, until);
            note(YearMatter::Area(section.area.clone()), from, until);
            for case in officer.cases.iter().filter_map(|case| section.cases.get(*case)) {
                note(YearMatter::Case(case.id), from, until);
            }
            for day in (0..DAYS).filter(|day| officer.works(*day)) {
                let (from, until) = officer.shift(day);
                note(YearMatter::Shift, from, until);
            }
        }
    }
}

impl Officer {
    pub(super) fn works(&self, day: i64) -> bool {
        let weekday = day.rem_euclid(7);
        let free = weekday == self.free || weekday == (self.free + 1) % 7;
        !free && self.is_there(day)
    }

    pub(super) const fn is_there(&self, day: i64) -> bool {
        self.tour.0 <= day && day <= self.tour.1
    }

    /// When the shift of a day begins and ends. A night's ends in the morning of the next day.
    pub(super) const fn shift(&self, day: i64) -> (Timestamp, Timestamp) {
        match self.nights {
            true => (at(day, 20 * 3600), at(day, 30 * 3600)),
            false => (at(day, 7 * 3600), at(day, 18 * 3600)),
        }
    }
}

impl Section {
    pub(super) fn part(&self, case: &YearCase, entry: EntryId) -> YearPart {
        let (compartment, area) = (self.compartment, self.area.clone());
        YearPart { entry, compartment, case: case.listed.then_some(case.id), area }
    }

    /// `count` different parts of a case; fewer when it has fewer.
    pub(super) fn parts(&self, draw: &mut Draw, case: &YearCase, count: usize) -> Vec<YearPart> {
        let order = draw.shuffled(case.parts.len());
        let picked = order.into_iter().take(count).filter_map(|n| case.parts.get(n));
        picked.map(|entry| self.part(case, *entry)).collect()
    }
}

fn section(draw: &mut Draw, n: usize) -> Section {
    let cases = (0..CASES).map(|_| YearCase {
        id: bytes(draw),
        parts: (0..PARTS).map(|_| EntryId::from_bytes(bytes(draw))).collect(),
        listed: draw.chance(850),
    });
    let cases = cases.collect();
    Section { area: code(&format!("sector-{n}")), compartment: CompartmentId::from_bytes(bytes(draw)), cases }
}

fn officer(draw: &mut Draw, n: usize) -> Officer {
    let leaves = draw.between(40, 700);
    let leaves = i64::try_from(leaves).unwrap_or(DAYS);
    Officer {
        person: PersonId::from_bytes(bytes(draw)),
        section: n / OFFICERS,
        cases: draw.shuffled(CASES).into_iter().take(6).collect(),
        // Most are there all year. Whoever leaves within it is followed by nobody, which makes the year quieter.
        tour: (-30, leaves),
        nights: draw.chance(150),
        free: i64::try_from(draw.below(7)).unwrap_or(0),
    }
}

/// Random bytes for an id.
pub(super) fn bytes<const N: usize>(draw: &mut Draw) -> [u8; N] {
    std::array::from_fn(|_| u8::try_from(draw.below(256)).unwrap_or(0))
}

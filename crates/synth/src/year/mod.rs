//! A year of openings of guarded parts, with misuse planted in it: the measure of the review queue.
//!
//! Sections have areas, officers have shifts, cases, tasks and tours. Most of what explains an opening is written
//! down, some of it late, some never: that is the noise in which misuse hides. What is planted is listed beside.

mod innocent;
mod misuse;
mod people;

use std::collections::BTreeMap;

use counterseal_model::{Code, CompartmentId, EntryId, PersonId, Timestamp};

pub use misuse::{Misuse, PlantedMisuse};
use people::Cast;

use crate::draw::{Draw, Purpose};

/// Days of the year.
pub(super) const DAYS: i64 = 364;
/// The first day, 2025-01-06, a Monday, in days since 1970.
pub(super) const FIRST: i64 = 20_094;

/// A part that somebody opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearPart {
    /// Its entry; every part here is the only one of its entry.
    pub entry: EntryId,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// The case that it belongs to, where anybody has listed that.
    pub case: Option<[u8; 16]>,
    /// The area that it is about.
    pub area: Code,
}

/// An opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearOpening {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// The purpose that was named.
    pub purpose: Code,
    /// The case that was named.
    pub case: Option<[u8; 16]>,
    /// The parts.
    pub parts: Vec<YearPart>,
    /// Whether an emergency was claimed.
    pub emergency: bool,
    /// Who approved, and how many seconds after the request.
    pub approvals: Vec<(PersonId, i64)>,
}

/// What a duty is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YearMatter {
    /// A case that somebody works on.
    Case([u8; 16]),
    /// An area of duty.
    Area(Code),
    /// A case that was referred to somebody.
    Referral([u8; 16]),
    /// A task about a case or an area; an urgent one is an alert.
    Task {
        /// The case.
        case: Option<[u8; 16]>,
        /// The area.
        area: Option<Code>,
        /// Whether it is an alert.
        urgent: bool,
    },
    /// Hours on duty.
    Shift,
    /// The assignment; it ends with it.
    Tour,
}

/// Something that somebody wrote down and that may explain an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearDuty {
    /// Whose.
    pub person: PersonId,
    /// What.
    pub matter: YearMatter,
    /// From.
    pub from: Timestamp,
    /// Until; this second is not in it.
    pub until: Timestamp,
    /// When it was written down.
    pub recorded: Timestamp,
}

/// A year of openings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Year {
    /// Everything follows from it.
    pub seed: u64,
    /// The officers.
    pub people: Vec<PersonId>,
    /// The openings, in the order of time.
    pub openings: Vec<YearOpening>,
    /// What explains them, as far as anybody wrote it down.
    pub duties: Vec<YearDuty>,
    /// The misuse among them.
    pub planted: Vec<PlantedMisuse>,
}

impl Year {
    /// The first day, in days since 1970-01-01.
    pub const FIRST_DAY: i64 = FIRST;
    /// How many days it has.
    pub const DAYS: i64 = DAYS;

    /// The year of a seed: 60 officers in six sections, about 20,000 openings.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let cast = Cast::draw(&mut Draw::new(seed, Purpose::Openings, 0));
        let mut year = Draft::default();
        cast.write_duties(&mut year);
        innocent::work(&cast, seed, &mut year);
        misuse::plant(&cast, seed, &mut year);
        let mut openings = year.openings;
        openings.sort_by_key(|opening| (opening.at, opening.person));
        let people = cast.officers.iter().map(|officer| officer.person).collect();
        Self { seed, people, openings, duties: year.duties, planted: year.planted }
    }

    /// Person-days on which somebody opened something, each with the number of openings.
    #[must_use]
    pub fn person_days(&self) -> BTreeMap<(PersonId, i64), usize> {
        let mut days = BTreeMap::new();
        for opening in &self.openings {
            *days.entry((opening.person, day_of(opening.at))).or_default() += 1;
        }
        days
    }
}

/// A year in the making.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) openings: Vec<YearOpening>,
    pub(super) duties: Vec<YearDuty>,
    pub(super) planted: Vec<PlantedMisuse>,
}

pub(super) const fn at(day: i64, seconds: i64) -> Timestamp {
    Timestamp((FIRST + day) * Timestamp::DAY + seconds)
}

pub(super) const fn day_of(at: Timestamp) -> i64 {
    at.0.div_euclid(Timestamp::DAY)
}

/// A number of days, seconds or the like from `low` to `high`.
pub(super) fn span(draw: &mut Draw, low: i64, high: i64) -> i64 {
    let wide = draw.below((high - low + 1).max(1).unsigned_abs());
    low + i64::try_from(wide).unwrap_or(0)
}

/// A code that is known to be one.
pub(super) fn code(text: &str) -> Code {
    Code::parse(text).unwrap_or_else(|| unreachable_code(text))
}

#[expect(clippy::unreachable, reason = "codes here are literals, and made of letters and small numbers")]
fn unreachable_code(text: &str) -> Code {
    unreachable!("{text} is no code")
}

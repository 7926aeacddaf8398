//! The book of duties: who works on what, where and when. What explains an opening stands here or nowhere.

use std::collections::BTreeMap;

use counterseal_model::{Code, PersonId, Timestamp};

use super::seen::{Case, SeenOpening, SeenPart, day_of};

/// How long after a day something may be written down that explains what was opened on it.
const GRACE: i64 = Timestamp::DAY;
/// How many parts a day the name of a case explains that nobody has listed the parts of.
const MOST_CLAIMED: usize = 10;
/// Seconds by which somebody may be early, or late to leave.
const MARGIN: i64 = 3600;

/// What a duty is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matter {
    /// Work on a case.
    Case(Case),
    /// Duty in an area.
    Area(Code),
    /// A case that was referred to the person.
    Referral(Case),
    /// A task about a case, an area, or whatever comes. It explains the hour and the amount too.
    Task {
        /// The case.
        case: Option<Case>,
        /// The area.
        area: Option<Code>,
        /// Whether it is an alert: it explains an emergency.
        urgent: bool,
    },
    /// Hours on duty.
    Shift,
    /// The assignment, which ends with it.
    Tour,
}

impl Matter {
    /// Whether a task is an alert, where it is one about this part.
    fn is_task_about(&self, part: &SeenPart) -> Option<bool> {
        let Self::Task { case, area, urgent } = self else { return None };
        let about = (case.is_none() || part.case == *case) && (area.is_none() || part.area == *area);
        about.then_some(*urgent)
    }
}

/// A line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Whose.
    pub person: PersonId,
    /// What.
    pub matter: Matter,
    /// From.
    pub from: Timestamp,
    /// Until; this second is not in it.
    pub until: Timestamp,
    /// When it was written down. What is written later than a day after an opening's day explains nothing on it:
    /// else a friend explains it when somebody asks.
    pub recorded: Timestamp,
}

/// What explains a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// The person works on its case.
    Case,
    /// It is of the person's area.
    Area,
    /// A task is about it.
    Task,
    /// Its case was referred to the person.
    Referral,
    /// The reader named a case that they work on; nobody has listed whether the part belongs to it.
    Claimed,
}

impl Ground {
    /// In a word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Area => "area",
            Self::Task => "task",
            Self::Referral => "referral",
            Self::Claimed => "claimed",
        }
    }
}

/// The duties of everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// All but the hours.
    duties: BTreeMap<PersonId, Vec<Duty>>,
    /// Hours on duty, with the margins, in the order of their beginnings.
    hours: BTreeMap<PersonId, Vec<(i64, i64)>>,
}

impl Book {
    /// A book of these lines.
    #[must_use]
    pub fn new(duties: impl IntoIterator<Item = Duty>) -> Self {
        let mut book = Self::default();
        for duty in duties {
            if duty.matter == Matter::Shift {
                let hours = (duty.from.0.saturating_sub(MARGIN), duty.until.0.saturating_add(MARGIN));
                book.hours.entry(duty.person).or_default().push(hours);
            } else {
                book.duties.entry(duty.person).or_default().push(duty);
            }
        }
        book.hours.values_mut().for_each(|hours| hours.sort_unstable());
        book
    }

    fn of(&self, person: PersonId) -> &[Duty] {
        self.duties.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The lines that held for a person at a time and were written down soon enough.
    fn holding(&self, person: PersonId, at: Timestamp) -> impl Iterator<Item = &Duty> {
        let latest = (day_of(at) + 1).saturating_mul(Timestamp::DAY).saturating_add(GRACE);
        let holds = move |duty: &&Duty| duty.from <= at && at < duty.until && duty.recorded.0 <= latest;
        self.of(person).iter().filter(holds)
    }

    /// What explains that a person opened a part. `claimed` counts the parts of that day that a named case explained.
    pub(super) fn ground(
        &self,
        opening: &SeenOpening,
        part: &SeenPart,
        claimed: &mut usize,
    ) -> Option<Ground> {
        let explains = |duty: &Duty| match &duty.matter {
            Matter::Case(case) => (part.case == Some(*case)).then_some(Ground::Case),
            Matter::Area(area) => (part.area.as_ref() == Some(area)).then_some(Ground::Area),
            Matter::Referral(case) => (part.case == Some(*case)).then_some(Ground::Referral),
            Matter::Task { .. } => duty.matter.is_task_about(part).map(|_| Ground::Task),
            Matter::Shift | Matter::Tour => None,
        };
        let ground = self.holding(opening.person, opening.at).filter_map(explains).min();
        ground.or_else(|| {
            // Anybody can name a case: it explains little, and nothing about another area.
            let free = part.case.is_none() && part.area.is_none() && *claimed < MOST_CLAIMED;
            let works = opening.case.filter(|case| free && self.works_on(opening, case));
            works.map(|_| {
                *claimed += 1;
                Ground::Claimed
            })
        })
    }

    fn works_on(&self, opening: &SeenOpening, case: &Case) -> bool {
        let is = |duty: &Duty| match &duty.matter {
            Matter::Case(mine) | Matter::Referral(mine) => mine == case,
            _ => false,
        };
        self.holding(opening.person, opening.at).any(is)
    }

    /// Whether a person was on duty; none where no shift of theirs is known.
    pub(super) fn on_duty(&self, person: PersonId, at: Timestamp) -> Option<bool> {
        let hours = self.hours.get(&person)?;
        let begun = hours.partition_point(|(from, _)| *from <= at.0);
        // Shifts may overlap; none is longer than two days.
        let begun = hours.get(..begun).unwrap_or_default().iter().rev();
        let mut near = begun.take_while(|(from, _)| at.0.saturating_sub(*from) <= 2 * Timestamp::DAY);
        Some(near.any(|(_, until)| at.0 < *until))
    }

    /// Whether a task is about a part.
    pub(super) fn tasked(&self, person: PersonId, part: &SeenPart, at: Timestamp) -> bool {
        self.holding(person, at).any(|duty| duty.matter.is_task_about(part).is_some())
    }

    /// Whether an alert explains an emergency about a part.
    pub(super) fn alert(&self, person: PersonId, part: &SeenPart, at: Timestamp) -> bool {
        self.holding(person, at).any(|duty| duty.matter.is_task_about(part) == Some(true))
    }

    /// In how many days the assignment ends that holds now.
    pub(super) fn days_left(&self, person: PersonId, day: i64) -> Option<i64> {
        let noon = Timestamp(day.saturating_mul(Timestamp::DAY).saturating_add(Timestamp::DAY / 2));
        let tours = self.holding(person, noon).filter(|duty| duty.matter == Matter::Tour);
        tours.map(|duty| day_of(duty.until) - day).min()
    }
}

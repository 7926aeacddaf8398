//! How many parts a person may open in a day, counted by each trustee for itself (PROTOCOL section 7).

use std::collections::BTreeMap;

use counterseal_model::{PersonId, Timestamp};
use thiserror::Error;

/// What one of n trustees lets one person open in a day.
///
/// An opening needs t of n trustees, and a person may go to others each time. A person who spreads evenly over n trustees
/// opens n/t times what one trustee counts, so each trustee allows t/n of what the charter says, rounded down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Parts a day and person at one trustee.
    pub here: u64,
    /// Parts a day that a person can open who spreads over all trustees: at most what the charter says, except that each
    /// trustee allows one part at least.
    pub everywhere: u64,
}

impl Quota {
    /// The quota of one trustee: `parts` a day as the charter has it, t of n trustees release.
    #[must_use]
    pub fn new(parts: u64, t: u8, n: u8) -> Self {
        let (t, n) = (u128::from(t.max(1)), u128::from(n.max(t).max(1)));
        let share = (u128::from(parts) * t / n).max(u128::from(parts > 0));
        let here = u64::try_from(share).unwrap_or(u64::MAX);
        let everywhere = u64::try_from(u128::from(here) * n / t).unwrap_or(u64::MAX);
        Self { here, everywhere }
    }
}

/// More than a person may open in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "{asked} parts are too many today: {used} of {limit} are used at this trustee; ask for fewer, or again tomorrow (UTC)"
)]
pub struct Over {
    /// Parts asked for.
    pub asked: u64,
    /// Parts opened today.
    pub used: u64,
    /// The quota at this trustee.
    pub limit: u64,
}

/// What persons have opened today. A person's devices count together. Days are UTC days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    of: BTreeMap<PersonId, (i64, u64)>,
}

impl Tally {
    /// Nobody has opened anything.
    #[must_use]
    pub const fn new() -> Self {
        Self { of: BTreeMap::new() }
    }

    /// Parts that a person has opened on the day of `at`.
    #[must_use]
    pub fn used(&self, person: PersonId, at: Timestamp) -> u64 {
        match self.of.get(&person) {
            // A clock that was set back does not empty the count.
            Some((day, used)) if *day >= day_of(at) => *used,
            _ => 0,
        }
    }

    /// Counts an opening, all of it or nothing.
    ///
    /// # Errors
    /// When it would be more than the quota; nothing is counted then.
    pub fn count(&mut self, person: PersonId, parts: u64, quota: Quota, at: Timestamp) -> Result<(), Over> {
        let used = self.used(person, at);
        match used.checked_add(parts) {
            Some(sum) if sum <= quota.here => {
                let day = self.of.get(&person).map_or(i64::MIN, |(day, _)| *day).max(day_of(at));
                self.of.insert(person, (day, sum));
                Ok(())
            }
            _ => Err(Over { asked: parts, used, limit: quota.here }),
        }
    }

    /// Forgets days before the day of `at`.
    pub fn forget(&mut self, at: Timestamp) {
        self.of.retain(|_, (day, _)| *day >= day_of(at));
    }
}

fn day_of(at: Timestamp) -> i64 {
    at.0.div_euclid(Timestamp::DAY)
}

//! Incidents by day: for periods in which months say too little.

use std::collections::BTreeMap;

use super::columns::{BLOCK, Columns, NO_TIME};
use super::draw::rows_of;
use super::select::{Sought, View};

/// Seconds of a day.
const DAY: i64 = 86_400;

impl Columns {
    /// Days (counted from 1 January 1970, UTC), incidents and people killed in them by best estimates, in order, from `first` to
    /// `last`, both included. Each incident counts once: on the day it began, or on the first day where it began before and
    /// went on. What began after the last day is not counted.
    #[must_use]
    pub fn by_day(&self, view: &View, (first, last): (i64, i64)) -> Vec<(i64, u64, u64)> {
        let sought = Sought::new(view, self);
        let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
        for nth in (0..self.blocks.len()).filter(|nth| sought.may_hold(*nth)) {
            for row in rows_of(sought.mask(nth)).map(|row| nth * BLOCK + row) {
                let (Some(starts), Some(best)) = (self.starts.get(row), self.best.get(row)) else { continue };
                let day = starts.div_euclid(DAY).max(first);
                if *starts != NO_TIME && day <= last {
                    let (count, killed) = days.entry(day).or_default();
                    (*count, *killed) = (*count + 1, *killed + u64::from(*best));
                }
            }
        }
        days.into_iter().map(|(day, (count, killed))| (day, count, killed)).collect()
    }
}

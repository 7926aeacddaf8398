//! Values that change by statements, so that the past can be asked about.

use counterseal_model::Timestamp;

use super::moment::{LogPosition, Moment};

/// A value and its changes, in log order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Timeline<T> {
    changes: Vec<Change<T>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Change<T> {
    position: LogPosition,
    effective: Timestamp,
    value: T,
}

/// A change that has effect at once.
const AT_ONCE: Timestamp = Timestamp(i64::MIN);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { changes: Vec::new() }
    }
}

impl<T> Timeline<T> {
    pub(super) fn starting(position: LogPosition, value: T) -> Self {
        Self { changes: vec![Change { position, effective: AT_ONCE, value }] }
    }

    /// Records a change by the statement at `position`, which has effect from `effective` on. It
    /// withdraws changes that still wait at `now`.
    pub(super) fn set(&mut self, position: LogPosition, now: Timestamp, effective: Timestamp, value: T) {
        self.changes.retain(|change| change.effective <= now);
        self.changes.push(Change { position, effective, value });
    }

    /// Records a change that has effect at once.
    pub(super) fn set_at_once(&mut self, position: LogPosition, value: T) {
        self.changes.push(Change { position, effective: AT_ONCE, value });
    }

    /// The value at a moment: of the changes made and effective by then, the last made.
    pub(super) fn at(&self, moment: Moment) -> Option<&T> {
        let known = |c: &&Change<T>| c.position <= moment.position && c.effective <= moment.time;
        self.changes.iter().rev().find(known).map(|change| &change.value)
    }

    /// Every value that was in force by a moment, in the order in which they were made.
    pub(super) fn in_force_by(&self, moment: Moment) -> impl Iterator<Item = &T> {
        let by = move |c: &&Change<T>| c.position <= moment.position && c.effective <= moment.time;
        self.changes.iter().filter(by).map(|change| &change.value)
    }

    /// Every value that there is or was, and those that wait.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.changes.iter().map(|change| &change.value)
    }

    /// When each of them has or had effect.
    pub(super) fn times(&self) -> impl Iterator<Item = Timestamp> {
        self.changes.iter().map(|change| change.effective)
    }

    /// The change that was made by a moment and waits for its time.
    pub(super) fn waiting(&self, moment: Moment) -> Option<(Timestamp, &T)> {
        let waits = |c: &&Change<T>| c.position <= moment.position && c.effective > moment.time;
        self.changes.iter().rev().find(waits).map(|change| (change.effective, &change.value))
    }
}

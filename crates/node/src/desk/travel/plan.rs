//! What a trip would take from this desk, before anything is done.

use std::collections::BTreeSet;

use counterseal_model::CompartmentId;

use super::Openable;
use crate::desk::Desk;
use crate::error::NodeError;

/// A compartment that a trip would leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// What of it opens now and will not.
    pub openable: Openable,
    /// Whether there is a manager, another person, who can bring this desk back.
    pub returns: bool,
}

/// What a trip would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TravelPlan {
    /// What is left.
    pub leaves: Vec<Leaving>,
    /// What stays open.
    pub stays: Vec<Openable>,
    /// Entries that no hub has confirmed. Those in what is left will count as late.
    pub unsent_entries: u64,
    /// Statements that no hub has confirmed.
    pub unsent_statements: u64,
    /// Files that were exported from this desk: they are where their owner put them.
    pub exports: u64,
}

impl Desk {
    /// What it would mean to leave these compartments for a trip.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn plan_travel(&self, leave: &[CompartmentId]) -> Result<TravelPlan, NodeError> {
        let leave: BTreeSet<_> = leave.iter().copied().collect();
        let (leaves, stays): (Vec<_>, Vec<_>) =
            self.openable()?.into_iter().partition(|openable| leave.contains(&openable.id));
        let leaves = leaves
            .into_iter()
            .map(|openable| Leaving { returns: self.has_who_brings_back(openable.id), openable })
            .collect();
        let (unsent_entries, unsent_statements) = self.count_unsent()?;
        let exports = self.store.read(|db| {
            Ok::<_, NodeError>(db.query_row("SELECT count(*) FROM export", [], |row| row.get::<_, i64>(0))?)
        })?;
        let exports = exports.cast_unsigned();
        Ok(TravelPlan { leaves, stays, unsent_entries, unsent_statements, exports })
    }

    /// Entries and statements that no hub has confirmed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_unsent(&self) -> Result<(u64, u64), NodeError> {
        let count = |sql| {
            let count: Result<i64, NodeError> =
                self.store.read(|db| Ok(db.query_row(sql, [], |row| row.get(0))?));
            count.map(i64::cast_unsigned)
        };
        let entries = count(
            "SELECT count(*) FROM entry e WHERE leaf IS NULL AND accepted IS NULL AND standing < 5
               AND NOT EXISTS (SELECT 1 FROM own_guarded o WHERE o.entry = e.no AND o.cover = 1)",
        )?;
        Ok((entries, count("SELECT count(*) FROM outgoing WHERE accepted IS NULL AND given_up = 0")?))
    }

    /// Governors appoint a manager when none is left: only where this desk's person is the last one is
    /// there nobody.
    pub(super) fn has_who_brings_back(&self, compartment: CompartmentId) -> bool {
        let managers = self.register.managers(compartment, self.moment());
        managers.is_empty() || managers.iter().any(|manager| *manager != self.person)
    }
}

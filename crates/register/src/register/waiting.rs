//! What waits for its time: a desk shows all of it, so that no loosening comes as a surprise.

use counterseal_model::{CompartmentId, Timestamp};

use super::Register;
use super::moment::Moment;
use crate::entry::Rule;

/// What will change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// The governors, or how many must sign.
    Governors,
    /// The recovery officers, or how many must sign.
    Recovery,
    /// The hub's certificates.
    HubPins,
    /// The witnesses or their quorum.
    Witnesses,
    /// The waiting days, to so many.
    WaitingDays(u64),
    /// The trustees, or how many must release.
    Trustees,
    /// The policy of openings.
    Policy,
    /// A compartment's opening rule, to this one.
    OpeningRule(CompartmentId, Rule),
}

/// A loosening that was said and waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WaitingChange {
    /// When it has effect, unless a newer statement withdraws it.
    pub effective: Timestamp,
    /// What will change.
    pub what: Waiting,
}

impl Register {
    /// Everything that waits at a moment, the soonest first.
    #[must_use]
    pub fn waiting_changes(&self, at: Moment) -> Vec<WaitingChange> {
        let state = self.state();
        let mut changes = Vec::new();
        let mut add = |effective, what| changes.push(WaitingChange { effective, what });
        if let Some((effective, _)) = state.governors.waiting(at) {
            add(effective, Waiting::Governors);
        }
        if let Some((effective, _)) = state.recovery.waiting(at) {
            add(effective, Waiting::Recovery);
        }
        if let Some((effective, _)) = state.hub_at(at).and_then(|hub| hub.pins.waiting(at)) {
            add(effective, Waiting::HubPins);
        }
        if let Some((effective, _)) = state.quorum.waiting(at) {
            add(effective, Waiting::Witnesses);
        }
        if let Some((effective, days)) = state.waiting_days.waiting(at) {
            add(effective, Waiting::WaitingDays(*days));
        }
        if let Some((effective, _)) = state.trustees.waiting(at) {
            add(effective, Waiting::Trustees);
        }
        if let Some((effective, _)) = state.opening_policy.waiting(at) {
            add(effective, Waiting::Policy);
        }
        for (id, known) in &state.compartments {
            if let Some((effective, rule)) = known.rule.waiting(at) {
                add(effective, Waiting::OpeningRule(*id, *rule));
            }
        }
        changes.sort_unstable();
        changes
    }

    /// The witnesses and quorum that wait to take over, and when.
    #[must_use]
    pub fn quorum_waiting(&self, at: Moment) -> Option<(Timestamp, &super::Quorum)> {
        self.state().quorum.waiting(at)
    }
}

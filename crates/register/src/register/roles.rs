//! What a person may do, and until when.

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, PersonId, Timestamp};

use super::Register;
use super::moment::Moment;
use super::people::PersonStatus;
use super::state::{Grant, State};
use super::timeline::Timeline;

/// A role that a person has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Enrols and revokes.
    Registrar,
    /// Admits to a compartment. (That registrars manage the mission-wide one is not listed.)
    Manager(CompartmentId),
    /// Cross-signs, with others, a device of somebody who has none left.
    RecoveryOfficer,
}

impl Register {
    /// When a person's assignment ends; none when it has no end, or the person is not enrolled.
    #[must_use]
    pub fn assignment_end(&self, person: PersonId, at: Moment) -> Option<Timestamp> {
        self.state().people.get(&person).and_then(|known| known.until.at(at).copied().flatten())
    }

    /// A person's roles, each with the moment at which it ends: its own or the assignment's, whichever is
    /// first. A role that was given without an end ends with the assignment.
    #[must_use]
    pub fn roles_of(&self, person: PersonId, at: Moment) -> Vec<(Role, Option<Timestamp>)> {
        let state = self.state();
        if state.person_status(person, at) != Some(PersonStatus::Active) {
            return Vec::new();
        }
        let assignment = self.assignment_end(person, at);
        let first = |own: Option<Timestamp>| own.into_iter().chain(assignment).min();
        let mut roles = Vec::new();
        roles.extend(held(state.registrars.get(&person), at).map(|end| (Role::Registrar, first(end))));
        for (compartment, known) in &state.compartments {
            let end = held(known.managers.get(&person), at);
            roles.extend(end.map(|end| (Role::Manager(*compartment), first(end))));
        }
        if self.recovery_officers(at).0.contains(&person) {
            roles.push((Role::RecoveryOfficer, assignment));
        }
        roles
    }

    /// The recovery officers, and how many of them must sign; zero while there are none.
    #[must_use]
    pub fn recovery_officers(&self, at: Moment) -> (BTreeSet<PersonId>, u64) {
        let recovery = |state: &State| state.recovery.at(at).cloned();
        recovery(self.state()).map(|recovery| (recovery.officers, recovery.threshold)).unwrap_or_default()
    }
}

/// When a role ends by itself, if it is held.
fn held(role: Option<&Timeline<Grant>>, at: Moment) -> Option<Option<Timestamp>> {
    match role?.at(at)? {
        Grant::Held(end) if end.is_none_or(|end| end > at.time) => Some(*end),
        Grant::Held(_) | Grant::Ended => None,
    }
}

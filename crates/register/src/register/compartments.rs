//! Compartments: managers and charters.

use counterseal_model::CompartmentId;

use super::moment::Moment;
use super::signers::Said;
use super::state::{Compartment, Grant, State};
use crate::act::{
    AcceptLate, AmendCharter, AppointManager, Charter, CreateCompartment, DismissManager, Subject,
};
use crate::refusal::Refusal;

impl State {
    /// A compartment that was created by a moment.
    pub(super) fn created(&self, id: CompartmentId, moment: Moment) -> Result<&Compartment, Refusal> {
        let known = self.compartments.get(&id).filter(|known| known.charter.at(moment).is_some());
        known.ok_or(Refusal::UnknownCompartment { compartment: id })
    }

    pub(super) fn created_mut(
        &mut self,
        id: CompartmentId,
        moment: Moment,
    ) -> Result<&mut Compartment, Refusal> {
        let known = self.compartments.get_mut(&id).filter(|known| known.charter.at(moment).is_some());
        known.ok_or(Refusal::UnknownCompartment { compartment: id })
    }

    /// The charter with the opening rule that holds at a moment.
    pub(super) fn charter(&self, id: CompartmentId, moment: Moment) -> Option<Charter> {
        let known = self.compartments.get(&id)?;
        let rule = *known.rule.at(moment)?;
        Some(Charter { rule, ..known.charter.at(moment)?.clone() })
    }

    pub(super) fn appoint_manager(&mut self, said: &Said<'_>, act: &AppointManager) -> Result<(), Refusal> {
        let (id, moment) = (act.compartment, said.moment);
        if id == self.mission_compartment {
            return Err(Refusal::MissionWide);
        }
        self.require_active(act.person, moment)?;
        if said.is_by_governors() {
            said.by_governors(self)?;
            let known = self.compartments.get(&id).ok_or(Refusal::UnknownCompartment { compartment: id })?;
            if known.managers.keys().any(|person| self.is_manager(id, *person, moment)) {
                return Err(Refusal::ManagersRemain { compartment: id });
            }
        } else if self.compartments.contains_key(&id) {
            said.by_manager(self, id)?;
        } else {
            said.by_registrar(self)?;
        }
        let managers = &mut self.compartments.entry(id).or_default().managers;
        managers.entry(act.person).or_default().set_at_once(moment.position, Grant::Held(act.until));
        Ok(())
    }

    pub(super) fn dismiss_manager(&mut self, said: &Said<'_>, act: &DismissManager) -> Result<(), Refusal> {
        let (id, moment) = (act.compartment, said.moment);
        if id == self.mission_compartment {
            return Err(Refusal::MissionWide);
        }
        if said.is_by_governors() {
            said.by_governors(self)?;
        } else {
            said.by_manager(self, id)?;
        }
        let role = self.compartments.get_mut(&id).and_then(|known| known.managers.get_mut(&act.person));
        match role {
            Some(role) if matches!(role.at(moment), Some(Grant::Held(_))) => {
                role.set_at_once(moment.position, Grant::Ended);
                Ok(())
            }
            _ => Err(Refusal::NoSuchManager),
        }
    }

    pub(super) fn create_compartment(
        &mut self,
        said: &Said<'_>,
        act: &CreateCompartment,
    ) -> Result<(), Refusal> {
        let id = act.compartment;
        if self.created(id, said.moment).is_ok() {
            return Err(Refusal::CompartmentExists { compartment: id });
        }
        said.by_manager(self, id)?;
        self.check_name(act.name.as_ref())?;
        let known = self.compartments.entry(id).or_default();
        known.rule.set_at_once(said.moment.position, act.charter.rule);
        known.charter.set_at_once(said.moment.position, act.charter.clone());
        self.keep_name(Subject::Compartment(id), act.name.as_ref());
        Ok(())
    }

    pub(super) fn amend_charter(&mut self, said: &Said<'_>, act: &AmendCharter) -> Result<(), Refusal> {
        self.created(act.compartment, said.moment)?;
        said.by_manager(self, act.compartment)?;
        let known = self.created_mut(act.compartment, said.moment)?;
        if known.rule.at(said.moment) != Some(&act.charter.rule) {
            return Err(Refusal::RuleIsTheGovernors);
        }
        known.charter.set_at_once(said.moment.position, act.charter.clone());
        Ok(())
    }

    pub(super) fn accept_late(&mut self, said: &Said<'_>, act: &AcceptLate) -> Result<(), Refusal> {
        self.created(act.compartment, said.moment)?;
        said.by_manager(self, act.compartment)?;
        if act.entries.is_empty() || !act.entries.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::BadEntryList);
        }
        let known = self.created_mut(act.compartment, said.moment)?;
        known.accepted.extend(act.entries.iter().copied());
        Ok(())
    }
}

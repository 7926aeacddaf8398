//! Offices and sections.

use counterseal_model::{PersonId, SectionId};

use super::Register;
use super::moment::Moment;
use super::signers::Said;
use super::state::{Grant, State};
use crate::act::{AppointOfficer, AssignSection, DismissOfficer, Office};
use crate::refusal::Refusal;

impl State {
    pub(super) fn appoint_officer(&mut self, said: &Said<'_>, act: &AppointOfficer) -> Result<(), Refusal> {
        said.by_governors(self)?;
        self.require_active(act.person, said.moment)?;
        if (act.office == Office::Review) != act.section.is_some() {
            return Err(Refusal::BadOffice);
        }
        let holders = self.officers.entry((act.office, act.section)).or_default();
        let role = holders.entry(act.person).or_default();
        role.set_at_once(said.moment.position, Grant::Held(act.until));
        Ok(())
    }

    pub(super) fn dismiss_officer(&mut self, said: &Said<'_>, act: &DismissOfficer) -> Result<(), Refusal> {
        said.by_governors(self)?;
        let holders = self.officers.get_mut(&(act.office, act.section));
        match holders.and_then(|holders| holders.get_mut(&act.person)) {
            Some(role) if matches!(role.at(said.moment), Some(Grant::Held(_))) => {
                role.set_at_once(said.moment.position, Grant::Ended);
                Ok(())
            }
            _ => Err(Refusal::NoSuchOfficer),
        }
    }

    pub(super) fn assign_section(&mut self, said: &Said<'_>, act: &AssignSection) -> Result<(), Refusal> {
        said.by_registrar(self)?;
        let (person, moment) = (act.person, said.moment);
        let known = self.people.get_mut(&person).ok_or(Refusal::UnknownPerson { person })?;
        if known.revoked.is_some() {
            return Err(Refusal::PersonNotActive { person });
        }
        if known.section.at(moment).copied().flatten() == act.section {
            return Err(Refusal::NothingChanges);
        }
        known.section.set_at_once(moment.position, act.section);
        Ok(())
    }

    pub(super) fn is_officer(
        &self,
        person: PersonId,
        office: Office,
        section: Option<SectionId>,
        at: Moment,
    ) -> bool {
        let holders = self.officers.get(&(office, section));
        self.holds(holders.and_then(|holders| holders.get(&person)), person, at)
    }
}

/// Offices and sections.
impl Register {
    /// Whether a person holds an office. Reviewers hold it for a section, the others for none.
    #[must_use]
    pub fn is_officer(
        &self,
        person: PersonId,
        office: Office,
        section: Option<SectionId>,
        at: Moment,
    ) -> bool {
        self.state().is_officer(person, office, section, at)
    }

    /// Who holds an office, in the order of their ids.
    #[must_use]
    pub fn officers(&self, office: Office, section: Option<SectionId>, at: Moment) -> Vec<PersonId> {
        let state = self.state();
        let holders = state.officers.get(&(office, section)).into_iter().flat_map(|holders| holders.keys());
        holders.copied().filter(|person| state.is_officer(*person, office, section, at)).collect()
    }

    /// The offices that a person holds, with the sections of a reviewer.
    #[must_use]
    pub fn offices_of(&self, person: PersonId, at: Moment) -> Vec<(Office, Option<SectionId>)> {
        let state = self.state();
        let held = |(office, section): &&(Office, Option<SectionId>)| {
            state.is_officer(person, *office, *section, at)
        };
        state.officers.keys().filter(held).copied().collect()
    }

    /// The section to which a person belongs.
    #[must_use]
    pub fn section_of(&self, person: PersonId, at: Moment) -> Option<SectionId> {
        self.state().people.get(&person).and_then(|known| *known.section.at(at)?)
    }
}

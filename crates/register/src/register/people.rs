//! Persons, devices and roles.

use counterseal_ledger::verify_ed25519;
use counterseal_model::{CompartmentId, DeviceId, PersonId, Timestamp};

use super::moment::Moment;
use super::signers::Said;
use super::state::{Device, Grant, Person, State};
use super::timeline::Timeline;
use crate::act::{
    ConfirmDevice, CrossSign, EnrolDevice, EnrolPerson, ExtendAppointment, RevokeDevice, RevokePerson,
    SealedName, SealedText, Subject, device_proof_input,
};
use crate::key::DeviceKeys;
use crate::refusal::Refusal;

/// How a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonStatus {
    /// Enrolled.
    Active,
    /// Frozen, or at a site that is, until a registrar lifts it.
    Frozen {
        /// Since when.
        since: Moment,
    },
    /// The assignment has ended.
    Expired {
        /// Since when.
        since: Timestamp,
    },
    /// Revoked.
    Revoked {
        /// Since when.
        since: Moment,
    },
}

/// How a device stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceStatus {
    /// Cross-signed, and waiting for a manager's confirmation.
    Pending,
    /// May sign and be in rosters.
    Active,
    /// Its person is frozen.
    Frozen {
        /// Since when.
        since: Moment,
    },
    /// It signed two entries for one place in its journal. It is never active again.
    Suspended {
        /// Since when.
        since: Moment,
    },
    /// Its person's assignment has ended.
    Expired {
        /// Since when.
        since: Timestamp,
    },
    /// Revoked, or its person is.
    Revoked {
        /// Since when.
        since: Moment,
    },
}

impl State {
    pub(super) fn person_status(&self, person: PersonId, moment: Moment) -> Option<PersonStatus> {
        let known = self.people.get(&person).filter(|p| p.enrolled.position <= moment.position)?;
        if let Some(since) = known.revoked.filter(|since| since.position <= moment.position) {
            return Some(PersonStatus::Revoked { since });
        }
        if let Some(freeze) = known.freezes.iter().find(|freeze| freeze.holds(moment)) {
            return Some(PersonStatus::Frozen { since: freeze.since });
        }
        match known.until.at(moment) {
            Some(Some(until)) if *until <= moment.time => Some(PersonStatus::Expired { since: *until }),
            _ => Some(PersonStatus::Active),
        }
    }

    pub(super) fn device_status(&self, device: DeviceId, moment: Moment) -> Option<DeviceStatus> {
        let known = self.devices.get(&device).filter(|d| d.enrolled.position <= moment.position)?;
        if let Some(since) = known.revoked.filter(|since| since.position <= moment.position) {
            return Some(DeviceStatus::Revoked { since });
        }
        let person = self.person_status(known.person, moment)?;
        if let PersonStatus::Revoked { since } = person {
            return Some(DeviceStatus::Revoked { since });
        }
        if let Some((since, _)) = known.suspended.filter(|(since, _)| since.position <= moment.position) {
            return Some(DeviceStatus::Suspended { since });
        }
        match person {
            PersonStatus::Revoked { since } => Some(DeviceStatus::Revoked { since }),
            PersonStatus::Frozen { since } => Some(DeviceStatus::Frozen { since }),
            PersonStatus::Expired { since } => Some(DeviceStatus::Expired { since }),
            PersonStatus::Active if known.confirmed.is_some_and(|c| c.position <= moment.position) => {
                Some(DeviceStatus::Active)
            }
            PersonStatus::Active => Some(DeviceStatus::Pending),
        }
    }

    pub(super) fn is_active(&self, device: DeviceId, moment: Moment) -> bool {
        self.device_status(device, moment) == Some(DeviceStatus::Active)
    }

    pub(super) fn holds(&self, role: Option<&Timeline<Grant>>, person: PersonId, moment: Moment) -> bool {
        let held = match role.and_then(|role| role.at(moment)) {
            Some(Grant::Held(until)) => until.is_none_or(|until| until > moment.time),
            _ => false,
        };
        held && self.person_status(person, moment) == Some(PersonStatus::Active)
    }

    pub(super) fn is_registrar(&self, person: PersonId, moment: Moment) -> bool {
        self.holds(self.registrars.get(&person), person, moment)
    }

    /// Registrars manage the mission-wide compartment.
    pub(super) fn is_manager(&self, compartment: CompartmentId, person: PersonId, moment: Moment) -> bool {
        if compartment == self.mission_compartment {
            return self.is_registrar(person, moment);
        }
        let roles = self.compartments.get(&compartment).map(|known| &known.managers);
        self.holds(roles.and_then(|roles| roles.get(&person)), person, moment)
    }

    pub(super) fn require_active(&self, person: PersonId, moment: Moment) -> Result<(), Refusal> {
        match self.person_status(person, moment) {
            Some(PersonStatus::Active) => Ok(()),
            Some(_) => Err(Refusal::PersonNotActive { person }),
            None => Err(Refusal::UnknownPerson { person }),
        }
    }

    pub(super) fn enrol_person(&mut self, said: &Said<'_>, act: &EnrolPerson) -> Result<(), Refusal> {
        said.by_registrar(self)?;
        if self.people.contains_key(&act.person) {
            return Err(Refusal::PersonExists { person: act.person });
        }
        self.check_name(act.name.as_ref())?;
        let until = Timeline::starting(said.moment.position, act.until);
        let person = Person {
            enrolled: said.moment,
            until,
            revoked: None,
            devices: Vec::new(),
            site: Timeline::default(),
            section: Timeline::default(),
            freezes: Vec::new(),
        };
        self.people.insert(act.person, person);
        self.keep_name(Subject::Person(act.person), act.name.as_ref());
        Ok(())
    }

    pub(super) fn enrol_device(&mut self, said: &Said<'_>, act: &EnrolDevice) -> Result<(), Refusal> {
        said.by_registrar(self)?;
        self.require_active(act.person, said.moment)?;
        if self.people.get(&act.person).is_some_and(|person| !person.devices.is_empty()) {
            return Err(Refusal::NotTheFirstDevice);
        }
        self.check_new_device(act.person, &act.keys, &act.proof.0)?;
        self.add_device(act.person, &act.keys, said.moment, Some(said.moment));
        Ok(())
    }

    pub(super) fn cross_sign(&mut self, said: &Said<'_>, act: &CrossSign) -> Result<(), Refusal> {
        self.require_active(act.person, said.moment)?;
        if self.people.get(&act.person).is_none_or(|person| person.devices.is_empty()) {
            return Err(Refusal::NoFirstDevice);
        }
        self.check_cross_signers(said, act.person)?;
        self.check_new_device(act.person, &act.keys, &act.proof.0)?;
        self.add_device(act.person, &act.keys, said.moment, None);
        Ok(())
    }

    /// One of the person's devices, or exactly k recovery officers, each with one device.
    fn check_cross_signers(&self, said: &Said<'_>, person: PersonId) -> Result<(), Refusal> {
        if !said.governors.is_empty() {
            return Err(Refusal::NotACrossSigner);
        }
        let mut signers = std::collections::BTreeSet::new();
        for device in &said.devices {
            signers.insert(said.active(self, *device)?);
        }
        let one_own = said.devices.len() == 1 && signers.contains(&person);
        let officers = self.recovery.at(said.moment).is_some_and(|recovery| {
            recovery.threshold > 0
                && said.devices.len() as u64 == recovery.threshold
                && signers.len() == said.devices.len()
                && signers.is_subset(&recovery.officers)
                && !signers.contains(&person)
        });
        if one_own || officers { Ok(()) } else { Err(Refusal::NotACrossSigner) }
    }

    fn check_new_device(&self, person: PersonId, keys: &DeviceKeys, proof: &[u8; 64]) -> Result<(), Refusal> {
        let taken = |known: &Device| known.keys.signing == keys.signing || known.has_hpke(&keys.hpke.0);
        if let Some((device, _)) = self.devices.iter().find(|(_, known)| taken(known)) {
            return Err(Refusal::DeviceExists { device: *device });
        }
        let key = &keys.signing.0;
        let elsewhere = self.is_a_witnesses(key) || self.is_a_trustees_ed25519(key);
        if self.is_a_governors(key) || self.is_a_logs(key) || elsewhere {
            return Err(Refusal::KeyInUse);
        }
        if !keys.are_acceptable() {
            return Err(Refusal::BadKey);
        }
        let message = device_proof_input(self.mission, person, keys);
        if !verify_ed25519(&keys.signing.0, &message, proof) {
            return Err(Refusal::BadProof);
        }
        Ok(())
    }

    fn add_device(&mut self, person: PersonId, keys: &DeviceKeys, now: Moment, confirmed: Option<Moment>) {
        let device = keys.id();
        if let Some(known) = self.people.get_mut(&person) {
            known.devices.push(device);
        }
        let keys = keys.clone();
        let renewed = Timeline::default();
        let known =
            Device { person, keys, enrolled: now, confirmed, revoked: None, suspended: None, renewed };
        self.devices.insert(device, known);
    }

    pub(super) fn confirm_device(&mut self, said: &Said<'_>, act: &ConfirmDevice) -> Result<(), Refusal> {
        let (_, signer) = said.by_device(self)?;
        if !self.compartments.keys().any(|compartment| self.is_manager(*compartment, signer, said.moment)) {
            return Err(Refusal::NotAManager { compartment: self.mission_compartment });
        }
        // A stolen device of a manager would otherwise cross-sign and confirm another alone.
        if signer == act.person {
            return Err(Refusal::OwnCase);
        }
        let status = self.device_status(act.device, said.moment);
        let device = self.device_of(act.person, act.device)?;
        if status != Some(DeviceStatus::Pending) {
            return Err(Refusal::NotPending { device: act.device });
        }
        device.confirmed = Some(said.moment);
        Ok(())
    }

    pub(super) fn revoke_device(&mut self, said: &Said<'_>, act: &RevokeDevice) -> Result<(), Refusal> {
        let (_, signer) = said.by_device(self)?;
        if signer != act.person && !self.is_registrar(signer, said.moment) {
            return Err(Refusal::NotARegistrar);
        }
        let device = self.device_of(act.person, act.device)?;
        if device.revoked.is_some() {
            return Err(Refusal::AlreadyRevoked);
        }
        device.revoked = Some(said.moment);
        Ok(())
    }

    pub(super) fn revoke_person(&mut self, said: &Said<'_>, act: &RevokePerson) -> Result<(), Refusal> {
        if said.is_by_governors() {
            said.by_governors(self)?;
        } else {
            said.by_registrar(self)?;
        }
        let unknown = Refusal::UnknownPerson { person: act.person };
        let person = self.people.get_mut(&act.person).ok_or(unknown)?;
        if person.revoked.is_some() {
            return Err(Refusal::AlreadyRevoked);
        }
        person.revoked = Some(said.moment);
        Ok(())
    }

    pub(super) fn extend_appointment(
        &mut self,
        said: &Said<'_>,
        act: &ExtendAppointment,
    ) -> Result<(), Refusal> {
        if said.is_by_governors() {
            said.by_governors(self)?;
        } else if said.by_registrar(self)? == act.person {
            return Err(Refusal::OwnCase);
        }
        let person = self.people.get_mut(&act.person).ok_or(Refusal::UnknownPerson { person: act.person })?;
        if person.revoked.is_some() {
            return Err(Refusal::PersonNotActive { person: act.person });
        }
        person.until.set_at_once(said.moment.position, act.until);
        Ok(())
    }

    pub(super) fn sealed_name(&mut self, said: &Said<'_>, act: &SealedName) -> Result<(), Refusal> {
        match act.subject {
            Subject::Person(person) => {
                said.by_registrar(self)?;
                if !self.people.contains_key(&person) {
                    return Err(Refusal::UnknownPerson { person });
                }
            }
            Subject::Device(person, device) => {
                let (_, signer) = said.by_device(self)?;
                if signer != person && !self.is_registrar(signer, said.moment) {
                    return Err(Refusal::NotARegistrar);
                }
                self.device_of(person, device)?;
            }
            Subject::Site(site) => {
                said.by_registrar(self)?;
                if !self.sites.contains_key(&site) {
                    return Err(Refusal::UnknownSite { site });
                }
            }
            Subject::Compartment(compartment) => {
                self.created(compartment, said.moment)?;
                said.by_manager(self, compartment)?;
            }
        }
        self.check_name(Some(&act.name))?;
        self.keep_name(act.subject, Some(&act.name));
        Ok(())
    }

    /// Names are sealed under an epoch of the mission-wide compartment.
    pub(super) fn check_name(&self, name: Option<&SealedText>) -> Result<(), Refusal> {
        let Some(epoch) = name.map(|name| name.epoch) else { return Ok(()) };
        match self.epochs.get(&epoch) {
            Some(known) if known.statement.compartment == self.mission_compartment => Ok(()),
            _ => Err(Refusal::UnknownEpoch { epoch }),
        }
    }

    pub(super) fn keep_name(&mut self, subject: Subject, name: Option<&SealedText>) {
        if let Some(name) = name {
            self.names.insert(subject, name.clone());
        }
    }

    pub(super) fn device_of(&mut self, person: PersonId, device: DeviceId) -> Result<&mut Device, Refusal> {
        let known = self.devices.get_mut(&device).filter(|known| known.person == person);
        known.ok_or(Refusal::UnknownDevice { device })
    }
}

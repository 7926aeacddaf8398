//! What the register answers.

use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, StatementId, Timestamp};

use super::Register;
use super::moment::Moment;
use super::people::{DeviceStatus, PersonStatus};
use super::state::{Epoch, Governors, Void};
use crate::act::{Charter, SealedText, Subject};
use crate::entry::Rule;
use crate::key::DeviceKeys;
use crate::statement::Chain;

/// A device, as the register has it at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceInfo {
    /// Its id.
    pub id: DeviceId,
    /// Its person.
    pub person: PersonId,
    /// Its public keys.
    pub keys: DeviceKeys,
    /// How it stands.
    pub status: DeviceStatus,
    /// Since when it is enrolled or cross-signed.
    pub enrolled: Moment,
}

/// An epoch's roster, sorted by whether its devices still should have it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EpochDevices {
    /// Active and not removed.
    pub members: Vec<DeviceId>,
    /// Revoked, expired or removed since: a new epoch without them is due.
    pub gone: Vec<DeviceId>,
}

/// The mission.
impl Register {
    /// The governors at a moment.
    #[must_use]
    pub fn governors(&self, at: Moment) -> Option<&Governors> {
        self.state().governors.at(at)
    }

    /// The governors who wait to take over, and when.
    #[must_use]
    pub fn governors_waiting(&self, at: Moment) -> Option<(Timestamp, &Governors)> {
        self.state().governors.waiting(at)
    }

    /// Whether one key alone governs: shown wherever the mission is shown.
    #[must_use]
    pub fn marked_single_governor(&self, at: Moment) -> bool {
        self.governors(at).is_some_and(|governors| governors.threshold == 1)
    }

    /// Whether the mission is a demonstration with made-up data.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.state().synthetic
    }

    /// How many days a loosening waits.
    #[must_use]
    pub fn waiting_days(&self, at: Moment) -> u64 {
        self.state().waiting_days.at(at).copied().unwrap_or(0)
    }

    /// The least suite that is accepted.
    #[must_use]
    pub fn minimum_suite(&self, at: Moment) -> u64 {
        self.state().minimum_suite.at(at).copied().unwrap_or(crate::suite::SUITE)
    }

    /// The compartment of everyone, to which names are sealed.
    #[must_use]
    pub fn mission_compartment(&self) -> CompartmentId {
        self.state().mission_compartment
    }

    /// The last statement of a chain: what the next one names as its predecessor. The founding
    /// begins the mission's chain, that of the mission-wide compartment and those of the first
    /// registrars.
    #[must_use]
    pub fn chain_head(&self, chain: Chain) -> Option<StatementId> {
        // From the log alone: a statement made on top of what was only sighted would not stand.
        self.log.chain_heads.get(&chain).copied()
    }

    /// Statements that lost a race, in the order of their ids: shown.
    pub fn voids(&self) -> impl Iterator<Item = &Void> {
        self.log.voids.values()
    }

    /// The newest name of something, sealed.
    #[must_use]
    pub fn name_of(&self, subject: Subject) -> Option<&SealedText> {
        self.state().names.get(&subject)
    }
}

/// Persons and devices.
impl Register {
    /// How a person stands; none if not enrolled by then.
    #[must_use]
    pub fn person(&self, person: PersonId, at: Moment) -> Option<PersonStatus> {
        self.state().person_status(person, at)
    }

    /// Everyone ever enrolled, in the order of their ids.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.state().people.keys().copied()
    }

    /// A device; none if not enrolled by then.
    #[must_use]
    pub fn device(&self, device: DeviceId, at: Moment) -> Option<DeviceInfo> {
        let (state, id) = (self.state(), device);
        let (known, status) = (state.devices.get(&device)?, state.device_status(device, at)?);
        let keys = known.keys.clone();
        Some(DeviceInfo { id, person: known.person, keys, status, enrolled: known.enrolled })
    }

    /// The keys of a device ever enrolled, whatever its status: old entries are verified with them.
    #[must_use]
    pub fn device_keys(&self, device: DeviceId) -> Option<&DeviceKeys> {
        self.state().devices.get(&device).map(|known| &known.keys)
    }

    /// A person's devices in the order of their enrolment: a desk alarms on any it did not make.
    #[must_use]
    pub fn devices_of(&self, person: PersonId, at: Moment) -> Vec<DeviceInfo> {
        let devices = self.state().people.get(&person).into_iter().flat_map(|known| &known.devices);
        devices.filter_map(|device| self.device(*device, at)).collect()
    }

    /// Whether a person is a registrar.
    #[must_use]
    pub fn is_registrar(&self, person: PersonId, at: Moment) -> bool {
        self.state().is_registrar(person, at)
    }

    /// The registrars.
    #[must_use]
    pub fn registrars(&self, at: Moment) -> Vec<PersonId> {
        let state = self.state();
        state.registrars.keys().copied().filter(|person| state.is_registrar(*person, at)).collect()
    }
}

/// Compartments and epochs.
impl Register {
    /// The compartments created by a moment, in the order of their ids.
    #[must_use]
    pub fn compartments(&self, at: Moment) -> Vec<CompartmentId> {
        let created = self.state().compartments.iter().filter(|(_, known)| known.charter.at(at).is_some());
        created.map(|(id, _)| *id).collect()
    }

    /// A compartment's charter, with the opening rule that holds.
    #[must_use]
    pub fn charter(&self, compartment: CompartmentId, at: Moment) -> Option<Charter> {
        self.state().charter(compartment, at)
    }

    /// The charter that held when an epoch began, and holds for its entries.
    #[must_use]
    pub fn charter_of_epoch(&self, epoch: EpochId) -> Option<Charter> {
        let known = self.epoch(epoch)?;
        self.charter(known.statement.compartment, known.begun)
    }

    /// The looser opening rule that waits, and when it has effect.
    #[must_use]
    pub fn rule_waiting(&self, compartment: CompartmentId, at: Moment) -> Option<(Timestamp, Rule)> {
        let known = self.state().compartments.get(&compartment)?;
        known.rule.waiting(at).map(|(effective, rule)| (effective, *rule))
    }

    /// Whether a person is a manager of a compartment.
    #[must_use]
    pub fn is_manager(&self, compartment: CompartmentId, person: PersonId, at: Moment) -> bool {
        self.state().is_manager(compartment, person, at)
    }

    /// The managers of a compartment; of the mission-wide one, the registrars.
    #[must_use]
    pub fn managers(&self, compartment: CompartmentId, at: Moment) -> Vec<PersonId> {
        let state = self.state();
        state.people.keys().copied().filter(|person| state.is_manager(compartment, *person, at)).collect()
    }

    /// An epoch.
    #[must_use]
    pub fn epoch(&self, epoch: EpochId) -> Option<&Epoch> {
        self.state().epochs.get(&epoch)
    }

    /// A compartment's epochs, in log order.
    #[must_use]
    pub fn epochs(&self, compartment: CompartmentId) -> &[EpochId] {
        self.state().compartments.get(&compartment).map_or(&[], |known| &known.epochs)
    }

    /// The epochs that none follows: more than one when they are concurrent. The next manager's
    /// epoch joins all of them.
    #[must_use]
    pub fn epoch_heads(&self, compartment: CompartmentId) -> Vec<EpochId> {
        self.state()
            .compartments
            .get(&compartment)
            .map(|c| c.heads.iter().copied().collect())
            .unwrap_or_default()
    }

    /// The roster of an epoch, and which of its devices are gone by a moment.
    #[must_use]
    pub fn epoch_devices(&self, epoch: EpochId, at: Moment) -> Option<EpochDevices> {
        let (state, known) = (self.state(), self.epoch(epoch)?);
        let compartment = state.compartments.get(&known.statement.compartment);
        let is_removed = |d: DeviceId| compartment.is_some_and(|known| known.is_without(d, at));
        let is_gone = |d: &DeviceId| !state.is_active(*d, at) || is_removed(*d);
        let (gone, members) = known.roster().iter().copied().partition(is_gone);
        Some(EpochDevices { members, gone })
    }

    /// The epoch to write under: the newest head that none of whose devices is gone. None until
    /// someone begins one: any member may rekey.
    #[must_use]
    pub fn write_epoch(&self, compartment: CompartmentId, at: Moment) -> Option<EpochId> {
        let sound = |id: &EpochId| self.epoch_devices(*id, at).is_some_and(|devices| devices.gone.is_empty());
        let heads = self.epoch_heads(compartment).into_iter().filter(sound);
        heads.max_by_key(|id| self.epoch(*id).map(|epoch| epoch.begun.position))
    }
}

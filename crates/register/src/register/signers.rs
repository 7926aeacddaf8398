//! Who signed a statement, once every signature is verified; and what that entitles to.

use std::collections::BTreeSet;

use counterseal_model::{DeviceId, PersonId, StatementId};

use super::moment::Moment;
use super::people::DeviceStatus;
use super::state::State;
use crate::act::{Act, Office};
use crate::key::{HybridKey, KeyId, VerifyingKey};
use crate::label::Label;
use crate::refusal::Refusal;
use crate::signature::Signed;
use crate::statement::Statement;

/// A statement with verified signatures, at its place.
pub(super) struct Said<'a> {
    pub(super) id: StatementId,
    pub(super) moment: Moment,
    pub(super) statement: &'a Statement,
    /// Keys of governors: present, past, or those that the statement brings in.
    pub(super) governors: BTreeSet<KeyId>,
    pub(super) devices: Vec<DeviceId>,
    /// Whether it was seen outside the log, and so has no place in it yet.
    pub(super) sighted: bool,
}

impl<'a> Said<'a> {
    /// Verifies every signature with the keys that the register knows.
    pub(super) fn verify(
        state: &State,
        statement: &'a Statement,
        signed: &Signed,
        moment: Moment,
        sighted: bool,
    ) -> Result<Self, Refusal> {
        let id = StatementId::from_bytes(signed.id());
        let mut said =
            Self { id, moment, statement, governors: BTreeSet::new(), devices: Vec::new(), sighted };
        let mut keys = Vec::new();
        for kid in signed.signers() {
            let device = DeviceId::from_bytes(kid.0);
            if let Some(known) = state.devices.get(&device) {
                said.devices.push(device);
                keys.push((kid, known.keys.verifying_key()));
            } else {
                let key = state.governor_key(kid, &statement.act).ok_or(Refusal::UnknownSigner)?;
                said.governors.insert(kid);
                keys.push((kid, VerifyingKey::Hybrid(key.clone())));
            }
        }
        let keys: Vec<_> = keys.iter().map(|(kid, key)| (*kid, key)).collect();
        signed.verify_all(Label::STATEMENT_SIGN, &keys)?;
        Ok(said)
    }

    /// Exactly k of the present governors, and nobody else.
    pub(super) fn by_governors(&self, state: &State) -> Result<(), Refusal> {
        let Some(present) = state.governors.at(self.moment) else {
            return Err(Refusal::NotTheGovernors { threshold: 0 });
        };
        let ids: BTreeSet<_> = present.keys.iter().map(HybridKey::id).collect();
        let enough = self.governors.len() as u64 == present.threshold;
        if self.devices.is_empty() && enough && self.governors.is_subset(&ids) {
            return Ok(());
        }
        Err(Refusal::NotTheGovernors { threshold: present.threshold })
    }

    /// Whether governors signed and no device did. Which and how many is another question.
    pub(super) fn is_by_governors(&self) -> bool {
        self.devices.is_empty()
    }

    /// Exactly one device, active, with its person.
    pub(super) fn by_device(&self, state: &State) -> Result<(DeviceId, PersonId), Refusal> {
        match (self.devices.as_slice(), self.governors.is_empty()) {
            ([device], true) => self.active(state, *device).map(|person| (*device, person)),
            _ => Err(Refusal::NotOneDevice),
        }
    }

    /// Exactly one device of a registrar; gives the registrar.
    pub(super) fn by_registrar(&self, state: &State) -> Result<PersonId, Refusal> {
        let (_, person) = self.by_device(state)?;
        if state.is_registrar(person, self.moment) { Ok(person) } else { Err(Refusal::NotARegistrar) }
    }

    /// Exactly one device of a manager of a compartment; gives the manager.
    pub(super) fn by_manager(
        &self,
        state: &State,
        compartment: counterseal_model::CompartmentId,
    ) -> Result<PersonId, Refusal> {
        let (_, person) = self.by_device(state)?;
        if state.is_manager(compartment, person, self.moment) {
            return Ok(person);
        }
        Err(Refusal::NotAManager { compartment })
    }

    /// Two devices of different persons, one a manager of the compartment and the other a data-protection officer.
    pub(super) fn by_two(
        &self,
        state: &State,
        compartment: counterseal_model::CompartmentId,
    ) -> Result<(), Refusal> {
        let ([one, other], true) = (self.devices.as_slice(), self.governors.is_empty()) else {
            return Err(Refusal::NotTwoPersons { compartment });
        };
        let (one, other) = (self.active(state, *one)?, self.active(state, *other)?);
        let manages = |person| state.is_manager(compartment, person, self.moment);
        let protects = |person| state.is_officer(person, Office::DataProtection, None, self.moment);
        let right = (manages(one) && protects(other)) || (manages(other) && protects(one));
        if one != other && right { Ok(()) } else { Err(Refusal::NotTwoPersons { compartment }) }
    }

    /// The person of a signing device that is active.
    pub(super) fn active(&self, state: &State, device: DeviceId) -> Result<PersonId, Refusal> {
        let person = state.devices.get(&device).map(|known| known.person);
        match (person, state.device_status(device, self.moment)) {
            (Some(person), Some(DeviceStatus::Active)) => Ok(person),
            _ => Err(Refusal::SignerNotActive { device }),
        }
    }
}

impl State {
    fn governor_key<'a>(&'a self, kid: KeyId, act: &'a Act) -> Option<&'a HybridKey> {
        let new = match act {
            Act::ChangeGovernors(change) => change.governors.as_slice(),
            _ => &[],
        };
        self.governor_keys.get(&kid).or_else(|| new.iter().find(|key| key.id() == kid))
    }
}

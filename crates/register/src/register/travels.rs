//! Devices that are on a trip: what they left, and the encryption key they took (docs/spec/register.md,
//! section 11).

use counterseal_model::{CompartmentId, DeviceId, StatementId};

use super::Register;
use super::moment::Moment;
use super::signers::Said;
use super::state::{Compartment, Device, State};
use crate::act::{Act, BringBack, Travel};
use crate::kem::is_acceptable_kem_key;
use crate::key::HPKE_PUBLIC_LEN;
use crate::refusal::Refusal;
use crate::statement::Chain;

impl Device {
    /// The X-Wing key to which secrets for this device are wrapped at a moment.
    fn recipient(&self, moment: Moment) -> &[u8; HPKE_PUBLIC_LEN] {
        self.renewed.at(moment).map_or(&self.keys.hpke.0, |key| &key.0)
    }

    /// Whether it has or ever had this X-Wing key.
    pub(super) fn has_hpke(&self, key: &[u8; HPKE_PUBLIC_LEN]) -> bool {
        self.keys.hpke.0 == *key || self.renewed.values().any(|known| known.0 == *key)
    }
}

impl Compartment {
    /// The statement with which a device left for a trip, while it is away.
    fn left_by(&self, device: DeviceId, moment: Moment) -> Option<StatementId> {
        self.away.get(&device).and_then(|away| *away.at(moment)?)
    }

    /// Whether a device was removed, or left for a trip, and is not back.
    pub(super) fn is_without(&self, device: DeviceId, moment: Moment) -> bool {
        self.remover(device, moment).is_some() || self.left_by(device, moment).is_some()
    }
}

impl State {
    /// A device on a trip says nothing about the compartments that it left, and vouches for no other
    /// device: whoever has its owner in their power would have it begin an epoch that it can open, or
    /// bring in a device that is not away. What stops devices it may still say.
    pub(super) fn check_not_away(&self, said: &Said<'_>) -> Result<(), Refusal> {
        let left = |device: DeviceId| {
            let mut all = self.compartments.iter();
            match (said.statement.chain, &said.statement.act) {
                (Chain::Compartment(id), _) => {
                    all.any(|(known, left)| *known == id && left.left_by(device, said.moment).is_some())
                }
                (_, Act::CrossSign(_) | Act::ConfirmDevice(_)) => {
                    all.any(|(_, left)| left.left_by(device, said.moment).is_some())
                }
                _ => false,
            }
        };
        match said.devices.iter().find(|device| left(**device)) {
            Some(device) => Err(Refusal::DeviceAway { device: *device }),
            None => Ok(()),
        }
    }

    pub(super) fn travel(&mut self, said: &Said<'_>, act: &Travel) -> Result<(), Refusal> {
        let signer = said.by_device(self)?;
        if signer != (act.device, act.person) {
            return Err(Refusal::NotTheDeviceItself);
        }
        if !act.compartments.is_sorted_by(|a, b| a < b) {
            return Err(Refusal::BadCompartmentList);
        }
        // Nobody could begin an epoch with this device in it.
        if !is_acceptable_kem_key(&act.hpke.0) {
            return Err(Refusal::BadKey);
        }
        for compartment in &act.compartments {
            self.created(*compartment, said.moment)?;
        }
        if let Some((device, _)) = self.devices.iter().find(|(_, known)| known.has_hpke(&act.hpke.0)) {
            return Err(Refusal::DeviceExists { device: *device });
        }
        for compartment in &act.compartments {
            let left = self.created_mut(*compartment, said.moment)?;
            left.away.entry(act.device).or_default().set_at_once(said.moment.position, Some(said.id));
        }
        // What it leaves is obeyed on sight. The key gives, and counts when its owner can see it in the
        // log: whoever can only sign for the device would otherwise have its secrets at once.
        if !said.sighted {
            let device = self.device_of(act.person, act.device)?;
            device.renewed.set_at_once(said.moment.position, act.hpke);
        }
        Ok(())
    }

    pub(super) fn bring_back(&mut self, said: &Said<'_>, act: &BringBack) -> Result<(), Refusal> {
        let manager = said.by_manager(self, act.compartment)?;
        if self.devices.get(&act.device).is_some_and(|known| known.person == manager) {
            return Err(Refusal::OwnCase);
        }
        let compartment = self.created_mut(act.compartment, said.moment)?;
        if compartment.left_by(act.device, said.moment) != Some(act.travel) {
            return Err(Refusal::UnknownTravel { travel: act.travel });
        }
        compartment.away.entry(act.device).or_default().set_at_once(said.moment.position, None);
        Ok(())
    }
}

/// Trips.
impl Register {
    /// The X-Wing key to which secrets for a device are wrapped: its first, or what it renewed it to.
    #[must_use]
    pub fn recipient_key(&self, device: DeviceId, at: Moment) -> Option<&[u8; HPKE_PUBLIC_LEN]> {
        self.state().devices.get(&device).map(|known| known.recipient(at))
    }

    /// The statement with which a device left a compartment for a trip, until it is brought back.
    #[must_use]
    pub fn left_by(&self, compartment: CompartmentId, device: DeviceId, at: Moment) -> Option<StatementId> {
        self.state().compartments.get(&compartment).and_then(|known| known.left_by(device, at))
    }
}

//! Repairs: an epoch's secret wrapped again to devices whose wrap is wrong, missing, or was made for a
//! key that the device has no more (docs/decisions/0009, 0018).

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, DeviceId, EpochId};
use counterseal_register::{DeviceStatus, Register, RepairWraps};

use super::Desk;
use super::keyring::place_of;
use super::statements::{Draft, recipient};
use crate::error::NodeError;

impl Desk {
    /// Publishes a repair of a compartment's wraps: for the devices named, of every epoch they were in
    /// and that no other one of theirs leads to; with none named, for everyone in an epoch whose wraps
    /// were never published. Gives how many wraps were made.
    ///
    /// # Errors
    /// When the register refuses: this desk must be in the epoch itself.
    pub fn repair(&mut self, compartment: CompartmentId, devices: &[DeviceId]) -> Result<usize, NodeError> {
        let mut draft = self.draft()?;
        let mut made = 0;
        if devices.is_empty() {
            let epochs = draft.register.epochs(compartment).to_vec();
            for id in epochs {
                let unwrapped = draft.register.epoch(id).filter(|epoch| !epoch.is_wrapped());
                let roster = unwrapped.map(|epoch| epoch.roster().to_vec()).unwrap_or_default();
                made += self.repair_in(&mut draft, id, &roster)?;
            }
        }
        for device in devices {
            made += self.repair_beyond(&mut draft, compartment, *device, &[])?;
        }
        if made > 0 {
            self.keep_statements(draft)?;
        }
        Ok(made)
    }

    /// Repairs for one device: of the epochs it was in, newest first, that neither `from` nor a newer
    /// one of them leads to.
    pub(super) fn repair_beyond(
        &mut self,
        draft: &mut Draft,
        compartment: CompartmentId,
        device: DeviceId,
        from: &[EpochId],
    ) -> Result<usize, NodeError> {
        let epochs = draft.register.epochs(compartment).to_vec();
        let mut reached = BTreeSet::new();
        from.iter().for_each(|id| reach(&draft.register, *id, &mut reached));
        let mut made = 0;
        for id in epochs.into_iter().rev().filter(|id| !from.contains(id)) {
            let was_in = draft.register.epoch(id).is_some_and(|epoch| epoch.roster().contains(&device));
            if was_in && !reached.contains(&id) {
                let repaired = self.repair_in(draft, id, &[device])?;
                if repaired > 0 {
                    reach(&draft.register, id, &mut reached);
                }
                made += repaired;
            }
        }
        Ok(made)
    }

    /// Wraps an epoch's secret again, to those of the devices that may have it, if this desk may.
    fn repair_in(
        &mut self,
        draft: &mut Draft,
        id: EpochId,
        devices: &[DeviceId],
    ) -> Result<usize, NodeError> {
        let at = draft.moment();
        let Some((place, epoch)) = place_of(&draft.register, id).zip(draft.register.epoch(id)) else {
            return Ok(0);
        };
        let compartment = place.compartment;
        let Some(secret) = draft.secret(id).or_else(|| self.keyring.get(id)) else { return Ok(0) };
        if !epoch.roster().contains(&self.secrets.id()) {
            return Ok(0);
        }
        let may = |device: &&DeviceId| {
            let active = draft.register.device(**device, at).map(|known| known.status);
            active == Some(DeviceStatus::Active)
                && draft.register.left_by(compartment, **device, at).is_none()
                && draft.register.may_write(**device, id, at).is_ok()
        };
        let mut wraps = Vec::new();
        for device in devices.iter().filter(may) {
            wraps.push(secret.wrap(&mut self.rng, &place, recipient(&draft.register, *device, at)?)?);
        }
        let count = wraps.len();
        if count > 0 {
            let act = RepairWraps { compartment, epoch: id, wraps, extra: Default::default() };
            draft.say(act, &[&self.secrets])?;
        }
        Ok(count)
    }
}

/// The epochs whose secrets follow from this one's, itself among them.
fn reach(register: &Register, id: EpochId, reached: &mut BTreeSet<EpochId>) {
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        if reached.insert(id)
            && let Some(epoch) = register.epoch(id)
        {
            waiting.extend(epoch.statement().previous.iter().map(|previous| previous.epoch));
        }
    }
}

//! The epoch secrets this desk has, from wraps to its device and, under history rule `full`, from
//! secrets sealed under later ones.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::EpochId;
use counterseal_register::{Epoch, Register};
use counterseal_seal::{DeviceSecrets, EpochPlace, EpochSecret};

/// The secrets of the epochs this desk may open.
#[derive(Default)]
pub(crate) struct Keyring {
    secrets: BTreeMap<EpochId, EpochSecret>,
    /// Epochs that this device is in, whose wrap is missing or wrong: a repair is needed.
    pub(crate) broken: BTreeSet<EpochId>,
}

impl Keyring {
    /// Opens what is wrapped to the device and not open yet.
    pub(crate) fn renew(&mut self, register: &Register, device: &DeviceSecrets) {
        let at = register.last();
        for compartment in register.compartments(at) {
            // Later epochs first: they hold the secrets of earlier ones.
            for id in register.epochs(compartment).iter().rev() {
                if !self.secrets.contains_key(id)
                    && let Some(epoch) = register.epoch(*id)
                {
                    self.open(register, device, *id, epoch);
                }
            }
        }
    }

    fn open(&mut self, register: &Register, device: &DeviceSecrets, id: EpochId, epoch: &Epoch) {
        let Some(place) = place_of(register, id) else { return };
        let commitment = &epoch.statement().commitment.0;
        let mut wraps = epoch.wraps_for(device.id());
        let opened = wraps.find_map(|wrap| EpochSecret::unwrap_with(device, &place, commitment, wrap).ok());
        match opened {
            Some(secret) => {
                self.broken.remove(&id);
                self.add_with_history(register, id, secret);
            }
            None if epoch.roster().contains(&device.id()) => {
                self.broken.insert(id);
            }
            None => {}
        }
    }

    /// Adds a secret, and the earlier ones that its epoch's statement seals under it.
    fn add_with_history(&mut self, register: &Register, id: EpochId, secret: EpochSecret) {
        let mut waiting = vec![(id, secret)];
        while let Some((id, secret)) = waiting.pop() {
            if let Some(epoch) = register.epoch(id) {
                for previous in &epoch.statement().previous {
                    let known = self.secrets.contains_key(&previous.epoch);
                    let found = register.epoch(previous.epoch).zip(place_of(register, previous.epoch));
                    if let (Some((earlier, place)), false) = (found, known)
                        && let Ok(opened) =
                            secret.open_previous(&place, &earlier.statement().commitment.0, previous)
                    {
                        waiting.push((previous.epoch, opened));
                    }
                }
            }
            self.secrets.insert(id, secret);
        }
    }

    pub(crate) fn insert(&mut self, id: EpochId, secret: EpochSecret) {
        self.secrets.insert(id, secret);
    }

    pub(crate) fn get(&self, id: EpochId) -> Option<&EpochSecret> {
        self.secrets.get(&id)
    }
}

/// Which compartment of which mission an epoch is of.
pub(crate) fn place_of(register: &Register, id: EpochId) -> Option<EpochPlace> {
    let epoch = register.epoch(id)?;
    Some(EpochPlace { mission: register.mission(), compartment: epoch.statement().compartment, epoch: id })
}

//! The epoch secrets this desk has, from wraps to its device and, under history rule `full`, from
//! secrets sealed under later ones.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::EpochId;
use counterseal_register::{Epoch, Register, Wrap};
use counterseal_seal::{DeviceSecrets, EpochPlace, EpochSecret};

/// The secrets of the epochs this desk may open.
#[derive(Default)]
pub(crate) struct Keyring {
    secrets: BTreeMap<EpochId, EpochSecret>,
    /// Epochs that this device is in, whose wrap is missing or wrong: a repair is needed.
    pub(crate) broken: BTreeSet<EpochId>,
    /// What this desk wrapped to its own device when that took another key (`travel`).
    kept: BTreeMap<EpochId, Wrap>,
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
        let unwrap = |wrap| EpochSecret::unwrap_with(device, &place, commitment, wrap).ok();
        let kept = self.kept.get(&id).and_then(unwrap);
        let opened = kept.or_else(|| epoch.wraps_for(device.id()).find_map(unwrap));
        match opened {
            Some(secret) => {
                self.broken.remove(&id);
                self.add_with_history(register, id, secret);
            }
            None if epoch.roster().contains(&device.id()) && !is_away(register, device, &place) => {
                self.broken.insert(id);
            }
            None => {
                self.broken.remove(&id);
            }
        }
    }

    /// A keyring of a device that took another key, with what it kept.
    pub(crate) fn with_kept(kept: BTreeMap<EpochId, Wrap>) -> Self {
        Self { kept, ..Self::default() }
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

/// Whether this device left the epoch's compartment for a trip: then it should not have the secret.
fn is_away(register: &Register, device: &DeviceSecrets, place: &EpochPlace) -> bool {
    register.left_by(place.compartment, device.id(), register.last()).is_some()
}

/// Which compartment of which mission an epoch is of.
pub(crate) fn place_of(register: &Register, id: EpochId) -> Option<EpochPlace> {
    let epoch = register.epoch(id)?;
    Some(EpochPlace { mission: register.mission(), compartment: epoch.statement().compartment, epoch: id })
}

//! What a desk keeps when its device takes another encryption key: the secrets that stay, wrapped to the
//! new key as any member would wrap them. They are local; no journal and no statement carries them.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{CompartmentId, EpochId};
use counterseal_register::{WRAP_ENC_LEN, Wrap};
use counterseal_seal::{DeviceSecrets, Recipient};
use rusqlite::Connection;

use crate::desk::keyring::place_of;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// What the names of kept wraps begin with; the epoch's id follows.
pub(super) const KEPT: &str = "wrap/";

/// The wraps that this desk kept for itself.
pub(in crate::desk) fn kept_wraps(db: &Connection) -> Result<BTreeMap<EpochId, Wrap>, NodeError> {
    let device = counterseal_model::DeviceId::from_bytes([0; 32]);
    let mut list = db.prepare_cached("SELECT name, value FROM local WHERE name GLOB 'wrap/*'")?;
    let mut rows = list.query([])?;
    let mut kept = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (name, value): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let epoch = name.strip_prefix(KEPT).and_then(|id| id.parse().ok());
        let split = value.split_at_checked(WRAP_ENC_LEN);
        if let (Some(epoch), Some((enc, ct))) = (epoch, split)
            && let (Ok(enc), Ok(ct)) = (enc.to_vec().try_into(), ct.try_into())
        {
            kept.insert(epoch, Wrap { device, enc, ct });
        }
    }
    Ok(kept)
}

/// Writes wraps down.
pub(super) fn save(tx: &Connection, wraps: &[(EpochId, Wrap)]) -> Result<(), NodeError> {
    for (epoch, wrap) in wraps {
        let value = [wrap.enc.as_slice(), &wrap.ct].concat();
        local::set(tx, &format!("{KEPT}{epoch}"), &value)?;
    }
    Ok(())
}

impl Desk {
    /// Every secret that this desk has but those of compartments that are left, wrapped to the new key.
    pub(super) fn rewrap(
        &mut self,
        new: &DeviceSecrets,
        leave: &BTreeSet<CompartmentId>,
    ) -> Result<Vec<(EpochId, Wrap)>, NodeError> {
        let to = Recipient { device: new.id(), hpke: &new.public().hpke.0 };
        let compartments = self.register.compartments(self.moment());
        let mut wraps = Vec::new();
        for compartment in compartments.into_iter().filter(|id| !leave.contains(id)) {
            for id in self.register.epochs(compartment) {
                if let (Some(place), Some(secret)) = (place_of(&self.register, *id), self.keyring.get(*id)) {
                    wraps.push((*id, secret.wrap(&mut self.rng, &place, to)?));
                }
            }
        }
        Ok(wraps)
    }
}

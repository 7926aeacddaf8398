//! How many requests of one device are refused in an hour. Each refusal is a commit in two places, an entry of the
//! release log and a notice to everyone concerned: whoever has a device must not be able to fill disks and post with
//! them, nor to try the policy out on others' parts.

use counterseal_model::{DeviceId, Timestamp};

use super::{Service, ServiceError};
use crate::store::QuotaUse;

/// Refused requests of one device in an hour by UTC; what forks a chain of readings counts as one. Around the hour's
/// end it can be twice that.
pub const MOST_REFUSED: u64 = 60;
const HOUR: i64 = 3600;

impl Service {
    /// Whether the device has had all its refusals of this hour. Kept in the store: a restart forgets nothing, and a
    /// clock that was set back is not before what the quorum said.
    pub(super) fn is_refused_too_often(&self, device: DeviceId) -> Result<bool, ServiceError> {
        Ok(self.store.quota(&who(device), hour_of(self.now()))? >= MOST_REFUSED)
    }

    /// One more, for the commit that refuses.
    pub(super) fn one_refused(&self, device: DeviceId) -> QuotaUse {
        QuotaUse { who: who(device), day: hour_of(self.now()), parts: 1 }
    }
}

/// Longer than the name of a person's quota, so that neither is ever the other's.
fn who(device: DeviceId) -> Vec<u8> {
    [b"refused/".as_slice(), device.as_bytes()].concat()
}

const fn hour_of(at: Timestamp) -> i64 {
    at.0.div_euclid(HOUR)
}

//! How many requests of one device are refused in an hour, and how much is kept of what it says. Each refusal is a commit
//! in two places, an entry of the release log and a notice to everyone concerned, readings are so too, and a letter is a
//! row for each part that it names: whoever has a device must not be able to fill disks and post with them, nor to try the
//! policy out on others' parts. What is over the limit stays due on the desk that says it, and is taken in the next hour.

use counterseal_model::{DeviceId, Timestamp};
use counterseal_register::{Fact, Readings};

use super::{Service, ServiceError};
use crate::store::QuotaUse;

/// Refused requests of one device in an hour by UTC; what forks a chain of readings counts as one. Around the hour's
/// end it can be twice that.
pub const MOST_REFUSED: u64 = 60;
/// Parts, persons and devices of which one device may say what permits, in an hour by UTC, letter by letter; and the
/// same again for what ends, so that nobody's yeses stand in the way of a no. The letter that goes beyond is taken whole.
pub const MOST_TOLD: u64 = 16_384;
/// Letters of one device about one part, person or device that are kept, of those that permit and of those that end.
/// Every decision loads them all.
pub const MOST_ABOUT: usize = 256;
/// Parts that one device may have read of what it had opened ahead, in an hour by UTC, and be heard. As the letters'.
pub const MOST_READ: u64 = 4096;
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

    /// Whether a device has had its letters of this hour, or said enough of one that this fact is about.
    pub(super) fn is_told_too_often(&self, fact: &Fact) -> Result<bool, ServiceError> {
        if self.store.quota(&told(fact), hour_of(self.now()))? >= MOST_TOLD {
            return Ok(true);
        }
        for subject in Self::subjects_of(fact) {
            let kept = self.store.facts(&subject)?;
            // Only where there are many does it matter whose they are.
            if kept.len() < MOST_ABOUT {
                continue;
            }
            let mut same = 0;
            for row in kept {
                let letter = self.fact_of(&row.bytes)?;
                same += usize::from(letter.is_some_and(|kept| (kept.by, kept.ends) == (fact.by, fact.ends)));
            }
            if same >= MOST_ABOUT {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What a letter counts, for the commit that keeps it.
    pub(super) fn one_told(&self, fact: &Fact) -> QuotaUse {
        let parts = Self::subjects_of(fact).len() as u64;
        QuotaUse { who: told(fact), day: hour_of(self.now()), parts }
    }

    /// Whether the device has had its readings of this hour.
    pub(super) fn is_read_too_often(&self, readings: &Readings) -> Result<bool, ServiceError> {
        Ok(self.store.quota(&read(readings.reader), hour_of(self.now()))? >= MOST_READ)
    }

    /// What readings count, for the commit that keeps them.
    pub(super) fn one_read(&self, readings: &Readings) -> QuotaUse {
        QuotaUse { who: read(readings.reader), day: hour_of(self.now()), parts: readings.parts.len() as u64 }
    }
}

/// Longer than the name of a person's quota, so that neither is ever the other's.
fn who(device: DeviceId) -> Vec<u8> {
    [b"refused/".as_slice(), device.as_bytes()].concat()
}

fn told(fact: &Fact) -> Vec<u8> {
    let kind: &[u8] = if fact.ends { b"told-ends/" } else { b"told/" };
    [kind, fact.by.as_bytes()].concat()
}

fn read(device: DeviceId) -> Vec<u8> {
    [b"read/".as_slice(), device.as_bytes()].concat()
}

const fn hour_of(at: Timestamp) -> i64 {
    at.0.div_euclid(HOUR)
}

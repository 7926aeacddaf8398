//! Who asks, when, under which trustees and policy, and for how long ahead.

use counterseal_model::Timestamp;
use counterseal_policy::Policy;
use counterseal_register::DeviceStatus;

use super::Case;
use super::against::Against;
use super::clock::MAX_SKEW;

/// For how long an advance opening may be kept, in seconds.
pub const MAX_AHEAD: i64 = 30 * Timestamp::DAY;

impl Case<'_> {
    pub(super) fn check_reader(&self) -> Result<(), Against> {
        let device = self.register().device(self.asked.request.body().reader, self.at);
        match device.map(|device| device.status) {
            Some(DeviceStatus::Active) => Ok(()),
            _ => Err(Against::ReaderNotActive),
        }
    }

    /// A request is good from its making to its end; only its making may lie a little ahead, for clocks differ.
    pub(super) fn check_times(&self) -> Result<(), Against> {
        let request = self.asked.request.body();
        if request.made.0 > self.now.0.saturating_add(MAX_SKEW) {
            return Err(Against::NotYetMade);
        }
        if request.not_after < self.now { Err(Against::Expired) } else { Ok(()) }
    }

    pub(super) fn check_trustees(&self) -> Result<(), Against> {
        let set = self.register().trustees(self.at).ok_or(Against::OtherTrustees)?;
        let named = set.id == self.asked.request.body().trustee_set;
        if named && set.find(self.known.trustee).is_some() { Ok(()) } else { Err(Against::OtherTrustees) }
    }

    /// The newest policy that is mirrored; a request that was made under another one is refused, so that nobody
    /// chooses by which he is judged.
    pub(super) fn policy_in_force(&self) -> Result<&Policy, Against> {
        let policy = self.register().opening_policy(self.at).ok_or(Against::NoPolicy)?;
        if policy.id != self.asked.request.body().policy {
            return Err(Against::OtherPolicy);
        }
        let read = self.known.policy.filter(|(id, _)| *id == policy.id);
        read.map(|(_, policy)| policy).ok_or(Against::PolicyUnreadable)
    }

    pub(super) fn check_ahead(&self) -> Result<(), Against> {
        let Some(ahead) = &self.asked.request.body().ahead else { return Ok(()) };
        let within = self.now < ahead.until && ahead.until.0 <= self.now.0.saturating_add(MAX_AHEAD);
        if within { Ok(()) } else { Err(Against::AheadTooLong) }
    }
}

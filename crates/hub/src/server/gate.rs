//! Who comes in: places in all and by network, sessions and bytes by device.

use std::time::Duration;

use counterseal_model::DeviceId;
use counterseal_register::KeyId;
use counterseal_serve::{CallerLimits, Callers, Doors, allowed};

use crate::config::Limits;

pub(crate) use counterseal_serve::Counted;

/// Who is counted: what a device does in sessions and by HTTP counts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Caller {
    /// A device of the mission.
    Device(DeviceId),
    /// A trustee.
    Trustee(KeyId),
}

impl From<DeviceId> for Caller {
    fn from(device: DeviceId) -> Self {
        Self::Device(device)
    }
}

/// The limits, and what counts against them.
pub(crate) struct Gate {
    pub(crate) doors: Doors,
    callers: Callers<Caller>,
}

impl Gate {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            doors: Doors::new(allowed(limits.connections), limits.connections_per_address),
            callers: Callers::new(CallerLimits {
                at_a_time: limits.sessions_per_device,
                bytes_per_second: limits.push_bytes_per_second,
                burst_bytes: limits.push_burst_bytes,
            }),
        }
    }

    /// A place for a session of a device, or a connection on which it or a trustee calls, if there is one.
    pub(crate) fn enter_session(&self, caller: impl Into<Caller>) -> Option<Counted<Caller>> {
        self.callers.enter(caller.into())
    }

    /// Takes pushed bytes from a caller's allowance. Gives how long to wait before more of them are read.
    pub(crate) fn spend(&self, caller: impl Into<Caller>, bytes: u64) -> Duration {
        self.callers.spend(caller.into(), bytes)
    }
}

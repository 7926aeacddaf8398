//! Who comes in: places in all and by network, connections and bytes by device.

use std::time::Duration;

use counterseal_model::DeviceId;
use counterseal_serve::{CallerLimits, Callers, Counted, Doors, allowed};
use tokio::sync::Semaphore;

use crate::config::Limits;

/// Long calls that are read at a time.
const LONG_CALLS: usize = 32;

/// The limits, and what counts against them.
pub(super) struct Gate {
    pub(super) doors: Doors,
    devices: Callers<DeviceId>,
    /// Bounds the memory for calls of whoever has not shown who they are.
    pub(super) long_calls: Semaphore,
    /// One stranger at a time reads of the release log.
    pub(super) releases: Semaphore,
}

impl Gate {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            doors: Doors::new(allowed(limits.connections), limits.connections_per_address),
            devices: Callers::new(CallerLimits {
                at_a_time: limits.connections_per_device,
                bytes_per_second: limits.call_bytes_per_second,
                burst_bytes: limits.call_burst_bytes,
            }),
            long_calls: Semaphore::new(LONG_CALLS),
            releases: Semaphore::new(1),
        }
    }

    /// A place for a device's call, if it has not too many under way.
    pub(super) fn enter(&self, device: DeviceId) -> Option<Counted<DeviceId>> {
        self.devices.enter(device)
    }

    /// Takes a call's bytes from a device's allowance. Gives how long to wait before it is done.
    pub(super) fn spend(&self, device: DeviceId, bytes: usize) -> Duration {
        self.devices.spend(device, bytes as u64)
    }
}

//! Who comes in: places in all and by address, sessions and bytes by device.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use counterseal_model::DeviceId;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::config::Limits;

/// Counts of something by key; a key is there while its count is above 0.
#[derive(Debug)]
struct Counts<K: Ord>(Mutex<BTreeMap<K, usize>>);

impl<K: Ord + Clone> Counts<K> {
    const fn new() -> Self {
        Self(Mutex::new(BTreeMap::new()))
    }

    fn enter(self: &Arc<Self>, key: K, most: usize) -> Option<Counted<K>> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(key.clone()).or_insert(0);
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Counted { counts: Arc::clone(self), key })
    }
}

/// One of what is counted; dropping it counts down.
#[derive(Debug)]
pub(crate) struct Counted<K: Ord + Clone> {
    counts: Arc<Counts<K>>,
    key: K,
}

impl<K: Ord + Clone> Drop for Counted<K> {
    fn drop(&mut self) {
        let mut counts = self.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

/// A connection of one address.
pub(crate) type Place = Counted<IpAddr>;

/// The limits, and what counts against them.
pub(crate) struct Gate {
    places: Arc<Semaphore>,
    most: usize,
    by_address: Arc<Counts<IpAddr>>,
    per_address: usize,
    by_device: Arc<Counts<DeviceId>>,
    per_device: usize,
    allowances: Mutex<BTreeMap<DeviceId, Allowance>>,
    rate: f64,
    burst: f64,
}

/// Bytes that a device may push now.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    bytes: f64,
    at: Instant,
}

impl Gate {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            places: Arc::new(Semaphore::new(limits.connections)),
            most: limits.connections,
            by_address: Arc::new(Counts::new()),
            per_address: limits.connections_per_address,
            by_device: Arc::new(Counts::new()),
            per_device: limits.sessions_per_device,
            allowances: Mutex::new(BTreeMap::new()),
            rate: to_float(limits.push_bytes_per_second),
            burst: to_float(limits.push_burst_bytes),
        }
    }

    /// A place for a connection of an address, if there is one.
    pub(crate) fn enter(&self, address: IpAddr) -> Option<(OwnedSemaphorePermit, Place)> {
        let place = self.by_address.enter(address, self.per_address)?;
        Some((Arc::clone(&self.places).try_acquire_owned().ok()?, place))
    }

    /// A place for a session of a device, if there is one.
    pub(crate) fn enter_session(&self, device: DeviceId) -> Option<Counted<DeviceId>> {
        self.by_device.enter(device, self.per_device)
    }

    /// Connections now.
    pub(crate) fn connections(&self) -> usize {
        self.most.saturating_sub(self.places.available_permits())
    }

    /// Takes pushed bytes from a device's allowance. Gives how long to wait before more of them are read.
    pub(crate) fn spend(&self, device: DeviceId, bytes: u64) -> Duration {
        let now = Instant::now();
        let mut allowances = self.allowances.lock().unwrap_or_else(PoisonError::into_inner);
        let allowance = allowances.entry(device).or_insert(Allowance { bytes: self.burst, at: now });
        let earned = now.saturating_duration_since(allowance.at).as_secs_f64() * self.rate;
        allowance.bytes = (allowance.bytes + earned).min(self.burst) - to_float(bytes);
        allowance.at = now;
        // A device of which nothing is missing needs no row; the map stays as small as its debtors.
        Duration::from_secs_f64((-allowance.bytes / self.rate).clamp(0.0, 60.0))
    }

    /// Waits until nobody is connected, but no longer than that.
    pub(crate) async fn wait_until_empty(&self, most: Duration) {
        let all = u32::try_from(self.most).unwrap_or(u32::MAX);
        drop(timeout(most, self.places.acquire_many(all)).await);
    }
}

#[expect(clippy::cast_precision_loss, reason = "an allowance of bytes need not be exact")]
fn to_float(bytes: u64) -> f64 {
    bytes as f64
}

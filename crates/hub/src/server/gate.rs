//! Who comes in: places in all and by network, sessions and bytes by device.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use counterseal_model::DeviceId;
use counterseal_register::KeyId;
use counterseal_serve::{Doors, allowed};
use tokio::time::Instant;

use crate::config::Limits;

/// Rows of allowances below which nothing is swept.
const SWEEP: usize = 64;

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

impl<K: Ord + Clone> Counted<K> {
    pub(crate) const fn key(&self) -> &K {
        &self.key
    }
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

/// The limits, and what counts against them.
pub(crate) struct Gate {
    pub(crate) doors: Doors,
    by_caller: Arc<Counts<Caller>>,
    per_caller: usize,
    allowances: Mutex<Allowances>,
    rate: f64,
    burst: f64,
}

/// What devices may push now. A device that may push all has no row.
#[derive(Debug, Default)]
struct Allowances {
    rows: BTreeMap<Caller, Allowance>,
    /// With so many rows, those that are full again are dropped.
    sweep_at: usize,
}

/// Bytes that a device may push now.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    bytes: f64,
    at: Instant,
}

impl Allowance {
    fn at_time(&self, now: Instant, rate: f64, burst: f64) -> f64 {
        let earned = now.saturating_duration_since(self.at).as_secs_f64() * rate;
        (self.bytes + earned).min(burst)
    }
}

impl Gate {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            doors: Doors::new(allowed(limits.connections), limits.connections_per_address),
            by_caller: Arc::new(Counts::new()),
            per_caller: limits.sessions_per_device,
            allowances: Mutex::default(),
            rate: to_float(limits.push_bytes_per_second),
            burst: to_float(limits.push_burst_bytes),
        }
    }

    /// A place for a session of a device, or a connection on which it or a trustee calls, if there is one.
    pub(crate) fn enter_session(&self, caller: impl Into<Caller>) -> Option<Counted<Caller>> {
        self.by_caller.enter(caller.into(), self.per_caller)
    }

    /// Takes pushed bytes from a caller's allowance. Gives how long to wait before more of them are read.
    pub(crate) fn spend(&self, caller: impl Into<Caller>, bytes: u64) -> Duration {
        self.spend_at(caller.into(), bytes, Instant::now())
    }

    fn spend_at(&self, caller: Caller, bytes: u64, now: Instant) -> Duration {
        let mut allowances = self.allowances.lock().unwrap_or_else(PoisonError::into_inner);
        if allowances.rows.len() >= allowances.sweep_at {
            allowances.rows.retain(|_, row| row.at_time(now, self.rate, self.burst) < self.burst);
            allowances.sweep_at = (2 * allowances.rows.len()).max(SWEEP);
        }
        let row = allowances.rows.entry(caller).or_insert(Allowance { bytes: self.burst, at: now });
        let left = row.at_time(now, self.rate, self.burst) - to_float(bytes);
        *row = Allowance { bytes: left, at: now };
        Duration::from_secs_f64((-left / self.rate).clamp(0.0, 60.0))
    }
}

#[expect(clippy::cast_precision_loss, reason = "an allowance of bytes need not be exact")]
fn to_float(bytes: u64) -> f64 {
    bytes as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_devices_that_owe_something_are_remembered() {
        let limits = Limits { push_bytes_per_second: 1000, push_burst_bytes: 10_000, ..Limits::default() };
        let gate = Gate::new(&limits);
        let device = |n: u32| Caller::Trustee(KeyId(counterseal_register::sha256(&[&n.to_be_bytes()])));
        let mut now = Instant::now();
        assert_eq!(gate.spend_at(device(0), 40_000, now), Duration::from_secs(30));
        for n in 1..5000 {
            assert_eq!(gate.spend_at(device(n), 1000, now), Duration::ZERO);
            now += Duration::from_millis(5);
        }
        let rows = gate.allowances.lock().unwrap().rows.len();
        assert!(rows <= 2 * 200 + 2, "{rows} rows for the 200 devices of the last second");
        assert!(gate.spend_at(device(0), 0, now) > Duration::from_secs(4), "a debt is not forgotten");
    }
}

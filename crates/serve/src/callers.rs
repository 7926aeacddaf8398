//! Who has shown who they are, and what they may still do: connections of one at a time, and bytes over time.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Rows of allowances below which nothing is swept.
const SWEEP: usize = 64;

/// Counts of something by key; a key is there while its count is above 0.
#[derive(Debug)]
struct Counts<K: Ord>(Mutex<BTreeMap<K, usize>>);

/// One of what is counted; dropping it counts down.
#[derive(Debug)]
pub struct Counted<K: Ord + Clone> {
    counts: Arc<Counts<K>>,
    key: K,
}

impl<K: Ord + Clone> Counted<K> {
    /// Whose it is.
    #[must_use]
    pub const fn key(&self) -> &K {
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

/// What each caller may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CallerLimits {
    /// Connections or sessions of one caller at a time.
    pub at_a_time: usize,
    /// Bytes a second, averaged.
    pub bytes_per_second: u64,
    /// Bytes at once before that.
    pub burst_bytes: u64,
}

/// Callers by their key, and what counts against each.
#[derive(Debug)]
pub struct Callers<K: Ord> {
    here: Arc<Counts<K>>,
    at_a_time: usize,
    allowances: Mutex<Allowances<K>>,
    rate: f64,
    burst: f64,
}

/// What callers may send now. One that may send all has no row.
#[derive(Debug)]
struct Allowances<K> {
    rows: BTreeMap<K, Allowance>,
    /// With so many rows, those that are full again are dropped.
    sweep_at: usize,
}

/// Bytes that a caller may send now.
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

impl<K: Ord + Clone> Callers<K> {
    /// Callers with these limits each.
    #[must_use]
    pub fn new(limits: CallerLimits) -> Self {
        Self {
            here: Arc::new(Counts(Mutex::new(BTreeMap::new()))),
            at_a_time: limits.at_a_time,
            allowances: Mutex::new(Allowances { rows: BTreeMap::new(), sweep_at: 0 }),
            rate: to_float(limits.bytes_per_second),
            burst: to_float(limits.burst_bytes),
        }
    }

    /// A place for one more connection or session of a caller, if there is one.
    #[must_use]
    pub fn enter(&self, caller: K) -> Option<Counted<K>> {
        let mut counts = self.here.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(caller.clone()).or_insert(0);
        if *count >= self.at_a_time {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Counted { counts: Arc::clone(&self.here), key: caller })
    }

    /// Takes bytes from a caller's allowance. Gives how long to wait before more of them are read.
    pub fn spend(&self, caller: K, bytes: u64) -> Duration {
        self.spend_at(caller, bytes, Instant::now())
    }

    fn spend_at(&self, caller: K, bytes: u64, now: Instant) -> Duration {
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
    fn only_callers_that_owe_something_are_remembered() {
        let limits = CallerLimits { at_a_time: 1, bytes_per_second: 1000, burst_bytes: 10_000 };
        let callers = Callers::new(limits);
        let mut now = Instant::now();
        assert_eq!(callers.spend_at(0u32, 40_000, now), Duration::from_secs(30));
        for n in 1..5000 {
            assert_eq!(callers.spend_at(n, 1000, now), Duration::ZERO);
            now += Duration::from_millis(5);
        }
        let rows = callers.allowances.lock().unwrap().rows.len();
        assert!(rows <= 2 * 200 + 2, "{rows} rows for the 200 callers of the last second");
        assert!(callers.spend_at(0, 0, now) > Duration::from_secs(4), "a debt is not forgotten");
    }

    #[test]
    fn a_caller_has_so_many_places_and_gets_them_back() {
        let callers = Callers::new(CallerLimits { at_a_time: 2, bytes_per_second: 1, burst_bytes: 1 });
        let (one, _two) = (callers.enter("a").unwrap(), callers.enter("a").unwrap());
        assert!(callers.enter("a").is_none() && callers.enter("b").is_some());
        drop(one);
        assert!(callers.enter("a").is_some());
        assert_eq!(callers.here.0.lock().unwrap().len(), 1, "nothing is kept of who has gone");
    }
}

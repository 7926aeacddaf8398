//! Randomness that follows from a seed, and a stream for each thing that is drawn.
//!
//! Only integer arithmetic and the floating-point operations that IEEE 754 defines to the last bit
//! (no sine, no power): the same seed gives the same bytes on every machine.

use counterseal_model::RecordId;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What a stream is for: streams of different purposes never overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Groups, people, vehicles, accounts.
    Cast = 1,
    /// Where and when it is worst.
    Hotspots = 2,
    /// Good and bad years.
    Calendar = 3,
    /// The incidents, one stream each.
    Incident = 4,
    /// The towns' records.
    Settings = 5,
    /// Links, vehicles, accounts: what is drawn about people afterwards.
    Roster = 6,
    /// A year of openings.
    Openings = 7,
}

/// One stream of draws.
pub(crate) struct Draw(ChaCha8Rng);

impl Draw {
    /// The `n`-th stream for a purpose. Reaching it costs the same for every `n`.
    pub(crate) fn new(seed: u64, purpose: Purpose, n: usize) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(((purpose as u64) << 56) | n as u64);
        Self(rng)
    }

    /// A record id.
    pub(crate) fn id(&mut self) -> RecordId {
        let mut bytes = [0; RecordId::LEN];
        self.0.fill_bytes(&mut bytes);
        RecordId::from_bytes(bytes)
    }

    /// Less than `limit`; zero when the limit is zero.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(limit);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    /// From `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True `permille` times in a thousand.
    pub(crate) fn chance(&mut self, permille: u64) -> bool {
        self.below(1000) < permille
    }

    /// From 0 up to but not including 1.
    pub(crate) fn unit(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1u64 << 53) as f64;
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exactly what an f64 holds")]
        let bits = (self.0.next_u64() >> 11) as f64;
        bits * STEP
    }

    /// From -1 to 1, most often near 0.
    pub(crate) fn around_zero(&mut self) -> f64 {
        self.unit() - self.unit()
    }

    /// A whole number from 1 to `cap` with a heavy tail: P(X >= x) is about x to the power of -4/3.
    pub(crate) fn heavy_tail(&mut self, cap: u64) -> u64 {
        let root = (1.0 - self.unit()).sqrt();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at least 1, and far beyond the cap at worst"
        )]
        let drawn = (1.0 / (root * root.sqrt())) as u64;
        drawn.clamp(1, cap)
    }

    /// One of `items`.
    #[expect(clippy::indexing_slicing, reason = "below(len) is less than len, and no list here is empty")]
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// An index into a list of this length.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// An index, given the running sums of the weights.
    pub(crate) fn weighted(&mut self, sums: &[u64]) -> usize {
        let drawn = self.below(sums.last().copied().unwrap_or(0));
        sums.partition_point(|sum| *sum <= drawn)
    }

    /// The indices below `len`, in random order.
    pub(crate) fn shuffled(&mut self, len: usize) -> Vec<usize> {
        let mut indices: Vec<_> = (0..len).collect();
        for last in (1..len).rev() {
            let other = self.index(last + 1);
            indices.swap(last, other);
        }
        indices
    }
}

/// The running sums of weights.
pub(crate) fn sums(weights: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let running = weights.into_iter().scan(0, |sum, weight| {
        *sum += weight;
        Some(*sum)
    });
    running.collect()
}

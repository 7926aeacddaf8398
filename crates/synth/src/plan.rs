//! What to generate.

use counterseal_model::Timestamp;

/// The size, span and seed of a synthetic mission.
///
/// Incident `n` follows from the seed, the span and `n`, not from how many there are: a larger plan
/// adds incidents and changes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Everything follows from it.
    pub seed: u64,
    /// How many incidents.
    pub incidents: usize,
    /// The first moment.
    pub start: Timestamp,
    /// How long, in years of 365.2 days; at least one.
    pub years: u32,
}

impl Plan {
    /// A mission of this seed and size, over the ten years to 2026-06-30.
    #[must_use]
    pub fn new(seed: u64, incidents: usize) -> Self {
        Self { seed, incidents, ..Self::default() }
    }
}

impl Default for Plan {
    fn default() -> Self {
        // 2016-07-01T00:00:00Z. Ten years of 365.2 days later, 2026-06-30 is over.
        Self { seed: 1, incidents: 20_000, start: Timestamp(1_467_331_200), years: 10 }
    }
}

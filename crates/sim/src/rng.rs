//! Choices that follow from a seed.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Choices of one step of one run.
pub(crate) struct Choices(ChaCha8Rng);

impl Choices {
    /// The choices of a step. Those of one step do not depend on how many another made.
    #[must_use]
    pub(crate) fn of(seed: u64, step: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(step);
        Self(rng)
    }

    /// A number below `below`, which is at least 1.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0.next_u64() % below.max(1)
    }

    /// An index of something with `len` things.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// One of some things.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.index(of.len())).copied()
    }

    /// Whether something happens that happens so many times in a hundred.
    pub(crate) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A number for a further seed.
    pub(crate) fn seed(&mut self) -> u64 {
        self.0.next_u64()
    }
}

//! A device, an epoch and randomness for the tests.

use std::convert::Infallible;

use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId};
use counterseal_seal::{DeviceSecrets, EpochSecret, Sealer, SealingEpoch};
use rand_chacha::ChaCha20Rng;
use rand_core::{SeedableRng, TryCryptoRng, TryRng};

/// Reproducible randomness.
pub(crate) fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A device that follows from a number.
pub(crate) fn device(seed: u64) -> DeviceSecrets {
    DeviceSecrets::make(&mut rng(seed)).unwrap()
}

/// An epoch's secret that follows from a number.
pub(crate) fn epoch_secret(n: u8) -> EpochSecret {
    EpochSecret::from_bytes(&[n; 32])
}

/// The epoch that the tests seal under.
pub(crate) fn epoch(secret: &EpochSecret) -> SealingEpoch<'_> {
    SealingEpoch { id: EpochId::from_bytes([1; 32]), secret }
}

/// A sealer at the start of a journal.
pub(crate) fn sealer() -> Sealer {
    Sealer::begin(mission(), CompartmentId::from_bytes([3; 16]), JournalId::from_bytes([4; 16]), None)
        .unwrap()
}

/// The tests' mission.
pub(crate) fn mission() -> MissionId {
    MissionId::from_bytes([2; 32])
}

/// The generator of a virtual machine that was set back: it says the same again and again.
pub(crate) struct SetBack;

impl TryRng for SetBack {
    type Error = Infallible;
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(4)
    }
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(4)
    }
    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.fill(4);
        Ok(())
    }
}

impl TryCryptoRng for SetBack {}

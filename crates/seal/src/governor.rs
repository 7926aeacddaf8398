//! A governor's secret key: hybrid from the start, because everything rests on it for years.

use std::fmt;

use counterseal_register::{HybridKey, KeyId};
use rand_core::CryptoRng;

use crate::device::KeyUnusable;
use crate::hybrid::HybridSecrets;

/// An Ed25519 and an ML-DSA-44 signing key that only count together. Kept offline, in a key file.
pub struct GovernorSecrets(pub(crate) HybridSecrets);

impl GovernorSecrets {
    /// A new governor's key.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        HybridSecrets::make(rng).map(Self)
    }

    /// The governor's public key.
    #[must_use]
    pub fn public(&self) -> &HybridKey {
        &self.0.public
    }

    /// The id under which it signs.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.0.id
    }
}

impl fmt::Debug for GovernorSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GovernorSecrets({:?}, secret)", self.id())
    }
}

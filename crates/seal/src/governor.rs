//! A governor's secret key: hybrid from the start, because everything rests on it for years.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, ML_DSA_44_SIGNING, PqdsaKeyPair};
use counterseal_register::{HybridKey, KeyId};
use rand_core::CryptoRng;

use crate::device::KeyUnusable;
use crate::secrets::{QuantumSigningSeed, SigningSeed};

/// An Ed25519 and an ML-DSA-44 signing key that only count together. Kept offline, in a key file.
pub struct GovernorSecrets {
    pub(crate) classical_seed: SigningSeed,
    pub(crate) quantum_seed: QuantumSigningSeed,
    pub(crate) classical: Ed25519KeyPair,
    pub(crate) quantum: PqdsaKeyPair,
    public: HybridKey,
    id: KeyId,
}

impl GovernorSecrets {
    /// A new governor's key.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        Self::from_seeds(SigningSeed::make(rng), QuantumSigningSeed::make(rng))
    }

    pub(crate) fn from_seeds(
        classical_seed: SigningSeed,
        quantum_seed: QuantumSigningSeed,
    ) -> Result<Self, KeyUnusable> {
        let classical =
            Ed25519KeyPair::from_seed_unchecked(classical_seed.reveal()).map_err(|_| KeyUnusable)?;
        let quantum =
            PqdsaKeyPair::from_seed(&ML_DSA_44_SIGNING, quantum_seed.reveal()).map_err(|_| KeyUnusable)?;
        let ed25519 = classical.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let ml_dsa_44 = quantum.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let public = HybridKey { ed25519, ml_dsa_44: Box::new(ml_dsa_44) };
        let id = public.id();
        Ok(Self { classical_seed, quantum_seed, classical, quantum, public, id })
    }

    /// The governor's public key.
    #[must_use]
    pub fn public(&self) -> &HybridKey {
        &self.public
    }

    /// The id under which it signs.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }
}

impl fmt::Debug for GovernorSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "GovernorSecrets({:?}, secret)", self.id)
    }
}

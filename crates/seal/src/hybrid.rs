//! A hybrid signing key: Ed25519 and ML-DSA-44, which only count together (docs/spec/entries.md, section 1).

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, ML_DSA_44_SIGNING, PqdsaKeyPair};
use counterseal_register::{HybridKey, KeyId};
use rand_core::CryptoRng;

use crate::device::KeyUnusable;
use crate::secrets::{QuantumSigningSeed, SigningSeed};

/// Both keys, and the seeds that they follow from.
pub(crate) struct HybridSecrets {
    pub(crate) classical_seed: SigningSeed,
    pub(crate) quantum_seed: QuantumSigningSeed,
    pub(crate) classical: Ed25519KeyPair,
    pub(crate) quantum: PqdsaKeyPair,
    pub(crate) public: HybridKey,
    pub(crate) id: KeyId,
}

impl HybridSecrets {
    pub(crate) fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
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
}

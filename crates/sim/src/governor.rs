//! A governor whose signatures can be repeated: the library's ML-DSA draws randomness, and the mission's id is
//! the hash of what the governors signed.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use counterseal_register::{Algorithm, CoseSignature, HybridKey, KeyId, Label, protected, to_be_signed};
use counterseal_seal::{KeyUnusable, Signer};
use ml_dsa::signature::{Keypair, Signer as _};

/// A governor.
pub(crate) struct SimGovernor {
    classical: Ed25519KeyPair,
    quantum: ml_dsa::SigningKey<ml_dsa::MlDsa44>,
    public: HybridKey,
}

impl SimGovernor {
    /// The governor of a number.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub(crate) fn new(number: u8) -> Result<Self, KeyUnusable> {
        let classical = Ed25519KeyPair::from_seed_unchecked(&[number; 32]).map_err(|_| KeyUnusable)?;
        let quantum = ml_dsa::SigningKey::from_seed(&[number ^ 0x80; 32].into());
        let ed25519 = classical.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let encoded: ml_dsa::VerifyingKey<ml_dsa::MlDsa44> = quantum.verifying_key();
        let ml_dsa_44 = encoded.encode().as_slice().try_into().map_err(|_| KeyUnusable)?;
        Ok(Self { classical, quantum, public: HybridKey { ed25519, ml_dsa_44: Box::new(ml_dsa_44) } })
    }

    /// The public key.
    #[must_use]
    pub(crate) const fn public(&self) -> &HybridKey {
        &self.public
    }
}

impl Signer for SimGovernor {
    fn signatures(&self, purpose: Label, payload: &[u8]) -> Result<Vec<CoseSignature>, KeyUnusable> {
        let kid: KeyId = self.public.id();
        let message = |algorithm| to_be_signed(purpose, &protected(algorithm, &kid), payload);
        let classical = self.classical.try_sign(&message(Algorithm::Ed25519)).map_err(|_| KeyUnusable)?;
        let quantum = self.quantum.try_sign(&message(Algorithm::MlDsa44)).map_err(|_| KeyUnusable)?;
        let one = |algorithm, signature: Vec<u8>| CoseSignature { algorithm, kid, signature };
        Ok(vec![
            one(Algorithm::Ed25519, classical.as_ref().to_vec()),
            one(Algorithm::MlDsa44, quantum.encode().to_vec()),
        ])
    }
}

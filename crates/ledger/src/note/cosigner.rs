//! A witness's keys. They are hybrid from the start: one name, an Ed25519 key and an ML-DSA-44 key.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, ML_DSA_44_SIGNING, PqdsaKeyPair};

use super::message::{ed25519_message, subtree_message};
use super::{Checkpoint, KeyName, KeyUnusable, ML_DSA_44_LEN, PublicKey, Seed, SignatureLine, VerifierKey};
use crate::text::{MAX_NUMBER, Malformed};

/// A witness's public keys. Only both together speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HybridWitness {
    ed25519: VerifierKey,
    ml_dsa_44: VerifierKey,
}

impl HybridWitness {
    /// A witness by its name and its two keys.
    ///
    /// # Errors
    /// When no signature by the Ed25519 key would count.
    pub fn new(
        name: &KeyName,
        ed25519: [u8; 32],
        ml_dsa_44: Box<[u8; ML_DSA_44_LEN]>,
    ) -> Result<Self, Malformed> {
        Ok(Self {
            ed25519: VerifierKey::new(name.clone(), PublicKey::WitnessEd25519(ed25519))?,
            ml_dsa_44: VerifierKey::new(name.clone(), PublicKey::WitnessMlDsa44(ml_dsa_44))?,
        })
    }

    /// The name of both keys.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        self.ed25519.name()
    }

    /// The key of type 0x04.
    #[must_use]
    pub const fn ed25519(&self) -> &VerifierKey {
        &self.ed25519
    }

    /// The key of type 0x06.
    #[must_use]
    pub const fn ml_dsa_44(&self) -> &VerifierKey {
        &self.ml_dsa_44
    }
}

/// A witness's signing keys. They sign what [`crate::Pending`] has seen persisted, and nothing else.
pub struct Cosigner {
    ed25519: Ed25519KeyPair,
    ml_dsa_44: PqdsaKeyPair,
    public: HybridWitness,
}

impl Cosigner {
    /// The keys of the witness `name`, from two seeds that are used for nothing else.
    ///
    /// # Errors
    /// When the library refuses a seed.
    pub fn new(name: &KeyName, ed25519: &Seed, ml_dsa_44: &Seed) -> Result<Self, KeyUnusable> {
        let ed25519 = Ed25519KeyPair::from_seed_unchecked(ed25519.reveal()).map_err(|_| KeyUnusable)?;
        let ml_dsa_44 =
            PqdsaKeyPair::from_seed(&ML_DSA_44_SIGNING, ml_dsa_44.reveal()).map_err(|_| KeyUnusable)?;
        let classical = ed25519.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let quantum = ml_dsa_44.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let public = HybridWitness::new(name, classical, Box::new(quantum)).map_err(|_| KeyUnusable)?;
        Ok(Self { ed25519, ml_dsa_44, public })
    }

    /// The public keys.
    #[must_use]
    pub const fn public(&self) -> &HybridWitness {
        &self.public
    }

    /// Both cosignatures of a checkpoint, at one `time`, in seconds since 1970, at least 1.
    pub(crate) fn cosign(
        &self,
        checkpoint: &Checkpoint,
        time: u64,
    ) -> Result<[SignatureLine; 2], KeyUnusable> {
        if time == 0 || time > MAX_NUMBER {
            return Err(KeyUnusable);
        }
        let message = ed25519_message(time, checkpoint);
        let classical = self.ed25519.try_sign(message.as_bytes()).map_err(|_| KeyUnusable)?;
        let head = checkpoint.head();
        let message =
            subtree_message(self.public.name(), time, checkpoint.origin(), 0, head.size, &head.root);
        let mut quantum = vec![0; ML_DSA_44_SIGNING.signature_len()];
        self.ml_dsa_44.sign(&message, &mut quantum).map_err(|_| KeyUnusable)?;
        let line = |key: &VerifierKey, signature: &[u8]| SignatureLine {
            name: key.name().clone(),
            id: key.id(),
            signature: [&time.to_be_bytes(), signature].concat(),
        };
        Ok([line(&self.public.ed25519, classical.as_ref()), line(&self.public.ml_dsa_44, &quantum)])
    }
}

impl fmt::Debug for Cosigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cosigner({}, secret)", self.public.name())
    }
}

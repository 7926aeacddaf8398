//! The log's own key.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use super::{
    Checkpoint, KeyName, KeyUnusable, PublicKey, Seed, SignatureLine, VerifiedCheckpoint, VerifierKey,
};

/// A log's signing key: Ed25519, note type 0x01. It signs checkpoints and nothing else, and those
/// only by way of [`crate::Signable`].
pub struct LogSigner {
    pair: Ed25519KeyPair,
    public: VerifierKey,
}

impl LogSigner {
    /// The key of the log `origin`.
    ///
    /// # Errors
    /// When the library refuses the seed.
    pub fn new(origin: KeyName, seed: &Seed) -> Result<Self, KeyUnusable> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.reveal()).map_err(|_| KeyUnusable)?;
        let key = PublicKey::Log(pair.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?);
        Ok(Self { pair, public: VerifierKey::new(origin, key).map_err(|_| KeyUnusable)? })
    }

    /// The key that verifies its checkpoints; its name is the log's origin.
    #[must_use]
    pub const fn public(&self) -> &VerifierKey {
        &self.public
    }

    pub(crate) fn sign(&self, checkpoint: Checkpoint) -> Result<VerifiedCheckpoint, KeyUnusable> {
        let signature = self.pair.try_sign(checkpoint.text().as_bytes()).map_err(|_| KeyUnusable)?;
        let line = SignatureLine {
            name: self.public.name().clone(),
            id: self.public.id(),
            signature: signature.as_ref().to_vec(),
        };
        Ok(VerifiedCheckpoint::by_log(checkpoint, line))
    }
}

impl fmt::Debug for LogSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LogSigner({:?}, secret)", self.public)
    }
}

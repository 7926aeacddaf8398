//! Public keys that verify.

use std::fmt;

use aws_lc_rs::signature::{ML_DSA_44, UnparsedPublicKey};
use counterseal_ledger::{is_acceptable_point, verify_ed25519};
use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{DeviceId, body};

use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::kem::is_acceptable_kem_key;
use crate::label::Label;

/// Bytes of an X-Wing public key (HPKE KEM 0x647a).
pub const HPKE_PUBLIC_LEN: usize = 1216;
/// Bytes of an ML-DSA-44 public key (FIPS 204).
pub const ML_DSA_44_PUBLIC_LEN: usize = 1312;

/// Which key signed: the COSE `kid`, a labelled hash of the public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 32]);

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({})", hex::encode(self.0).chars().take(8).collect::<String>())
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl Value for KeyId {
    fn write(&self, w: &mut Writer) {
        w.bytes(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.fixed("a key id").map(Self)
    }
}

impl From<DeviceId> for KeyId {
    fn from(device: DeviceId) -> Self {
        Self(*device.as_bytes())
    }
}

/// The signature algorithms of suite CS1, by their numbers in IANA's COSE registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// EdDSA over Ed25519.
    Ed25519,
    /// ML-DSA-44 (FIPS 204), empty context string.
    MlDsa44,
}

impl Algorithm {
    /// Its COSE number.
    #[must_use]
    pub const fn code(self) -> i64 {
        match self {
            Self::Ed25519 => -8,
            Self::MlDsa44 => -48,
        }
    }

    /// The algorithm with this COSE number.
    #[must_use]
    pub const fn from_code(code: i64) -> Option<Self> {
        match code {
            -8 => Some(Self::Ed25519),
            -48 => Some(Self::MlDsa44),
            _ => None,
        }
    }

    /// Bytes of a signature.
    #[must_use]
    pub const fn signature_len(self) -> usize {
        match self {
            Self::Ed25519 => 64,
            Self::MlDsa44 => 2420,
        }
    }
}

/// Both keys of a hybrid: a signature counts only when both verify.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HybridKey {
    /// The Ed25519 public key.
    pub ed25519: [u8; 32],
    /// The ML-DSA-44 public key.
    pub ml_dsa_44: Box<[u8; ML_DSA_44_PUBLIC_LEN]>,
}

impl HybridKey {
    /// The id under which it signs.
    #[must_use]
    pub fn id(&self) -> KeyId {
        KeyId(sha256(&[Label::HYBRID_KEY_ID.bytes(), &self.ed25519, self.ml_dsa_44.as_slice()]))
    }
}

impl fmt::Debug for HybridKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HybridKey({:?})", self.id())
    }
}

impl Value for HybridKey {
    fn write(&self, w: &mut Writer) {
        w.array(2).bytes(&self.ed25519).bytes(self.ml_dsa_44.as_slice());
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a hybrid key: an Ed25519 and an ML-DSA-44 public key")?;
        let ed25519 = r.fixed("an Ed25519 public key of 32 bytes")?;
        let ml_dsa_44 = Box::new(r.fixed("an ML-DSA-44 public key of 1312 bytes")?);
        Ok(Self { ed25519, ml_dsa_44 })
    }
}

/// A public key, or several that only count together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VerifyingKey {
    /// A device's.
    Ed25519([u8; 32]),
    /// A governor's (later a trustee's or a witness's).
    Hybrid(HybridKey),
}

impl VerifyingKey {
    /// The algorithms whose signatures must all be there, in the order of their signatures.
    #[must_use]
    pub const fn algorithms(&self) -> &'static [Algorithm] {
        match self {
            Self::Ed25519(_) => &[Algorithm::Ed25519],
            Self::Hybrid(_) => &[Algorithm::Ed25519, Algorithm::MlDsa44],
        }
    }

    /// Whether `signature` is this key's over `message`, for one of its algorithms.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match (self, algorithm) {
            (Self::Ed25519(key), Algorithm::Ed25519) => verify_ed25519(key, message, signature),
            (Self::Hybrid(keys), Algorithm::Ed25519) => verify_ed25519(&keys.ed25519, message, signature),
            (Self::Hybrid(keys), Algorithm::MlDsa44) => {
                UnparsedPublicKey::new(&ML_DSA_44, keys.ml_dsa_44.as_slice())
                    .verify(message, signature)
                    .is_ok()
            }
            (Self::Ed25519(_), Algorithm::MlDsa44) => false,
        }
    }
}

body! {
    /// A device's public keys, whose hash is its id.
    pub struct DeviceKeys {
        /// Ed25519: signs entries and statements.
        1 signing: Bytes<32>,
        /// X-Wing: epoch secrets are wrapped to it.
        2 hpke: Bytes<HPKE_PUBLIC_LEN>,
    }
}

impl DeviceKeys {
    /// The keys of one device.
    #[must_use]
    pub fn new(signing: [u8; 32], hpke: [u8; HPKE_PUBLIC_LEN]) -> Self {
        Self { signing: Bytes(signing), hpke: Bytes(hpke), extra: Default::default() }
    }

    /// SHA-256(L("device/id") ‖ signing ‖ hpke).
    #[must_use]
    pub fn id(&self) -> DeviceId {
        DeviceId::from_bytes(sha256(&[Label::DEVICE_ID.bytes(), &self.signing.0, &self.hpke.0]))
    }

    /// Whether both are keys: others can verify with the one and seal to the other.
    pub(crate) fn are_acceptable(&self) -> bool {
        is_acceptable_point(&self.signing.0) && is_acceptable_kem_key(&self.hpke.0)
    }

    /// The key that verifies what the device signs.
    #[must_use]
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey::Ed25519(self.signing.0)
    }
}

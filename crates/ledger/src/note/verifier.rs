//! Keys that verify signed notes, and their encoding as vkeys (signed-note, "Verifier keys").

use std::fmt;

use aws_lc_rs::signature::{ML_DSA_44, UnparsedPublicKey};

use super::message::{ed25519_message, subtree_message};
use super::{Checkpoint, KeyName, NoteKeyId, SignatureLine};
use crate::ed25519::{is_acceptable_point, verify_ed25519};
use crate::merkle::sha256;
use crate::text::{MAX_NUMBER, Malformed, base64, parse_base64};

/// Bytes of an ML-DSA-44 public key (FIPS 204).
pub const ML_DSA_44_LEN: usize = 1312;

/// How a signature is made (signed-note, "Signature types"): the first byte of a vkey's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignatureType {
    /// 0x01: Ed25519 over the note's text. A log signs its checkpoints so.
    Ed25519 = 0x01,
    /// 0x04: a witness's Ed25519, with the time.
    CosignatureEd25519 = 0x04,
    /// 0x06: a witness's ML-DSA-44, with the time.
    CosignatureMlDsa44 = 0x06,
}

/// A public key together with how it is used: one key, one purpose.
#[derive(Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// Of a log: Ed25519, type 0x01.
    Log([u8; 32]),
    /// Of a witness: Ed25519, type 0x04.
    WitnessEd25519([u8; 32]),
    /// Of a witness: ML-DSA-44, type 0x06.
    WitnessMlDsa44(Box<[u8; ML_DSA_44_LEN]>),
}

impl PublicKey {
    /// How it is used.
    #[must_use]
    pub const fn signature_type(&self) -> SignatureType {
        match self {
            Self::Log(_) => SignatureType::Ed25519,
            Self::WitnessEd25519(_) => SignatureType::CosignatureEd25519,
            Self::WitnessMlDsa44(_) => SignatureType::CosignatureMlDsa44,
        }
    }

    /// The key itself, which is the same whatever it is used for.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Log(key) | Self::WitnessEd25519(key) => key,
            Self::WitnessMlDsa44(key) => key.as_slice(),
        }
    }
}

/// A public key with its name.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: KeyName,
    key: PublicKey,
    id: NoteKeyId,
}

impl VerifierKey {
    /// A key under a name.
    ///
    /// # Errors
    /// When an Ed25519 key is not canonical or of small order: no signature by it counts.
    pub fn new(name: KeyName, key: PublicKey) -> Result<Self, Malformed> {
        let usable = match &key {
            PublicKey::Log(point) | PublicKey::WitnessEd25519(point) => is_acceptable_point(point),
            PublicKey::WitnessMlDsa44(_) => true,
        };
        if !usable {
            return Err(Malformed { what: "public key", why: "no signature by it would count" });
        }
        // SHA-256(name ‖ 0x0a ‖ type ‖ key), its first four bytes (signed-note, "Signatures").
        let kind = [key.signature_type() as u8];
        let hash = sha256(&[name.as_str().as_bytes(), b"\n", &kind, key.as_bytes()]);
        let [a, b, c, d, ..] = *hash.as_bytes();
        Ok(Self { name, key, id: NoteKeyId([a, b, c, d]) })
    }

    /// Reads `name+id+base64(type ‖ key)`, the id in eight lower-case hexadecimal digits.
    ///
    /// # Errors
    /// When it is not of that form, the id is not the key's, or the type is not one of ours.
    pub fn parse(vkey: &str) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "verifier key", why };
        let mut parts = vkey.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong("it is not a name, an id and a key joined by plus signs"));
        };
        let bytes = parse_base64(key).ok_or_else(|| wrong("the key is not canonical base64"))?;
        let (kind, key) = bytes.split_first().ok_or_else(|| wrong("the key is empty"))?;
        let length = |_| wrong("the key's length does not fit its type");
        let key = match kind {
            0x01 => PublicKey::Log(key.try_into().map_err(length)?),
            0x04 => PublicKey::WitnessEd25519(key.try_into().map_err(length)?),
            0x06 => PublicKey::WitnessMlDsa44(Box::new(key.try_into().map_err(length)?)),
            _ => return Err(wrong("its type is unknown")),
        };
        let parsed = Self::new(KeyName::parse(name)?, key)?;
        if hex::encode(parsed.id.0) == id { Ok(parsed) } else { Err(wrong("the id is not the key's")) }
    }

    /// The name; of a log's key, the log's origin.
    #[must_use]
    pub const fn name(&self) -> &KeyName {
        &self.name
    }

    /// The key.
    #[must_use]
    pub const fn key(&self) -> &PublicKey {
        &self.key
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> NoteKeyId {
        self.id
    }

    /// Whether a line claims to be this key's: name and id are (signed-note, "Signatures").
    pub(crate) fn is_named_by(&self, line: &SignatureLine) -> bool {
        line.name == self.name && line.id == self.id
    }

    /// Whether this is a log's key and the signature is its over a note's text.
    pub(crate) fn verify_note(&self, text: &str, signature: &[u8]) -> bool {
        match &self.key {
            PublicKey::Log(key) => verify_ed25519(key, text.as_bytes(), signature),
            PublicKey::WitnessEd25519(_) | PublicKey::WitnessMlDsa44(_) => false,
        }
    }

    /// The time in a cosignature by this key: u64 time, big-endian ‖ signature (tlog-cosignature,
    /// "Format"). `None` when it is not one.
    pub(crate) fn verify_cosignature(&self, checkpoint: &Checkpoint, bytes: &[u8]) -> Option<u64> {
        let (time, signature) = bytes.split_first_chunk()?;
        let time = u64::from_be_bytes(*time);
        let valid = time <= MAX_NUMBER
            && match &self.key {
                PublicKey::Log(_) => false,
                PublicKey::WitnessEd25519(key) => {
                    verify_ed25519(key, ed25519_message(time, checkpoint).as_bytes(), signature)
                }
                PublicKey::WitnessMlDsa44(key) => {
                    let head = checkpoint.head();
                    let origin = checkpoint.origin();
                    let message = subtree_message(&self.name, time, origin, 0, head.size, &head.root);
                    UnparsedPublicKey::new(&ML_DSA_44, key.as_slice()).verify(&message, signature).is_ok()
                }
            };
        valid.then_some(time)
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [&[self.key.signature_type() as u8], self.key.as_bytes()].concat();
        write!(f, "{}+{}+{}", self.name, hex::encode(self.id.0), base64(&key))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({}+{})", self.name, hex::encode(self.id.0))
    }
}

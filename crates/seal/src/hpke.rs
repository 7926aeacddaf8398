//! HPKE (RFC 9180), base mode: KEM X-Wing (0x647a), KDF HKDF-SHA256 (1), AEAD ChaCha20-Poly1305 (3).
//! One message per context, so the nonce is the context's first and only one.

use counterseal_register::{HPKE_PUBLIC_LEN, WRAP_ENC_LEN};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::secrets::UnwrappingKey;

/// One sealed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The encapsulated key.
    pub enc: Box<[u8; WRAP_ENC_LEN]>,
    /// The ciphertext and its tag.
    pub ciphertext: Vec<u8>,
}

impl Sealed {
    /// The encapsulated key, then the ciphertext.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.enc.as_slice(), &self.ciphertext].concat()
    }

    /// What `to_bytes` gave; none if the bytes are too few.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (enc, ciphertext) = bytes.split_first_chunk::<WRAP_ENC_LEN>()?;
        Some(Self { enc: Box::new(*enc), ciphertext: ciphertext.to_vec() })
    }
}

/// The public key of an X-Wing key; `None` if the library refuses it.
pub(crate) fn public_key(secret: &UnwrappingKey) -> Option<[u8; HPKE_PUBLIC_LEN]> {
    let private = <XWing as Kem>::PrivateKey::from_bytes(secret.reveal()).ok()?;
    XWing::sk_to_pk(&private).to_bytes().as_slice().try_into().ok()
}

/// Seals to a public key; `None` if it is no key.
pub(crate) fn seal(
    rng: &mut impl CryptoRng,
    public: &[u8; HPKE_PUBLIC_LEN],
    info: &[u8],
    aad: &[u8],
    plaintext: &[u8],
) -> Option<Sealed> {
    let public = <XWing as Kem>::PublicKey::from_bytes(public).ok()?;
    let (encapsulated, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &public,
        info,
        plaintext,
        aad,
        rng,
    )
    .ok()?;
    let enc = Box::new(encapsulated.to_bytes().as_slice().try_into().ok()?);
    Some(Sealed { enc, ciphertext })
}

/// What `seal` sealed; `None` if anything about it is not so.
pub(crate) fn open(
    secret: &UnwrappingKey,
    info: &[u8],
    aad: &[u8],
    enc: &[u8; WRAP_ENC_LEN],
    ciphertext: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let private = <XWing as Kem>::PrivateKey::from_bytes(secret.reveal()).ok()?;
    let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(enc).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &private,
        &encapsulated,
        info,
        ciphertext,
        aad,
    )
    .ok()
    .map(Zeroizing::new)
}

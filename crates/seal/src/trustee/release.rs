//! Pads on their way to a reader: sealed to the request's fresh key, and bound to the request.

use std::fmt;

use counterseal_model::MissionId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, Label};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::letters::{BadPublicKey, CannotUnseal};
use crate::device::KeyUnusable;
use crate::hedged::seal_hedged;
use crate::hpke::{self, Sealed};
use crate::secrets::{Pad, UnwrappingKey};

/// Which release: whose pads, in answer to which request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release {
    /// The mission.
    pub mission: MissionId,
    /// The trustee.
    pub trustee: KeyId,
    /// Its place x_j.
    pub x: u8,
    /// SHA-256 of the signed request.
    pub request: [u8; 32],
}

impl Release {
    fn info(&self) -> Vec<u8> {
        let pieces: [&[u8]; 5] = [
            Label::SHARE_RELEASE.bytes(),
            self.mission.as_bytes(),
            &self.trustee.0,
            &[self.x],
            &self.request,
        ];
        pieces.concat()
    }
}

/// Seals pads, in the order of the request's parts, to the request's fresh key.
///
/// # Errors
/// When the fresh key is no key.
pub fn seal_pads(
    rng: &mut impl CryptoRng,
    release: &Release,
    fresh: &[u8; HPKE_PUBLIC_LEN],
    pads: &[Pad],
) -> Result<Sealed, BadPublicKey> {
    // Room for all of them at once: a buffer that grows leaves copies behind.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(pads.len() * 32));
    pads.iter().for_each(|pad| plaintext.extend_from_slice(pad.reveal()));
    seal_hedged(rng, fresh, &release.info(), &plaintext).ok_or(BadPublicKey)
}

/// The X-Wing key that one request is answered to. In memory only: it has no bytes to be written, and after
/// a crash the desk asks again, as a new opening.
pub struct FreshKey {
    secret: UnwrappingKey,
    public: Box<[u8; HPKE_PUBLIC_LEN]>,
}

impl FreshKey {
    /// A new key, for one request.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        let secret = UnwrappingKey::make(rng);
        let public = Box::new(hpke::public_key(&secret).ok_or(KeyUnusable)?);
        Ok(Self { secret, public })
    }

    /// The public key, for the request.
    #[must_use]
    pub fn public(&self) -> &[u8; HPKE_PUBLIC_LEN] {
        &self.public
    }

    /// The pads that a trustee released for the request's `parts` parts, in their order.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_pads(
        &self,
        release: &Release,
        sealed: &Sealed,
        parts: usize,
    ) -> Result<Vec<Pad>, CannotUnseal> {
        let opened = hpke::open(&self.secret, &release.info(), b"", &sealed.enc, &sealed.ciphertext);
        let opened = opened.ok_or(CannotUnseal)?;
        match opened.as_chunks::<32>() {
            (pads, []) if pads.len() == parts => Ok(pads.iter().map(Pad::from_bytes).collect()),
            _ => Err(CannotUnseal),
        }
    }
}

impl fmt::Debug for FreshKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FreshKey(secret)")
    }
}

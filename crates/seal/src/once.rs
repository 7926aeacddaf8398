//! AES-256-GCM (NIST SP 800-38D) under a key that is used once.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use thiserror::Error;

use crate::secrets::OnceKey;

/// Bytes of the authentication tag.
pub(crate) const TAG_LEN: usize = 16;

/// The library could not do it: no memory, or (opening) the bytes are not what was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("sealing or opening failed")]
pub(crate) struct AeadFailed;

impl OnceKey {
    /// Seals in place; gives the tag. Consumes the key: it never seals a second plaintext.
    pub(crate) fn seal(self, aad: &[u8], plaintext: &mut [u8]) -> Result<[u8; TAG_LEN], AeadFailed> {
        let tag = self
            .cipher()?
            .seal_in_place_separate_tag(zero_nonce(), Aad::from(aad), plaintext)
            .map_err(|_| AeadFailed)?;
        tag.as_ref().try_into().map_err(|_| AeadFailed)
    }

    /// Opens `sealed` (ciphertext, then tag) into `plaintext`, which has the ciphertext's length.
    pub(crate) fn open(self, aad: &[u8], sealed: &[u8], plaintext: &mut [u8]) -> Result<(), AeadFailed> {
        let (ciphertext, tag) = sealed.split_last_chunk::<TAG_LEN>().ok_or(AeadFailed)?;
        if ciphertext.len() != plaintext.len() {
            return Err(AeadFailed);
        }
        self.cipher()?
            .open_separate_gather(zero_nonce(), Aad::from(aad), ciphertext, tag, plaintext)
            .map_err(|_| AeadFailed)
    }

    fn cipher(&self) -> Result<LessSafeKey, AeadFailed> {
        UnboundKey::new(&AES_256_GCM, self.reveal()).map(LessSafeKey::new).map_err(|_| AeadFailed)
    }
}

/// Zero, because the key is fresh for every plaintext: there is no second message for a nonce to tell
/// apart, and a nonce drawn at random would be one more thing to repeat.
fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

//! What a device keeps while it waits to join: sealed under its own secrets, so that a disk that is stolen
//! meanwhile shows no one-time secret. Bytes in, bytes out. Normative text: docs/spec/invitations.md, section 6.
//!
//! ```text
//! file = salt: 32 bytes ‖ AES-256-GCM(Expand(store root, L("waiting/key") ‖ salt), nonce 0^96, content)
//! ```

use counterseal_register::sha256;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::device::{DeviceSecrets, KeyUnusable};
use crate::once::TAG_LEN;
use crate::opener::CannotOpen;
use crate::schedule::{derive_waiting_key, derive_waiting_salt};

impl DeviceSecrets {
    /// Seals what this device keeps while it waits to join.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn seal_waiting(&self, rng: &mut impl CryptoRng, content: &[u8]) -> Result<Vec<u8>, KeyUnusable> {
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(random.as_mut_slice());
        let salt = derive_waiting_salt(&self.hedge, &random, &sha256(&[content]));
        let mut sealed = Zeroizing::new(content.to_vec());
        let tag = derive_waiting_key(&self.store, &salt).seal(b"", &mut sealed).map_err(|_| KeyUnusable)?;
        Ok([&salt[..], &sealed, &tag].concat())
    }

    /// Opens what `seal_waiting` sealed.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open_waiting(&self, file: &[u8]) -> Result<Zeroizing<Vec<u8>>, CannotOpen> {
        let (salt, sealed) = file.split_first_chunk::<32>().ok_or(CannotOpen)?;
        let len = sealed.len().checked_sub(TAG_LEN).ok_or(CannotOpen)?;
        let mut content = Zeroizing::new(vec![0; len]);
        derive_waiting_key(&self.store, salt).open(b"", sealed, &mut content).map_err(|_| CannotOpen)?;
        Ok(content)
    }
}

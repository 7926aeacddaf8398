//! A witness's hybrid key, in one file.

use std::path::Path;

use counterseal_ledger::{Cosigner, KeyName, KeyUnusable, Seed};
use counterseal_serve::{
    KeyFileRefusal, hex_of_secret, make_key_folder, read_secret, secret_of_hex, write_secret,
};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// A witness's keys: a name, and the seeds of an Ed25519 and an ML-DSA-44 key.
#[derive(Debug)]
pub struct WitnessKeys {
    name: KeyName,
    ed25519: Seed,
    ml_dsa_44: Seed,
}

impl WitnessKeys {
    /// Makes keys and writes them to a file that is not there yet: the name and both seeds, a line each.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn make(path: &Path, name: KeyName, rng: &mut impl CryptoRng) -> Result<Self, KeyFileRefusal> {
        let keys = Self { name, ed25519: Seed::make(rng), ml_dsa_44: Seed::make(rng) };
        let [ed25519, ml_dsa_44] = [&keys.ed25519, &keys.ml_dsa_44].map(|seed| hex_of_secret(seed.reveal()));
        let text = Zeroizing::new(format!("{}\n{}\n{}\n", keys.name, ed25519.as_str(), ml_dsa_44.as_str()));
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_key_folder(folder, &[])?;
        }
        write_secret(path, text.as_bytes())?;
        Ok(keys)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it is not there or is none.
    pub fn load(path: &Path) -> Result<Self, KeyFileRefusal> {
        let bytes = read_secret(path)?;
        Self::parse(&bytes).ok_or_else(|| KeyFileRefusal::NotAKey { path: path.to_owned() })
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = str::from_utf8(bytes).ok()?.lines();
        let name = KeyName::parse(lines.next()?).ok()?;
        let mut seed = || Some(Seed::from_bytes(*secret_of_hex(lines.next()?.as_bytes())?));
        Some(Self { name, ed25519: seed()?, ml_dsa_44: seed()? })
    }

    /// The signing keys.
    ///
    /// # Errors
    /// When the library refuses them.
    pub fn cosigner(&self) -> Result<Cosigner, KeyUnusable> {
        Cosigner::new(&self.name, &self.ed25519, &self.ml_dsa_44)
    }
}

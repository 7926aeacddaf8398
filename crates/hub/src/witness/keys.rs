//! A witness's hybrid key, in one file.

use std::path::{Path, PathBuf};

use counterseal_ledger::{Cosigner, KeyName, KeyUnusable, Seed};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::files;

/// Why a witness has no keys to sign with.
#[derive(Debug, thiserror::Error)]
pub enum WitnessKeysRefusal {
    /// The file cannot be read or written; one that is there is never replaced.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The file is not a witness's keys.
    #[error("{} is not a witness's key file; restore it", path.display())]
    NotAKey {
        /// Which.
        path: PathBuf,
    },
    /// The library refuses a key.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
}

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
    pub fn make(path: &Path, name: KeyName, rng: &mut impl CryptoRng) -> Result<Self, WitnessKeysRefusal> {
        let keys = Self { name, ed25519: Seed::make(rng), ml_dsa_44: Seed::make(rng) };
        let hex = |seed: &Seed| Zeroizing::new(hex::encode(seed.reveal()));
        let (ed25519, ml_dsa_44) = (hex(&keys.ed25519), hex(&keys.ml_dsa_44));
        let text = format!("{}\n{}\n{}\n", keys.name, ed25519.as_str(), ml_dsa_44.as_str());
        let text = Zeroizing::new(text);
        let file = |reason| WitnessKeysRefusal::File { path: path.to_owned(), reason };
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            files::private_folder(folder).map_err(file)?;
        }
        files::write_private(path, text.as_bytes()).map_err(file)?;
        Ok(keys)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// When it is not there or is none.
    pub fn load(path: &Path) -> Result<Self, WitnessKeysRefusal> {
        let unreadable = |reason| WitnessKeysRefusal::File { path: path.to_owned(), reason };
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(unreadable)?);
        let not_a_key = || WitnessKeysRefusal::NotAKey { path: path.to_owned() };
        let mut lines = text.lines();
        let name = lines.next().and_then(|name| KeyName::parse(name).ok()).ok_or_else(not_a_key)?;
        let mut seed = || {
            let mut seed = [0; 32];
            hex::decode_to_slice(lines.next()?, &mut seed).ok()?;
            Some(Seed::from_bytes(seed))
        };
        let (Some(ed25519), Some(ml_dsa_44)) = (seed(), seed()) else { return Err(not_a_key()) };
        Ok(Self { name, ed25519, ml_dsa_44 })
    }

    /// The signing keys.
    ///
    /// # Errors
    /// When the library refuses them.
    pub fn cosigner(&self) -> Result<Cosigner, KeyUnusable> {
        Cosigner::new(&self.name, &self.ed25519, &self.ml_dsa_44)
    }
}

//! Governors' key files on the disk of the computer that makes them, until they are taken off it.

use std::path::{Path, PathBuf};

use counterseal_seal::Passphrase;

use super::{GovernorFile, Randomness};
use crate::error::NodeError;
use crate::home::{HomeError, write_new_private};

/// Where governors' keys are written when nothing else is said: the name says what to do.
pub const GOVERNORS_FOLDER: &str = "take-off-this-machine";

/// Most governors of one folder.
const MOST: u64 = 1_000;

impl GovernorFile {
    /// Makes a governor's keys, and writes their file into a folder, which is made if need be, under the first name
    /// that is free. It is durable before anything rests on it; files that are there stay.
    ///
    /// # Errors
    /// When the folder or the file cannot be made.
    pub fn make_in(
        folder: &Path,
        rng: &mut Randomness,
        passphrase: &Passphrase,
    ) -> Result<(Self, PathBuf), NodeError> {
        let failed = |source| HomeError::Io { doing: "make", path: folder.display().to_string(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let names = (1..=MOST).map(|number| folder.join(format!("governor-{number}.key")));
        let path = names.into_iter().find(|path| !path.exists());
        let path = path.ok_or_else(|| failed(std::io::ErrorKind::StorageFull.into()))?;
        let made = Self::make(rng, passphrase)?;
        write_new_private(&path, &made.bytes)?;
        Ok((made, path))
    }
}

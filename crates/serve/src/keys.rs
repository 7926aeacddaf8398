//! Files with a server's secret keys. One that is there is never replaced: others would cut the server off from what
//! is known of it.

use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::files;

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileRefusal {
    /// There are keys already.
    #[error("{} holds keys already; they are not replaced", folder.display())]
    Present {
        /// The folder.
        folder: PathBuf,
    },
    /// A file cannot be read or written.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A file is not a key.
    #[error("{} is not a key of this kind of server; restore it from where the keys are kept", path.display())]
    NotAKey {
        /// Which.
        path: PathBuf,
    },
    /// The library refuses the key or the certificate of TLS.
    #[error("the certificate cannot be made: {reason}")]
    Certificate {
        /// What it said.
        reason: String,
    },
}

fn of(path: &Path) -> impl FnOnce(std::io::Error) -> KeyFileRefusal {
    move |reason| KeyFileRefusal::File { path: path.to_owned(), reason }
}

/// Makes a folder for keys if it is not there, which only its owner can enter.
///
/// # Errors
/// When one of the files that are about to be made is there, or the folder cannot be made.
pub fn make_key_folder(folder: &Path, names: &[&str]) -> Result<(), KeyFileRefusal> {
    files::make_private_folder(folder).map_err(of(folder))?;
    match names.iter().any(|name| folder.join(name).exists()) {
        true => Err(KeyFileRefusal::Present { folder: folder.to_owned() }),
        false => Ok(()),
    }
}

/// Writes a key file that is not there yet, for its owner only, and flushes it and its folder.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), KeyFileRefusal> {
    files::write_private(path, bytes).map_err(of(path))
}

/// Reads a key file.
///
/// # Errors
/// When it cannot be read.
pub fn read_secret(path: &Path) -> Result<Zeroizing<Vec<u8>>, KeyFileRefusal> {
    std::fs::read(path).map(Zeroizing::new).map_err(of(path))
}

/// 32 secret bytes as key files hold them: 64 hexadecimal digits.
#[must_use]
pub fn hex_of_secret(secret: &[u8; 32]) -> Zeroizing<String> {
    Zeroizing::new(hex::encode(secret))
}

/// Reads [`hex_of_secret`].
#[must_use]
pub fn secret_of_hex(digits: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut secret = Zeroizing::new([0; 32]);
    hex::decode_to_slice(digits, secret.as_mut_slice()).ok()?;
    Some(secret)
}

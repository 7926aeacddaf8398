//! Configuration files in TOML. Each server has one, with a documented sample in `docs`.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// Why a configuration is not used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigRefusal {
    /// The file cannot be read.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// It is not what it should be.
    #[error("the configuration cannot be used: {reason}")]
    Malformed {
        /// What is wrong, and where.
        reason: String,
    },
    /// An address that is for the machine itself is open to others.
    #[error("{what} must be on a loopback address, and {address} is none")]
    InTheOpen {
        /// What is served there.
        what: &'static str,
        /// The address given.
        address: SocketAddr,
    },
    /// A limit of 0.
    #[error("the limit {name} must be above 0")]
    Zero {
        /// Which.
        name: &'static str,
    },
    /// A value is not what it stands for.
    #[error("'{value}' is not {wanted}")]
    Value {
        /// What was given.
        value: String,
        /// What it should be, in words.
        wanted: &'static str,
    },
}

impl ConfigRefusal {
    /// Refuses the first limit that is 0.
    ///
    /// # Errors
    /// When one is.
    pub fn of_zero(limits: impl IntoIterator<Item = (&'static str, u64)>) -> Result<(), Self> {
        match limits.into_iter().find(|(_, limit)| *limit == 0) {
            Some((name, _)) => Err(Self::Zero { name }),
            None => Ok(()),
        }
    }
}

/// Reads a configuration's text. `T` says with serde's `deny_unknown_fields` that a key that it does not know is
/// refused; every configuration here does, since a limit that is misspelt would hold for nobody.
///
/// # Errors
/// When a key is unknown, missing, or of another kind.
pub fn parse_config<T: DeserializeOwned>(text: &str) -> Result<T, ConfigRefusal> {
    toml::from_str(text)
        .map_err(|error: toml::de::Error| ConfigRefusal::Malformed { reason: error.to_string() })
}

/// The text of a configuration file.
///
/// # Errors
/// When it cannot be read.
pub fn config_text(path: &Path) -> Result<String, ConfigRefusal> {
    std::fs::read_to_string(path).map_err(|reason| ConfigRefusal::File { path: path.to_owned(), reason })
}

//! The witness's configuration file. Unknown keys are refused; `docs/witness.toml` is the documented sample.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use counterseal_ledger::VerifierKey;
use counterseal_serve::{ConfigRefusal, config_text, parse_config};
use serde::Deserialize;

/// A log that the witness knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownLog {
    /// Its verifier key (C2SP signed-note); the key's name is the log's origin.
    pub key: String,
}

/// The witness's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessConfig {
    /// The folder with the witness's keys (`witness.key`) and its store (`witness.db`).
    pub folder: PathBuf,
    /// Where logs and desks connect, in the clear; put TLS before it if it is reached from afar.
    pub listen: SocketAddr,
    /// Requests at a time.
    #[serde(default = "connections")]
    pub connections: usize,
    /// The logs.
    #[serde(default, rename = "log")]
    pub logs: Vec<KnownLog>,
}

const fn connections() -> usize {
    256
}

impl WitnessConfig {
    /// A configuration for these logs.
    #[must_use]
    pub fn new(folder: PathBuf, listen: SocketAddr, keys: &[VerifierKey]) -> Self {
        let logs = keys.iter().map(|key| KnownLog { key: key.to_string() }).collect();
        Self { folder, listen, connections: connections(), logs }
    }

    /// Reads a configuration.
    ///
    /// # Errors
    /// When a key is unknown or missing, or a value makes no sense.
    pub fn parse(text: &str) -> Result<Self, ConfigRefusal> {
        let config: Self = parse_config(text)?;
        ConfigRefusal::of_zero([("connections", config.connections as u64)])?;
        config.keys()?;
        Ok(config)
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    /// As [`WitnessConfig::parse`], or when the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, ConfigRefusal> {
        Self::parse(&config_text(path)?)
    }

    /// The logs' keys.
    ///
    /// # Errors
    /// When one is none.
    pub fn keys(&self) -> Result<Vec<VerifierKey>, ConfigRefusal> {
        let wanted = "the verifier key of a log";
        let bad = |key: &str| ConfigRefusal::Value { value: key.to_owned(), wanted };
        self.logs.iter().map(|log| VerifierKey::parse(&log.key).map_err(|_| bad(&log.key))).collect()
    }

    /// The key file.
    #[must_use]
    pub fn key_file(&self) -> PathBuf {
        self.folder.join("witness.key")
    }

    /// The file of the store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.join("witness.db")
    }
}

//! The hub's one configuration file. Unknown keys are refused; `docs/hub.toml` is the documented sample.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use counterseal_serve::{ConfigRefusal, Trust, Url, config_text, parse_config};
use serde::Deserialize;

/// Where a witness is reached. Who it is, the register says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessPlace {
    /// Its name in the register.
    pub name: String,
    /// Its address: `http://` or `https://`, host, port, and the path before `/add-checkpoint`.
    pub url: String,
    /// A file with the certificate to trust for https, in PEM; the system's roots without it.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
}

impl WitnessPlace {
    /// Which certificate is taken there.
    pub(crate) fn trust(&self) -> Trust<'_> {
        Trust::file(self.certificate.as_deref())
    }
}

/// What one desk or one stranger can ask of the hub. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Connections of one address at a time.
    pub connections_per_address: usize,
    /// Sessions of one device at a time.
    pub sessions_per_device: usize,
    /// From the connection to the end of the TLS handshake, and from there to a whole Hello or request.
    pub handshake_seconds: u64,
    /// Without a byte from the other side. A desk that stays connected answers a ping before.
    pub idle_seconds: u64,
    /// Without a byte taken by the other side while something is to be written.
    pub write_seconds: u64,
    /// Bytes a second that a device can push, averaged; beyond, it is read more slowly.
    pub push_bytes_per_second: u64,
    /// Bytes that a device can push at once before that.
    pub push_burst_bytes: u64,
    /// Pushes that wait for the logs at a time, over all devices.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            connections_per_address: 256,
            sessions_per_device: 4,
            handshake_seconds: 10,
            idle_seconds: 90,
            write_seconds: 30,
            push_bytes_per_second: 4 * 1024 * 1024,
            push_burst_bytes: 64 * 1024 * 1024,
            waiting: 1024,
        }
    }
}

/// The hub's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubConfig {
    /// The folder with keys and store.
    pub folder: PathBuf,
    /// Where desks and readers of the logs connect, by TLS.
    pub listen: SocketAddr,
    /// Where this machine reads metrics and health, in the clear: a loopback address.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// Bytes that the store may grow to; the disk's end without it.
    #[serde(default)]
    pub store_bytes: Option<u64>,
    /// Milliseconds from one checkpoint to the next while there is work.
    #[serde(default = "batch")]
    pub batch_milliseconds: u64,
    /// Seconds from one time mark to the next while only the journal log grows.
    #[serde(default = "mark")]
    pub mark_seconds: u64,
    /// Where the witnesses are reached.
    #[serde(default, rename = "witness")]
    pub witnesses: Vec<WitnessPlace>,
    /// Limits.
    #[serde(default)]
    pub limits: Limits,
}

const fn mark() -> u64 {
    3600
}

const fn batch() -> u64 {
    200
}

impl HubConfig {
    /// A configuration with nothing but what must be said.
    #[must_use]
    pub fn new(folder: PathBuf, listen: SocketAddr) -> Self {
        Self {
            folder,
            listen,
            metrics: None,
            store_bytes: None,
            batch_milliseconds: batch(),
            mark_seconds: mark(),
            witnesses: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// Reads a configuration.
    ///
    /// # Errors
    /// When a key is unknown or missing, or a value makes no sense.
    pub fn parse(text: &str) -> Result<Self, ConfigRefusal> {
        let config: Self = parse_config(text)?;
        if let Some(address) = config.metrics.filter(|address| !address.ip().is_loopback()) {
            return Err(ConfigRefusal::InTheOpen { what: "metrics", address });
        }
        let wanted = "an address of a witness: http:// or https://, a host, and a path";
        for WitnessPlace { url, .. } in &config.witnesses {
            Url::parse(url).ok_or_else(|| ConfigRefusal::Value { value: url.clone(), wanted })?;
        }
        let limits = &config.limits;
        ConfigRefusal::of_zero([
            ("connections", limits.connections as u64),
            ("connections_per_address", limits.connections_per_address as u64),
            ("sessions_per_device", limits.sessions_per_device as u64),
            ("handshake_seconds", limits.handshake_seconds),
            ("idle_seconds", limits.idle_seconds),
            ("write_seconds", limits.write_seconds),
            ("push_bytes_per_second", limits.push_bytes_per_second),
            ("push_burst_bytes", limits.push_burst_bytes),
            ("waiting", limits.waiting as u64),
            ("batch_milliseconds", config.batch_milliseconds),
        ])?;
        Ok(config)
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    /// As [`HubConfig::parse`], or when the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, ConfigRefusal> {
        Self::parse(&config_text(path)?)
    }

    /// The folder of the keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// The file whose presence says that the store is a restored one, not yet brought up to date.
    #[must_use]
    pub fn restoring(&self) -> PathBuf {
        self.folder.join("restoring")
    }

    /// The file of the store.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.folder.join("hub.db")
    }
}

//! The trustee's one configuration file. Unknown keys are refused; `docs/trustee.toml` is the documented sample.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use counterseal_register::KeyId;
use counterseal_serve::{ConfigRefusal, Trust, Url, config_text, parse_config};
use serde::Deserialize;

use crate::store::Places;

/// Where another witness is reached, which a restored trustee asks what it saw last. Who it is, the register says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessPlace {
    /// Its name in the register.
    pub name: String,
    /// Its address: `http://` or `https://`, host, port and path.
    pub url: String,
    /// A file with the certificate to trust for https, in PEM; the system's roots without it.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
}

impl WitnessPlace {
    pub(crate) fn trust(&self) -> Trust<'_> {
        Trust::file(self.certificate.as_deref())
    }
}

/// Where another trustee is reached from here, if not where the register says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherTrustee {
    /// Its id, in 64 hexadecimal digits.
    pub id: String,
    /// Its address: `https://`, host and port.
    pub url: String,
}

/// What one desk or one stranger can ask of the trustee. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Connections of one address at a time.
    pub connections_per_address: usize,
    /// Connections of one device at a time.
    pub connections_per_device: usize,
    /// To the end of the TLS handshake.
    pub handshake_seconds: u64,
    /// Without a byte from the other side.
    pub idle_seconds: u64,
    /// Without a byte taken by the other side while something is to be written.
    pub write_seconds: u64,
    /// Bytes of calls a second of one device, averaged.
    pub call_bytes_per_second: u64,
    /// Bytes of calls of one device at once before that.
    pub call_burst_bytes: u64,
    /// Calls that wait for their turn at a time, over all devices.
    pub waiting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 512,
            connections_per_address: 128,
            connections_per_device: 4,
            handshake_seconds: 10,
            idle_seconds: 90,
            write_seconds: 30,
            call_bytes_per_second: 1024 * 1024,
            call_burst_bytes: 16 * 1024 * 1024,
            waiting: 256,
        }
    }
}

/// The trustee's configuration.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrusteeConfig {
    /// The folder with the keys, the first place of the store, and the witness's store.
    pub folder: PathBuf,
    /// The folder with the second place of the store, on another disk.
    pub second: PathBuf,
    /// Where desks and logs connect, by TLS.
    pub listen: SocketAddr,
    /// The hub's address, by https. Which certificate it must show, the register says.
    pub hub: String,
    /// Where the witness is reached in the clear as well, as witnesses are that run by themselves.
    #[serde(default)]
    pub witness_listen: Option<SocketAddr>,
    /// Where this machine reads metrics and health, in the clear: a loopback address.
    #[serde(default)]
    pub metrics: Option<SocketAddr>,
    /// A file whose first line is the passphrase of the key file. Without it somebody types it at the start.
    #[serde(default)]
    pub passphrase_file: Option<PathBuf>,
    /// Bytes that the store may grow to, in each place; the disk's end without it.
    #[serde(default)]
    pub store_bytes: Option<u64>,
    /// Milliseconds between two looks at the hub's logs.
    #[serde(default = "poll")]
    pub poll_milliseconds: u64,
    /// Where other witnesses are reached that have no address in the register, or another one from here.
    #[serde(default, rename = "witness")]
    pub witnesses: Vec<WitnessPlace>,
    /// Trustees that this one succeeds and that are lost for good: the others are asked to repair their pads.
    #[serde(default)]
    pub lost: Vec<String>,
    /// Where other trustees are reached that have no address in the register, or another one from here.
    #[serde(default, rename = "trustee")]
    pub trustees: Vec<OtherTrustee>,
    /// Limits.
    #[serde(default)]
    pub limits: Limits,
}

fn trustee_id(text: &str) -> Option<KeyId> {
    let mut id = [0; 32];
    hex::decode_to_slice(text, &mut id).ok().map(|()| KeyId(id))
}

const fn poll() -> u64 {
    1000
}

impl TrusteeConfig {
    /// A configuration with nothing but what must be said.
    #[must_use]
    pub fn new(folder: PathBuf, second: PathBuf, listen: SocketAddr, hub: String) -> Self {
        Self {
            folder,
            second,
            listen,
            hub,
            witness_listen: None,
            metrics: None,
            passphrase_file: None,
            store_bytes: None,
            poll_milliseconds: poll(),
            witnesses: Vec::new(),
            lost: Vec::new(),
            trustees: Vec::new(),
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
        let value = |value: &str, wanted| ConfigRefusal::Value { value: value.to_owned(), wanted };
        if !config.hub.starts_with("https://") || Url::parse(&config.hub).is_none() {
            return Err(value(&config.hub, "the address of a hub: https://, a host, and a port"));
        }
        let wanted = "an address of a witness: http:// or https://, a host, and a path";
        for place in &config.witnesses {
            Url::parse(&place.url).ok_or_else(|| value(&place.url, wanted))?;
        }
        let wanted = "the id of a trustee: 64 hexadecimal digits";
        let ids = config.lost.iter().chain(config.trustees.iter().map(|one| &one.id));
        for id in ids {
            trustee_id(id).ok_or_else(|| value(id, wanted))?;
        }
        for one in &config.trustees {
            let url = Url::parse(&one.url).filter(|_| one.url.starts_with("https://"));
            url.ok_or_else(|| value(&one.url, "the address of a trustee: https://, a host, and a port"))?;
        }
        if config.folder == config.second {
            let second = config.second.display().to_string();
            return Err(value(&second, "a second folder, on another disk than the first"));
        }
        let limits = &config.limits;
        ConfigRefusal::of_zero([
            ("connections", limits.connections as u64),
            ("connections_per_address", limits.connections_per_address as u64),
            ("connections_per_device", limits.connections_per_device as u64),
            ("handshake_seconds", limits.handshake_seconds),
            ("idle_seconds", limits.idle_seconds),
            ("write_seconds", limits.write_seconds),
            ("call_bytes_per_second", limits.call_bytes_per_second),
            ("call_burst_bytes", limits.call_burst_bytes),
            ("waiting", limits.waiting as u64),
            ("poll_milliseconds", config.poll_milliseconds),
        ])?;
        Ok(config)
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    /// As [`TrusteeConfig::parse`], or when the file cannot be read.
    pub fn read(path: &Path) -> Result<Self, ConfigRefusal> {
        Self::parse(&config_text(path)?)
    }

    /// Trustees that are lost for good.
    pub(crate) fn lost_trustees(&self) -> Vec<KeyId> {
        self.lost.iter().filter_map(|id| trustee_id(id)).collect()
    }

    /// Where another trustee is reached from here, if that is said.
    pub(crate) fn address_of(&self, trustee: KeyId) -> Option<String> {
        let one = self.trustees.iter().find(|one| trustee_id(&one.id) == Some(trustee));
        one.map(|one| one.url.clone())
    }

    /// The folder of the keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.folder.join("keys")
    }

    /// The mission's statements that it was given.
    pub(crate) fn statements(&self) -> PathBuf {
        self.folder.join("mission.statements")
    }

    /// The file of the witness's store.
    pub(crate) fn witness_store(&self) -> PathBuf {
        self.folder.join("witness.db")
    }

    /// What whoever restored it said that others hold of its release log.
    pub(crate) fn heads_seen(&self) -> PathBuf {
        self.folder.join("restored.head")
    }

    /// The two places of the store.
    #[must_use]
    pub fn places(&self) -> Places {
        let first = self.folder.join("store");
        Places { first, second: self.second.clone(), most_bytes: self.store_bytes }
    }
}

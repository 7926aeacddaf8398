//! The hub's keys: one for each log, one for TLS. They lie in a folder that only the hub's user can enter.

use std::fmt;
use std::path::Path;

use counterseal_ledger::{KeyName, KeyUnusable, LogSigner, Seed};
use counterseal_model::MissionId;
use counterseal_register::{LogKind, log_origin};
use counterseal_serve::{
    KeyFileRefusal, TlsIdentity, hex_of_secret, make_key_folder, read_secret, secret_of_hex, write_secret,
};
use rand_core::CryptoRng;

const STATEMENTS: &str = "statements.key";
const JOURNAL: &str = "journal.key";
/// The name in the certificate, at which nobody looks.
const HOST: &str = "hub.counterseal.invalid";

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeysRefusal {
    /// Their files.
    #[error(transparent)]
    Files(#[from] KeyFileRefusal),
    /// The library refuses a log's key.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
}

/// What the governors' statement about the hub names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HubPublic {
    /// The Ed25519 key of the statement log.
    pub statements_key: [u8; 32],
    /// The Ed25519 key of the journal log.
    pub journal_key: [u8; 32],
    /// SHA-256 of the certificate's SubjectPublicKeyInfo.
    pub pin: [u8; 32],
}

/// The hub's keys.
pub struct HubKeys {
    statements: Seed,
    journal: Seed,
    tls: TlsIdentity,
}

impl HubKeys {
    /// Makes keys and writes them to a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When there are keys already, or they cannot be written.
    pub fn make(folder: &Path, rng: &mut impl CryptoRng) -> Result<Self, KeysRefusal> {
        let [tls_key, certificate] = TlsIdentity::FILES;
        make_key_folder(folder, &[STATEMENTS, JOURNAL, tls_key, certificate])?;
        let keys =
            Self { statements: Seed::make(rng), journal: Seed::make(rng), tls: TlsIdentity::make(HOST)? };
        for (name, seed) in [(STATEMENTS, &keys.statements), (JOURNAL, &keys.journal)] {
            write_secret(&folder.join(name), hex_of_secret(seed.reveal()).as_bytes())?;
        }
        keys.tls.write(folder)?;
        Ok(keys)
    }

    /// Reads the keys in a folder.
    ///
    /// # Errors
    /// When one is missing or is none.
    pub fn load(folder: &Path) -> Result<Self, KeysRefusal> {
        let seed = |name: &str| {
            let path = folder.join(name);
            let secret = secret_of_hex(read_secret(&path)?.trim_ascii());
            secret.map(|secret| Seed::from_bytes(*secret)).ok_or(KeyFileRefusal::NotAKey { path })
        };
        Ok(Self { statements: seed(STATEMENTS)?, journal: seed(JOURNAL)?, tls: TlsIdentity::load(folder)? })
    }

    /// What the governors' statement about the hub names.
    ///
    /// # Errors
    /// When a key cannot be used.
    pub fn public(&self) -> Result<HubPublic, KeysRefusal> {
        let key = |seed| -> Result<[u8; 32], KeysRefusal> {
            let name = KeyName::parse("counterseal").map_err(|_| KeyUnusable)?;
            let signer = LogSigner::new(name, seed)?;
            Ok(signer.public().key().as_bytes().try_into().map_err(|_| KeyUnusable)?)
        };
        Ok(HubPublic {
            statements_key: key(&self.statements)?,
            journal_key: key(&self.journal)?,
            pin: self.tls.pin()?,
        })
    }

    /// The signing key of one of the mission's logs.
    ///
    /// # Errors
    /// When it cannot be used.
    pub fn signer(
        &self,
        mission: MissionId,
        log: LogKind,
        generation: u64,
    ) -> Result<LogSigner, KeysRefusal> {
        let seed = match log {
            LogKind::Statements => &self.statements,
            LogKind::Journal => &self.journal,
        };
        let origin = KeyName::parse(&log_origin(mission, log, generation)).map_err(|_| KeyUnusable)?;
        Ok(LogSigner::new(origin, seed)?)
    }

    /// Key and certificate for TLS.
    pub(crate) const fn tls(&self) -> &TlsIdentity {
        &self.tls
    }
}

impl fmt::Debug for HubKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HubKeys(secret)")
    }
}

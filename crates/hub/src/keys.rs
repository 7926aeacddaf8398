//! The hub's keys: one for each log, one for TLS. They lie in a folder that only the hub's user can enter.

use std::fmt;
use std::path::{Path, PathBuf};

use counterseal_ledger::{KeyName, KeyUnusable, LogSigner, Seed};
use counterseal_model::MissionId;
use counterseal_register::{LogKind, log_origin, sha256};
use rand_core::CryptoRng;
use rcgen::PublicKeyData;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::files;

const STATEMENTS: &str = "statements.key";
const JOURNAL: &str = "journal.key";
const TLS_KEY: &str = "tls.key";
const CERTIFICATE: &str = "tls.crt";

/// Why there are no keys to work with.
#[derive(Debug, thiserror::Error)]
pub enum KeysRefusal {
    /// There are keys already: others would cut the mission off from its logs.
    #[error("{} holds a hub's keys already; they are not replaced", folder.display())]
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
    #[error("{} is not a key of a hub; restore it from where the keys are kept", path.display())]
    NotAKey {
        /// Which.
        path: PathBuf,
    },
    /// The library refuses.
    #[error("the certificate cannot be made: {reason}")]
    Certificate {
        /// What it said.
        reason: String,
    },
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
    tls: Zeroizing<Vec<u8>>,
    certificate: Vec<u8>,
}

impl HubKeys {
    /// Makes keys and writes them to a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When there are keys already, or they cannot be written.
    pub fn make(folder: &Path, rng: &mut impl CryptoRng) -> Result<Self, KeysRefusal> {
        let unwritable = |path: &Path| {
            let path = path.to_owned();
            move |reason| KeysRefusal::File { path, reason }
        };
        files::private_folder(folder).map_err(unwritable(folder))?;
        if [STATEMENTS, JOURNAL, TLS_KEY, CERTIFICATE].iter().any(|name| folder.join(name).exists()) {
            return Err(KeysRefusal::Present { folder: folder.to_owned() });
        }
        let (statements, journal) = (Seed::make(rng), Seed::make(rng));
        let (tls, certificate) = make_certificate()?;
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            files::write_private(&path, bytes).map_err(unwritable(&path))
        };
        write(STATEMENTS, Zeroizing::new(hex::encode(statements.reveal())).as_bytes())?;
        write(JOURNAL, Zeroizing::new(hex::encode(journal.reveal())).as_bytes())?;
        write(TLS_KEY, &tls)?;
        write(CERTIFICATE, &certificate)?;
        Ok(Self { statements, journal, tls, certificate })
    }

    /// Reads the keys in a folder.
    ///
    /// # Errors
    /// When one is missing or is none.
    pub fn load(folder: &Path) -> Result<Self, KeysRefusal> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path)
                .map(Zeroizing::new)
                .map_err(|reason| KeysRefusal::File { path: path.clone(), reason })
        };
        let seed = |name: &str| {
            let bytes = read(name)?;
            let mut seed = [0; 32];
            let decoded = hex::decode_to_slice(bytes.trim_ascii(), &mut seed);
            decoded.map_err(|_| KeysRefusal::NotAKey { path: folder.join(name) })?;
            Ok::<_, KeysRefusal>(Seed::from_bytes(seed))
        };
        Ok(Self {
            statements: seed(STATEMENTS)?,
            journal: seed(JOURNAL)?,
            tls: read(TLS_KEY)?,
            certificate: read(CERTIFICATE)?.to_vec(),
        })
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
        let pair = rcgen::KeyPair::try_from(self.tls.as_slice()).map_err(certificate)?;
        Ok(HubPublic {
            statements_key: key(&self.statements)?,
            journal_key: key(&self.journal)?,
            pin: sha256(&[&pair.subject_public_key_info()]),
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

    /// Certificate and key for TLS.
    pub(crate) fn tls(&self) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = PrivatePkcs8KeyDer::from(self.tls.to_vec());
        (CertificateDer::from(self.certificate.clone()), PrivateKeyDer::Pkcs8(key))
    }
}

impl fmt::Debug for HubKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HubKeys(secret)")
    }
}

/// A key and a certificate by itself. Nobody looks at its name and its dates: desks know its key from the
/// register. The library draws the key's randomness itself.
fn make_certificate() -> Result<(Zeroizing<Vec<u8>>, Vec<u8>), KeysRefusal> {
    let pair = rcgen::KeyPair::generate().map_err(certificate)?;
    let params = rcgen::CertificateParams::new(vec!["hub.counterseal.invalid".to_owned()]);
    let made = params.and_then(|params| params.self_signed(&pair)).map_err(certificate)?;
    Ok((Zeroizing::new(pair.serialize_der()), made.der().to_vec()))
}

fn certificate(error: rcgen::Error) -> KeysRefusal {
    KeysRefusal::Certificate { reason: error.to_string() }
}

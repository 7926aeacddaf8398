//! A server's key and certificate for TLS. Others know it by its pin: SHA-256 of the key's SubjectPublicKeyInfo.

use std::fmt;
use std::path::Path;

use rcgen::PublicKeyData;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

use crate::keys::{KeyFileRefusal, read_secret, write_secret};
use crate::pin::pin_of;

const KEY: &str = "tls.key";
const CERTIFICATE: &str = "tls.crt";

/// A server's key and certificate for TLS.
pub struct TlsIdentity {
    key: Zeroizing<Vec<u8>>,
    certificate: Vec<u8>,
}

impl TlsIdentity {
    /// The names of its files in the folder of the keys: the key in PKCS #8, and the certificate, both DER.
    pub const FILES: [&str; 2] = [KEY, CERTIFICATE];

    /// Makes a key and a certificate by itself for a host's name. Nobody looks at its name and its dates: who
    /// connects knows its key by the pin. The library draws the key's randomness itself.
    ///
    /// # Errors
    /// When the library refuses.
    pub fn make(name: &str) -> Result<Self, KeyFileRefusal> {
        let pair = rcgen::KeyPair::generate().map_err(refused)?;
        let params = rcgen::CertificateParams::new(vec![name.to_owned()]);
        let made = params.and_then(|params| params.self_signed(&pair)).map_err(refused)?;
        Ok(Self { key: Zeroizing::new(pair.serialize_der()), certificate: made.der().to_vec() })
    }

    /// Writes both files, which are not there yet.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), KeyFileRefusal> {
        write_secret(&folder.join(KEY), &self.key)?;
        write_secret(&folder.join(CERTIFICATE), &self.certificate)
    }

    /// Reads both files.
    ///
    /// # Errors
    /// When one cannot be read. What is in them is looked at when they are used.
    pub fn load(folder: &Path) -> Result<Self, KeyFileRefusal> {
        let certificate = read_secret(&folder.join(CERTIFICATE))?.to_vec();
        Ok(Self { key: read_secret(&folder.join(KEY))?, certificate })
    }

    /// SHA-256 of the key's SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// When the key is none.
    pub fn pin(&self) -> Result<[u8; 32], KeyFileRefusal> {
        let pair = rcgen::KeyPair::try_from(self.key.as_slice()).map_err(refused)?;
        Ok(pin_of(&pair.subject_public_key_info()))
    }

    pub(crate) fn parts(&self) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = PrivatePkcs8KeyDer::from(self.key.to_vec());
        (CertificateDer::from(self.certificate.clone()), PrivateKeyDer::Pkcs8(key))
    }
}

impl fmt::Debug for TlsIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TlsIdentity(secret)")
    }
}

fn refused(error: rcgen::Error) -> KeyFileRefusal {
    KeyFileRefusal::Certificate { reason: error.to_string() }
}

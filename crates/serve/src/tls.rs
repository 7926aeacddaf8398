//! TLS 1.3 (RFC 8446) and nothing older, with the hybrid group X25519MLKEM768 first.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::identity::TlsIdentity;
use crate::pin::Pinned;
use crate::timed::Timed;
use crate::unsent::bound_unsent;

/// What a client asks for that speaks HTTP/1.1 (ALPN).
pub const HTTP: &[u8] = b"http/1.1";
/// Label of the bytes that are signed to show that one speaks in this connection (RFC 5705).
const EXPORTER: &[u8] = b"EXPORTER-counterseal-sync";

/// The library refuses a key, a certificate or a file of one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TlsRefusal(String);

impl TlsRefusal {
    fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}

/// The algorithms. Nothing but the library's own order of preference: X25519MLKEM768 comes first.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// How long a server waits for the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// To the end of the TLS handshake.
    pub handshake: Duration,
    /// Without a byte from the other side while one is waited for.
    pub idle: Duration,
    /// Without a byte taken by the other side while something is to be written.
    pub stalled: Duration,
}

/// A connection to a server of ours, after the handshake.
pub type TlsStream = tokio_rustls::server::TlsStream<Timed<TcpStream>>;

/// A server's side of TLS.
#[derive(Clone)]
pub struct TlsDoor {
    acceptor: TlsAcceptor,
    pub(crate) patience: Patience,
}

impl TlsDoor {
    /// A server with this key, which speaks these protocols (ALPN).
    ///
    /// # Errors
    /// When the key or the certificate is none.
    pub fn new(identity: &TlsIdentity, protocols: &[&[u8]], patience: Patience) -> Result<Self, TlsRefusal> {
        let (certificate, key) = identity.parts();
        let mut config = ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .and_then(|config| config.with_no_client_auth().with_single_cert(vec![certificate], key))
            .map_err(TlsRefusal::new)?;
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
        // Nothing is taken before the handshake is through: it could be replayed.
        config.max_early_data_size = 0;
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), patience })
    }

    /// Shakes hands with whoever has connected. None when it comes to nothing in time.
    pub async fn shake_hands(&self, stream: TcpStream) -> Option<TlsStream> {
        // Small frames are not held back; where that fails they are.
        drop(stream.set_nodelay(true));
        bound_unsent(&stream);
        let stream = Timed::new(stream, self.patience.idle, self.patience.stalled);
        timeout(self.patience.handshake, self.acceptor.accept(stream)).await.ok()?.ok()
    }
}

impl std::fmt::Debug for TlsDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TlsDoor").field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// The protocol that both sides agreed on (ALPN).
#[must_use]
pub fn protocol(stream: &TlsStream) -> Option<&[u8]> {
    stream.get_ref().1.alpn_protocol()
}

/// 32 bytes that only the two ends of this connection have (RFC 5705). What is signed over them is worth nothing in
/// another connection.
#[must_use]
pub fn exporter(stream: &TlsStream) -> Option<[u8; 32]> {
    stream.get_ref().1.export_keying_material([0; 32], EXPORTER, None).ok()
}

/// The same, at the client's end.
pub(crate) fn clients_exporter(stream: &tokio_rustls::client::TlsStream<TcpStream>) -> Option<[u8; 32]> {
    stream.get_ref().1.export_keying_material([0; 32], EXPORTER, None).ok()
}

/// Which certificates a client takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust<'a> {
    /// Those that the system's roots vouch for.
    Roots,
    /// Those that the one in this file vouches for, in PEM.
    Certificate(&'a Path),
    /// Those whose key has one of these pins (SHA-256 of the SubjectPublicKeyInfo), whoever vouches for them.
    Pins(&'a [[u8; 32]]),
}

impl<'a> Trust<'a> {
    /// The certificate in a file, or without one the system's roots.
    #[must_use]
    pub fn file(certificate: Option<&'a Path>) -> Self {
        certificate.map_or(Self::Roots, Self::Certificate)
    }

    /// A client's side of TLS.
    pub(crate) fn connector(self) -> Result<TlsConnector, TlsRefusal> {
        let config = ClientConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&rustls::version::TLS13])
            .map_err(TlsRefusal::new)?;
        let mut roots = RootCertStore::empty();
        match self {
            Self::Pins(pins) => {
                let verifier = Arc::new(Pinned { pins: pins.to_vec(), provider: provider() });
                let config = config.dangerous().with_custom_certificate_verifier(verifier);
                return Ok(TlsConnector::from(Arc::new(config.with_no_client_auth())));
            }
            Self::Certificate(path) => {
                let pem = CertificateDer::from_pem_file(path).map_err(TlsRefusal::new)?;
                roots.add(pem).map_err(TlsRefusal::new)?;
            }
            // Of the system's own, those that cannot be read are left out.
            Self::Roots => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

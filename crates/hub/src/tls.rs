//! TLS 1.3 and nothing older, with the hybrid group X25519MLKEM768 first.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;

use crate::keys::HubKeys;

/// What desks ask for: a session of frames.
pub(crate) const SYNC: &[u8] = b"counterseal/1";
/// What readers of the logs ask for.
pub(crate) const HTTP: &[u8] = b"http/1.1";
/// Label of the bytes that a device signs to open a session (RFC 5705).
pub(crate) const EXPORTER: &[u8] = b"EXPORTER-counterseal-sync";

/// The algorithms. Nothing but the library's own order of preference: X25519MLKEM768 comes first.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}

/// The server's side.
pub(crate) fn server(keys: &HubKeys) -> Result<Arc<rustls::ServerConfig>, rustls::Error> {
    let (certificate, key) = keys.tls();
    let mut config = rustls::ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)?;
    config.alpn_protocols = vec![SYNC.to_vec(), HTTP.to_vec()];
    // Nothing is taken before the handshake is through: it could be replayed.
    config.max_early_data_size = 0;
    Ok(Arc::new(config))
}

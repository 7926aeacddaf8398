//! The little of HTTP/1.1 that hub and witness speak: one client that keeps its connection, and answers.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

/// Most bytes of an answer, if nothing else is said: a note with all its cosignatures.
const MAX_ANSWER: usize = 256 * 1024;

/// What servers here answer with.
pub(crate) type Answer = Response<Full<Bytes>>;

/// An answer with a status, a type and a body.
pub(crate) fn answer(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// An answer in words.
pub(crate) fn text(status: StatusCode, body: impl Into<Bytes>) -> Answer {
    answer(status, "text/plain; charset=utf-8", body)
}

/// An address of a server: scheme, host, port, and a path that ends with a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url {
    tls: bool,
    host: String,
    port: u16,
    path: String,
}

impl Url {
    /// Reads `http://host[:port]/path` or `https://...`; none if it is not one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (tls, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return None,
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let printable = |text: &str| text.bytes().all(|b| b.is_ascii_graphic() && !b"?#@\"".contains(&b));
        // An address of IPv6 has colons of its own, within brackets.
        let split = authority.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
        let (host, port) = match split {
            Some((host, port)) => (host, port.parse().ok()?),
            None => (authority, if tls { 443 } else { 80 }),
        };
        if host.is_empty() || !printable(authority) || !printable(path) {
            return None;
        }
        let path = format!("/{}/", path.trim_end_matches('/')).replace("//", "/");
        Some(Self { tls, host: host.to_owned(), port, path })
    }

    fn name(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpFailure {
    /// No answer in time.
    #[error("no answer within {0:?}")]
    Late(Duration),
    /// No connection, or it broke.
    #[error("no connection: {0}")]
    Io(#[from] std::io::Error),
    /// Not HTTP as it should be.
    #[error("no answer that can be read: {0}")]
    Http(#[from] hyper::Error),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

/// A client of one server.
pub(crate) struct HttpClient {
    url: Url,
    tls: Option<TlsConnector>,
    patience: Duration,
    most: usize,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl HttpClient {
    /// A client of the server at an address, which trusts one certificate or, without it, the system's roots.
    pub(crate) fn new(url: Url, trusted: Option<&Path>, patience: Duration) -> Result<Self, HttpFailure> {
        let tls = if url.tls { Some(connector(trusted)?) } else { None };
        Ok(Self { url, tls, patience, most: MAX_ANSWER, open: None })
    }

    /// The same, for answers of so many bytes at most.
    pub(crate) const fn with_room(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// One request; its path follows on the address's. Gives the status and the body.
    pub(crate) async fn request(
        &mut self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        let done = tokio::time::timeout(self.patience, self.try_request(method, path, body)).await;
        match done {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(failure)) => {
                self.open = None;
                Err(failure)
            }
            Err(_) => {
                self.open = None;
                Err(HttpFailure::Late(self.patience))
            }
        }
    }

    async fn try_request(
        &mut self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        let mut sender = match self.open.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => self.connect().await?,
        };
        if sender.ready().await.is_err() {
            sender = self.connect().await?;
        }
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url.path))
            .header(HOST, format!("{}:{}", self.url.host, self.url.port))
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| HttpFailure::Other(error.to_string()))?;
        let answer = sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), self.most).collect().await;
        let body = body.map_err(|error| HttpFailure::Other(error.to_string()))?.to_bytes().to_vec();
        self.open = Some(sender);
        Ok((status, body))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, HttpFailure> {
        let stream = TcpStream::connect((self.url.name(), self.url.port)).await?;
        stream.set_nodelay(true)?;
        match &self.tls {
            None => Self::speak(stream).await,
            Some(tls) => {
                let name = ServerName::try_from(self.url.name().to_owned());
                let name = name.map_err(|error| HttpFailure::Other(error.to_string()))?;
                Self::speak(tls.connect(name, stream).await?).await
            }
        }
    }

    async fn speak<S>(stream: S) -> Result<SendRequest<Full<Bytes>>, HttpFailure>
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with its sender, or with the server's connection.
        tokio::spawn(async move { drop(connection.await) });
        Ok(sender)
    }
}

fn connector(trusted: Option<&Path>) -> Result<TlsConnector, HttpFailure> {
    let other = |error: String| HttpFailure::Other(error);
    let mut roots = rustls::RootCertStore::empty();
    match trusted {
        Some(path) => {
            let pem = CertificateDer::from_pem_file(path).map_err(|error| other(error.to_string()))?;
            roots.add(pem).map_err(|error| other(error.to_string()))?;
        }
        None => drop(roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs)),
    }
    let config = rustls::ClientConfig::builder_with_provider(crate::tls::provider())
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|error| other(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn addresses_are_read_whole_or_not_at_all() {
        let url = Url::parse("https://w.example").unwrap();
        assert_eq!((url.tls, url.port, url.path.as_str()), (true, 443, "/"));
        let url = Url::parse("http://127.0.0.1:8080/a/b").unwrap();
        assert_eq!(
            (url.tls, url.host.as_str(), url.port, url.path.as_str()),
            (false, "127.0.0.1", 8080, "/a/b/")
        );
        assert_eq!(Url::parse("http://[::1]:80/").unwrap().name(), "::1");
        for bad in ["", "ftp://x/", "http://", "http://:80/", "http://x:y/", "http://a b/", "http://x/?q"] {
            assert_eq!(Url::parse(bad), None, "{bad}");
        }
    }
}

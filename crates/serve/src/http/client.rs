//! A client that keeps its connection.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::HOST;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::url::Url;
use crate::tls::{TlsRefusal, Trust, clients_exporter};

/// Most bytes of an answer unless the caller says otherwise: a note with all its cosignatures.
const MAX_ANSWER: usize = 256 * 1024;

/// Why a request came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum HttpFailure {
    /// No answer in time.
    #[error("no answer within {0:?}")]
    Late(Duration),
    /// No connection, or it broke.
    #[error("no connection: {0}")]
    Io(#[from] std::io::Error),
    /// Not HTTP as it should be.
    #[error("no answer that can be read: {0}")]
    Http(#[from] hyper::Error),
    /// TLS cannot be set up.
    #[error(transparent)]
    Tls(#[from] TlsRefusal),
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

fn other(error: impl ToString) -> HttpFailure {
    HttpFailure::Other(error.to_string())
}

/// A client of one server.
pub struct HttpClient {
    url: Url,
    tls: Option<TlsConnector>,
    patience: Duration,
    most: usize,
    open: Option<Open>,
}

/// A connection.
struct Open {
    sender: SendRequest<Full<Bytes>>,
    /// None of a connection in the clear.
    exporter: Option<[u8; 32]>,
}

impl HttpClient {
    /// A client of the server at an address. Whom it trusts matters for https alone. `patience` is for a whole
    /// request, with the connection that it may need.
    ///
    /// # Errors
    /// When the file of a certificate cannot be read.
    pub fn new(url: Url, trust: Trust<'_>, patience: Duration) -> Result<Self, HttpFailure> {
        let tls = if url.tls { Some(trust.connector()?) } else { None };
        Ok(Self { url, tls, patience, most: MAX_ANSWER, open: None })
    }

    /// Takes answers of up to so many bytes, instead of 256 KiB.
    #[must_use]
    pub const fn with_answers_up_to(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// One request; its path follows on the address's. Gives the status and the body.
    ///
    /// # Errors
    /// When no answer comes in time, or a longer one than is taken.
    pub async fn request(
        &mut self,
        method: Method,
        path: &str,
        body: Vec<u8>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        self.in_time(method, path, |_| Ok(body)).await
    }

    /// One `POST` whose body is made for the connection that it goes out on: it gets that connection's exporter, 32
    /// bytes that only both ends have (RFC 5705). Gives the status and the body of the answer. It is never sent
    /// twice by itself; after a failure nobody knows whether it arrived.
    ///
    /// # Errors
    /// As [`HttpClient::request`], when the address is not https, or what `make` says.
    pub async fn post_bound(
        &mut self,
        path: &str,
        make: impl FnOnce(&[u8; 32]) -> Result<Vec<u8>, String>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        let make = |exporter: Option<[u8; 32]>| {
            let exporter = exporter.ok_or_else(|| other("a connection in the clear can bind nothing"))?;
            make(&exporter).map_err(HttpFailure::Other)
        };
        self.in_time(Method::POST, path, make).await
    }

    /// The exporter of the connection that the next request goes out on, which is made now if there is none: for
    /// whoever signs elsewhere than in [`HttpClient::post_bound`], and looks there whether it is the same still.
    ///
    /// # Errors
    /// When there is no connection, or one in the clear.
    pub async fn exporter(&mut self) -> Result<[u8; 32], HttpFailure> {
        if self.open.as_ref().is_none_or(|open| open.sender.is_closed()) {
            let open = tokio::time::timeout(self.patience, self.connect()).await;
            self.open = Some(open.map_err(|_| HttpFailure::Late(self.patience))??);
        }
        let exporter = self.open.as_ref().and_then(|open| open.exporter);
        exporter.ok_or_else(|| other("a connection in the clear can bind nothing"))
    }

    async fn in_time(
        &mut self,
        method: Method,
        path: &str,
        body: impl FnOnce(Option<[u8; 32]>) -> Result<Vec<u8>, HttpFailure>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        // A connection on which a request failed is not used again: `open` was taken, and is not put back.
        let done = tokio::time::timeout(self.patience, self.try_request(method, path, body)).await;
        done.unwrap_or(Err(HttpFailure::Late(self.patience)))
    }

    async fn try_request(
        &mut self,
        method: Method,
        path: &str,
        body: impl FnOnce(Option<[u8; 32]>) -> Result<Vec<u8>, HttpFailure>,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        let mut open = match self.open.take() {
            Some(open) if !open.sender.is_closed() => open,
            _ => self.connect().await?,
        };
        if open.sender.ready().await.is_err() {
            open = self.connect().await?;
        }
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url.path))
            .header(HOST, format!("{}:{}", self.url.host, self.url.port))
            .body(Full::new(Bytes::from(body(open.exporter)?)))
            .map_err(other)?;
        let answer = open.sender.send_request(request).await?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), self.most).collect().await;
        let body = body.map_err(other)?.to_bytes().to_vec();
        self.open = Some(open);
        Ok((status, body))
    }

    async fn connect(&self) -> Result<Open, HttpFailure> {
        let stream = TcpStream::connect((self.url.name(), self.url.port)).await?;
        stream.set_nodelay(true)?;
        let Some(tls) = &self.tls else {
            return Ok(Open { sender: speak(stream).await?, exporter: None });
        };
        let name = ServerName::try_from(self.url.name().to_owned()).map_err(other)?;
        let stream = tls.connect(name, stream).await?;
        let exporter = clients_exporter(&stream);
        Ok(Open { sender: speak(stream).await?, exporter })
    }
}

impl std::fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpClient").field("url", &self.url).finish_non_exhaustive()
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

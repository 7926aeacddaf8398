//! The little of HTTP/1.1 that a desk speaks (RFC 9112): GET and POST, by TLS or on this machine, GET with several
//! requests ahead of their answers. What comes is bounded before it is kept.

use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::pin::{Noting, Pinned, Shown};

/// The label of the exporter that signatures are bound to: that of sessions with a hub.
const EXPORTER: &[u8] = b"EXPORTER-counterseal-sync";
/// Most bytes before a body.
const MAX_HEAD: usize = 16 * 1024;
/// Reads that may bring next to nothing; beyond, they bring at least so many bytes on average.
const IDLE_READS: usize = 256;
const BYTES_A_READ: usize = 64;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) tls: bool,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// Empty, or what begins with a slash and does not end with one.
    pub(crate) path: String,
}

/// Whom to believe that it is the server.
pub(crate) enum Trust {
    /// Who shows a key that is pinned.
    Pins(Vec<[u8; 32]>, Shown),
    /// Anyone; the pin is noted, and checked later.
    Later(Shown),
    /// Whom the system's roots vouch for.
    System,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpFailure {
    /// No connection, or it broke.
    #[error("{0}")]
    Line(#[from] io::Error),
    /// TLS.
    #[error("{0}")]
    Tls(#[from] rustls::Error),
    /// What came is no answer, or a longer one than there can be.
    #[error("its answer cannot be read: {0}")]
    Answer(&'static str),
}

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// A connection that is asked again and again.
pub(crate) struct HttpGet {
    stream: Box<dyn Stream>,
    place: Place,
    /// What came and is not used up.
    ahead: Vec<u8>,
    reads: usize,
    read: usize,
    /// What binds a signature to this TLS connection; none without TLS.
    exporter: Option<[u8; 32]>,
}

impl HttpGet {
    /// Connects. Nothing takes longer than `patience` without a byte.
    pub(crate) fn connect(place: &Place, trust: Trust, patience: Duration) -> Result<Self, HttpFailure> {
        let name = place.host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let found = (name.as_str(), place.port).to_socket_addrs()?;
        let mut last = io::Error::from(io::ErrorKind::AddrNotAvailable);
        let mut socket = None;
        for address in found.take(4) {
            match TcpStream::connect_timeout(&address, patience) {
                Ok(connected) => {
                    socket = Some(connected);
                    break;
                }
                Err(error) => last = error,
            }
        }
        let mut socket = socket.ok_or(last)?;
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(patience))?;
        socket.set_write_timeout(Some(patience))?;
        let (stream, exporter): (Box<dyn Stream>, _) = match place.tls {
            false => (Box::new(socket), None),
            true => {
                let name = ServerName::try_from(name).map_err(|_| HttpFailure::Answer("it has no name"))?;
                let mut tls = ClientConnection::new(Arc::new(config(trust)?), name)?;
                shake_hands(&mut tls, &mut socket)?;
                let exporter = tls.export_keying_material([0; 32], EXPORTER, None)?;
                (Box::new(StreamOwned::new(tls, socket)), Some(exporter))
            }
        };
        Ok(Self { stream, place: place.clone(), ahead: Vec::new(), reads: 0, read: 0, exporter })
    }

    /// Asks for files, each by its path after the place's, and reads the answers: status, and a body of at
    /// most `most` bytes.
    pub(crate) fn get(&mut self, paths: &[String], most: usize) -> Result<Vec<(u16, Vec<u8>)>, HttpFailure> {
        let Place { host, port, path: before, .. } = &self.place;
        let requests: String = paths
            .iter()
            .map(|path| format!("GET {before}/{path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n"))
            .collect();
        self.stream.write_all(requests.as_bytes())?;
        self.stream.flush()?;
        paths.iter().map(|_| self.answer(most)).collect()
    }

    /// Hands over a body at a path after the place's, and reads the answer: status, and a body of at most `most`
    /// bytes.
    pub(crate) fn post(
        &mut self,
        path: &str,
        body: &[u8],
        most: usize,
    ) -> Result<(u16, Vec<u8>), HttpFailure> {
        let Place { host, port, path: before, .. } = &self.place;
        let length = body.len();
        let head = format!(
            "POST {before}/{path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/cbor\r\nContent-Length: {length}\r\n\r\n"
        );
        self.stream.write_all(head.as_bytes())?;
        self.stream.write_all(body)?;
        self.stream.flush()?;
        self.answer(most)
    }

    /// The exporter of the TLS connection (RFC 5705).
    pub(crate) fn exporter(&self) -> Option<[u8; 32]> {
        self.exporter
    }

    fn answer(&mut self, most: usize) -> Result<(u16, Vec<u8>), HttpFailure> {
        (self.reads, self.read) = (0, 0);
        let head = self.until(b"\r\n\r\n", MAX_HEAD)?;
        let head = str::from_utf8(&head).map_err(|_| HttpFailure::Answer("its head is no text"))?;
        let head = Head::read(head).ok_or(HttpFailure::Answer("its head is none of HTTP"))?;
        let body = match (head.chunked, head.length) {
            (true, _) => self.chunks(most)?,
            (false, Some(length)) if length <= most => self.exactly(length)?,
            (false, Some(_)) => return Err(HttpFailure::Answer("it is too long")),
            (false, None) => return Err(HttpFailure::Answer("it has no length")),
        };
        Ok((head.status, body))
    }

    fn chunks(&mut self, most: usize) -> Result<Vec<u8>, HttpFailure> {
        let mut body = Vec::new();
        loop {
            let line = self.until(b"\r\n", 64)?;
            let digits = str::from_utf8(&line).ok().and_then(|line| line.split(';').next());
            let length = digits.and_then(|digits| usize::from_str_radix(digits.trim(), 16).ok());
            let length = length.ok_or(HttpFailure::Answer("a piece has no length"))?;
            if length > most.saturating_sub(body.len()) {
                return Err(HttpFailure::Answer("it is too long"));
            }
            body.extend(self.exactly(length)?);
            if !self.until(b"\r\n", 2)?.is_empty() {
                return Err(HttpFailure::Answer("a piece does not end where it should"));
            }
            if length == 0 {
                return Ok(body);
            }
        }
    }

    fn exactly(&mut self, length: usize) -> Result<Vec<u8>, HttpFailure> {
        while self.ahead.len() < length {
            self.more()?;
        }
        let rest = self.ahead.split_off(length);
        Ok(std::mem::replace(&mut self.ahead, rest))
    }

    /// What comes before a mark, which is used up too.
    fn until(&mut self, mark: &[u8], most: usize) -> Result<Vec<u8>, HttpFailure> {
        loop {
            let found = self.ahead.windows(mark.len()).position(|window| window == mark);
            if let Some(at) = found.filter(|at| *at <= most) {
                let rest = self.ahead.split_off(at + mark.len());
                let mut before = std::mem::replace(&mut self.ahead, rest);
                before.truncate(at);
                return Ok(before);
            }
            if self.ahead.len() > most + mark.len() {
                return Err(HttpFailure::Answer("its head is too long"));
            }
            self.more()?;
        }
    }

    fn more(&mut self) -> Result<(), HttpFailure> {
        let mut buffer = [0; 16 * 1024];
        let count = self.stream.read(&mut buffer)?;
        if count == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.ahead.extend_from_slice(buffer.get(..count).unwrap_or_default());
        (self.reads, self.read) = (self.reads + 1, self.read + count);
        // One byte at a time, for ever, is no answer.
        match self.reads > IDLE_READS + self.read / BYTES_A_READ {
            true => Err(HttpFailure::Answer("it comes too slowly")),
            false => Ok(()),
        }
    }
}

/// Reads during a handshake, at most: an honest one takes a few.
const HANDSHAKE_READS: usize = 64;

fn shake_hands(tls: &mut ClientConnection, socket: &mut TcpStream) -> Result<(), HttpFailure> {
    for _ in 0..HANDSHAKE_READS {
        while tls.wants_write() {
            tls.write_tls(socket)?;
        }
        if !tls.is_handshaking() {
            return Ok(());
        }
        if tls.read_tls(socket)? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        let processed = tls.process_new_packets();
        if processed.is_err() {
            // The other side is told why, if it still listens.
            let _told = tls.write_tls(socket);
        }
        processed?;
    }
    Err(HttpFailure::Answer("it comes too slowly"))
}

/// What counts of an answer's head.
struct Head {
    status: u16,
    length: Option<usize>,
    chunked: bool,
}

impl Head {
    fn read(text: &str) -> Option<Self> {
        let mut lines = text.split("\r\n");
        let status = lines.next()?.strip_prefix("HTTP/1.")?.split(' ').nth(1)?;
        let mut head = Self { status: status.parse().ok()?, length: None, chunked: false };
        for line in lines {
            let (name, value) = line.split_once(':')?;
            let value = value.trim();
            if name.eq_ignore_ascii_case("content-length") {
                // Two lengths are two answers.
                if head.length.is_some() || !value.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                head.length = Some(value.parse().ok()?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                if !value.eq_ignore_ascii_case("chunked") {
                    return None;
                }
                head.chunked = true;
            }
        }
        // Both would say where it ends in two ways.
        (!(head.chunked && head.length.is_some())).then_some(head)
    }
}

fn config(trust: Trust) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_protocol_versions(&[&rustls::version::TLS13])?;
    let by = |verifier: Arc<dyn ServerCertVerifier>| {
        builder.clone().dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
    };
    let mut config = match trust {
        Trust::Pins(pins, shown) => by(Arc::new(Pinned { pins: Some(pins), shown, provider })),
        Trust::Later(shown) => by(Arc::new(Noting(Pinned { pins: Some(Vec::new()), shown, provider }))),
        Trust::System => {
            let mut roots = rustls::RootCertStore::empty();
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            builder.with_root_certificates(roots).with_no_client_auth()
        }
    };
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = rustls::client::Resumption::disabled();
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that answers one connection with these bytes and closes it.
    fn answers(bytes: Vec<u8>) -> HttpGet {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let _asked = socket.read(&mut request);
            let _said = socket.write_all(&bytes);
        });
        let place = Place { tls: false, host: "127.0.0.1".to_owned(), port, path: String::new() };
        HttpGet::connect(&place, Trust::System, Duration::from_secs(2)).unwrap()
    }

    fn ask(text: &[u8]) -> Result<Vec<(u16, Vec<u8>)>, HttpFailure> {
        answers(text.to_vec()).get(&["x".to_owned()], 10)
    }

    #[test]
    fn answers_are_read_by_length_or_in_pieces() {
        let plain = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc").unwrap();
        assert_eq!(plain, [(200, b"abc".to_vec())]);
        let pieces = b"HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
        assert_eq!(ask(pieces).unwrap(), [(404, b"abc".to_vec())]);
        let two =
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nb";
        let mut client = answers(two.to_vec());
        let both = client.get(&["x".to_owned(), "y".to_owned()], 10).unwrap();
        assert_eq!(both, [(200, b"a".to_vec()), (200, b"b".to_vec())]);
    }

    #[test]
    fn answers_that_are_too_long_or_end_in_two_ways_are_refused() {
        for bad in [
            &b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nabcdefghijk"[..],
            b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na",
            b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
            b"HTTP/1.1 200 OK\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
            b"SSH-2.0-x\r\n\r\n",
            b"",
        ] {
            assert!(ask(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
        assert!(ask(&[b'x'; 40_000]).is_err(), "a head without end");
    }
}

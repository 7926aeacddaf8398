//! A desk, as small as it can be: TLS with the hub's pin, and the desk's end of a session.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::*;
use counterseal_register::*;
use counterseal_seal::Signer;
use counterseal_sync::*;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{DigitallySignedStruct, Error, NamedGroup, SignatureScheme};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::common::*;

/// Trusts the one certificate whose key has the pin.
#[derive(Debug)]
struct Pinned([u8; 32], Arc<CryptoProvider>);

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let parsed =
            webpki::EndEntityCert::try_from(certificate).map_err(|e| Error::General(e.to_string()))?;
        let key = parsed.subject_public_key_info();
        if sha256(&[&key]) == self.0 {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::General("pin".into()))
        }
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.3 only".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.1.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.1.signature_verification_algorithms.supported_schemes()
    }
}

pub(crate) async fn connect(
    address: SocketAddr,
    pin: [u8; 32],
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    shake_hands(TcpStream::connect(address).await?, pin, protocol).await
}

/// TLS over a connection that is there.
pub(crate) async fn shake_hands(
    stream: TcpStream,
    pin: [u8; 32],
    protocol: &[u8],
) -> std::io::Result<TlsStream<TcpStream>> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .unwrap()
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Pinned(pin, provider)))
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    let name = ServerName::try_from("hub.counterseal.invalid").unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

pub(crate) fn group(stream: &TlsStream<TcpStream>) -> NamedGroup {
    stream.get_ref().1.negotiated_key_exchange_group().unwrap().name()
}

/// A desk in a session.
pub(crate) struct Desk {
    pub(crate) stream: TlsStream<TcpStream>,
    pub(crate) session: DeskSession,
    input: Vec<u8>,
}

/// What a session gave.
#[derive(Debug, Default)]
pub(crate) struct Got {
    pub(crate) welcome: Option<Welcome>,
    pub(crate) statements: Vec<Vec<u8>>,
    pub(crate) leaves: Vec<LeafBytes>,
    pub(crate) entries: Vec<(u64, Entry)>,
    pub(crate) parts: Vec<u8>,
    pub(crate) accepted: Vec<Acceptance>,
    pub(crate) refused: Vec<(Pushed, String)>,
    pub(crate) grown: Vec<Grown>,
    pub(crate) ended: Option<String>,
    pub(crate) done: bool,
}

pub(crate) fn nothing() -> Known {
    let empty = LogHead { size: 0, root: Bytes(LogEnd::EMPTY.root) };
    Known::new(empty, empty, Held::nothing())
}

impl Desk {
    pub(crate) async fn open(
        site: &Site,
        address: SocketAddr,
        person: &Person,
        change: impl FnOnce(&mut Hello),
    ) -> Self {
        let stream = connect(address, site.public.pin, b"counterseal/1").await.unwrap();
        let label = b"EXPORTER-counterseal-sync";
        let exporter = stream.get_ref().1.export_keying_material([0; 32], label, None).unwrap();
        let (mission, device) = (site.world.mission(), person.device.id());
        let mut payload = counterseal_model::cbor::Writer::with_capacity(96);
        payload.array(3).bytes(mission.as_bytes()).bytes(device.as_bytes()).bytes(&exporter);
        let payload = payload.into_bytes();
        let signed = person.device.signatures(Label::SYNC_HELLO, &payload).unwrap();
        let signature = signed[0].signature.as_slice().try_into().unwrap();
        let mut hello = Hello::new(mission, device, signature, nothing(), site.clock.now());
        change(&mut hello);
        let session = DeskSession::new(hello, Budget::unlimited());
        Self { stream, session, input: Vec::new() }
    }

    pub(crate) async fn send(&mut self) {
        while let Some(frame) = self.session.next_output() {
            if let Err(error) = self.stream.write_all(&frame).await {
                let mut got = Got::default();
                self.talk(&mut got, |got, _| got.ended.is_some()).await;
                panic!("{error}: the hub has hung up, saying {:?}", got.ended);
            }
        }
        self.stream.flush().await.unwrap();
    }

    /// Talks until `enough` says so or the hub hangs up.
    pub(crate) async fn talk(&mut self, got: &mut Got, enough: impl Fn(&Got, &DeskSession) -> bool) {
        loop {
            let input = std::mem::take(&mut self.input);
            let mut rest = input.as_slice();
            while let Some(event) = self.session.feed(&mut rest).unwrap() {
                got.take(event);
            }
            self.input = rest.to_vec();
            // A hub that has hung up takes no more.
            while let Some(frame) = self.session.next_output() {
                if self.stream.write_all(&frame).await.is_err() {
                    break;
                }
            }
            drop(self.stream.flush().await);
            if enough(got, &self.session) {
                return;
            }
            let mut chunk = [0; 16 * 1024];
            match timeout(Duration::from_secs(10), self.stream.read(&mut chunk))
                .await
                .expect("the hub answers")
            {
                Ok(read) if read > 0 => self.input.extend_from_slice(&chunk[..read]),
                _ => return,
            }
        }
    }

    /// Says that nothing more will come, and talks to the end.
    pub(crate) async fn finish(&mut self) -> Got {
        let mut got = Got::default();
        self.session.close();
        self.talk(&mut got, |_, session| session.is_finished()).await;
        got
    }

    pub(crate) async fn push_statements(&mut self, statements: &[Vec<u8>]) {
        self.send().await;
        assert_eq!(self.session.push_statements(statements).items, statements.len());
        self.send().await;
    }

    pub(crate) async fn push(&mut self, entries: &[Entry]) {
        let mut rest = entries;
        while !rest.is_empty() {
            let taken = self.session.push_entries(Urgency::Ordinary, rest);
            rest = &rest[taken.items..];
            self.send().await;
        }
    }
}

impl Got {
    fn take(&mut self, event: DeskEvent) {
        match event {
            DeskEvent::Welcome(welcome) => self.welcome = Some(welcome),
            DeskEvent::Statements(statements) => {
                let bytes = statements.envelopes.into_vec().into_iter().map(Data::into_vec);
                self.statements.extend(bytes);
            }
            DeskEvent::Leaves(leaves) => self.leaves.extend_from_slice(leaves.leaves()),
            DeskEvent::Entries(entries) => {
                self.entries.extend(entries.into_iter().map(|one| (one.leaf.unwrap(), one.entry)));
            }
            DeskEvent::Part(part) => self.parts.extend_from_slice(&part.bytes),
            DeskEvent::Grown(grown) => self.grown.push(grown),
            DeskEvent::Accepted(accepted) => self.accepted.extend(accepted),
            DeskEvent::Refused(refused) => {
                self.refused.push((refused.what, refused.code.as_str().to_owned()))
            }
            DeskEvent::Done(_) => self.done = true,
            DeskEvent::Ended(code) => self.ended = Some(code.as_str().to_owned()),
        }
    }
}

/// A `GET` over the hub's port, as a reader of the logs makes it.
pub(crate) async fn get(site: &Site, address: SocketAddr, path: &str) -> (u16, Vec<u8>) {
    let mut stream = connect(address, site.public.pin, b"http/1.1").await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    answer(&mut stream).await
}

pub(crate) async fn answer(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> (u16, Vec<u8>) {
    let mut bytes = Vec::new();
    // A server that hangs up without TLS's goodbye has answered all the same.
    drop(stream.read_to_end(&mut bytes).await);
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&bytes[..at]);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, bytes[at + 4..].to_vec())
}

/// A request in the clear.
pub(crate) async fn plain(address: SocketAddr, request: String) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    answer(&mut stream).await
}

//! One connection, on one thread: it reads and writes whenever either is possible, so that two full buffers
//! never wait for each other.

use std::io::{self, Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection};

use super::error::LinkError;
use super::patience::{Pace, Patience, Since};
use super::pin::{Pinned, Shown};
use super::poll::Beside;
use super::unsent::bound_unsent;
use crate::desk::{Desk, Go, SLOT, SyncReport, SyncRun};

const SYNC: &[u8] = b"counterseal/1";
const EXPORTER: &[u8] = b"EXPORTER-counterseal-sync";
/// How often `progress` is asked while nothing comes.
const LOOK: Duration = Duration::from_millis(500);
/// Bytes that wait to be written before more is asked of the session.
const AHEAD: usize = 256 * 1024;

pub(super) struct Connection {
    tls: ClientConnection,
    socket: TcpStream,
    poll: Poll,
    waiting: usize,
    patience: Patience,
}

/// A TLS connection that has not begun, and what the other side will have shown.
pub(super) fn client(
    address: SocketAddr,
    pins: Option<Vec<[u8; 32]>>,
    protocol: &[u8],
) -> Result<(ClientConnection, Shown), LinkError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let shown = Shown::default();
    let verifier = Pinned { pins, shown: shown.clone(), provider: Arc::clone(&provider) };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.to_vec()];
    // A ticket would tell the hub's network which desk comes again.
    config.resumption = rustls::client::Resumption::disabled();
    // The name says nothing: the key is pinned, and an address tells no more than the connection does.
    let tls = ClientConnection::new(Arc::new(config), ServerName::IpAddress(address.ip().into()))?;
    Ok((tls, shown))
}

/// The slot of batches that it is (PROTOCOL 5), by the desk's own clock.
fn slot_of(desk: &Desk) -> i64 {
    desk.now().0.div_euclid(SLOT)
}

impl Connection {
    /// Connects; the other side is not known yet.
    pub(super) fn open(
        address: SocketAddr,
        pins: Vec<[u8; 32]>,
        patience: Patience,
    ) -> Result<(Self, Shown), LinkError> {
        let socket = std::net::TcpStream::connect_timeout(&address, patience.connect)?;
        socket.set_nodelay(true)?;
        bound_unsent(&socket);
        socket.set_nonblocking(true)?;
        let mut socket = TcpStream::from_std(socket);
        let poll = Poll::new()?;
        poll.registry().register(&mut socket, Token(0), Interest::READABLE | Interest::WRITABLE)?;
        let (mut tls, shown) = client(address, Some(pins), SYNC)?;
        tls.set_buffer_limit(None);
        Ok((Self { tls, socket, poll, waiting: 0, patience }, shown))
    }

    /// Waits until the other side has proved who it is, and speaks what we speak.
    pub(super) fn shake_hands(&mut self) -> Result<(), LinkError> {
        let begun = Since::now();
        while self.tls.is_handshaking() {
            let moved = self.transfer()?;
            // However the bytes come: one now and then would go on for ever.
            if begun.is_longer_than(self.patience.handshake) {
                return Err(LinkError::Silent);
            }
            if !moved {
                self.wait()?;
            }
        }
        // A server that chose no protocol, or knows none, would take frames for something else.
        match self.tls.alpn_protocol() {
            Some(SYNC) => Ok(()),
            _ => Err(rustls::Error::NoApplicationProtocol.into()),
        }
    }

    /// The bytes that bind a device's proof to this connection.
    pub(super) fn exporter(&self) -> Result<[u8; 32], LinkError> {
        Ok(self.tls.export_keying_material([0; 32], EXPORTER, None)?)
    }

    /// Carries a session to its end. `still` says whether the other side is still the one to talk to: what it
    /// has just told may have named another.
    pub(super) fn run(
        &mut self,
        desk: &mut Desk,
        run: &mut SyncRun,
        still: &dyn Fn(&Desk) -> Result<(), LinkError>,
        beside: &mut Beside,
        progress: &mut dyn FnMut(&SyncReport) -> Go,
    ) -> Result<SyncReport, LinkError> {
        let (mut heard, mut pace, mut turns) = (Since::now(), Pace::new(), 0u32);
        let mut slot = slot_of(desk);
        let mut input = vec![0; 64 * 1024];
        loop {
            self.fill(desk, run)?;
            let moved = self.transfer()?;
            let came = self.receive(desk, run, &mut input)?;
            if came {
                still(desk)?;
            }
            self.fill(desk, run)?;
            if run.is_settled() && slot_of(desk) != slot {
                slot = slot_of(desk);
                desk.ask_trustees(run.trustees())?;
                run.begin_slot(desk)?;
                continue;
            }
            if run.is_finished() && self.waiting == 0 && !self.tls.wants_write() {
                self.tls.send_close_notify();
                let _said = self.transfer();
                return Ok(run.report());
            }
            turns = turns.wrapping_add(1);
            let idle = !moved && !came;
            if (idle || turns.is_multiple_of(16)) && progress(&run.report()) == Go::Stop {
                return Ok(run.report());
            }
            if pace.is_lost(run.bytes(), run.is_settled(), &self.patience) {
                return Err(LinkError::Silent);
            }
            if idle && run.is_settled() {
                beside.look(desk, self.patience.witnesses)?;
            }
            if !idle {
                heard = Since::now();
                continue;
            }
            if heard.is_longer_than(self.patience.silence) {
                return Err(LinkError::Silent);
            }
            self.wait()?;
        }
    }

    /// Hands over what the session has to say, a little ahead of the line.
    fn fill(&mut self, desk: &Desk, run: &mut SyncRun) -> Result<(), LinkError> {
        while self.waiting < AHEAD {
            let Some(bytes) = run.next_output(desk)? else { return Ok(()) };
            self.tls.writer().write_all(&bytes)?;
            self.waiting += bytes.len();
        }
        Ok(())
    }

    /// Writes and reads what the line takes and gives; whether anything moved.
    fn transfer(&mut self) -> Result<bool, LinkError> {
        let mut moved = false;
        while self.tls.wants_write() {
            match self.tls.write_tls(&mut self.socket) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero).into()),
                Ok(_) => moved = true,
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => break,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
        }
        if !self.tls.wants_write() {
            self.waiting = 0;
        }
        if self.tls.wants_read() {
            match self.tls.read_tls(&mut self.socket) {
                Ok(0) if self.tls.is_handshaking() => {
                    return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
                }
                Ok(read) => moved |= read > 0,
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e.into()),
            }
            let processed = self.tls.process_new_packets();
            if processed.is_err() {
                // The other side is told why, if it still listens.
                let _told = self.tls.write_tls(&mut self.socket);
            }
            processed?;
        }
        Ok(moved)
    }

    /// Gives the session what has come; whether anything had.
    fn receive(&mut self, desk: &mut Desk, run: &mut SyncRun, input: &mut [u8]) -> Result<bool, LinkError> {
        let mut came = false;
        loop {
            match self.tls.reader().read(input) {
                // Closed in good order.
                Ok(0) if run.is_finished() => return Ok(came),
                Ok(0) => return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into()),
                Ok(count) => {
                    came = true;
                    let fed = run.feed(desk, input.get(..count).unwrap_or_default());
                    if let Err(error) = fed {
                        self.last_word(desk, run);
                        return Err(error.into());
                    }
                }
                Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(came),
                // All has been said on both sides: that the line was then cut takes nothing away.
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof && run.is_finished() => return Ok(came),
                Err(e) => return Err(e.into()),
            }
        }
    }

    /// Tells the hub why the session ends, if it still listens.
    fn last_word(&mut self, desk: &Desk, run: &mut SyncRun) {
        let _said = self.fill(desk, run);
        let _sent = self.transfer();
    }

    fn wait(&mut self) -> Result<(), LinkError> {
        let mut events = Events::with_capacity(4);
        match self.poll.poll(&mut events, Some(LOOK)) {
            Err(e) if e.kind() != io::ErrorKind::Interrupted => Err(e.into()),
            _ => Ok(()),
        }
    }
}

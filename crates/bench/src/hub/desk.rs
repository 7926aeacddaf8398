//! A desk without a store: TLS, the desk's end of a session, and pushes.

use std::collections::VecDeque;
use std::net::SocketAddr;

use counterseal_model::{CompartmentId, MissionId, Timestamp};
use counterseal_register::{Bytes, Entry};
use counterseal_seal::DeviceSecrets;
use counterseal_sync::{Budget, DeskEvent, DeskSession, Held, Hello, Known, List, LogHead, Urgency};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// What goes wrong in a task.
pub(super) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What a desk knows of the logs before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Knows {
    pub(super) mission: MissionId,
    pub(super) statements: u64,
    pub(super) journal: u64,
    pub(super) now: Timestamp,
    /// The compartment whose entries it asks for.
    pub(super) asks: CompartmentId,
}

pub(super) struct Desk {
    stream: TlsStream<TcpStream>,
    session: DeskSession,
    input: Vec<u8>,
    pub(super) accepted: usize,
}

impl Desk {
    /// Connects, and is about to say Hello.
    pub(super) async fn connect(
        tls: &TlsConnector,
        address: SocketAddr,
        secrets: &DeviceSecrets,
        knows: Knows,
    ) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let stream = tls.connect(ServerName::IpAddress(address.ip().into()), stream).await?;
        let mut exporter = [0; 32];
        exporter = stream.get_ref().1.export_keying_material(exporter, b"EXPORTER-counterseal-sync", None)?;
        let head = |size| LogHead { size, root: Bytes([0; 32]) };
        let held = Held { up_to: knows.journal, ..Held::nothing() };
        let known = Known::new(head(knows.statements), head(knows.journal), held);
        let signature = secrets.prove_session(knows.mission, &exporter)?;
        let mut hello = Hello::new(knows.mission, secrets.id(), signature, known, knows.now);
        hello.compartments = List::first(vec![knows.asks]);
        let session = DeskSession::new(hello, Budget::unlimited());
        Ok(Self { stream, session, input: Vec::new(), accepted: 0 })
    }

    /// Says Hello, and waits until the hub has answered.
    pub(super) async fn enter(&mut self) -> Result<()> {
        while !self.session.may_push_large() {
            self.talk().await?;
        }
        Ok(())
    }

    /// Pushes one frame of entries, and waits until all are durable.
    pub(super) async fn push(&mut self, entries: &[Entry]) -> Result<()> {
        self.send().await?;
        if self.session.push_entries(Urgency::Ordinary, entries).items != entries.len() {
            return Err("a push did not fit one frame".into());
        }
        let until = self.accepted + entries.len();
        while self.accepted < until {
            self.talk().await?;
        }
        Ok(())
    }

    /// Pushes entries as fast as the hub takes them, until `stop` says so.
    pub(super) async fn push_all(&mut self, entries: &[Entry], stop: impl Fn() -> bool) -> Result<()> {
        let mut waiting: VecDeque<&[Entry]> = entries.chunks(64).collect();
        let mut pushed = 0;
        while self.accepted < pushed || !(waiting.is_empty() || stop()) {
            // Half a megabyte: about what a desk's own connection keeps ready, and a line has under way.
            while pushed - self.accepted < super::AHEAD && !stop() && self.session.may_push() {
                let Some(chunk) = waiting.pop_front() else { break };
                let taken = self.session.push_entries(Urgency::Ordinary, chunk).items;
                pushed += taken;
                if let Some(rest) = chunk.get(taken..).filter(|rest| !rest.is_empty()) {
                    waiting.push_front(rest);
                }
                self.send().await?;
            }
            if self.accepted < pushed {
                self.talk().await?;
            }
        }
        Ok(())
    }

    /// Says that there is no more, and waits until the hub has said all.
    pub(super) async fn finish(&mut self) -> Result<()> {
        self.session.close();
        self.send().await?;
        while !self.session.is_finished() {
            self.talk().await?;
        }
        Ok(())
    }

    async fn send(&mut self) -> Result<()> {
        while let Some(frame) = self.session.next_output() {
            self.stream.write_all(&frame).await?;
        }
        Ok(self.stream.flush().await?)
    }

    async fn talk(&mut self) -> Result<()> {
        self.send().await?;
        let mut chunk = [0; 16 * 1024];
        let count = self.stream.read(&mut chunk).await?;
        if count == 0 {
            return Err("the hub has hung up".into());
        }
        self.input.extend_from_slice(chunk.get(..count).unwrap_or_default());
        let input = std::mem::take(&mut self.input);
        let mut rest = input.as_slice();
        while let Some(event) = self.session.feed(&mut rest)? {
            match event {
                DeskEvent::Accepted(accepted) => self.accepted += accepted.len(),
                DeskEvent::Refused(refused) => {
                    return Err(format!("a push was refused: {}", refused.code.as_str()).into());
                }
                DeskEvent::Ended(code) => return Err(format!("the hub ended it: {}", code.as_str()).into()),
                _ => {}
            }
        }
        self.input = rest.to_vec();
        self.send().await
    }
}

//! A witness on loopback in a temporary folder, a log to ask it about, and a client.

use std::net::SocketAddr;
use std::sync::Arc;

use counterseal_ledger::*;
use counterseal_model::{Clock, Timestamp};
use counterseal_witness::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A clock that stands.
#[derive(Debug)]
pub(crate) struct TestClock;

impl TestClock {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self)
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(1_790_000_000)
    }
}

/// A witness with its folder.
pub(crate) struct TestWitness {
    pub(crate) folder: TempDir,
    pub(crate) running: Option<RunningWitness>,
    pub(crate) address: SocketAddr,
}

impl TestWitness {
    /// Keys only; a port is found when it runs.
    pub(crate) fn new(n: u8) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let name = KeyName::parse(&format!("witness-{n}")).unwrap();
        let mut rng = ChaCha20Rng::seed_from_u64(100 + u64::from(n));
        WitnessKeys::make(&folder.path().join("witness.key"), name, &mut rng).unwrap();
        Self { folder, running: None, address: SocketAddr::from(([127, 0, 0, 1], 0)) }
    }

    pub(crate) async fn run(&mut self, keys: &[VerifierKey], clock: &Arc<TestClock>) {
        let config = WitnessConfig::new(self.folder.path().to_owned(), self.address, keys);
        let running = run_witness(&config, Arc::clone(clock) as _).await.unwrap();
        self.address = running.address();
        self.running = Some(running);
    }
}

/// A request in the clear.
pub(crate) async fn plain(address: SocketAddr, request: String) -> (u16, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes).await);
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&bytes[..at]);
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, bytes[at + 4..].to_vec())
}

pub(crate) fn post(body: &str) -> String {
    let length = body.len();
    format!(
        "POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// A log of its own, to ask a witness about.
pub(crate) struct Log {
    pub(crate) signer: LogSigner,
    edge: Edge,
    leaves: Vec<Hash>,
}

struct Naive<'a>(&'a [Hash]);

impl NodeReader for Naive<'_> {
    type Error = std::convert::Infallible;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error> {
        let mut frontier = Frontier::new();
        let range = (index << level) as usize..((index + 1) << level) as usize;
        self.0[range].iter().for_each(|leaf| frontier.push(*leaf));
        Ok(frontier.root())
    }
}

impl Log {
    pub(crate) fn new() -> Self {
        let name = KeyName::parse("example/log").unwrap();
        let signer = LogSigner::new(name, &Seed::from_bytes([5; 32])).unwrap();
        Self { signer, edge: Edge::new(), leaves: Vec::new() }
    }

    pub(crate) fn append(&mut self, entry: &str) -> VerifiedCheckpoint {
        let growth = self.edge.grow(&[entry.as_bytes().to_vec()]).unwrap();
        let (checkpoint, edge) = growth.durable().sign(&self.signer).unwrap().stored();
        self.edge = edge;
        self.leaves.push(Hash::leaf(entry.as_bytes()));
        checkpoint
    }

    pub(crate) fn request(&self, old: u64, checkpoint: &VerifiedCheckpoint) -> String {
        let proof = ConsistencyProof::make(old, checkpoint.head().size, &mut Naive(&self.leaves)).unwrap();
        AddCheckpoint { old_size: old, proof, checkpoint: checkpoint.signed().clone() }.to_string()
    }
}

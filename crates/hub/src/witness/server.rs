//! The witness's HTTP server: `POST /add-checkpoint`, and `GET /<folder>/checkpoint` for whoever polls.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use counterseal_ledger::{
    AddCheckpoint, CommitFailure, Cosigner, KeyName, Split, VerifierKey, Witness, WitnessRefusal,
    cosignature_lines,
};
use counterseal_model::Clock;
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use tokio::net::TcpListener;

use super::config::{WitnessConfig, WitnessConfigRefusal};
use super::keys::{WitnessKeys, WitnessKeysRefusal};
use super::store::{WitnessDatabase, WitnessRecords, WitnessStoreError};
use crate::doors::{Doors, allowed};
use crate::http::{Answer, answer, text};
use crate::serve::{Stop, serve_http};

/// Most bytes of a request: a note with all its cosignatures, and a proof before it.
const MAX_REQUEST: usize = 256 * 1024;

/// Why a witness cannot run.
#[derive(Debug, thiserror::Error)]
pub enum WitnessFailure {
    /// Its configuration.
    #[error(transparent)]
    Config(#[from] WitnessConfigRefusal),
    /// Its keys.
    #[error(transparent)]
    Keys(#[from] WitnessKeysRefusal),
    /// A key of its own.
    #[error(transparent)]
    Key(#[from] counterseal_ledger::KeyUnusable),
    /// Its store.
    #[error(transparent)]
    Store(#[from] WitnessStoreError),
    /// Its port.
    #[error("{address}: {reason}")]
    Port {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
}

/// A witness that runs until it is stopped.
#[derive(Debug)]
pub struct RunningWitness {
    address: SocketAddr,
    stop: Stop,
    task: tokio::task::JoinHandle<()>,
}

impl RunningWitness {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it: no new requests, and those that run are answered.
    pub async fn stop(self) {
        self.stop.now();
        // A task that panicked has stopped too.
        drop(self.task.await);
    }
}

struct Service {
    witness: Witness,
    keys: Vec<VerifierKey>,
    cosigner: Cosigner,
    store: Box<dyn WitnessRecords>,
    clock: Arc<dyn Clock + Send + Sync>,
}

/// Runs a witness.
///
/// # Errors
/// When its keys, its store or its port cannot be had.
pub async fn run_witness(
    config: &WitnessConfig,
    clock: Arc<dyn Clock + Send + Sync>,
) -> Result<RunningWitness, WitnessFailure> {
    let store = WitnessDatabase::open(&config.store())?;
    run_witness_with(config, clock, Box::new(store)).await
}

/// Runs a witness whose writes go through `store`.
///
/// # Errors
/// As [`run_witness`].
pub async fn run_witness_with(
    config: &WitnessConfig,
    clock: Arc<dyn Clock + Send + Sync>,
    store: Box<dyn WitnessRecords>,
) -> Result<RunningWitness, WitnessFailure> {
    let keys = config.keys()?;
    let service = Arc::new(Service {
        witness: Witness::new(keys.clone()),
        keys,
        cosigner: WitnessKeys::load(&config.key_file())?.cosigner()?,
        store,
        clock,
    });
    let port = |reason| WitnessFailure::Port { address: config.listen, reason };
    let listener = TcpListener::bind(config.listen).await.map_err(port)?;
    let (address, stop) = (listener.local_addr().map_err(port)?, Stop::default());
    // A network may have half of them, or one at the least.
    let doors = Doors::new(allowed(config.connections), config.connections.div_ceil(2));
    let serve = serve_http(listener, doors, stop.clone(), move |request| {
        let service = Arc::clone(&service);
        async move { Ok::<_, Infallible>(handle(service, request).await) }
    });
    tracing::info!(logs = config.logs.len(), "witness runs");
    Ok(RunningWitness { address, stop, task: tokio::spawn(serve) })
}

async fn handle(service: Arc<Service>, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    match (request.method(), path.as_str()) {
        (&Method::POST, "/add-checkpoint") => {
            let Ok(body) = Limited::new(request.into_body(), MAX_REQUEST).collect().await else {
                return text(StatusCode::BAD_REQUEST, "the request is too long or was cut off\n");
            };
            let body = body.to_bytes();
            let add = move || service.add_checkpoint(&body);
            tokio::task::spawn_blocking(add).await.unwrap_or_else(|_| broken())
        }
        (&Method::GET, "/health") => text(StatusCode::OK, "ok\n"),
        (&Method::GET, path) => {
            let path = path.to_owned();
            let look = move || service.checkpoint(&path);
            tokio::task::spawn_blocking(look).await.unwrap_or_else(|_| broken())
        }
        _ => text(StatusCode::METHOD_NOT_ALLOWED, "only POST /add-checkpoint and GET\n"),
    }
}

fn broken() -> Answer {
    text(StatusCode::INTERNAL_SERVER_ERROR, "the witness cannot answer now\n")
}

impl Service {
    /// tlog-witness, "add-checkpoint". What must be durable before the answer is in the types:
    /// `decide`, then `commit`, which stores and only then signs.
    fn add_checkpoint(&self, body: &[u8]) -> Answer {
        let request = match AddCheckpoint::parse(body) {
            Ok(request) => request,
            Err(malformed) => return refuse(&malformed.into()),
        };
        let (origin, signed) = (request.checkpoint.claims().origin().clone(), request.checkpoint.clone());
        let latest = match self.store.latest(origin.as_str(), &self.keys) {
            Ok(latest) => latest,
            Err(error) => return unstored(&error),
        };
        let pending = match self.witness.decide(request, latest.as_ref()) {
            Ok(pending) => pending,
            Err(WitnessRefusal::Split(split)) => return self.split(&origin, &split),
            Err(refusal) => return refuse(&refusal),
        };
        let size = pending.checkpoint().head().size;
        let now = u64::try_from(self.clock.now().0).unwrap_or(0);
        match pending.commit(&self.store, &self.cosigner, now) {
            Ok(lines) => {
                self.keep(&origin, size, signed, &lines);
                text(StatusCode::OK, cosignature_lines(&lines))
            }
            Err(CommitFailure::Raced { size }) => conflict(size),
            Err(CommitFailure::Store { error }) => unstored(&error),
            Err(failure @ (CommitFailure::Clock { .. } | CommitFailure::Key(_))) => {
                tracing::error!(%failure, "cannot cosign");
                broken()
            }
        }
    }

    /// Keeps the proof that a log has shown two trees: worth more than the request. It names the mission, so
    /// it does not go to the log of events.
    fn split(&self, origin: &KeyName, split: &Split) -> Answer {
        tracing::error!(
            "a log has signed two trees; the proof is in the table `split` of the witness's store"
        );
        if let Err(error) = self.store.keep_split(origin.as_str(), &split.to_bytes()) {
            tracing::error!(%error, "the proof could not be kept");
        }
        conflict(split.smaller().head().size)
    }

    /// Keeps what desks poll for. The cosignatures have been given; a failure here is no reason to hold
    /// them back.
    fn keep(
        &self,
        origin: &KeyName,
        size: u64,
        mut signed: counterseal_ledger::SignedCheckpoint,
        lines: &[counterseal_ledger::SignatureLine],
    ) {
        if signed.add(lines.iter().cloned()).is_ok()
            && let Err(error) = self.store.keep_cosigned(origin.as_str(), size, &signed.to_string())
        {
            tracing::warn!(%error, "a cosigned checkpoint is not served");
        }
    }

    /// `/<SHA-256 of the origin>/checkpoint`, as mirrors serve it (tlog-mirror).
    fn checkpoint(&self, path: &str) -> Answer {
        let folder = path.strip_prefix('/').and_then(|path| path.strip_suffix("/checkpoint"));
        let key = self.keys.iter().find(|key| Some(key.name().mirror_folder().as_str()) == folder);
        let Some(key) = key else { return text(StatusCode::NOT_FOUND, "no such log\n") };
        match self.store.cosigned(key.name().as_str()) {
            Ok(Some(note)) => text(StatusCode::OK, note),
            Ok(None) => text(StatusCode::NOT_FOUND, "nothing cosigned yet\n"),
            Err(error) => unstored(&error),
        }
    }
}

fn refuse(refusal: &WitnessRefusal) -> Answer {
    if let Some(size) = refusal.size() {
        return conflict(size);
    }
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    text(status, format!("{refusal}\n"))
}

fn conflict(size: u64) -> Answer {
    answer(StatusCode::CONFLICT, "text/x.tlog.size", format!("{size}\n"))
}

fn unstored(error: &WitnessStoreError) -> Answer {
    tracing::error!(%error, "the store fails");
    broken()
}

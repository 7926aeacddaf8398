//! The trustee's port: TLS for desks, for readers of its release log and for the logs that it witnesses; beside it the
//! loop that mirrors both logs, and on loopback metrics. Normative text: docs/spec/trustee.md, sections 10 to 12.

mod files;
mod follow;
mod gate;
mod hub;
mod lists;
mod metrics;
mod restored;
mod succession;
mod view;
mod visit;
mod witness;
mod worker;

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use counterseal_model::{Clock, Timestamp};
use counterseal_serve::{Doors, HTTP, Patience, Stop, TlsDoor, Url, allowed, bind, serve_http, serve_https};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::config::TrusteeConfig;
use crate::operate::{OperationFailure, TrusteeKeys, load, status_of};
use crate::service::{Service, ServiceError, Setting};
use crate::store::{Randomness, RestoreCheck, Store};

use follow::Follower;
use gate::Gate;
use hub::HubLine;
use metrics::Metrics;
use succession::Successor;
use view::View;
use visit::Visit;
use witness::WitnessInside;
use worker::Worker;

/// How long the connections that are open have to end when the trustee stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// Connections to the metrics.
const METRICS: usize = 16;

/// Why a trustee cannot run.
#[derive(Debug, Error)]
pub enum TrusteeFailure {
    /// Its folder.
    #[error(transparent)]
    Folder(#[from] OperationFailure),
    /// Its port.
    #[error("{address}: {reason}")]
    Port {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
    /// TLS.
    #[error("TLS cannot be set up: {reason}")]
    Tls {
        /// What the library said.
        reason: String,
    },
    /// The hub's address.
    #[error("'{address}' is not an address of a hub")]
    Hub {
        /// What stands there.
        address: String,
    },
    /// The witness in it.
    #[error(transparent)]
    Witness(#[from] counterseal_witness::WitnessStoreError),
    /// The system gave no thread.
    #[error("no thread could be had: {0}")]
    Thread(std::io::Error),
}

impl From<crate::store::StoreError> for TrusteeFailure {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Folder(error.into())
    }
}

impl From<ServiceError> for TrusteeFailure {
    fn from(error: ServiceError) -> Self {
        Self::Folder(error.into())
    }
}

/// A clock that several parts ask.
type SharedClock = Arc<dyn Clock + Send + Sync>;

struct OwnClock(SharedClock);

impl Clock for OwnClock {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// What every connection and the loop need.
struct Shared {
    config: TrusteeConfig,
    worker: Worker,
    clock: SharedClock,
    gate: Gate,
    metrics: Metrics,
    stop: Stop,
    view: watch::Sender<Arc<View>>,
    witness: WitnessInside,
    witness_name: String,
    /// Somebody rests on more than is mirrored.
    nudge: Notify,
    /// Looks at the hub that were asked for.
    asked_rounds: AtomicU64,
    /// Looks at the hub that are over: each one says up to which number it answers those that asked.
    done_rounds: watch::Sender<u64>,
    /// The mirror has advanced since the start.
    advanced: AtomicBool,
    /// What of a restore was shown.
    shown: Mutex<RestoreCheck>,
}

impl Shared {
    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.borrow())
    }

    /// Looks at the hub once more, and waits until that is over, but no longer than `most`.
    async fn look_at_hub(&self, most: Duration) {
        let number = self.asked_rounds.fetch_add(1, Ordering::SeqCst) + 1;
        let mut done = self.done_rounds.subscribe();
        self.nudge.notify_one();
        drop(timeout(most, done.wait_for(|done| *done >= number)).await);
    }

    /// A look that began when `begun` had been asked for is over.
    fn finish_round(&self, begun: u64) {
        self.done_rounds.send_replace(begun);
    }

    /// Shows what the mirror has now to every connection. `round` when a look at the hub was carried to its end.
    async fn look(&self, round: bool) {
        let before = self.view();
        let check = *self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        let seen = self.worker.do_in_turn(move |service| snapshot(service, &before, &check, now)).await;
        match seen {
            Ok(Ok(mut view)) => {
                view.rounds += u64::from(round);
                self.witness.know(&view, now);
                self.view.send_replace(Arc::new(view));
            }
            Ok(Err(error)) => tracing::error!(%error, "the store cannot be read"),
            Err(_) => {}
        }
    }
}

/// What the service has now.
fn snapshot(
    service: &Service,
    before: &View,
    check: &RestoreCheck,
    now: Timestamp,
) -> Result<View, OperationFailure> {
    let named = (hex::encode(before.trustee.0), before.mission);
    Ok(View {
        register: service.mirror().register().unwrap_or_else(|| Arc::clone(&before.register)),
        status: status_of(named, service.store(), service.mirror(), check, now)?,
        ..before.clone()
    })
}

/// A trustee that runs until it is stopped.
pub struct RunningTrustee {
    address: SocketAddr,
    witness: Option<SocketAddr>,
    metrics: Option<SocketAddr>,
    shared: Arc<Shared>,
    thread: std::thread::JoinHandle<()>,
    tasks: Vec<JoinHandle<()>>,
}

/// Runs a trustee.
///
/// # Errors
/// When its store, its mission or its ports cannot be had.
pub async fn run_trustee(
    config: &TrusteeConfig,
    keys: TrusteeKeys,
    clock: SharedClock,
    randomness: fn() -> Randomness,
) -> Result<RunningTrustee, TrusteeFailure> {
    let url = Url::parse(&config.hub).ok_or_else(|| TrusteeFailure::Hub { address: config.hub.clone() })?;
    let register = load(config, clock.now())?;
    let (store, opened) = Store::open(&config.places(), keys.hands(randomness()))?;
    if opened.caught_up || opened.finished > 0 {
        tracing::info!(
            caught_up = opened.caught_up,
            finished = opened.finished,
            "what a crash met is finished"
        );
    }
    let (mission, trustee) = (register.mission(), keys.secrets.id());
    let witness_name = keys.public()?.witness;
    let door = door(config, &keys)?;
    let TrusteeKeys { secrets, witness, .. } = keys;
    let own = Box::new(OwnClock(Arc::clone(&clock)));
    let service = Service::new(Setting { mission, secrets, clock: own, rng: randomness() }, store)?;
    let next = service.guarded_next()?;
    let status = status_of(
        (hex::encode(trustee.0), mission),
        service.store(),
        service.mirror(),
        &RestoreCheck::default(),
        clock.now(),
    )?;
    let register = service.mirror().register().unwrap_or_else(|| Arc::new(register));
    let view = View { trustee, mission, register, status, rounds: 0 };
    let witness = WitnessInside::open(&config.witness_store(), witness, Arc::clone(&clock), &view)?;
    let (listener, address) = listen(config.listen).await?;
    let beside = match config.witness_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let watched = match config.metrics {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let (worker, thread) = Worker::start(service, config.limits.waiting).map_err(TrusteeFailure::Thread)?;
    let shared = Arc::new(Shared {
        config: config.clone(),
        worker,
        clock,
        gate: Gate::new(&config.limits),
        metrics: Metrics::default(),
        stop: Stop::default(),
        view: watch::Sender::new(Arc::new(view)),
        witness,
        witness_name,
        nudge: Notify::new(),
        asked_rounds: AtomicU64::new(0),
        done_rounds: watch::Sender::new(0),
        advanced: AtomicBool::new(false),
        shown: Mutex::default(),
    });
    let mut tasks = vec![tokio::spawn(take_in(listener, door, Arc::clone(&shared)))];
    let every = Duration::from_millis(config.poll_milliseconds);
    let follower = Follower::new(Arc::clone(&shared), HubLine::new(url), next);
    tasks.push(tokio::spawn(follower.run(every)));
    tasks.push(tokio::spawn(Successor::new(Arc::clone(&shared)).run(every)));
    let mut addresses = [None, None];
    if let Some((listener, address)) = beside {
        addresses[0] = Some(address);
        tasks.push(tokio::spawn(take_in_beside(listener, Arc::clone(&shared))));
    }
    if let Some((listener, address)) = watched {
        addresses[1] = Some(address);
        tasks.push(tokio::spawn(show(listener, Arc::clone(&shared))));
    }
    let [witness, metrics] = addresses;
    tracing::info!("trustee runs");
    Ok(RunningTrustee { address, witness, metrics, shared, thread, tasks })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), TrusteeFailure> {
    bind(address).await.map_err(|reason| TrusteeFailure::Port { address, reason })
}

fn door(config: &TrusteeConfig, keys: &TrusteeKeys) -> Result<TlsDoor, TrusteeFailure> {
    let limits = &config.limits;
    let patience = Patience {
        handshake: Duration::from_secs(limits.handshake_seconds),
        idle: Duration::from_secs(limits.idle_seconds),
        stalled: Duration::from_secs(limits.write_seconds),
    };
    let door = TlsDoor::new(&keys.tls, &[HTTP], patience);
    door.map_err(|error| TrusteeFailure::Tls { reason: error.to_string() })
}

/// Calls, heads, the release log and the witness, by TLS.
async fn take_in(listener: TcpListener, door: TlsDoor, shared: Arc<Shared>) {
    let (doors, stop) = (shared.gate.doors.clone(), shared.stop.clone());
    let handler = move |request, connection| Visit::answer(Arc::clone(&shared), request, connection);
    serve_https(listener, door, doors, stop, handler).await;
}

/// The witness alone, in the clear: what it says is signed.
async fn take_in_beside(listener: TcpListener, shared: Arc<Shared>) {
    let limits = &shared.config.limits;
    let doors = Doors::new(allowed(limits.connections), limits.connections_per_address);
    let stop = shared.stop.clone();
    let handler = move |request, _| witness::answer(Arc::clone(&shared), request);
    serve_http(listener, doors, stop, handler).await;
}

/// Metrics, health and status, on loopback.
async fn show(listener: TcpListener, shared: Arc<Shared>) {
    let stop = shared.stop.clone();
    let answer = move |request, _| std::future::ready(metrics::handle(&shared, &request));
    serve_http(listener, Doors::new(METRICS, METRICS), stop, answer).await;
}

impl RunningTrustee {
    /// Where desks connect.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the witness is reached in the clear.
    #[must_use]
    pub const fn witness(&self) -> Option<SocketAddr> {
        self.witness
    }

    /// Where metrics are read.
    #[must_use]
    pub const fn metrics(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// How it is.
    #[must_use]
    pub fn status(&self) -> crate::operate::Status {
        self.shared.view().status.clone()
    }

    /// Waits until its store has failed: it answers nothing more, and is to be started again.
    pub async fn failed(&self) {
        self.shared.worker.failed().await;
    }

    /// Stops it: no new connections; calls that run are answered, and the store is closed.
    pub async fn stop(self) {
        let Self { shared, thread, tasks, .. } = self;
        shared.stop.now();
        for task in tasks {
            // A task that does not end in time is dropped with its connection.
            let abort = task.abort_handle();
            if timeout(FAREWELL, task).await.is_err() {
                abort.abort();
            }
        }
        // The thread ends when the last way to it is gone; what still holds one is a connection about to end.
        drop(shared);
        let joined = tokio::task::spawn_blocking(move || thread.join());
        drop(timeout(FAREWELL, joined).await);
        tracing::info!("trustee has stopped");
    }
}

impl std::fmt::Debug for RunningTrustee {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunningTrustee").field("address", &self.address).finish_non_exhaustive()
    }
}

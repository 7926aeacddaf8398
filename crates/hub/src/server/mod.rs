//! The hub's port: TLS for desks and for readers of the logs, and beside it, on loopback, metrics.

mod compartments;
mod files;
mod gate;
mod guarded;
mod job;
mod leaf;
mod metrics;
mod restored;
mod session;
mod stepped;
mod supply;
mod visit;
mod welcome;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::Clock;
use counterseal_serve::{
    Doors, HTTP, Patience, Place, Stop, TlsDoor, Turn, accept, bind, protocol, serve_http, speak_http,
};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::config::{HubConfig, Limits};
use crate::cosign;
use crate::keys::HubKeys;
use crate::sequencer::{HubFailure, Parts, Sequencer, Writer};
use crate::store::{HubStore, SqliteStore, StoreReader};

use gate::Gate;
pub(crate) use metrics::Metrics;
pub use stepped::{SessionEnd, SteppedSession};
use visit::Visit;

/// How long the sessions that are open have to end when the hub stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// What desks ask for: a session of frames (ALPN).
const SYNC: &[u8] = b"counterseal/1";
/// Connections to the metrics.
const METRICS: usize = 16;

/// What every connection needs.
pub(crate) struct Shared {
    pub(crate) sequencer: Sequencer,
    pub(crate) reader: StoreReader,
    pub(crate) clock: Arc<dyn Clock + Send + Sync>,
    pub(crate) limits: Limits,
    pub(crate) gate: Gate,
    pub(crate) metrics: Metrics,
    pub(crate) stop: Stop,
}

/// A hub that runs until it is stopped.
pub struct RunningHub {
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    shared: Arc<Shared>,
    writer: Writer,
    tasks: Vec<JoinHandle<()>>,
}

/// Runs a hub over its own store.
///
/// # Errors
/// When its keys, its store or its ports cannot be had, or it has no mission yet.
pub async fn run_hub(
    config: &HubConfig,
    clock: Arc<dyn Clock + Send + Sync>,
) -> Result<RunningHub, HubFailure> {
    let store = SqliteStore::open(&config.store(), config.store_bytes)?;
    run_hub_with(config, clock, Box::new(store)).await
}

/// Runs a hub whose writes go through `store`, which lies over the store of the configuration's folder.
///
/// # Errors
/// As [`run_hub`].
pub async fn run_hub_with(
    config: &HubConfig,
    clock: Arc<dyn Clock + Send + Sync>,
    store: Box<dyn HubStore>,
) -> Result<RunningHub, HubFailure> {
    let keys = Arc::new(HubKeys::load(&config.keys())?);
    let reader = StoreReader::open(&config.store())?;
    let closed = config.restoring().exists().then_some("hub-restoring");
    let (sequencer, writer) = Sequencer::start(Parts {
        store,
        reader: reader.clone(),
        keys: Arc::clone(&keys),
        clock: Arc::clone(&clock),
        batch: Duration::from_millis(config.batch_milliseconds),
        mark_every: Duration::from_secs(config.mark_seconds),
        waiting: config.limits.waiting,
        closed,
    })?;
    let (listener, address) = listen(config.listen).await?;
    let tls = door(&keys, &config.limits)?;
    let shared = Arc::new(Shared {
        sequencer,
        reader,
        clock: Arc::clone(&clock),
        limits: config.limits.clone(),
        gate: Gate::new(&config.limits),
        metrics: Metrics::default(),
        stop: Stop::default(),
    });
    let stop = &shared.stop;
    let mut tasks = cosign::start(&config.witnesses, &shared.sequencer, &shared.reader, stop);
    tasks.push(tokio::spawn(take_in(listener, tls, Arc::clone(&shared))));
    if closed.is_some() {
        let watch = restored::watch(Arc::clone(&shared), config.witnesses.clone(), config.restoring());
        let stop = stop.clone();
        tasks.push(tokio::spawn(async move {
            stop.or(watch).await;
        }));
    }
    let mut metrics = None;
    if let Some(address) = config.metrics {
        let (listener, address) = listen(address).await?;
        metrics = Some(address);
        let state = Arc::clone(&shared);
        let answer = move |request, _| std::future::ready(metrics::handle(&state, &request));
        let doors = Doors::new(METRICS, METRICS);
        tasks.push(tokio::spawn(serve_http(listener, doors, stop.clone(), answer)));
    }
    tracing::info!("hub runs");
    Ok(RunningHub { address, metrics, shared, writer, tasks })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), HubFailure> {
    bind(address).await.map_err(|reason| HubFailure::Port { address, reason })
}

impl RunningHub {
    /// Where desks connect.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where metrics are read.
    #[must_use]
    pub const fn metrics(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// The way to the logs.
    #[must_use]
    pub fn sequencer(&self) -> &Sequencer {
        &self.shared.sequencer
    }

    /// Stops it: no new connections, sessions are told, what has come in is finished and signed.
    pub async fn stop(self) {
        let Self { shared, writer, tasks, .. } = self;
        shared.stop.now();
        for task in tasks {
            // A task that does not end in time is dropped with its connection.
            drop(timeout(FAREWELL, task).await);
        }
        shared.gate.doors.wait_until_empty(FAREWELL).await;
        shared.sequencer.stop(writer).await;
        tracing::info!("hub has stopped");
    }
}

/// The side of TLS that desks see, and readers of the logs.
fn door(keys: &HubKeys, limits: &Limits) -> Result<TlsDoor, HubFailure> {
    let patience = Patience {
        handshake: Duration::from_secs(limits.handshake_seconds),
        idle: Duration::from_secs(limits.idle_seconds),
        stalled: Duration::from_secs(limits.write_seconds),
    };
    let door = TlsDoor::new(keys.tls(), &[SYNC, HTTP], patience);
    door.map_err(|error| HubFailure::Tls { reason: error.to_string() })
}

async fn take_in(listener: TcpListener, tls: TlsDoor, shared: Arc<Shared>) {
    let counting = Arc::clone(&shared);
    let note = move |turn| match turn {
        Turn::Away => counting.metrics.turned_away.add(1),
        Turn::GaveWay => counting.metrics.gave_way.add(1),
    };
    let (doors, stop) = (shared.gate.doors.clone(), shared.stop.clone());
    let serve = |stream, place| serve(stream, tls.clone(), Arc::clone(&shared), place);
    accept(listener, &doors, &stop, note, serve).await;
}

/// One connection: the handshake, and what it asked for.
async fn serve(stream: TcpStream, tls: TlsDoor, shared: Arc<Shared>, place: Place) {
    let Some(stream) = tls.shake_hands(stream).await else {
        shared.metrics.handshakes_failed.add(1);
        return;
    };
    if protocol(&stream) == Some(SYNC) {
        session::serve(stream, &shared, place).await;
    } else {
        let stalled = Duration::from_secs(shared.limits.write_seconds);
        let (stop, visit) = (shared.stop.clone(), Visit::new(shared));
        let handler = move |request, connection| Arc::clone(&visit).handle(request, connection);
        speak_http(stream, stalled, stop, place, handler).await;
    }
}

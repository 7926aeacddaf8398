//! The hub's port: TLS for desks and for readers of the logs, and beside it, on loopback, metrics.

mod compartments;
mod files;
mod gate;
mod job;
mod metrics;
mod restored;
mod session;
mod stepped;
mod supply;
mod unsent;
mod welcome;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::Clock;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::config::{HubConfig, Limits};
use crate::cosign;
use crate::doors::{Doors, Place};
use crate::keys::HubKeys;
use crate::sequencer::{HubFailure, Parts, Sequencer, Writer};
use crate::serve::{Stop, Timed, serve_http, speak_http};
use crate::store::{HubStore, SqliteStore, StoreReader};
use crate::tls;

use gate::Gate;
pub(crate) use metrics::Metrics;
pub use stepped::{SessionEnd, SteppedSession};

/// How long the sessions that are open have to end when the hub stops.
const FAREWELL: Duration = Duration::from_secs(5);
/// After a failed accept.
const PAUSE: Duration = Duration::from_millis(100);
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
    let (listener, address) = bind(config.listen).await?;
    let acceptor =
        TlsAcceptor::from(tls::server(&keys).map_err(|error| HubFailure::Tls { reason: error.to_string() })?);
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
    tasks.push(tokio::spawn(accept(listener, acceptor, Arc::clone(&shared))));
    if closed.is_some() {
        let watch = restored::watch(Arc::clone(&shared), config.witnesses.clone(), config.restoring());
        let stop = stop.clone();
        tasks.push(tokio::spawn(async move {
            tokio::select! {
                () = watch => {}
                () = stop.wait() => {}
            }
        }));
    }
    let mut metrics = None;
    if let Some(address) = config.metrics {
        let (listener, address) = bind(address).await?;
        metrics = Some(address);
        let state = Arc::clone(&shared);
        let answer = move |request| {
            let state = Arc::clone(&state);
            async move { Ok::<_, Infallible>(metrics::handle(&state, &request)) }
        };
        let doors = Doors::new(METRICS, METRICS);
        tasks.push(tokio::spawn(serve_http(listener, doors, stop.clone(), answer)));
    }
    tracing::info!("hub runs");
    Ok(RunningHub { address, metrics, shared, writer, tasks })
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), HubFailure> {
    let port = |reason| HubFailure::Port { address, reason };
    let listener = TcpListener::bind(address).await.map_err(port)?;
    let address = listener.local_addr().map_err(port)?;
    Ok((listener, address))
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

async fn accept(listener: TcpListener, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    loop {
        let accepted = tokio::select! {
            () = shared.stop.wait() => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, peer)) = accepted else {
            sleep(PAUSE).await;
            continue;
        };
        // Beyond the limits a stranger gives way. Where all are known the new one is closed at once.
        let Some(place) = shared.gate.doors.enter(peer.ip()) else {
            shared.metrics.turned_away.add(1);
            continue;
        };
        let (acceptor, shared) = (acceptor.clone(), Arc::clone(&shared));
        tokio::spawn(async move {
            let given_away = place.given_away();
            tokio::select! {
                () = serve(stream, acceptor, &shared, place) => {}
                () = given_away => shared.metrics.gave_way.add(1),
            }
        });
    }
}

/// One connection: the handshake, and what it asked for.
async fn serve(stream: TcpStream, acceptor: TlsAcceptor, shared: &Arc<Shared>, place: Place) {
    let limits = &shared.limits;
    // Small frames are not held back; where that fails they are.
    drop(stream.set_nodelay(true));
    unsent::bound_unsent(&stream);
    let idle = Duration::from_secs(limits.idle_seconds);
    let stalled = Duration::from_secs(limits.write_seconds);
    let stream = Timed::new(stream, idle, stalled);
    let handshake = timeout(Duration::from_secs(limits.handshake_seconds), acceptor.accept(stream)).await;
    let Ok(Ok(stream)) = handshake else {
        shared.metrics.handshakes_failed.add(1);
        return;
    };
    let asked = stream.get_ref().1.alpn_protocol().map(<[u8]>::to_vec);
    if asked.as_deref() == Some(tls::SYNC) {
        session::serve(stream, shared, place).await;
    } else {
        let (state, stop) = (Arc::clone(shared), shared.stop.clone());
        let answer = move |request| {
            let state = Arc::clone(&state);
            async move { Ok::<_, Infallible>(files::handle(state, request).await) }
        };
        speak_http(stream, stalled, stop, answer).await;
        drop(place);
    }
}

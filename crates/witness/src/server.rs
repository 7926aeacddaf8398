//! A witness that runs by itself, in the clear.

use std::net::SocketAddr;
use std::sync::Arc;

use counterseal_ledger::KeyUnusable;
use counterseal_model::Clock;
use counterseal_serve::{
    ConfigRefusal, Doors, KeyFileRefusal, Method, StatusCode, Stop, allowed, bind, serve_http, text,
};

use super::config::WitnessConfig;
use super::keys::WitnessKeys;
use super::service::WitnessService;
use super::store::{WitnessDatabase, WitnessRecords, WitnessStoreError};

/// Why a witness cannot run.
#[derive(Debug, thiserror::Error)]
pub enum WitnessFailure {
    /// Its configuration.
    #[error(transparent)]
    Config(#[from] ConfigRefusal),
    /// Its keys.
    #[error(transparent)]
    Keys(#[from] KeyFileRefusal),
    /// A key of its own.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
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
    let cosigner = WitnessKeys::load(&config.key_file())?.cosigner()?;
    let service = Arc::new(WitnessService::new(config.keys()?, cosigner, store, clock));
    let port = |reason| WitnessFailure::Port { address: config.listen, reason };
    let (listener, address) = bind(config.listen).await.map_err(port)?;
    let stop = Stop::default();
    // A network may have half of them, or one at the least.
    let doors = Doors::new(allowed(config.connections), config.connections.div_ceil(2));
    let serve = serve_http(listener, doors, stop.clone(), move |request, _| {
        let service = Arc::clone(&service);
        async move {
            match (request.method(), request.uri().path()) {
                (&Method::GET, "/health") => text(StatusCode::OK, "ok\n"),
                _ => service.handle(request).await,
            }
        }
    });
    tracing::info!(logs = config.logs.len(), "witness runs");
    Ok(RunningWitness { address, stop, task: tokio::spawn(serve) })
}

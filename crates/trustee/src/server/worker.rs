//! The one thread that has the trustee's service: what it is asked waits in a line of bounded length, and whoever
//! asks waits for the answer without holding anything. No request waits for another one's network.

use std::sync::Arc;
use std::thread::JoinHandle;

use counterseal_serve::Stop;
use tokio::sync::{mpsc, oneshot};

use crate::service::Service;
use crate::store::StoreError;

type Job = Box<dyn FnOnce(&mut Service) + Send>;

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Undone {
    /// Too many wait already.
    Busy,
    /// The trustee stops, or its store has failed.
    Stopping,
}

/// The way to the service.
#[derive(Clone)]
pub(super) struct Worker {
    jobs: mpsc::Sender<Job>,
    /// Said when the store failed: nothing is answered until it is opened again.
    failed: Arc<Stop>,
}

impl Worker {
    /// Starts the thread; it ends, and closes the store, when the last way to it is gone.
    ///
    /// # Errors
    /// When the system has no thread.
    pub(super) fn start(
        mut service: Service,
        waiting: usize,
    ) -> Result<(Self, JoinHandle<()>), std::io::Error> {
        let (jobs, mut line) = mpsc::channel::<Job>(waiting);
        let failed = Arc::new(Stop::default());
        let says = Arc::clone(&failed);
        let work = move || {
            while let Some(job) = line.blocking_recv() {
                job(&mut service);
                if matches!(service.store().may_release(), Err(StoreError::Poisoned)) {
                    tracing::error!(
                        "the store has failed: nothing more is answered until it is opened again"
                    );
                    says.now();
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("trustee".to_owned()).spawn(work)?;
        Ok((Self { jobs, failed }, thread))
    }

    /// Has something done, if not too many wait.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Service) -> T + Send + 'static,
    ) -> Result<T, Undone> {
        let (answer, heard) = oneshot::channel();
        // Whoever asked may have gone meanwhile.
        let job: Job = Box::new(move |service| drop(answer.send(work(service))));
        self.jobs.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => Undone::Busy,
            mpsc::error::TrySendError::Closed(_) => Undone::Stopping,
        })?;
        heard.await.map_err(|_| Undone::Stopping)
    }

    /// Has something done in its turn: for the trustee itself, which is not turned away.
    pub(super) async fn do_in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Service) -> T + Send + 'static,
    ) -> Result<T, Undone> {
        let (answer, heard) = oneshot::channel();
        let job: Job = Box::new(move |service| drop(answer.send(work(service))));
        self.jobs.send(job).await.map_err(|_| Undone::Stopping)?;
        heard.await.map_err(|_| Undone::Stopping)
    }

    /// Waits until the store has failed.
    pub(super) async fn failed(&self) {
        self.failed.wait().await;
    }
}

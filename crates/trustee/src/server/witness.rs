//! The witness in the trustee: a key and a store of its own. It knows the logs of the present hub from the register.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use counterseal_ledger::VerifierKey;
use counterseal_model::Timestamp;
use counterseal_serve::{Answer, Incoming, Request, StatusCode, text};
use counterseal_witness::{WitnessDatabase, WitnessKeys, WitnessService, WitnessStoreError};

use super::view::View;
use super::{Shared, SharedClock};
use crate::operate::log_keys;

/// The service with the logs that it knows now.
pub(super) struct WitnessInside {
    path: PathBuf,
    keys: WitnessKeys,
    clock: SharedClock,
    now: Mutex<(Vec<VerifierKey>, Arc<WitnessService>)>,
}

impl WitnessInside {
    pub(super) fn open(
        path: &Path,
        keys: WitnessKeys,
        clock: SharedClock,
        view: &View,
    ) -> Result<Self, WitnessStoreError> {
        let logs = log_keys(&view.register, view.now(clock.now()));
        let service = service(path, &keys, &clock, &logs)?;
        Ok(Self { path: path.to_owned(), keys, clock, now: Mutex::new((logs, service)) })
    }

    /// Knows the logs that the register names now, and no others.
    pub(super) fn know(&self, view: &View, now: Timestamp) {
        let logs = log_keys(&view.register, view.now(now));
        let mut known = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 == logs {
            return;
        }
        match service(&self.path, &self.keys, &self.clock, &logs) {
            Ok(service) => *known = (logs, service),
            Err(error) => tracing::error!(%error, "the witness does not know the present logs"),
        }
    }

    fn get(&self) -> Arc<WitnessService> {
        Arc::clone(&self.now.lock().unwrap_or_else(PoisonError::into_inner).1)
    }

    fn logs(&self) -> Vec<VerifierKey> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

fn service(
    path: &Path,
    keys: &WitnessKeys,
    clock: &SharedClock,
    logs: &[VerifierKey],
) -> Result<Arc<WitnessService>, WitnessStoreError> {
    let cosigner = keys.cosigner().map_err(|_| WitnessStoreError::new("use its key", "it is none"))?;
    let store = Box::new(WitnessDatabase::open(path)?);
    Ok(Arc::new(WitnessService::new(logs.to_vec(), cosigner, store, Arc::clone(clock))))
}

impl Shared {
    /// The keys of the present logs.
    pub(super) fn log_keys(&self) -> Vec<VerifierKey> {
        self.witness.logs()
    }
}

/// Answers what a log or a desk asks the witness. A restored trustee cosigns nothing before it is known what it lacks.
pub(super) async fn answer(shared: Arc<Shared>, request: Request<Incoming>) -> Answer {
    let view = shared.view();
    if view.is_restoring() {
        return text(StatusCode::SERVICE_UNAVAILABLE, "restoring\n");
    }
    if view.status.two_trees {
        return text(StatusCode::SERVICE_UNAVAILABLE, "split-view\n");
    }
    shared.witness.get().handle(request).await
}

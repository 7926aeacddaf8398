//! What a witness answers: `POST /add-checkpoint`, and `GET /<folder>/checkpoint` for whoever polls.

use std::sync::Arc;

use counterseal_ledger::{
    AddCheckpoint, CommitFailure, Cosigner, KeyName, SignatureLine, SignedCheckpoint, Split, VerifierKey,
    Witness, WitnessRefusal, cosignature_lines,
};
use counterseal_model::Clock;
use counterseal_serve::{Answer, Incoming, Method, Request, StatusCode, answer, text, whole_body};

use super::store::{WitnessRecords, WitnessStoreError};

/// Most bytes of a request: a note with all its cosignatures, and a proof before it.
const MAX_REQUEST: usize = 256 * 1024;

/// A witness's logs, keys and store.
pub struct WitnessService {
    witness: Witness,
    keys: Vec<VerifierKey>,
    cosigner: Cosigner,
    store: Box<dyn WitnessRecords>,
    clock: Arc<dyn Clock + Send + Sync>,
}

impl std::fmt::Debug for WitnessService {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WitnessService").field("logs", &self.keys.len()).finish_non_exhaustive()
    }
}

impl WitnessService {
    /// A witness that knows the logs with these keys.
    #[must_use]
    pub fn new(
        keys: Vec<VerifierKey>,
        cosigner: Cosigner,
        store: Box<dyn WitnessRecords>,
        clock: Arc<dyn Clock + Send + Sync>,
    ) -> Self {
        Self { witness: Witness::new(keys.clone()), keys, cosigner, store, clock }
    }

    /// Answers one request of tlog-witness or tlog-mirror; any other is refused.
    pub async fn handle(self: Arc<Self>, request: Request<Incoming>) -> Answer {
        match (request.method(), request.uri().path()) {
            (&Method::POST, "/add-checkpoint") => {
                let Some(body) = whole_body(request, MAX_REQUEST).await else {
                    return text(StatusCode::BAD_REQUEST, "the request is too long or was cut off\n");
                };
                let add = move || self.add_checkpoint(&body);
                tokio::task::spawn_blocking(add).await.unwrap_or_else(|_| broken())
            }
            (&Method::GET, path) => {
                let path = path.to_owned();
                let look = move || self.checkpoint(&path);
                tokio::task::spawn_blocking(look).await.unwrap_or_else(|_| broken())
            }
            _ => text(StatusCode::METHOD_NOT_ALLOWED, "only POST /add-checkpoint and GET\n"),
        }
    }

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
    fn keep(&self, origin: &KeyName, size: u64, mut signed: SignedCheckpoint, lines: &[SignatureLine]) {
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

fn broken() -> Answer {
    text(StatusCode::INTERNAL_SERVER_ERROR, "the witness cannot answer now\n")
}

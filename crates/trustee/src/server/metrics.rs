//! What the trustee says about itself: numbers for Prometheus, and how it is. No ids of people, devices, compartments or
//! entries, ever.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use counterseal_register::{TrusteeAnswer, TrusteeCall};
use counterseal_serve::{Answer, Incoming, Method, Request, StatusCode, answer, text};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::Shared;
use super::worker::{Undone, Worker};
use crate::service::ServiceError;

/// A count that only grows.
#[derive(Debug, Default)]
pub(super) struct Count(AtomicU64);

impl Count {
    pub(super) fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The trustee's counts since its start.
#[derive(Default)]
pub(super) struct Metrics {
    pub(super) calls: Count,
    pub(super) opens: Count,
    pub(super) not_now: Count,
    pub(super) calls_refused: Count,
    pub(super) headers: Count,
    pub(super) passed_over: Count,
    pub(super) silences: Count,
    pub(super) microseconds: Count,
    pub(super) head: SignedHead,
}

impl Metrics {
    /// A call was answered.
    pub(super) fn answered(&self, call: &TrusteeCall, said: &TrusteeAnswer, took: Duration) {
        self.calls.add(1);
        if let TrusteeCall::Open { .. } = call {
            self.opens.add(1);
            self.microseconds.add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
        }
        if let TrusteeAnswer::NotNow { .. } = said {
            self.not_now.add(1);
        }
    }
}

/// The head of the release log as it was signed last.
#[derive(Default)]
pub(super) struct SignedHead(Mutex<Option<(Instant, Vec<u8>)>>);

/// How long a signed head is given.
const HEAD: Duration = Duration::from_secs(1);

impl SignedHead {
    pub(super) async fn get(&self, worker: &Worker) -> Result<Vec<u8>, HeadFailure> {
        let mut kept = self.0.lock().await;
        if let Some((at, head)) = &*kept
            && at.elapsed() < HEAD
        {
            return Ok(head.clone());
        }
        let head = worker.ask(|service| service.head()).await??;
        *kept = Some((Instant::now(), head.clone()));
        Ok(head)
    }
}

/// Why there is no head.
pub(super) enum HeadFailure {
    Undone(Undone),
    Service(ServiceError),
}

impl From<Undone> for HeadFailure {
    fn from(undone: Undone) -> Self {
        Self::Undone(undone)
    }
}

impl From<ServiceError> for HeadFailure {
    fn from(error: ServiceError) -> Self {
        Self::Service(error)
    }
}

/// `/metrics`, `/health` and `/status`.
pub(super) fn handle(shared: &Shared, request: &Request<Incoming>) -> Answer {
    let view = shared.view();
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/health") if view.is_restoring() => {
            text(StatusCode::SERVICE_UNAVAILABLE, "restoring\n")
        }
        (&Method::GET, "/health") if view.status.two_trees => {
            text(StatusCode::SERVICE_UNAVAILABLE, "split-view\n")
        }
        (&Method::GET, "/health") if view.rounds == 0 => {
            text(StatusCode::SERVICE_UNAVAILABLE, "mirror-behind\n")
        }
        (&Method::GET, "/health") => text(StatusCode::OK, "ok\n"),
        (&Method::GET, "/status") => match serde_json::to_vec(&view.status) {
            Ok(status) => answer(StatusCode::OK, "application/json", status),
            Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "not now\n"),
        },
        (&Method::GET, "/metrics") => {
            answer(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", page(shared))
        }
        _ => text(StatusCode::NOT_FOUND, "only /metrics, /health and /status\n"),
    }
}

fn page(shared: &Shared) -> String {
    let (metrics, view) = (&shared.metrics, shared.view());
    let counts = [
        ("calls", "Calls of devices that were answered.", &metrics.calls),
        ("opens", "Requests to open parts among them.", &metrics.opens),
        ("open_microseconds", "Microseconds that those took.", &metrics.microseconds),
        ("calls_not_now", "Calls for which it was not the time.", &metrics.not_now),
        ("calls_refused", "Calls that were refused before they were looked at.", &metrics.calls_refused),
        ("headers", "Headers of guarded entries from the hub that have an answer.", &metrics.headers),
        ("headers_passed_over", "Headers of devices that the register does not know.", &metrics.passed_over),
        ("hub_silences", "Looks at the hub that came to nothing.", &metrics.silences),
    ];
    let mut page = String::new();
    let mut put = |name: &str, kind: &str, about: &str, value: u64| {
        // Writing to a string does not fail.
        let _ = writeln!(
            page,
            "# HELP counterseal_trustee_{name} {about}\n# TYPE counterseal_trustee_{name} {kind}"
        );
        let _ = writeln!(page, "counterseal_trustee_{name} {value}");
    };
    for (name, about, count) in counts {
        put(&format!("{name}_total"), "counter", about, count.get());
    }
    let status = &view.status;
    put("connections", "gauge", "Connections now.", shared.gate.doors.inside() as u64);
    put("restoring", "gauge", "1 while a restored store is not in service.", u64::from(view.is_restoring()));
    put("two_trees", "gauge", "1 when a log has signed two trees.", u64::from(status.two_trees));
    put("decisions", "gauge", "Entries of the release log.", status.decisions);
    put(
        "statements_leaves",
        "gauge",
        "Leaves of the statement log that are mirrored.",
        status.statements.leaves,
    );
    put("journal_leaves", "gauge", "Leaves of the journal log that are mirrored.", status.journal.leaves);
    page
}

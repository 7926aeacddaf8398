//! What the hub says about itself: numbers for Prometheus. No ids of people, devices or records, ever.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

use counterseal_register::LogKind;
use counterseal_serve::{Answer, Incoming, Method, Request, StatusCode, answer, text};

use super::Shared;

/// A count that only grows.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, number: u64) {
        self.0.fetch_add(number, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// The hub's counts since its start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    pub(crate) turned_away: Count,
    pub(crate) gave_way: Count,
    pub(crate) handshakes_failed: Count,
    pub(crate) sessions: Count,
    pub(crate) sessions_refused: Count,
    pub(crate) accepted: Count,
    pub(crate) refused: Count,
    pub(crate) leaves: Count,
    pub(crate) headers: Count,
    pub(crate) calls_refused: Count,
    pub(crate) bytes_in: Count,
    pub(crate) bytes_out: Count,
}

/// `/metrics` and `/health`.
pub(super) fn handle(shared: &Shared, request: &Request<Incoming>) -> Answer {
    match (request.method(), request.uri().path()) {
        (&Method::GET, "/health") => match shared.sequencer.view().closed {
            None => text(StatusCode::OK, "ok\n"),
            Some(code) => text(StatusCode::SERVICE_UNAVAILABLE, format!("{code}\n")),
        },
        (&Method::GET, "/metrics") => {
            answer(StatusCode::OK, "text/plain; version=0.0.4; charset=utf-8", page(shared))
        }
        _ => text(StatusCode::NOT_FOUND, "only /metrics and /health\n"),
    }
}

fn page(shared: &Shared) -> String {
    let (metrics, view) = (&shared.metrics, shared.sequencer.view());
    let counts = [
        ("connections_turned_away", "Connections beyond the limits.", &metrics.turned_away),
        ("connections_gave_way", "Connections of strangers that gave way to newer ones.", &metrics.gave_way),
        ("handshakes_failed", "Connections that never came to speak TLS.", &metrics.handshakes_failed),
        ("sessions", "Sessions of desks that were let in.", &metrics.sessions),
        ("sessions_refused", "Sessions that were not let in.", &metrics.sessions_refused),
        ("pushes_accepted", "Statements and entries acknowledged.", &metrics.accepted),
        ("pushes_refused", "Statements and entries refused.", &metrics.refused),
        ("leaves_accepted", "Leaves acknowledged that are not entries'.", &metrics.leaves),
        ("headers_given", "Headers of guarded entries given to trustees.", &metrics.headers),
        ("calls_refused", "Calls of devices and trustees by HTTP that were refused.", &metrics.calls_refused),
        ("session_bytes_in", "Bytes of frames received.", &metrics.bytes_in),
        ("session_bytes_out", "Bytes of frames sent.", &metrics.bytes_out),
    ];
    let mut page = String::new();
    let mut put = |name: &str, kind: &str, about: &str, labels: &str, value: u64| {
        // Writing to a string does not fail.
        let _ = writeln!(page, "# HELP counterseal_hub_{name} {about}\n# TYPE counterseal_hub_{name} {kind}");
        let _ = writeln!(page, "counterseal_hub_{name}{labels} {value}");
    };
    for (name, about, count) in counts {
        put(&format!("{name}_total"), "counter", about, "", count.get());
    }
    put("connections", "gauge", "Connections now.", "", shared.gate.doors.inside() as u64);
    put("closed", "gauge", "1 while nothing is taken in.", "", u64::from(view.closed.is_some()));
    for log in LogKind::ALL {
        let (of, word) = (view.log(*log), log.word());
        let signed = of.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.head().size);
        let cosigned = of.cosigned.as_ref().map_or(0, |(size, _)| *size);
        put(&format!("{word}_leaves"), "gauge", "Leaves that are durable.", "", of.size);
        put(&format!("{word}_signed"), "gauge", "Leaves in the newest checkpoint.", "", signed);
        put(&format!("{word}_cosigned"), "gauge", "Leaves in the newest cosigned one.", "", cosigned);
    }
    page
}

//! How long a desk waits for the other side. Whoever answers may be slow on purpose.

use std::time::{Duration, Instant};

/// How long what may take. Tests have less of it than people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For one address to answer: a satellite takes a second or two.
    pub connect: Duration,
    /// For the whole TLS handshake, however the bytes come.
    pub handshake: Duration,
    /// Without a byte in either direction.
    pub silence: Duration,
    /// In which a session that is not at its end must get on.
    pub stretch: Duration,
    /// Bytes of frames in both directions that count as getting on.
    pub least: u64,
    /// From one time that all witnesses are asked to the next, in a session that goes on.
    pub witnesses: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(15),
            handshake: Duration::from_secs(60),
            silence: Duration::from_secs(90),
            stretch: Duration::from_secs(180),
            least: 1024,
            witnesses: Duration::from_secs(300),
        }
    }
}

/// A span of time that is measured, and never kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Since(Instant);

impl Since {
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a line is silent is measured, and never recorded"
    )]
    pub(super) fn now() -> Self {
        Self(Instant::now())
    }

    pub(super) fn is_longer_than(self, span: Duration) -> bool {
        self.0.elapsed() > span
    }
}

/// Whether a session gets on: bytes that drip keep a line from being silent, and bring nothing.
#[derive(Debug)]
pub(super) struct Pace {
    since: Since,
    bytes: u64,
}

impl Pace {
    pub(super) fn new() -> Self {
        Self { since: Since::now(), bytes: 0 }
    }

    /// Whether the session has stood still for too long, with so many bytes by now. One that is `settled` has
    /// nothing to get on with.
    pub(super) fn is_lost(&mut self, bytes: u64, settled: bool, patience: &Patience) -> bool {
        if settled || bytes.saturating_sub(self.bytes) >= patience.least {
            *self = Self { since: Since::now(), bytes };
            return false;
        }
        self.since.is_longer_than(patience.stretch)
    }
}

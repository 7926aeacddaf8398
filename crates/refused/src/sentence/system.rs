//! What the operating system refuses, in words; what it says itself stands behind them in parentheses, for whoever has to
//! look it up.

use std::io::{self, ErrorKind};

use counterseal_node::StoreError;

use super::{Said, said};
use crate::catalogue::Sentences;
use crate::tongue::Tongue;

/// Why the system refused.
pub(super) fn reason(error: &io::Error, words: Sentences) -> String {
    in_words(error.kind(), &error.to_string(), words)
}

/// What the store could not do. What exactly it was doing stands with what the system says.
pub(super) fn of_store(error: &StoreError, words: Sentences) -> Said {
    let (doing, reason) = match error {
        StoreError::Io { doing, source } => (*doing, in_words(source.kind(), &own(doing, source), words)),
        StoreError::Sql { doing, source } => (*doing, in_words(ErrorKind::Other, &own(doing, source), words)),
        other => return said("store-failed", [("reason", other.to_string())]),
    };
    let key = match doing.split(' ').next() {
        Some("read" | "open") => "store-not-read",
        Some("lock") => "store-not-locked",
        _ => "store-not-written",
    };
    said(key, [("reason", reason)])
}

fn own(doing: &str, source: &dyn std::fmt::Display) -> String {
    format!("{doing}: {source}")
}

/// The system's own words are English where nobody told it otherwise: an English reader needs no others.
fn in_words(kind: ErrorKind, own: &str, words: Sentences) -> String {
    if words.tongue() == Tongue::English {
        return own.to_owned();
    }
    words.say(key(kind), &[("own", own.to_owned().into())])
}

const fn key(kind: ErrorKind) -> &'static str {
    use ErrorKind as K;
    match kind {
        K::NotFound => "system-not-there",
        K::PermissionDenied => "system-not-allowed",
        K::AlreadyExists => "system-there",
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => "system-full",
        K::ReadOnlyFilesystem => "system-read-only",
        K::IsADirectory => "system-folder",
        K::NotADirectory => "system-no-folder",
        K::InvalidData | K::InvalidInput => "system-unreadable",
        K::AddrInUse | K::ResourceBusy => "system-in-use",
        K::ConnectionRefused => "system-refused",
        K::ConnectionReset | K::ConnectionAborted | K::BrokenPipe | K::UnexpectedEof => "system-broken-off",
        K::HostUnreachable | K::NetworkUnreachable | K::NetworkDown => "system-no-way",
        K::TimedOut | K::WouldBlock => "system-silent",
        _ => "system-says",
    }
}

//! Between SQLite's numbers and errors and ours.

use counterseal_register::LogKind;

use super::StoreError;

/// The number of a log in the tables.
pub(super) const fn number_of(log: LogKind) -> u8 {
    match log {
        LogKind::Statements => 0,
        LogKind::Journal => 1,
    }
}

/// An index as SQLite keeps it. Logs end at 2^63 - 1.
pub(super) fn int(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An index as SQLite kept it.
pub(super) fn index(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

pub(super) fn failed(action: &'static str, error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => StoreError::Full,
        // SQLite's texts name tables and columns, never what is in them.
        _ => StoreError::Failed { action, reason: error.to_string() },
    }
}

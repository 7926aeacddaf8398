//! What can go wrong with a store, in words for the person in front of it.

use std::io;

use thiserror::Error;

/// Why the store could not be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another program has it open.
    #[error(
        "this desk's store is open in another counterseal program; close that one first, or run 'counterseal lock'"
    )]
    InUse,
    /// There is no store here.
    #[error("there is no store in {dir}; create a mission or join one first")]
    Missing {
        /// Where it was looked for.
        dir: String,
    },
    /// Something in the store is not what was last written there.
    #[error(
        "{file} was damaged or put back from an older copy: {what}; restore the desk from a backup or re-enrol it, and tell your information-security officer"
    )]
    Damaged {
        /// The file.
        file: &'static str,
        /// What is wrong, naming the page or record.
        what: String,
    },
    /// The disk is full.
    #[error("the disk is full: nothing of the last step was kept; free some space and try again")]
    Full,
    /// The disk refused while a commit was being acknowledged.
    #[error(
        "the disk refused while the last step was being acknowledged ({0}); open the desk again to see whether it was kept"
    )]
    Unsure(io::Error),
    /// Writing failed before; memory and disk may differ.
    #[error("an earlier write failed, so this desk answers nothing more until it is opened again")]
    Poisoned,
    /// The operating system refused.
    #[error("could not {doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The database refused.
    #[error("could not {doing}: {source}")]
    Sql {
        /// What was being done.
        doing: &'static str,
        /// The database's reason.
        source: rusqlite::Error,
    },
}

impl StoreError {
    pub(crate) fn io(doing: &'static str, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full
            }
            _ => Self::Io { doing, source },
        }
    }

    pub(crate) fn sql(doing: &'static str, source: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::damaged("store.db", format!("a page failed its check while this was done: {doing}"))
            }
            _ => Self::Sql { doing, source },
        }
    }

    pub(crate) fn damaged(file: &'static str, what: impl Into<String>) -> Self {
        Self::Damaged { file, what: what.into() }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        Self::sql("read or write the store", source)
    }
}

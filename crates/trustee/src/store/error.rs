//! What can go wrong with a trustee's store, in words for who runs it.

use std::io;

use thiserror::Error;

/// Why the store could not be opened, read or written.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another program has it open.
    #[error("the trustee's store in the {place} place is open in another program; stop that one first")]
    InUse {
        /// Which of the two places.
        place: &'static str,
    },
    /// There is no store in one of the places.
    #[error("there is no store in the {place} place; restore it from the other place or from a backup")]
    Missing {
        /// Which of the two places.
        place: &'static str,
    },
    /// There is a store where a new one was to be made.
    #[error("there is a store in the {place} place already; nothing was written over")]
    Occupied {
        /// Which of the two places.
        place: &'static str,
    },
    /// Something is not what was last written.
    #[error(
        "the {place} place was damaged or put back from an older copy: {what}; release nothing, restore it, and tell your information-security officer"
    )]
    Damaged {
        /// Which of the two places.
        place: &'static str,
        /// What is wrong.
        what: String,
    },
    /// The disk is full.
    #[error(
        "a disk of the trustee's store is full: nothing of the last step was acknowledged; free some space and start it again"
    )]
    Full,
    /// Writing failed before; memory and disk may differ.
    #[error("an earlier write failed, so the trustee's store answers nothing more until it is opened again")]
    Poisoned,
    /// What was to be written does not follow on what is there.
    #[error("the store takes no {what} that does not follow on the one before, or that it has already")]
    OutOfOrder {
        /// What it was.
        what: &'static str,
    },
    /// A pad of a part that was erased.
    #[error("the part was erased; a tombstone stands for it")]
    Erased,
    /// The store is a restored one, and it is not known yet what it lacks.
    #[error("this trustee was restored and releases nothing yet; still missing: {}", .missing.join(", "))]
    Restored {
        /// What has to be shown first.
        missing: Vec<&'static str>,
    },
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
    /// The cryptographic library refused.
    #[error(transparent)]
    Key(#[from] counterseal_seal::KeyUnusable),
}

impl StoreError {
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full
            }
            _ => Self::Io { doing, source },
        }
    }

    pub(crate) fn sql(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Sql { doing, source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        Self::sql("read or write the trustee's store")(source)
    }
}

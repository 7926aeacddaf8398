//! What stands behind `counterseal trustee init`, `seed`, `backup`, `restore` and `status`.

mod backup;
mod keys;
mod retire;
mod seed;
mod status;

use std::path::{Path, PathBuf};

use counterseal_register::Refusal;
use counterseal_serve::KeyFileRefusal;
use thiserror::Error;

pub(crate) use backup::head_seen;
pub use backup::{back_up, renew_second, restore, restore_first};
pub use keys::{NamedTrustee, TrusteeKeys, init};
pub use retire::retire;
pub use seed::{Seeded, give_mission};
pub(crate) use seed::{load, log_keys};
pub(crate) use status::status_of;
pub use status::{FalseGiven, LogReached, Missing, Status, TakingOver, status};

use crate::service::{NotRetired, ServiceError};
use crate::store::StoreError;

/// Why something about a trustee that does not run could not be done.
#[derive(Debug, Error)]
pub enum OperationFailure {
    /// The files of its keys.
    #[error(transparent)]
    Files(#[from] KeyFileRefusal),
    /// The key file.
    #[error(transparent)]
    KeyFile(#[from] counterseal_seal::KeyFileError),
    /// The library refuses a key.
    #[error("a key of this trustee cannot be used; restore its key folder from where the keys are kept")]
    Key,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the store says of the logs.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// Its successor is not ready.
    #[error(transparent)]
    NotRetired(#[from] NotRetired),
    /// A file.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A file of statements is not one.
    #[error(
        "the file of statements is cut off or is none; take the one that 'mission hub' or 'mission statements' wrote"
    )]
    NotStatements,
    /// The statement log in a file does not hold.
    #[error(
        "the statement log in the file does not count: {reason}; take a newer one, of 'mission statements'"
    )]
    Log {
        /// Why.
        reason: String,
    },
    /// A statement of the mission is refused.
    #[error("statement {number} of the file is refused: {refusal}")]
    Statement {
        /// Which, counted from 0.
        number: usize,
        /// Why.
        refusal: Refusal,
    },
    /// The statements name no hub.
    #[error("the mission's statements name no hub; take the file that 'mission hub' wrote")]
    NoHub,
    /// It has no mission.
    #[error(
        "this trustee has no mission yet; give it the file that 'mission hub' wrote, with 'trustee seed'"
    )]
    NoMission,
    /// It has another mission.
    #[error("this trustee serves another mission; make another one for this, with keys of its own")]
    OtherMission,
}

pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> OperationFailure {
    move |reason| OperationFailure::File { path: path.to_owned(), reason }
}

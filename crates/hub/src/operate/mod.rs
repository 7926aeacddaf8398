//! What stands behind `counterseal hub init`, `backup`, `restore` and `status`.

mod backup;
mod init;
mod mirror;
mod status;

pub use backup::{back_up, restore};
pub use init::{Seeded, init, read_statements, seed, write_statements};
pub use mirror::{fetch_missing, take_missing};
pub use status::{LogStatus, Status, status};

use std::path::PathBuf;

use crate::keys::KeysRefusal;
use crate::sequencer::HubFailure;
use crate::store::StoreError;

/// Why something about a hub that does not run could not be done.
#[derive(Debug, thiserror::Error)]
pub enum OperationFailure {
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysRefusal),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The logs.
    #[error(transparent)]
    Hub(#[from] HubFailure),
    /// A file.
    #[error("{}: {reason}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// A file is there that would be written over.
    #[error("{} is there already and is not replaced", path.display())]
    Present {
        /// Which.
        path: PathBuf,
    },
    /// A file of statements is not one.
    #[error("the file of statements is cut off or is none")]
    NotStatements,
    /// A statement of the mission is refused.
    #[error("statement {number} of the file is refused: {refusal}")]
    Statement {
        /// Which, counted from 0.
        number: usize,
        /// Why.
        refusal: counterseal_register::Refusal,
    },
    /// The store holds other statements.
    #[error("the hub has a mission already, and the file's is not the same")]
    OtherMission,
    /// A mirror does not give what it should.
    #[error("the mirror cannot be used: {reason}")]
    Mirror {
        /// What is wrong.
        reason: String,
    },
}

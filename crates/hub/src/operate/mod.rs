//! What stands behind `counterseal hub init`, `backup`, `restore`, `succeed` and `status`.

mod backup;
mod init;
mod mirror;
mod seen;
mod status;
mod succeed;

pub use backup::{back_up, restore};
pub use init::{Seeded, init, read_statements, seed, write_statements};
pub use mirror::{Bodies, fetch_missing, take_missing};
pub use seen::{WitnessesSaw, ask_witnesses};
pub use status::{LogStatus, Status, status};
pub use succeed::{Outgoing, Succeeded, log_keys, succeed};

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
    /// The logs do not end as the governors say.
    #[error(
        "the {log} log that was given does not end at size {size} with the root that the governors named; take the file of a desk that holds that log"
    )]
    OtherEnd {
        /// Which log.
        log: &'static str,
        /// The size that is named.
        size: u64,
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

/// The size that a note in a time mark names.
fn claimed_size(note: &[u8]) -> Result<u64, OperationFailure> {
    succeed::claimed(note).ok_or(OperationFailure::NotStatements)
}

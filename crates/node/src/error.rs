//! Why a verb of the desk could not be done.

use counterseal_model::cbor::BodyError;
use thiserror::Error;

use crate::store::StoreError;

/// Why a verb could not be done. Nothing was changed unless the variant says so.
#[derive(Debug, Error)]
pub enum NodeError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record's bytes cannot be read.
    #[error("a record cannot be read: {0}; a newer version of counterseal may be needed")]
    Body(#[from] BodyError),
    /// A record without any part.
    #[error("the index names a record without parts; run 'counterseal reindex'")]
    NoParts,
}

impl From<rusqlite::Error> for NodeError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Store(source.into())
    }
}

//! Why a trustee cannot do anything.

use counterseal_seal::KeyUnusable;
use thiserror::Error;

use crate::mirror::FollowError;
use crate::store::StoreError;

/// What stops a trustee. Whoever asked is answered nothing, and asks again.
#[derive(Debug, Error)]
pub enum ServiceError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The mirror.
    #[error(transparent)]
    Follow(#[from] FollowError),
    /// The cryptographic library refused.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
    /// A pad that should be here is not.
    #[error(
        "the pad of a part is missing that the store says it has; restore the store from its other place"
    )]
    PadMissing,
}

//! What the hub answers a trustee that asks for the headers of guarded entries.

use counterseal_model::body;
use counterseal_model::cbor::{BodyError, from_bytes_strict, to_bytes};

use crate::bytes::Blob;

body! {
    /// The signed header of one guarded entry, and where its leaf stands.
    pub struct GuardedHeader {
        /// Index of its leaf in the journal log.
        1 index: u64,
        /// The signed header as its author wrote it.
        2 header: Blob,
    }
}

body! {
    /// Headers of guarded entries, in the order of the journal log. It is not signed: each header is, and its leaf is
    /// in the log.
    pub struct GuardedHeaders {
        /// The headers.
        1 headers: Vec<GuardedHeader>,
        /// The index from which to ask next.
        2 next: u64,
        /// The lowest index below `next` of a leaf whose entry the hub does not have, after a restore or a
        /// succession. Whether it is guarded is not known: to be asked for again from there, some time.
        3 lacking: Option<u64>,
    }
}

impl GuardedHeaders {
    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// Reads it, strictly.
    ///
    /// # Errors
    /// When it is not one.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        from_bytes_strict(bytes)
    }
}

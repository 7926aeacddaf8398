//! The signed trace of an export: who took what out, and how to know the copy again.

use crate::body;

body! {
    /// What was exported. Its author and time are the entry's.
    #[derive(Default)]
    pub struct ExportMark {
        /// The query, as it was asked.
        1 query: String,
        /// The file format, as in `csv`.
        2 format: String,
        /// Number of records in the file.
        3 count: u64,
        /// SHA-256 of the file's bytes, 32 bytes.
        4 digest: Digest,
        /// The mark the file carries, unique to this export.
        5 mark: String,
    }
}

/// A SHA-256 digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Digest(pub [u8; 32]);

impl crate::cbor::Value for Digest {
    fn write(&self, w: &mut crate::cbor::Writer) {
        w.bytes(&self.0);
    }
    fn read(r: &mut crate::cbor::Reader<'_>) -> Result<Self, crate::cbor::BodyError> {
        r.fixed("a SHA-256 digest").map(Self)
    }
}

//! Byte strings as fields of a body.

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

/// Exactly `N` bytes: salts, commitments, public keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bytes<const N: usize>(pub [u8; N]);

impl<const N: usize> Bytes<N> {
    /// All bytes zero: "none" where a field must be there.
    pub const ZERO: Self = Self([0; N]);
}

impl<const N: usize> fmt::Debug for Bytes<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start: Vec<u8> = self.0.iter().copied().take(4).collect();
        write!(f, "Bytes<{N}>({}..)", hex::encode(start))
    }
}

impl<const N: usize> Value for Bytes<N> {
    fn write(&self, w: &mut Writer) {
        w.bytes(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.fixed("a byte string of the length this field has").map(Self)
    }
}

/// Bytes of any length: ciphertexts, signed objects.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Blob(pub Vec<u8>);

impl Value for Blob {
    fn write(&self, w: &mut Writer) {
        w.bytes(&self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.bytes().map(|bytes| Self(bytes.to_vec()))
    }
}

//! Secrets inside what is kept.

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use zeroize::Zeroizing;

/// Secret bytes in a body that is kept encrypted: wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hidden<const N: usize>(pub(super) Zeroizing<[u8; N]>);

impl<const N: usize> Hidden<N> {
    pub(super) fn of(bytes: &[u8; N]) -> Self {
        Self(Zeroizing::new(*bytes))
    }
}

impl<const N: usize> fmt::Debug for Hidden<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden(secret)")
    }
}

impl<const N: usize> Value for Hidden<N> {
    fn write(&self, w: &mut Writer) {
        w.bytes(self.0.as_slice());
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.fixed("a secret of the length this field has").map(|bytes| Self(Zeroizing::new(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_secret_prints_nothing() {
        assert_eq!(format!("{:?}", Some(Hidden::of(&[7; 16]))), "Some(Hidden(secret))");
    }
}

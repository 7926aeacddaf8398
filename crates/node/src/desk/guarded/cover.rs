//! Covers: what fills up a batch in which nobody wrote enough.

/// All that a cover says. As an entry it has what every other has, a salt and shares of its own, so that no two
/// covers are alike before they are opened.
pub(super) const COVER: &[u8] = b"counterseal/cs1/part/cover\0";

/// Whether an opened guarded part is a cover: it tells nothing, and is neither listed nor counted nor shown.
#[must_use]
pub fn is_cover(plaintext: &[u8]) -> bool {
    plaintext == COVER
}

//! The suite. Every object names it, there is no negotiation, and an unknown one fails closed.

use counterseal_model::cbor::{Reader, check_canonical};

/// CS1, the one suite this version writes and reads.
pub const SUITE: u64 = 1;

/// The suite that a body names in its first field. Read before the rest, so that an object of a
/// newer suite is refused as that and not as malformed.
pub(crate) fn suite_of(body: &[u8]) -> Option<u64> {
    check_canonical(body).ok()?;
    let mut r = Reader::strict(body);
    let _pairs = r.map().ok()?;
    (r.uint().ok()? == 1).then(|| r.uint().ok()).flatten()
}

//! Whether a pad is the one that its entry's author committed to (docs/decisions/0025).

use counterseal_register::VerifiedHeader;
use subtle::ConstantTimeEq;

use crate::schedule::derive_pad_commitment;
use crate::secrets::Pad;

/// Whether a pad of a part is the one that the author committed to for the trustee that stands at `rank` and `x` of the
/// set. What the header does not name is committed to by nobody.
#[must_use]
pub fn pad_is_committed(entry: &VerifiedHeader, index: u32, (rank, x): (usize, u8), pad: &Pad) -> bool {
    let part = usize::try_from(index).ok().and_then(|at| entry.header().parts.get(at));
    let named = part.and_then(|part| part.guard.as_ref()?.pads.get(rank));
    named.is_some_and(|named| fits(named, entry.ctx(), x, index, pad))
}

/// In constant time: a pad is secret, whoever gave it.
pub(crate) fn fits(named: &[u8; 32], ctx: &[u8; 32], x: u8, index: u32, pad: &Pad) -> bool {
    derive_pad_commitment(ctx, x, index, pad).ct_eq(named).into()
}

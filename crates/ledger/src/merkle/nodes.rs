//! Where the nodes of a tree come from.

use super::Hash;

/// Gives the hashes of a tree's complete subtrees. Implemented by tiles, and by whatever else keeps a
/// tree.
pub trait NodeReader {
    /// Why a node cannot be had.
    type Error;

    /// The hash over the leaves `index << level .. (index + 1) << level`.
    ///
    /// # Errors
    /// When there is no such node, or it cannot be read.
    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Self::Error>;
}

/// MTH(D[start:end]) (RFC 6962, section 2.1) for a range that is a subtree: `start` is a multiple of
/// the smallest power of two that is no less than the range's length.
pub(crate) fn range_root<R: NodeReader>(start: u64, end: u64, nodes: &mut R) -> Result<Hash, R::Error> {
    let (mut roots, mut from, size) = (Vec::new(), start, end - start);
    for level in (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1) {
        roots.push(nodes.node(level, from >> level)?);
        from += 1 << level;
    }
    let joined = roots.into_iter().rev().reduce(|right, left| Hash::node(&left, &right));
    Ok(joined.unwrap_or(Hash::EMPTY_ROOT))
}

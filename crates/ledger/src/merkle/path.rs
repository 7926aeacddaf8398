//! The one walk behind all proofs. A proof that `[start, end)` is a subtree of the tree over
//! `[low, high)` holds the roots of everything beside it, from the bottom up. A leaf's inclusion is
//! the case `end = start + 1`, consistency is the case `start = 0` (RFC 6962, sections 2.1.1 and
//! 2.1.2; draft-ietf-plants-merkle-tree-certs, "Subtree Consistency Proofs").

use std::ops::Range;

use super::nodes::range_root;
use super::{Hash, NodeReader};

/// Appends the proof to `out`. `known` says that the verifier has the root of `part` itself.
pub(crate) fn make<R: NodeReader>(
    part: Range<u64>,
    tree: Range<u64>,
    known: bool,
    nodes: &mut R,
    out: &mut Vec<Hash>,
) -> Result<(), R::Error> {
    if part == tree {
        if !known {
            out.push(range_root(tree.start, tree.end, nodes)?);
        }
        return Ok(());
    }
    let middle = tree.start + split(tree.end - tree.start);
    let beside = if part.end <= middle {
        make(part, tree.start..middle, known, nodes, out)?;
        middle..tree.end
    } else {
        // A part that reaches over the middle fills the left side, and the verifier does not know the
        // root of its piece on the right.
        let (right, known) = if part.start < middle { (middle..part.end, false) } else { (part, known) };
        make(right, middle..tree.end, known, nodes, out)?;
        tree.start..middle
    };
    out.push(range_root(beside.start, beside.end, nodes)?);
    Ok(())
}

/// Takes the proof's hashes from its end and returns the roots that it implies: of `part`, and of
/// `tree`. `None` when the proof has too few hashes. `part` is not empty, a subtree, and within `tree`.
pub(crate) fn rebuild(
    part: Range<u64>,
    tree: Range<u64>,
    known: Option<Hash>,
    proof: &mut impl DoubleEndedIterator<Item = Hash>,
) -> Option<(Hash, Hash)> {
    if part == tree {
        let root = known.or_else(|| proof.next_back())?;
        return Some((root, root));
    }
    let middle = tree.start + split(tree.end - tree.start);
    let beside = proof.next_back()?;
    if part.end <= middle {
        let (of_part, left) = rebuild(part, tree.start..middle, known, proof)?;
        Some((of_part, Hash::node(&left, &beside)))
    } else if part.start >= middle {
        let (of_part, right) = rebuild(part, middle..tree.end, known, proof)?;
        Some((of_part, Hash::node(&beside, &right)))
    } else {
        // A subtree that reaches over the middle begins where the tree does.
        let (of_part, right) = rebuild(middle..part.end, middle..tree.end, None, proof)?;
        Some((Hash::node(&beside, &of_part), Hash::node(&beside, &right)))
    }
}

/// The largest power of two below `size`, which is at least 2.
const fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

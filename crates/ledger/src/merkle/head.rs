//! A tree's head, and what it takes to make the next one.

use super::{Hash, NodeReader};
use crate::text::{MAX_NUMBER, Malformed};

/// The size of a tree and its root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// How many leaves.
    pub size: u64,
    /// The Merkle tree hash over them.
    pub root: Hash,
}

impl TreeHead {
    /// The head of the tree without leaves.
    pub const EMPTY: Self = Self { size: 0, root: Hash::EMPTY_ROOT };
}

/// The right edge of a tree: the roots of the complete subtrees that its size splits into, largest
/// first. It is all that appending needs, at most 63 hashes however large the tree is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    edge: Vec<Hash>,
}

impl Frontier {
    /// Of the tree without leaves.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Of the first `size` leaves of a tree: [`Frontier::root`] is then the root of that prefix.
    ///
    /// # Errors
    /// When the reader has not got a node of the prefix.
    pub fn read<R: NodeReader>(size: u64, nodes: &mut R) -> Result<Self, R::Error> {
        let (mut edge, mut start) = (Vec::new(), 0);
        for level in (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1) {
            edge.push(nodes.node(level, start >> level)?);
            start += 1 << level;
        }
        Ok(Self { size, edge })
    }

    /// From the roots of its complete subtrees, largest first: one for every bit set in `size`.
    pub(crate) const fn from_parts(size: u64, edge: Vec<Hash>) -> Self {
        Self { size, edge }
    }

    pub(crate) fn into_edge(self) -> Vec<Hash> {
        self.edge
    }

    /// Appends a leaf, by its hash.
    pub fn push(&mut self, leaf: Hash) {
        let (mut node, mut size) = (leaf, self.size);
        while size & 1 == 1 {
            // Every bit set in the size has its hash: there is one to take.
            if let Some(left) = self.edge.pop() {
                node = Hash::node(&left, &node);
            }
            size >>= 1;
        }
        self.edge.push(node);
        self.size += 1;
    }

    /// How many leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        let joined = self.edge.iter().rev().copied().reduce(|right, left| Hash::node(&left, &right));
        joined.unwrap_or(Hash::EMPTY_ROOT)
    }

    /// Size and root.
    #[must_use]
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root() }
    }

    /// u64 size, big-endian ‖ the hashes, largest subtree first.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.edge.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote.
    ///
    /// # Errors
    /// When there are not exactly as many hashes as the size has bits set.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "right edge of a tree", why };
        let (size, hashes) = bytes.split_first_chunk().ok_or_else(|| wrong("it is cut off"))?;
        let size = u64::from_be_bytes(*size);
        let (hashes, rest) = hashes.as_chunks::<{ Hash::LEN }>();
        if size > MAX_NUMBER {
            return Err(wrong("the size is above 2^63 - 1"));
        }
        if !rest.is_empty() || hashes.len() != size.count_ones() as usize {
            return Err(wrong("the number of hashes does not fit the size"));
        }
        Ok(Self { size, edge: hashes.iter().copied().map(Hash::from_bytes).collect() })
    }
}

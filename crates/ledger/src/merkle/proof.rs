//! Proofs of inclusion and of consistency.

use super::path::{make, rebuild};
use super::{Hash, NodeReader, TreeHead};

/// The most hashes in a proof (tlog-witness, "add-checkpoint"; tlog-mirror, "add-entries").
pub(crate) const MAX_PROOF: usize = 63;

/// Why a proof shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefusal {
    /// More than 63 hashes.
    #[error("the proof has {hashes} hashes; 63 are the most")]
    TooLong {
        /// How many it has.
        hashes: usize,
    },
    /// It speaks of leaves that the tree has not got, or of a range that is no subtree.
    #[error("leaves {start} to {end} are no subtree of a tree of {size} leaves")]
    OutOfRange {
        /// The first leaf.
        start: u64,
        /// The leaf after the last.
        end: u64,
        /// The tree's size.
        size: u64,
    },
    /// Too few or too many hashes for these sizes.
    #[error("the proof has {hashes} hashes, which does not fit the sizes")]
    Length {
        /// How many it has.
        hashes: usize,
    },
    /// The hashes do not lead to the root.
    #[error("the proof does not lead to the tree's root; what it should prove is not shown")]
    Mismatch,
}

/// Why a tree is not shown to continue another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyRefusal {
    /// The sizes are the wrong way round.
    #[error("a tree of {new} leaves does not continue one of {old}")]
    Backwards {
        /// The size that should be the smaller.
        old: u64,
        /// The size that should be the larger.
        new: u64,
    },
    /// Every tree continues the empty one: there is nothing to prove.
    #[error("nothing can be proved from a tree without leaves")]
    FromNothing,
    /// Too few or too many hashes for these sizes.
    #[error("the proof has {hashes} hashes, which does not fit the sizes")]
    Length {
        /// How many it has.
        hashes: usize,
    },
    /// Two roots at one size.
    #[error("two different roots for one size")]
    SameSize,
    /// The proof does not lead to the larger tree's root. That shows nothing about either tree.
    #[error("the proof does not lead to the larger tree's root; ask for another")]
    NewRoot,
    /// The proof leads to the larger tree's root, and shows that the smaller tree is not a part of
    /// it: who signed both has shown two trees.
    #[error("the larger tree does not hold the smaller one")]
    OldRoot {
        /// The root that the larger tree has at the smaller one's size.
        implied: Hash,
    },
}

/// Shows that a leaf stands at an index of a tree (RFC 6962, section 2.1.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof(Vec<Hash>);

impl InclusionProof {
    /// A proof that came from elsewhere.
    ///
    /// # Errors
    /// When it has more than 63 hashes.
    pub fn from_hashes(hashes: Vec<Hash>) -> Result<Self, ProofRefusal> {
        bounded(hashes).map(Self)
    }

    /// The proof for the leaf at `index` among the first `size`. `index` is below `size`, or the
    /// proof proves nothing.
    ///
    /// # Errors
    /// When a node cannot be read.
    pub fn make<R: NodeReader>(index: u64, size: u64, nodes: &mut R) -> Result<Self, R::Error> {
        let mut hashes = Vec::new();
        if index < size {
            make(index..index + 1, 0..size, true, nodes, &mut hashes)?;
        }
        Ok(Self(hashes))
    }

    /// Its hashes, from the leaf's sibling up.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.0
    }

    /// Checks that `leaf` is the hash of the leaf at `index`.
    ///
    /// # Errors
    /// When the proof does not show it.
    pub fn verify(&self, index: u64, leaf: &Hash, head: &TreeHead) -> Result<(), ProofRefusal> {
        if index >= head.size {
            let end = index.saturating_add(1);
            return Err(ProofRefusal::OutOfRange { start: index, end, size: head.size });
        }
        verify_part(index..index + 1, leaf, head, &self.0)
    }

    /// Checks that `leaf` is the hash of the leaf at `index`, within a subtree whose root is `root`.
    ///
    /// # Errors
    /// When the proof does not show it.
    pub fn verify_in_subtree(
        &self,
        index: u64,
        leaf: &Hash,
        subtree: &Subtree,
        root: &Hash,
    ) -> Result<(), ProofRefusal> {
        let size = subtree.end - subtree.start;
        let outside = ProofRefusal::OutOfRange { start: index, end: index.saturating_add(1), size };
        let within = index.checked_sub(subtree.start).ok_or(outside)?;
        self.verify(within, leaf, &TreeHead { size, root: *root })
    }
}

/// Shows that a tree continues a smaller one (RFC 6962, section 2.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof(Vec<Hash>);

impl ConsistencyProof {
    /// A proof that came from elsewhere.
    ///
    /// # Errors
    /// When it has more than 63 hashes.
    pub fn from_hashes(hashes: Vec<Hash>) -> Result<Self, ProofRefusal> {
        bounded(hashes).map(Self)
    }

    /// The proof that the first `new` leaves continue the first `old` ones; empty when `old` is 0 or
    /// is not below `new`.
    ///
    /// # Errors
    /// When a node cannot be read.
    pub fn make<R: NodeReader>(old: u64, new: u64, nodes: &mut R) -> Result<Self, R::Error> {
        let mut hashes = Vec::new();
        if 0 < old && old < new {
            make(0..old, 0..new, true, nodes, &mut hashes)?;
        }
        Ok(Self(hashes))
    }

    /// Its hashes, from the bottom up.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.0
    }

    /// Checks that `new` continues `old`. Equal sizes need equal roots and an empty proof; from size
    /// 0 there is nothing to check, and this says so rather than agree.
    ///
    /// # Errors
    /// When it is not shown.
    pub fn verify(&self, old: &TreeHead, new: &TreeHead) -> Result<(), ConsistencyRefusal> {
        let length = ConsistencyRefusal::Length { hashes: self.0.len() };
        if old.size > new.size {
            return Err(ConsistencyRefusal::Backwards { old: old.size, new: new.size });
        }
        if old.size == new.size {
            // A tree without leaves has one root.
            let possible = old.size > 0 || old.root == Hash::EMPTY_ROOT;
            return match (old.root == new.root && possible, self.0.is_empty()) {
                (false, _) => Err(ConsistencyRefusal::SameSize),
                (true, false) => Err(length),
                (true, true) => Ok(()),
            };
        }
        if old.size == 0 {
            return Err(ConsistencyRefusal::FromNothing);
        }
        let mut hashes = self.0.iter().copied();
        let (implied, root) = rebuild(0..old.size, 0..new.size, Some(old.root), &mut hashes).ok_or(length)?;
        match () {
            () if hashes.next().is_some() => Err(length),
            () if root != new.root => Err(ConsistencyRefusal::NewRoot),
            () if implied != old.root => Err(ConsistencyRefusal::OldRoot { implied }),
            () => Ok(()),
        }
    }
}

/// A range of leaves whose root can be checked against a tree's: it starts at a multiple of the
/// smallest power of two that is no less than its length (draft-ietf-plants-merkle-tree-certs,
/// "Subtrees"). It may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subtree {
    start: u64,
    end: u64,
}

impl Subtree {
    /// The leaves `start..end`, or `None` when they are no subtree.
    #[must_use]
    pub fn new(start: u64, end: u64) -> Option<Self> {
        let length = end.checked_sub(start)?;
        let aligned = length == 0 || start.is_multiple_of(length.checked_next_power_of_two()?);
        aligned.then_some(Self { start, end })
    }

    /// The first leaf.
    #[must_use]
    pub const fn start(&self) -> u64 {
        self.start
    }

    /// The leaf after the last.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.end
    }
}

/// Shows that a subtree is a part of a tree: what a mirror checks of entries before it keeps them
/// (tlog-mirror, "add-entries").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubtreeProof(Vec<Hash>);

impl SubtreeProof {
    /// A proof that came from elsewhere.
    ///
    /// # Errors
    /// When it has more than 63 hashes.
    pub fn from_hashes(hashes: Vec<Hash>) -> Result<Self, ProofRefusal> {
        bounded(hashes).map(Self)
    }

    /// The proof for a subtree of the first `size` leaves; empty when it reaches beyond them.
    ///
    /// # Errors
    /// When a node cannot be read.
    pub fn make<R: NodeReader>(part: &Subtree, size: u64, nodes: &mut R) -> Result<Self, R::Error> {
        let mut hashes = Vec::new();
        if part.start < part.end && part.end <= size {
            make(part.start..part.end, 0..size, true, nodes, &mut hashes)?;
        }
        Ok(Self(hashes))
    }

    /// Its hashes, from the bottom up.
    #[must_use]
    pub fn hashes(&self) -> &[Hash] {
        &self.0
    }

    /// Checks that `root` is the root of `part` in the tree. The root of no leaves is that of the
    /// empty tree, in any tree.
    ///
    /// # Errors
    /// When the proof does not show it.
    pub fn verify(&self, part: &Subtree, root: &Hash, head: &TreeHead) -> Result<(), ProofRefusal> {
        if part.end > head.size {
            return Err(ProofRefusal::OutOfRange { start: part.start, end: part.end, size: head.size });
        }
        if part.start == part.end {
            return match (self.0.len(), *root == Hash::EMPTY_ROOT) {
                (0, true) => Ok(()),
                (0, false) => Err(ProofRefusal::Mismatch),
                (hashes, _) => Err(ProofRefusal::Length { hashes }),
            };
        }
        verify_part(part.start..part.end, root, head, &self.0)
    }
}

/// Checks that `root` is the root over the leaves of `part`, which is not empty and within the tree.
fn verify_part(
    part: std::ops::Range<u64>,
    root: &Hash,
    head: &TreeHead,
    proof: &[Hash],
) -> Result<(), ProofRefusal> {
    let length = ProofRefusal::Length { hashes: proof.len() };
    let mut hashes = proof.iter().copied();
    let (of_part, whole) = rebuild(part, 0..head.size, Some(*root), &mut hashes).ok_or(length)?;
    match () {
        () if hashes.next().is_some() => Err(length),
        () if (of_part, whole) != (*root, head.root) => Err(ProofRefusal::Mismatch),
        () => Ok(()),
    }
}

fn bounded(hashes: Vec<Hash>) -> Result<Vec<Hash>, ProofRefusal> {
    match hashes.len() {
        0..=MAX_PROOF => Ok(hashes),
        hashes => Err(ProofRefusal::TooLong { hashes }),
    }
}

//! What a desk has seen of a log, and the proof when the log shows someone else another tree.

use crate::merkle::{ConsistencyProof, ConsistencyRefusal, Hash, MAX_PROOF, TreeHead};
use crate::note::{CheckpointRefusal, SignedCheckpoint, VerifiedCheckpoint, VerifierKey};
use crate::text::Malformed;

/// How many checkpoints are kept.
pub const KEPT_CHECKPOINTS: usize = 32;

/// The last checkpoints of one log, each shown to continue the one before. Every new one is held
/// against them (PROTOCOL section 2).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    kept: Vec<VerifiedCheckpoint>,
}

/// How a checkpoint stands to what was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// The first of this log. Nothing is known of what came before.
    First,
    /// The newest one again.
    Same,
    /// It continues the newest, and is now the newest.
    Newer {
        /// How many entries were added.
        by: u64,
    },
    /// A part of the newest one: whoever gave it as the newest is behind, or rolled back.
    Rollback {
        /// How many entries it lacks.
        by: u64,
    },
}

/// Why a checkpoint is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SeenRefusal {
    /// It is another log's.
    #[error("the checkpoint is another log's")]
    OtherLog,
    /// There is no proof that joins it to the newest one. Without it the checkpoint counts for nothing.
    #[error("nothing shows that the log of size {to} continues that of size {from}; ask for the proof")]
    ProofMissing {
        /// The smaller size.
        from: u64,
        /// The larger size.
        to: u64,
    },
    /// The proof does not hold. It may be the messenger's fault; stop opening until it is known.
    #[error("the log of size {to} is not shown to continue that of size {from}: {why}")]
    NotConsistent {
        /// The smaller size.
        from: u64,
        /// The larger size.
        to: u64,
        /// What is wrong with the proof.
        why: ConsistencyRefusal,
    },
    /// The log has signed two trees: here is the proof.
    #[error("the log has signed two different trees; stop opening and tell the governors")]
    Split(Box<Split>),
}

impl Seen {
    /// From checkpoints that were kept, oldest first.
    ///
    /// # Errors
    /// When they are not of one log, or two are of one size.
    pub fn restore(kept: Vec<VerifiedCheckpoint>) -> Result<Self, Malformed> {
        let ordered = kept.is_sorted_by(|a, b| a.origin() == b.origin() && a.head().size < b.head().size);
        if ordered && kept.len() <= KEPT_CHECKPOINTS {
            return Ok(Self { kept });
        }
        Err(Malformed { what: "list of checkpoints seen", why: "it is not one log's, in order" })
    }

    /// The newest one.
    #[must_use]
    pub fn newest(&self) -> Option<&VerifiedCheckpoint> {
        self.kept.last()
    }

    /// All that are kept, oldest first.
    #[must_use]
    pub fn kept(&self) -> &[VerifiedCheckpoint] {
        &self.kept
    }

    /// Holds a checkpoint against those that were seen. `proof` joins the smaller of it and the
    /// newest to the larger; it is not needed for the first, from size 0, and for one of a size that
    /// is kept.
    ///
    /// # Errors
    /// When it does not fit what was seen, or is not shown to. Nothing is kept of it then.
    pub fn observe(
        &mut self,
        new: VerifiedCheckpoint,
        proof: Option<&ConsistencyProof>,
    ) -> Result<Sighting, SeenRefusal> {
        let Some(newest) = self.kept.last() else {
            self.kept.push(new);
            return Ok(Sighting::First);
        };
        if new.origin() != newest.origin() {
            return Err(SeenRefusal::OtherLog);
        }
        if let Some(split) = self.kept.iter().find_map(|kept| Split::at_one_size(kept, &new)) {
            return Err(SeenRefusal::Split(Box::new(split)));
        }
        let (old_size, new_size) = (newest.head().size, new.head().size);
        let by = new_size.abs_diff(old_size);
        if self.kept.iter().any(|kept| kept.head() == new.head()) {
            return Ok(if by == 0 { Sighting::Same } else { Sighting::Rollback { by } });
        }
        if new_size < old_size {
            joined(&new, newest, proof)?;
            return Ok(Sighting::Rollback { by });
        }
        joined(newest, &new, proof)?;
        if self.kept.len() == KEPT_CHECKPOINTS {
            self.kept.remove(0);
        }
        self.kept.push(new);
        Ok(Sighting::Newer { by })
    }
}

/// Checks that `larger` continues `smaller`.
fn joined(
    smaller: &VerifiedCheckpoint,
    larger: &VerifiedCheckpoint,
    proof: Option<&ConsistencyProof>,
) -> Result<(), SeenRefusal> {
    let (from, to) = (smaller.head().size, larger.head().size);
    if from == 0 {
        return Ok(());
    }
    let proof = proof.ok_or(SeenRefusal::ProofMissing { from, to })?;
    match proof.verify(&smaller.head(), &larger.head()) {
        Ok(()) => Ok(()),
        Err(ConsistencyRefusal::OldRoot { implied }) => {
            let prefix = Some((implied, proof.clone()));
            let split = Split { smaller: smaller.clone(), larger: larger.clone(), prefix };
            Err(SeenRefusal::Split(Box::new(split)))
        }
        Err(why) => Err(SeenRefusal::NotConsistent { from, to, why }),
    }
}

/// Proof that a log has signed two trees, which anyone who has the log's key can check: two
/// checkpoints of one size with different roots, or two of different sizes with a proof that the
/// larger tree begins with another root than the smaller one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    smaller: VerifiedCheckpoint,
    larger: VerifiedCheckpoint,
    /// The root that the larger tree has at the smaller one's size, and the proof of it.
    prefix: Option<(Hash, ConsistencyProof)>,
}

impl Split {
    /// The proof in two checkpoints of one log and one size, if their roots differ.
    #[must_use]
    pub fn at_one_size(ours: &VerifiedCheckpoint, theirs: &VerifiedCheckpoint) -> Option<Self> {
        let (a, b) = (ours.head(), theirs.head());
        let differ = ours.origin() == theirs.origin() && a.size == b.size && a.root != b.root;
        differ.then(|| Self { smaller: ours.clone(), larger: theirs.clone(), prefix: None })
    }

    /// The proof in two checkpoints of one log and of different sizes, if the larger tree begins with another
    /// root than the smaller one's: `begins` is that root, and `proof` joins it to the larger tree.
    #[must_use]
    pub fn at_two_sizes(
        smaller: VerifiedCheckpoint,
        larger: VerifiedCheckpoint,
        begins: Hash,
        proof: ConsistencyProof,
    ) -> Option<Self> {
        let (size, root) = (smaller.head().size, smaller.head().root);
        let ordered = smaller.origin() == larger.origin() && size < larger.head().size;
        let begins_so = proof.verify(&TreeHead { size, root: begins }, &larger.head()).is_ok();
        let differ = ordered && begins != root && begins_so;
        differ.then_some(Self { smaller, larger, prefix: Some((begins, proof)) })
    }

    /// The checkpoint of the smaller size; of one size, the one that was seen first.
    #[must_use]
    pub const fn smaller(&self) -> &VerifiedCheckpoint {
        &self.smaller
    }

    /// The other one.
    #[must_use]
    pub const fn larger(&self) -> &VerifiedCheckpoint {
        &self.larger
    }

    /// Both notes, each after its length as a big-endian u32, then for different sizes the root and
    /// the proof's hashes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for note in [self.smaller.to_string(), self.larger.to_string()] {
            // A note has at most 256 KiB.
            bytes.extend_from_slice(&u32::try_from(note.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend_from_slice(note.as_bytes());
        }
        if let Some((root, proof)) = &self.prefix {
            let hashes = std::iter::once(root).chain(proof.hashes());
            hashes.for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
        }
        bytes
    }

    /// Reads the proof and checks it, as someone who trusts nobody but the log's key.
    ///
    /// # Errors
    /// When it proves nothing.
    pub fn check(bytes: &[u8], keys: &[VerifierKey]) -> Result<Self, SplitRefusal> {
        let (smaller, rest) = take_note(bytes)?;
        let (larger, rest) = take_note(rest)?;
        let smaller = SignedCheckpoint::parse(smaller)?.verify(keys)?;
        let larger = SignedCheckpoint::parse(larger)?.verify(keys)?;
        if smaller.origin() != larger.origin() {
            return Err(SplitRefusal::NotProved);
        }
        if rest.is_empty() {
            return Self::at_one_size(&smaller, &larger).ok_or(SplitRefusal::NotProved);
        }
        let malformed = |why| Malformed { what: "proof of two trees", why };
        let (hashes, after) = rest.as_chunks::<{ Hash::LEN }>();
        let mut hashes = hashes.iter().copied().map(Hash::from_bytes);
        let (Some(root), true) = (hashes.next(), after.is_empty() && hashes.len() <= MAX_PROOF) else {
            return Err(malformed("its hashes are cut off or too many").into());
        };
        let proof = ConsistencyProof::from_hashes(hashes.collect());
        let proof = proof.map_err(|_| malformed("its hashes are too many"))?;
        Self::at_two_sizes(smaller, larger, root, proof).ok_or(SplitRefusal::NotProved)
    }
}

/// Why a proof of two trees proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SplitRefusal {
    /// It cannot be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// A checkpoint in it is not the log's.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointRefusal),
    /// The two checkpoints may be of one tree.
    #[error("the two checkpoints can both be of one tree")]
    NotProved,
}

fn take_note(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let wrong = |why| Malformed { what: "proof of two trees", why };
    let (length, rest) = bytes.split_first_chunk().ok_or_else(|| wrong("it is cut off"))?;
    let length = u32::from_be_bytes(*length) as usize;
    rest.split_at_checked(length).ok_or_else(|| wrong("it is cut off"))
}

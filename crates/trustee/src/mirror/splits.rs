//! A log that has signed two trees: the proof is kept, and stops everything.

use std::cmp::Ordering;

use counterseal_ledger::{ConsistencyProof, Split, VerifiedCheckpoint};
use counterseal_mirror::{LeafNodes, LogFiles, MirrorError, find_split, log_signed};
use counterseal_register::LogKind;

use super::rows::{self, StoredLeaves};
use super::{FollowError, Mirror};
use crate::store::{Batch, KeptSplit, MirrorStep, Store};

/// How a checkpoint that somebody else shows stands to the mirror.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The mirror begins with it, or is it.
    Consistent,
    /// It covers more than is mirrored: nothing can be said before the mirror has advanced.
    Ahead {
        /// Leaves that it covers.
        size: u64,
    },
    /// The log has signed two trees. The proof is kept.
    TwoTrees,
}

impl Mirror {
    /// Holds a checkpoint that a witness, a desk or another trustee shows against the mirror.
    ///
    /// # Errors
    /// `Log` when the log has not signed it; what the disks say.
    pub fn check_note(
        &mut self,
        store: &mut Store,
        log: LogKind,
        note: &[u8],
    ) -> Result<Agreement, FollowError> {
        let register = self.register.clone().ok_or(MirrorError::NoHub)?;
        let unsigned = || MirrorError::Log("the checkpoint is not signed by the log".to_owned());
        let theirs = log_signed(&register, register.last(), note).ok_or_else(unsigned)?;
        if !self.is_present(log, theirs.origin().as_str()) {
            return Err(MirrorError::Log("the checkpoint is of another log".to_owned()).into());
        }
        let (here, size) = (self.log(log).map_or(0, |log| log.size), theirs.head().size);
        if size > here {
            return Ok(Agreement::Ahead { size });
        }
        match self.against_leaves(store, log, &theirs)? {
            None => Ok(Agreement::Consistent),
            Some(split) => {
                self.keep_split(store, log, &split)?;
                Ok(Agreement::TwoTrees)
            }
        }
    }

    /// Proofs that a log of this mission has signed two trees, of any generation.
    ///
    /// # Errors
    /// What the disk says.
    pub fn splits(&self, store: &Store) -> Result<Vec<KeptSplit>, FollowError> {
        store.read(rows::splits)
    }

    /// What a log's files show does not fit what is here: if the log's key signed both, the proof is kept.
    pub(super) fn prove_split(
        &mut self,
        store: &mut Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        notes: &[(LogKind, Vec<u8>)],
    ) -> Result<Option<LogKind>, FollowError> {
        let Some(register) = self.register.clone() else { return Ok(None) };
        for (log, note) in notes {
            let signed = log_signed(&register, register.last(), note);
            let Some(theirs) = signed.filter(|theirs| self.is_present(*log, theirs.origin().as_str())) else {
                continue;
            };
            let here = self.log(*log).map_or(0, |log| log.size);
            let split = match theirs.head().size <= here {
                true => self.against_leaves(store, *log, &theirs).ok().flatten(),
                false => self.against_files(store, files, *log, &theirs)?,
            };
            if let Some(split) = split {
                self.keep_split(store, *log, &split)?;
                return Ok(Some(*log));
            }
        }
        Ok(None)
    }

    /// A checkpoint that covers no more than is here: the tree must begin with it. The proof if it does not.
    fn against_leaves(
        &self,
        store: &Store,
        log: LogKind,
        theirs: &VerifiedCheckpoint,
    ) -> Result<Option<Split>, FollowError> {
        let head = theirs.head();
        store.read(|db| {
            let mut nodes = LeafNodes { leaves: StoredLeaves(db), log };
            let begins = match nodes.root_at(head.size)? {
                Some(root) if root != head.root => root,
                _ => return Ok(None),
            };
            for ours in self.ours(rows::kept_notes(db, log)?) {
                let split = match ours.head().size.cmp(&head.size) {
                    Ordering::Less => None,
                    Ordering::Equal => Split::at_one_size(&ours, theirs),
                    Ordering::Greater => {
                        let proof = ConsistencyProof::make(head.size, ours.head().size, &mut nodes)?;
                        Split::at_two_sizes(theirs.clone(), ours, begins, proof)
                    }
                };
                if split.is_some() {
                    return Ok(split);
                }
            }
            Err(MirrorError::OtherTree { log: log.word(), size: head.size }.into())
        })
    }

    /// A larger checkpoint whose tree, by its own tiles, does not begin with what is here.
    fn against_files(
        &self,
        store: &Store,
        files: &mut dyn LogFiles<Error = FollowError>,
        log: LogKind,
        theirs: &VerifiedCheckpoint,
    ) -> Result<Option<Split>, FollowError> {
        for ours in self.ours(store.read(|db| rows::kept_notes(db, log))?) {
            // Files that are none, or incomplete, prove nothing.
            if let Ok(Some(split)) = find_split(files, log, &ours, theirs) {
                return Ok(Some(split));
            }
        }
        Ok(None)
    }

    /// Those of the kept checkpoints that the present log has signed.
    fn ours(&self, notes: Vec<Vec<u8>>) -> Vec<VerifiedCheckpoint> {
        let Some(register) = &self.register else { return Vec::new() };
        notes.iter().filter_map(|note| log_signed(register, register.last(), note)).collect()
    }

    fn keep_split(&mut self, store: &mut Store, log: LogKind, split: &Split) -> Result<(), FollowError> {
        let kept = KeptSplit {
            log,
            origin: split.smaller().origin().to_string(),
            size: split.smaller().head().size,
            proof: split.to_bytes(),
        };
        let mirror = MirrorStep { splits: vec![kept], ..MirrorStep::default() };
        store.commit(&Batch { mirror, ..Batch::default() })?;
        self.reload(store)
    }
}

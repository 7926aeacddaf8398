//! Holding a checkpoint against a policy.

use std::collections::{BTreeMap, BTreeSet};

use super::{Definition, Policy};
use crate::note::{CheckpointRefusal, KeyName, SignedCheckpoint, VerifiedCheckpoint};

/// A witness that cosigned, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of its keys.
    pub witness: KeyName,
    /// The newest time that all its keys vouch for, in seconds since 1970.
    pub time: u64,
}

/// Why a checkpoint does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// It is not a known log's, or a signature on it is false.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointRefusal),
    /// Too few witnesses, or not the right ones.
    #[error("{} of the policy's witnesses have cosigned, which is no quorum; fetch more cosignatures", cosigned.len())]
    NoQuorum {
        /// Those that have.
        cosigned: Vec<Cosigned>,
    },
}

/// A checkpoint that its log has signed and a quorum has cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignedCheckpoint {
    checkpoint: VerifiedCheckpoint,
    cosigned: Vec<Cosigned>,
}

impl Policy {
    /// Checks the log's signature, all cosignatures by the policy's witnesses, and the quorum.
    ///
    /// A hybrid witness (one key name with a key of each type) counts when both its keys have signed
    /// with the same time: a time that one algorithm alone vouches for is a forger's if that
    /// algorithm is broken.
    ///
    /// # Errors
    /// When the log is not the policy's, a signature by a known key is false, or there is no quorum.
    pub fn evaluate(&self, checkpoint: SignedCheckpoint) -> Result<CosignedCheckpoint, PolicyRefusal> {
        let times = self.times(&checkpoint)?;
        let keys: Vec<_> = self.logs().cloned().collect();
        let checkpoint = checkpoint.verify(&keys)?;
        let mut met: Vec<bool> = Vec::new();
        for (_, definition) in &self.definitions {
            met.push(match definition {
                Definition::Witness { key, .. } => times.contains_key(key.name()),
                Definition::Group { threshold, members } => {
                    let count = members.iter().filter(|member| met.get(**member) == Some(&true)).count();
                    count >= *threshold
                }
            });
        }
        let cosigned = times.into_iter().map(|(witness, time)| Cosigned { witness, time }).collect();
        match self.quorum.is_none_or(|quorum| met.get(quorum) == Some(&true)) {
            true => Ok(CosignedCheckpoint { checkpoint, cosigned }),
            false => Err(PolicyRefusal::NoQuorum { cosigned }),
        }
    }

    /// For each key name whose keys have all signed at a common time, the newest such time.
    fn times(&self, checkpoint: &SignedCheckpoint) -> Result<BTreeMap<KeyName, u64>, CheckpointRefusal> {
        let mut common: BTreeMap<KeyName, BTreeSet<u64>> = BTreeMap::new();
        for (_, key) in self.witnesses() {
            let times: BTreeSet<u64> = checkpoint.cosigned_at(key)?.into_iter().collect();
            let so_far = common.entry(key.name().clone()).or_insert_with(|| times.clone());
            so_far.retain(|time| times.contains(time));
        }
        let newest = |(name, times): (KeyName, BTreeSet<u64>)| Some((name, times.last().copied()?));
        Ok(common.into_iter().filter_map(newest).collect())
    }
}

impl CosignedCheckpoint {
    /// The checkpoint.
    #[must_use]
    pub const fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.checkpoint
    }

    /// The witnesses that have cosigned, by name; at least a quorum.
    #[must_use]
    pub fn cosigned(&self) -> &[Cosigned] {
        &self.cosigned
    }

    /// The median of the witnesses' times, the earlier of two: the quorum's time (PROTOCOL section
    /// 7). `None` when the policy needs no witness and none has cosigned.
    #[must_use]
    pub fn median_time(&self) -> Option<u64> {
        let mut times: Vec<u64> = self.cosigned.iter().map(|cosigned| cosigned.time).collect();
        times.sort_unstable();
        times.get(times.len().checked_sub(1)? / 2).copied()
    }
}

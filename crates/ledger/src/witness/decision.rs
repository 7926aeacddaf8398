//! A witness's decision. It is pure; what must be durable before an answer goes out is between
//! [`Witness::decide`] and the cosignatures, and there is no way around it.

use super::AddCheckpoint;
use crate::merkle::{ConsistencyRefusal, TreeHead};
use crate::note::{
    CheckpointRefusal, Cosigner, KeyName, KeyUnusable, SignatureLine, VerifiedCheckpoint, VerifierKey,
};
use crate::seen::Split;
use crate::text::{MAX_NUMBER, Malformed};

/// Where a witness keeps the last checkpoint of each log.
///
/// **Atomic and durable**: comparing and replacing are one step that no other request can come
/// between, and when it returns [`Swap::Stored`] the new checkpoint survives a crash. A store that
/// compared first and wrote later would let an older request overwrite a newer one, and the witness
/// would then cosign a second tree (tlog-witness, "add-checkpoint", the race at its end).
pub trait WitnessStore {
    /// Why the store failed.
    type Error;

    /// Replaces the checkpoint of `new`'s origin if its head is `old`, where `None` is no checkpoint.
    /// Where the head stays the same, it is compared all the same. After an error the old or the new
    /// one may be there; both are right.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    fn compare_and_set(&self, old: Option<TreeHead>, new: &VerifiedCheckpoint) -> Result<Swap, Self::Error>;
}

/// What a store did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Swap {
    /// The new checkpoint is stored.
    Stored,
    /// Another was there; nothing was changed.
    Differs {
        /// The size of the one that is there.
        size: u64,
    },
}

/// Why a witness does not cosign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WitnessRefusal {
    /// 400: the request cannot be read.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// 400: the proof would lead backwards.
    #[error("the old size {old} is above the checkpoint's {new}")]
    OldAboveNew {
        /// The request's old size.
        old: u64,
        /// The checkpoint's size.
        new: u64,
    },
    /// 404: the log is not one that this witness knows.
    #[error("the log {origin} is not known to this witness")]
    UnknownLog {
        /// The origin.
        origin: KeyName,
    },
    /// 403: no key that it trusts has signed.
    #[error("no trusted key of {origin} has signed the checkpoint")]
    Unsigned {
        /// The origin.
        origin: KeyName,
    },
    /// 409: the old size is not that of the last checkpoint it cosigned.
    #[error("the last checkpoint cosigned has size {size}")]
    Conflict {
        /// That size; the body of the answer.
        size: u64,
    },
    /// 409: another root at the same size. The log has shown two trees, and this proves it.
    #[error("the log has signed two different trees; tell the governors")]
    Split(Box<Split>),
    /// 422: the proof does not hold.
    #[error(transparent)]
    Inconsistent(ConsistencyRefusal),
}

impl WitnessRefusal {
    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::OldAboveNew { .. } => 400,
            Self::Unsigned { .. } => 403,
            Self::UnknownLog { .. } => 404,
            Self::Conflict { .. } | Self::Split(_) => 409,
            Self::Inconsistent(_) => 422,
        }
    }

    /// The size that a 409 answers, as `text/x.tlog.size`: in decimal, with a newline.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Conflict { size } => Some(*size),
            Self::Split(split) => Some(split.smaller().head().size),
            _ => None,
        }
    }
}

/// A witness: the logs that it knows.
#[derive(Debug, Clone, Default)]
pub struct Witness {
    logs: Vec<VerifierKey>,
}

impl Witness {
    /// A witness for the logs of these keys. A log has as many keys as bear its name.
    #[must_use]
    pub const fn new(logs: Vec<VerifierKey>) -> Self {
        Self { logs }
    }

    /// Decides on a request, given the last checkpoint of its origin that was stored. The checks are
    /// those of tlog-witness, "add-checkpoint", in its order.
    ///
    /// # Errors
    /// When the witness must not cosign.
    pub fn decide(
        &self,
        request: AddCheckpoint,
        latest: Option<&VerifiedCheckpoint>,
    ) -> Result<Pending, WitnessRefusal> {
        let AddCheckpoint { old_size, proof, checkpoint } = request;
        let new = checkpoint.verify(&self.logs).map_err(refuse)?;
        // A caller that looked up another log's checkpoint has none for this one.
        let latest = latest.filter(|latest| latest.origin() == new.origin());
        if old_size > new.head().size {
            return Err(WitnessRefusal::OldAboveNew { old: old_size, new: new.head().size });
        }
        let old = latest.map_or(TreeHead::EMPTY, VerifiedCheckpoint::head);
        if old_size != old.size {
            return Err(WitnessRefusal::Conflict { size: old.size });
        }
        if let Some(split) = latest.and_then(|latest| Split::at_one_size(latest, &new)) {
            return Err(WitnessRefusal::Split(Box::new(split)));
        }
        let shown = match proof.verify(&old, &new.head()) {
            // From nothing there is nothing to prove, and the proof is empty.
            Err(ConsistencyRefusal::FromNothing) if proof.hashes().is_empty() => Ok(()),
            shown => shown,
        };
        shown.map_err(WitnessRefusal::Inconsistent)?;
        Ok(Pending { old: latest.map(VerifiedCheckpoint::head), new })
    }
}

fn refuse(refusal: CheckpointRefusal) -> WitnessRefusal {
    match refusal {
        CheckpointRefusal::Malformed(malformed) => WitnessRefusal::Malformed(malformed),
        CheckpointRefusal::UnknownLog { origin } => WitnessRefusal::UnknownLog { origin },
        CheckpointRefusal::Unsigned { origin } | CheckpointRefusal::BadSignature { name: origin } => {
            WitnessRefusal::Unsigned { origin }
        }
    }
}

/// A checkpoint that may be cosigned once it is stored.
#[derive(Debug, Clone)]
#[must_use = "nothing is cosigned before it is stored"]
pub struct Pending {
    old: Option<TreeHead>,
    new: VerifiedCheckpoint,
}

/// Why a decision came to nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitFailure<E> {
    /// Another request was first: 409, with the size that is stored now.
    #[error("the last checkpoint cosigned has size {size}")]
    Raced {
        /// That size.
        size: u64,
    },
    /// The store failed. Nothing was cosigned.
    #[error("the checkpoint could not be stored: {error}")]
    Store {
        /// What the store said.
        error: E,
    },
    /// The time is no time.
    #[error("the clock says {now} seconds since 1970; set it")]
    Clock {
        /// What it says.
        now: u64,
    },
    /// The key cannot sign.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
}

impl Pending {
    /// The checkpoint that would be cosigned.
    #[must_use]
    pub const fn checkpoint(&self) -> &VerifiedCheckpoint {
        &self.new
    }

    /// Stores the checkpoint, if the one that it was checked against is still the last, and only then
    /// cosigns it. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// When another request was first, the store failed, or the key cannot sign.
    pub fn commit<S: WitnessStore>(
        self,
        store: &S,
        cosigner: &Cosigner,
        now: u64,
    ) -> Result<[SignatureLine; 2], CommitFailure<S::Error>> {
        if now == 0 || now > MAX_NUMBER {
            return Err(CommitFailure::Clock { now });
        }
        match store.compare_and_set(self.old, &self.new) {
            Err(error) => Err(CommitFailure::Store { error }),
            Ok(Swap::Differs { size }) => Err(CommitFailure::Raced { size }),
            Ok(Swap::Stored) => Ok(cosigner.cosign(self.new.checkpoint(), now)?),
        }
    }
}

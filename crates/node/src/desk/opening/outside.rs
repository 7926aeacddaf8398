//! What an opening needs of the world: the hub's log, and the trustees.

use counterseal_register::{Blob, JournalLeaf, KeyId, SealedTo, TrusteeAnswer, TrusteeCall};
use counterseal_seal::Sealed;

use crate::desk::Desk;
use crate::link::LinkError;

/// The hub and the trustees, as an opening needs them. A trait, because tests play both, and lie.
pub trait Outside {
    /// Gives the hub a leaf of the journal log; gives back its index once it is durable there. The same leaf again has
    /// the same index.
    ///
    /// # Errors
    /// When the hub cannot be reached or does not take it.
    fn push_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf) -> Result<u64, LinkError>;

    /// A tlog-proof of the leaf at an index, without extra data, under a checkpoint that shows as many cosignatures as
    /// the hub has. Waits until there is one. Whether it proves anything, trustees check.
    ///
    /// # Errors
    /// When there is none in time.
    fn prove_leaf(&mut self, desk: &Desk, leaf: &JournalLeaf, index: u64) -> Result<Vec<u8>, LinkError>;

    /// Asks several trustees at once, each call signed by the desk for its connection. Answers come in any order and are
    /// given to `heard`; it says whether any more are needed.
    fn call(
        &mut self,
        desk: &Desk,
        calls: Vec<(KeyId, TrusteeCall)>,
        heard: &mut dyn FnMut(KeyId, Result<TrusteeAnswer, LinkError>) -> bool,
    );
}

/// What was sealed, as it travels.
pub(in crate::desk) fn sealed_to(sealed: Sealed) -> SealedTo {
    SealedTo {
        enc: Blob(sealed.enc.to_vec()),
        ciphertext: Blob(sealed.ciphertext),
        extra: Default::default(),
    }
}

/// What travelled, as it is opened; none when it cannot be.
pub(super) fn sealed_from(sealed: &SealedTo) -> Option<Sealed> {
    let enc = sealed.enc.0.as_slice().try_into().ok()?;
    Some(Sealed { enc: Box::new(enc), ciphertext: sealed.ciphertext.0.clone() })
}

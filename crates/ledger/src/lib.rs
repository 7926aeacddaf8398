//! Transparency logs, to the letter of C2SP: the Merkle tree and its tiles, checkpoints and their
//! cosignatures, proofs, and what a log, a witness and a desk do with them. Bytes in, proofs out: no
//! files, no network, no clock.

mod ed25519;
mod log;
mod merkle;
mod note;
mod policy;
mod receipt;
mod seen;
mod text;
mod witness;

/// The one Ed25519 predicate.
pub use ed25519::{is_acceptable_point, verify_ed25519};
/// Growing a log.
pub use log::{Edge, EdgeRefusal, Growth, GrowthRefusal, Signable, TileMaker, Unpublished};
/// The tree, its proofs and its files.
pub use merkle::{
    Bundle, BundleRefusal, ConsistencyProof, ConsistencyRefusal, FULL_WIDTH, Frontier, Hash, InclusionProof,
    LogPath, MAX_ENTRY, NodeReader, ProofRefusal, Subtree, SubtreeProof, Tile, TileReader, TileRefusal,
    TreeHead, decode_bundle, encode_bundle,
};
/// Signed notes and checkpoints.
pub use note::{
    Checkpoint, CheckpointRefusal, KeyName, MAX_NAME, MAX_NOTE, MAX_NOTE_SIGNATURES, Note, NoteKeyId,
    SignatureLine, SignedCheckpoint, VerifiedCheckpoint,
};
/// Keys.
pub use note::{
    Cosigner, HybridWitness, KeyUnusable, LogSigner, ML_DSA_44_LEN, PublicKey, Seed, SignatureType,
    VerifierKey, subtree_message,
};
/// Policies and quorums.
pub use policy::{
    Cosigned, CosignedCheckpoint, MAX_DEFINITIONS, MAX_LOGS, MAX_POLICY, Policy, PolicyError, PolicyName,
    PolicyRefusal, QuorumRefusal, QuorumRule, WitnessGroup,
};
/// Receipts.
pub use receipt::{MAX_RECEIPT, Receipt, ReceiptRefusal, VerifiedReceipt};
/// What a desk has seen of a log.
pub use seen::{KEPT_CHECKPOINTS, Seen, SeenRefusal, Sighting, Split, SplitRefusal};
/// Text that cannot be read.
pub use text::Malformed;
/// Witnesses.
pub use witness::{
    AddCheckpoint, Answer, CommitFailure, MAX_REQUEST, Pending, Swap, Witness, WitnessRefusal, WitnessStore,
    cosignature_lines,
};

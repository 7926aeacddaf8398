//! Signed notes (C2SP signed-note) and what is written as one: checkpoints (tlog-checkpoint) and
//! their cosignatures (tlog-cosignature).

mod checkpoint;
mod cosigner;
mod message;
mod name;
mod seed;
mod signed;
mod signer;
mod verifier;

pub use checkpoint::{Checkpoint, CheckpointRefusal, SignedCheckpoint, VerifiedCheckpoint};
pub use cosigner::{Cosigner, HybridWitness};
pub use message::subtree_message;
pub use name::{KeyName, MAX_NAME};
pub use seed::{KeyUnusable, Seed};
pub use signed::{MAX_NOTE, MAX_NOTE_SIGNATURES, Note, NoteKeyId, SignatureLine};
pub use signer::LogSigner;
pub use verifier::{ML_DSA_44_LEN, PublicKey, SignatureType, VerifierKey};

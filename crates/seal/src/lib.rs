//! All secret-key code of Counterseal: epoch secrets and their wraps, the sealing and opening of parts,
//! signing, and the key file. Bytes in, bytes out; time and randomness are parameters.
//!
//! Begin with `schedule.rs`: every key, what it is derived from, and why.

mod compress;
mod device;
mod epoch;
mod governor;
mod hedged;
mod hpke;
mod hybrid;
mod invitation;
mod kdf;
mod keyfile;
mod name;
mod once;
mod opener;
mod padding;
mod passphrase;
mod pouch;
mod schedule;
mod sealer;
mod secrets;
mod segment;
mod share;
mod sign;
mod trustee;
#[cfg(test)]
mod vectors;
mod waiting;

/// Sealing and opening.
pub use compress::{MAX_CONTENT, NoCompressor};
/// Who holds keys.
pub use device::{DeviceSecrets, KeyUnusable};
/// Epochs.
pub use epoch::{EpochPlace, EpochSecretError, Recipient};
pub use governor::GovernorSecrets;
/// Messages to a public key.
pub use hpke::Sealed;
/// Invitations.
pub use invitation::{BadInvitation, ChallengeRefusal, ComparedString, Invitation};
/// Key files.
pub use kdf::{KdfParameters, KdfRefusal};
pub use keyfile::{KeyFileError, KeyFileHeader, KeyHolder, Unlocked, lock, unlock};
/// Names.
pub use name::{MAX_NAME, NameError, open_name, seal_name};
pub use opener::{CannotOpen, CannotOpenGuarded, EntryKeys, OpenedGuarded, Opener, Plaintext};
pub use passphrase::{Passphrase, PassphraseTooShort, Weakness};
/// Pouches.
pub use pouch::{ChunkOpener, ChunkSealer, POUCH_SLOT_LEN, PouchMaker, PouchSealError, PouchSlot};
pub use schedule::{derive_epoch_commitment, derive_pseudonym};
pub use sealer::{SealError, SealedEntry, Sealer, SealingEpoch, SealingGuard, SeenSizes, TrusteePublic};
/// Secrets.
pub use secrets::{
    ChallengeSecret, DatabaseKey, EpochSecret, InvitationSecret, Pad, PageTagKey, PartShare, RepairSeed,
    SegmentKey, StoreHeadKey, StoreRoot, TrusteeKeySecret,
};
pub use segment::SegmentKeys;
/// Shares.
pub use share::{
    BadRepair, BadTrusteeSet, Combined, GuardedPlace, NoShare, Repair, RepairedPart, TrusteePlace,
    TrusteeSet, pad_is_committed,
};
/// Signing.
pub use sign::{Signer, sign_statement};
/// Trustees, and what is sealed to them and by them.
pub use trustee::{
    BadPublicKey, CannotUnseal, FreshKey, Handing, Release, RepairPair, ShareRefusal, TrusteeRecipient,
    TrusteeSecrets, seal_fact, seal_handed, seal_handed_letters, seal_mail, seal_notice, seal_pads,
    seal_request,
};

//! The mission's register: signed statements and the state machine over them, and the headers of
//! entries. It verifies; it opens nothing and holds no secret key.

mod act;
mod bytes;
mod entry;
mod hash;
mod key;
mod label;
mod refusal;
mod register;
mod signature;
mod statement;
mod suite;

/// What statements say.
pub use act::{
    AcceptLate, Act, AmendCharter, AppointManager, AppointRegistrar, BeginEpoch, ChangeGovernors, Charter,
    ConfirmDevice, CreateCompartment, CrossSign, DismissManager, DismissRegistrar, EnrolDevice, EnrolPerson,
    EpochReason, EpochWraps, ExtendAppointment, FirstRegistrar, Found, HistoryRule, HoldRule, PreviousSecret,
    RepairWraps, RevokeDevice, RevokePerson, SealedName, SealedText, SetMinimumSuite, SetOpeningRule,
    SetRecovery, Subject, WRAP_ENC_LEN, WRAP_LEN, Wrap, device_proof_input,
};
/// Byte strings as fields.
pub use bytes::{Blob, Bytes};
/// Keys that verify.
pub use counterseal_ledger::verify_ed25519;
/// Entries.
pub use entry::{
    ChainRefusal, ChainStep, Entry, EntryHeader, EntryRefusal, Equivocation, JournalChain, MAX_CIPHERTEXT,
    MAX_PARTS, PartHeader, Rule, TAG_LEN, TrusteeHeader, VerifiedHeader, VerifiedPart, claimed_device,
    verify_header,
};
/// Hashing and labels.
pub use hash::sha256;
pub use key::{Algorithm, DeviceKeys, HPKE_PUBLIC_LEN, HybridKey, KeyId, ML_DSA_44_PUBLIC_LEN, VerifyingKey};
pub use label::Label;
/// The register.
pub use refusal::Refusal;
pub use register::{
    Applied, DeviceInfo, DeviceStatus, Effect, EntryStanding, Epoch, EpochDevices, Governors, LateReason,
    LogPosition, Moment, PersonStatus, Register, Sight, Void,
};
/// The signed envelope.
pub use signature::{CoseSignature, MAX_SIGNATURES, SignatureRefusal, Signed, protected, to_be_signed};
/// Statements.
pub use statement::{Chain, Statement};
/// The suite.
pub use suite::SUITE;

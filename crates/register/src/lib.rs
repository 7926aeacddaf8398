//! The mission's register: signed statements and the state machine over them, and the headers of
//! entries. It verifies; it opens nothing and holds no secret key.

mod act;
mod bytes;
mod codes;
mod entry;
mod hash;
mod invitation;
mod key;
mod label;
mod leaf;
mod origin;
mod refusal;
mod register;
mod session;
mod signature;
mod statement;
mod suite;

/// What statements say.
pub use act::{
    AcceptLate, Act, AmendCharter, AppointManager, AppointRegistrar, AssignSite, BeginEpoch, BringBack,
    ChangeGovernors, Charter, ConfirmDevice, CreateCompartment, CrossSign, DismissManager, DismissRegistrar,
    EnrolDevice, EnrolPerson, EpochReason, EpochWraps, ExtendAppointment, FirstRegistrar, Found, Freeze,
    Frozen, HistoryRule, HoldRule, LogEnd, PreviousSecret, RepairWraps, RevokeDevice, RevokePerson,
    SealedName, SealedText, SetHub, SetMinimumSuite, SetOpeningRule, SetRecovery, SetWaitingDays,
    SetWitnesses, Subject, SucceedHub, SuspendDevice, Travel, Unfreeze, UrlParts, WRAP_ENC_LEN, WRAP_LEN,
    Witness, WitnessGroup, WitnessName, WitnessUrl, Wrap, device_proof_input,
};
/// Byte strings as fields.
pub use bytes::{Blob, Bytes};
/// Keys that verify.
pub use counterseal_ledger::verify_ed25519;
/// Entries.
pub use entry::{
    ChainRefusal, ChainStep, Entry, EntryHeader, EntryRefusal, Equivocation, JournalChain, MAX_CIPHERTEXT,
    MAX_PARTS, MAX_TRUSTEES, PartGuard, PartHeader, Rule, TAG_LEN, TrusteeHeader, VerifiedHeader,
    VerifiedPart, claimed_device, verify_header,
};
/// Hashing and labels.
pub use hash::sha256;
/// Invitations.
pub use invitation::{JoinChallenge, JoinRequest};
pub use key::{Algorithm, DeviceKeys, HPKE_PUBLIC_LEN, HybridKey, KeyId, ML_DSA_44_PUBLIC_LEN, VerifyingKey};
pub use label::Label;
/// The two logs.
pub use leaf::{JournalLeaf, LeafRefusal, LeafType, TimeMark, statement_leaf, statement_named_by};
pub use origin::{LogKind, log_origin};
/// The register.
pub use refusal::Refusal;
pub use register::{
    Applied, DeviceInfo, DeviceStatus, Effect, EntryStanding, Epoch, EpochDevices, Governors, HubInfo,
    LateReason, LogGeneration, LogPosition, Moment, PersonStatus, Quorum, Register, Role, Sight, Void,
    Waiting, WaitingChange,
};
/// Sessions with the hub.
pub use session::{pouch_sign_input, session_proof_input, verify_pouch, verify_session_proof};
/// The signed envelope.
pub use signature::{CoseSignature, MAX_SIGNATURES, SignatureRefusal, Signed, protected, to_be_signed};
/// Statements.
pub use statement::{Chain, Statement};
/// The suite.
pub use suite::SUITE;

//! The mission's register: signed statements and the state machine over them, and the headers of
//! entries. It verifies; it opens nothing and holds no secret key.

mod act;
mod bytes;
mod codes;
mod entry;
mod hash;
mod invitation;
mod kem;
mod key;
mod label;
mod leaf;
mod opening;
mod origin;
mod refusal;
mod register;
mod session;
mod signature;
mod statement;
mod suite;

/// What statements say.
pub use act::{
    AcceptLate, Act, AmendCharter, AppointManager, AppointOfficer, AppointRegistrar, AssignSection,
    AssignSite, BeginEpoch, BringBack, ChangeGovernors, Charter, ConfirmDevice, CreateCompartment, CrossSign,
    DismissManager, DismissOfficer, DismissRegistrar, EnrolDevice, EnrolPerson, EpochReason, EpochWraps,
    Erase, ExtendAppointment, FirstRegistrar, Found, Freeze, Frozen, HistoryRule, HoldParts, HoldRule,
    LiftHold, LiftWithdrawal, LogEnd, Office, PartRef, PreviousSecret, RepairWraps, RevokeDevice,
    RevokePerson, SealedName, SealedText, SetHub, SetMinimumSuite, SetOpeningRule, SetPolicy, SetRecovery,
    SetTrustees, SetWaitingDays, SetWitnesses, Subject, SucceedHub, SuspendDevice, Travel, Trustee, Unfreeze,
    UrlParts, WRAP_ENC_LEN, WRAP_LEN, Withdraw, Witness, WitnessGroup, WitnessName, WitnessUrl, Wrap,
    device_proof_input,
};
/// Byte strings as fields.
pub use bytes::{Blob, Bytes};
/// Keys that verify.
pub use counterseal_ledger::verify_ed25519;
/// Short codes.
pub use counterseal_model::Code;
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
pub use kem::is_acceptable_kem_key;
pub use key::{Algorithm, DeviceKeys, HPKE_PUBLIC_LEN, HybridKey, KeyId, ML_DSA_44_PUBLIC_LEN, VerifyingKey};
pub use label::Label;
/// The two logs.
pub use leaf::{JournalLeaf, LeafRefusal, LeafType, TimeMark, statement_leaf, statement_named_by};
/// Openings.
pub use opening::{
    Acknowledgement, Ahead, Approval, ApprovalSeen, DecoyInstruction, DecoysPlanted, DeviceCall, Disclosed,
    DisclosedAs, DisclosureAsked, EntryRefused, Fact, FactAbout, FactKind, GuardedAsked, GuardedHeader,
    GuardedHeaders, HandedEntry, KeptLetter, KeptLetters, LeafPushed, MAX_LIFETIME, MAX_OPENED, Notice,
    OpeningRefusal, OpeningRequest, OpeningResponse, Outcome, Purpose, ReadingSeen, Readings, RefusedOpening,
    ReleaseEntry, ReleaseHead, RepairOrder, RepairSeeds, SealedPads, SealedTo, SeedFor, SignedBody,
    SuccessionAnswer, SuccessionAsk, SuccessionCall, SuccessionSaid, TrusteeAnswer, TrusteeCall, TrusteeKey,
    VerifiedBody, WaitingPost, consent_of, opening_item, opening_leaf, release_hash, request_hash,
    response_hash, trustee_key_id,
};
pub use origin::{LogKind, log_origin};
/// The register.
pub use refusal::Refusal;
pub use register::{
    Applied, DeviceInfo, DeviceStatus, Effect, EntryStanding, Epoch, EpochDevices, Governors, HubInfo,
    LateReason, LogGeneration, LogPosition, Moment, PartState, PersonStatus, Policy, Quorum, Register, Role,
    Sight, TrusteeSet, Void, Waiting, WaitingChange,
};
/// Sessions with the hub.
pub use session::{pouch_sign_input, session_proof_input, verify_pouch, verify_session_proof};
/// The signed envelope.
pub use signature::{CoseSignature, MAX_SIGNATURES, SignatureRefusal, Signed, protected, to_be_signed};
/// Statements.
pub use statement::{Chain, Statement};
/// The suite.
pub use suite::SUITE;

//! Why a verb of the desk could not be done.

use counterseal_mirror::MirrorError;
use counterseal_model::cbor::BodyError;
use counterseal_model::{CompartmentId, EntryId, EpochId, RecordId};
use counterseal_register::{ChainRefusal, EntryRefusal, Refusal};
use counterseal_seal::{
    CannotOpen, EpochSecretError, KeyFileError, KeyUnusable, NameError, NoCompressor, SealError,
};
use thiserror::Error;

use crate::guard::BadRules;
use crate::home::HomeError;
use crate::store::StoreError;

/// Why a verb could not be done. Nothing was changed.
#[derive(Debug, Error)]
pub enum NodeError {
    /// The home.
    #[error(transparent)]
    Home(#[from] HomeError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The key file.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The register refuses a statement.
    #[error(transparent)]
    Register(#[from] Refusal),
    /// An entry is not what it should be.
    #[error(transparent)]
    Entry(#[from] EntryRefusal),
    /// An entry does not continue its journal.
    #[error(transparent)]
    Chain(Box<ChainRefusal>),
    /// A part does not open.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
    /// An epoch's secret.
    #[error(transparent)]
    EpochSecret(#[from] EpochSecretError),
    /// Sealing.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// A name.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The cryptographic library.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
    /// The compressor.
    #[error(transparent)]
    Compressor(#[from] NoCompressor),
    /// Guard rules.
    #[error(transparent)]
    Guard(#[from] BadRules),
    /// A taxonomy.
    #[error(transparent)]
    Taxonomy(#[from] counterseal_model::taxonomy::BadTaxonomy),
    /// A record's bytes cannot be read.
    #[error("a record cannot be read: {0}; a newer version of counterseal may be needed")]
    Body(#[from] BodyError),
    /// A record without any part.
    #[error("the index names a record without parts; run 'counterseal reindex'")]
    NoParts,
    /// A key file of a governor where a desk's is needed, or the other way round.
    #[error("this key file is not a {needed}'s")]
    OtherKey {
        /// What is needed: desk or governor.
        needed: &'static str,
    },
    /// The store holds no founding statement.
    #[error("this desk's store holds no mission; restore it from a backup or re-enrol the desk")]
    NoMission,
    /// Not a member.
    #[error("this desk is not a member of compartment {}; ask one of its managers to admit it", .0.short())]
    NotAMember(CompartmentId),
    /// The epoch's secret is not here.
    #[error("the secret of epoch {} is not on this desk; ask any member of its compartment to publish a repair", .0.short())]
    NoSecret(EpochId),
    /// No such record.
    #[error("there is no record {0} on this desk")]
    NoRecord(RecordId),
    /// Several things begin so, or none.
    #[error("{count} {what}s begin with '{prefix}'; give more digits, or the full name")]
    Ambiguous {
        /// What was looked for.
        what: &'static str,
        /// What was given.
        prefix: String,
        /// How many there are.
        count: usize,
    },
    /// A source must be guarded.
    #[error(
        "a source is always guarded: it cannot be recorded in an open compartment, where every member's key alone opens it"
    )]
    SourceInOpen,
    /// No trustees yet.
    #[error(
        "two-seal and two-person compartments need trustees, and this mission has none; governors name them with 'counterseal mission trustees'"
    )]
    NoTrustees,
    /// Not a key of every trustee.
    #[error(
        "nothing can be sealed in compartment {}: keys of {have} of {needed} trustees are on this desk; run 'counterseal sync' while there is a line to the trustees",
        .compartment.short()
    )]
    NoTrusteeKeys {
        /// The compartment.
        compartment: CompartmentId,
        /// Trustees whose key is here.
        have: usize,
        /// Trustees that there are.
        needed: usize,
    },
    /// Sealing anew what nobody refused.
    #[error("no trustee has refused entry {}; there is nothing to seal anew", .entry.short())]
    NotRefused {
        /// The entry.
        entry: EntryId,
    },
    /// Sealing anew what is not here.
    #[error("nothing of entry {} is held on this desk any more; write it again", .entry.short())]
    NotHeld {
        /// The entry.
        entry: EntryId,
    },
    /// An epoch that may still lose.
    #[error(
        "epoch {} is not in the log yet, and what is guarded could not be written again if it lost to another; run 'counterseal sync' first", .0.short()
    )]
    EpochNotLogged(EpochId),
    /// Many parts at once in a guarded compartment.
    #[error("guarded parts are written one by one; import into an open compartment")]
    GuardedOneByOne,
    /// Two newest versions.
    #[error(
        "the newest versions of record {0} disagree; resolve them first with 'counterseal record resolve'"
    )]
    InConflict(RecordId),
    /// The field stands in the other part already.
    #[error(
        "the field stands in the other part of record {0} already; edit that part instead, so that nothing there is lost"
    )]
    FieldTaken(RecordId),
    /// From a compartment to itself.
    #[error("the field stands in that compartment already; name another one")]
    SamePlace,
    /// Two kinds of record under one id.
    #[error("record {record} is of another kind: {is}, not {given}")]
    OtherKind {
        /// The record.
        record: RecordId,
        /// What it is.
        is: &'static str,
        /// What was given.
        given: &'static str,
    },
    /// A statement file that is none.
    #[error("this is not a file of statements: {reason}")]
    BadStatements {
        /// What is wrong.
        reason: String,
    },
    /// An invitation, or what came of it.
    #[error(transparent)]
    Invitation(#[from] crate::desk::InvitationRefusal),
    /// An opening of guarded parts.
    #[error(transparent)]
    Opening(#[from] crate::desk::OpeningFailure),
    /// Decoy records.
    #[error(transparent)]
    Decoy(#[from] crate::desk::DecoyFailure),
    /// A review of openings.
    #[error(transparent)]
    Monitoring(#[from] crate::desk::MonitoringFailure),
    /// Withdrawal, hold, erasure, facts, sharing.
    #[error(transparent)]
    Casework(#[from] crate::desk::CaseworkRefusal),
    /// Trust at the end of a tour.
    #[error(transparent)]
    Trust(#[from] crate::desk::TrustRefusal),
    /// What leaves a compartment.
    #[error(transparent)]
    Share(#[from] crate::desk::ShareRefusal),
    /// Records that are said to be one.
    #[error(transparent)]
    Same(#[from] crate::desk::SameRefusal),
    /// A report, a draft or a settlement.
    #[error(transparent)]
    Report(#[from] crate::desk::ReportRefusal),
    /// What a log shows does not count.
    #[error(transparent)]
    Mirror(MirrorError),
    /// Governors sign at a desk that does not know how far the present hub's logs have come.
    #[error(
        "this desk has heard of the hub's generation {generation} and has not followed its logs; sync with it, or take the logs of a desk that has"
    )]
    HubNotFollowed {
        /// The hub's generation.
        generation: u64,
    },
    /// A file of statements where the hub's log orders them.
    #[error(
        "this mission has a hub, whose log orders its statements; fetch them with 'counterseal sync' or read a pouch"
    )]
    HubOrders,
    /// A log has signed two trees.
    #[error(
        "the {} log has signed two histories: {} has shown another one, up to size {}; do not use this hub, and give the proof to your information-security officer (counterseal ledger proof --two-histories)",
        .0.log.word(), .0.witness, .0.size
    )]
    TwoTrees(Box<crate::desk::TwoTrees>),
    /// A server of the logs' files does not answer.
    #[error("the logs' files cannot be read: {reason}")]
    Unreachable {
        /// What happened.
        reason: String,
    },
    /// What is to be proved stands in no checkpoint that a quorum has cosigned.
    #[error("{what} is not in a cosigned checkpoint yet; sync, and try again")]
    NotLogged {
        /// What was asked for.
        what: String,
    },
    /// A receipt shows nothing.
    #[error("the receipt shows nothing: {reason}")]
    BadReceipt {
        /// Why.
        reason: String,
    },
    /// The other end of a session does what it may not.
    #[error(transparent)]
    Session(Box<counterseal_sync::SessionRefusal>),
    /// A pouch cannot be read.
    #[error(transparent)]
    Pouch(#[from] counterseal_sync::PouchRefusal),
    /// A pouch cannot be sealed.
    #[error(transparent)]
    PouchSeal(#[from] counterseal_seal::PouchSealError),
    /// A pouch for nobody, or for too many.
    #[error(
        "nobody would receive this pouch: no other active device is in the compartment; name a device or a person, or admit them first"
    )]
    NoReceivers,
    /// A device that must not have one.
    #[error("no pouch is written for device {}: it is not enrolled, or it is revoked, suspended or frozen", .device.short())]
    NotAReceiver {
        /// The device.
        device: counterseal_model::DeviceId,
    },
    /// No two entries at one place are known of this device.
    #[error("this desk has no evidence against device {}; see 'counterseal device evidence'", .device.short())]
    NoEvidence {
        /// The device.
        device: counterseal_model::DeviceId,
    },
    /// Rows of a rotation are wrong.
    #[error(
        "{count} things are wrong with the rotation; 'counterseal people rotate --dry-run' names them all; nothing was done"
    )]
    BadRotation {
        /// How many.
        count: usize,
    },
    /// This desk's device is frozen, suspended, revoked or expired.
    #[error(
        "this desk writes nothing now: its device is frozen, suspended or revoked, or the assignment has ended; 'counterseal device list' says which, and a registrar can help"
    )]
    Stopped,
    /// Nobody to hand over to.
    #[error("{} cannot take over: name another person, who is active", .person.short())]
    NoSuccessor {
        /// The person named.
        person: counterseal_model::PersonId,
    },
    /// A trip.
    #[error(transparent)]
    Travel(#[from] crate::desk::TravelRefusal),
    /// Something is not as the register or the journals say.
    #[error("verification failed: {0}")]
    Verification(String),
    /// A file of the user's.
    #[error("could not {doing} {path}: {source}")]
    File {
        /// What was being done.
        doing: &'static str,
        /// The file.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A file to be imported.
    #[error(transparent)]
    Import(Box<counterseal_exchange::ImportError>),
    /// A file being exported.
    #[error(transparent)]
    Export(#[from] counterseal_exchange::ExportError),
    /// The desk was locked while something was going on.
    #[error("the desk was locked; what was reported as kept is kept, run the command again to go on")]
    Locked,
}

impl From<MirrorError> for NodeError {
    fn from(error: MirrorError) -> Self {
        match error {
            MirrorError::Register(refusal) => Self::Register(refusal),
            MirrorError::Empty => Self::NoMission,
            other => Self::Mirror(other),
        }
    }
}

impl From<ChainRefusal> for NodeError {
    fn from(refusal: ChainRefusal) -> Self {
        Self::Chain(Box::new(refusal))
    }
}

impl From<counterseal_sync::SessionRefusal> for NodeError {
    fn from(refusal: counterseal_sync::SessionRefusal) -> Self {
        Self::Session(Box::new(refusal))
    }
}

impl From<rusqlite::Error> for NodeError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Store(source.into())
    }
}

impl From<crate::desk::TwoTrees> for NodeError {
    fn from(two: crate::desk::TwoTrees) -> Self {
        Self::TwoTrees(Box::new(two))
    }
}

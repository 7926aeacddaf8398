//! What a trustee keeps, row by row.

use counterseal_mirror::{JournalMark, LogRow, StatementRow};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, StatementId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind};
use zeroize::Zeroizing;

/// A part of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartRef {
    /// The entry.
    pub entry: EntryId,
    /// The part's index in it.
    pub index: u32,
}

impl PartRef {
    pub(crate) fn key(&self) -> Vec<u8> {
        [self.entry.as_bytes().as_slice(), &self.index.to_be_bytes()].concat()
    }

    pub(crate) fn place(&self) -> Vec<u8> {
        [&[1], self.key().as_slice()].concat()
    }
}

/// A key that this trustee made for one device in one compartment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeedRef {
    /// The device.
    pub device: DeviceId,
    /// The compartment.
    pub compartment: CompartmentId,
    /// From 1.
    pub generation: u64,
}

impl SeedRef {
    pub(crate) fn place(&self) -> Vec<u8> {
        let (device, compartment) = (self.device.as_bytes(), self.compartment.as_bytes());
        [&[2], device.as_slice(), compartment.as_slice(), &self.generation.to_be_bytes()].concat()
    }
}

/// A pad, which opens nothing without the other trustees'.
#[derive(Debug, Clone)]
pub struct NewPad {
    /// Of which part.
    pub part: PartRef,
    /// The pad.
    pub pad: Zeroizing<[u8; 32]>,
}

/// A key for a device, with the seed of its private half.
#[derive(Debug, Clone)]
pub struct NewSeed {
    /// Whose and which.
    pub key: SeedRef,
    /// The signed public key.
    pub signed: Vec<u8>,
    /// The X-Wing seed.
    pub seed: Zeroizing<[u8; 32]>,
}

/// A public key for a device, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptKey {
    /// Whose and which.
    pub key: SeedRef,
    /// The signed public key.
    pub signed: Vec<u8>,
    /// Whether an entry used it.
    pub used: bool,
    /// When its seed was destroyed.
    pub destroyed: Option<Timestamp>,
}

/// An entry that was held or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// Its author's device.
    pub device: DeviceId,
    /// The compartment.
    pub compartment: CompartmentId,
    /// The journal.
    pub journal: JournalId,
    /// Position in the journal.
    pub seq: u64,
    /// The entry before it.
    pub prev: EntryId,
    /// Of a journal's first entry: the head of the earlier journal that it goes on from.
    pub continues: Option<EntryId>,
    /// Generation of the device's key that it used.
    pub generation: u64,
    /// Why it was refused, by code; none: it is held.
    pub refused: Option<String>,
    /// Whether nothing before it is missing here.
    pub contiguous: bool,
    /// The signed header.
    pub header: Vec<u8>,
    /// The signed acknowledgement or refusal.
    pub answer: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// A decision, with its entry of the release log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// From 1, without gaps.
    pub counter: u64,
    /// The decision's id.
    pub decision: [u8; 32],
    /// Hash of the signed request.
    pub request: [u8; 32],
    /// By code.
    pub outcome: String,
    /// Hash of the signed entry before it; zeros for the first.
    pub prev: [u8; 32],
    /// The signed entry of the release log.
    pub signed: Vec<u8>,
    /// What the decision rested on, in the caller's form.
    pub detail: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// An answer that is given again when it is asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedResponse {
    /// Hash of the signed request.
    pub request: [u8; 32],
    /// It is deleted then.
    pub not_after: Timestamp,
    /// The answer.
    pub bytes: Vec<u8>,
    /// The parts whose pads are in it: it is deleted when one is erased.
    pub parts: Vec<PartRef>,
}

/// A notice for a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// Who receives it.
    pub device: DeviceId,
    /// Of which decision.
    pub decision: [u8; 32],
    /// Sealed to the device.
    pub bytes: Vec<u8>,
    /// Not shown before.
    pub due: Timestamp,
}

/// A sealed letter from device to device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Who receives it.
    pub device: DeviceId,
    /// Who left it here.
    pub sender: DeviceId,
    /// Sealed to the device.
    pub bytes: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// A letter of a named role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Hash of the letter.
    pub id: [u8; 32],
    /// What it says, by code.
    pub kind: String,
    /// Of whom or what.
    pub subject: Vec<u8>,
    /// The letter.
    pub bytes: Vec<u8>,
    /// Its index in the journal log, once it is known to stand there.
    pub leaf: Option<u64>,
    /// When it came.
    pub at: Timestamp,
}

/// Parts that somebody opened on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaUse {
    /// Whose.
    pub who: Vec<u8>,
    /// Days since 1970.
    pub day: i64,
    /// How many more.
    pub parts: u64,
}

/// That a part is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tombstone {
    /// The part.
    pub part: PartRef,
    /// The statement that says so.
    pub statement: StatementId,
    /// When it was obeyed here.
    pub at: Timestamp,
}

/// A proof that a log has signed two trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSplit {
    /// Which log.
    pub log: LogKind,
    /// Its name, with the hub's generation.
    pub origin: String,
    /// Where the trees differ at the latest.
    pub size: u64,
    /// The proof (docs/spec/ledger.md).
    pub proof: Vec<u8>,
}

/// Where a hub's logs were cut, when another took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// Leaves of the statement log that stay.
    pub statements: u64,
    /// Statements from here on have no time any more.
    pub untimed: u64,
    /// Leaves of the journal log that stay.
    pub journal: u64,
}

/// What the mirror adds.
#[derive(Debug, Clone, Default)]
pub struct MirrorStep {
    /// First of all: what counts no more.
    pub cut: Option<Cut>,
    /// Leaves of the statement log, new or with a time now.
    pub statements: Vec<StatementRow>,
    /// Index of the first of `leaves`.
    pub leaves_from: u64,
    /// Leaves of the journal log.
    pub leaves: Vec<[u8; JournalLeaf::LEN]>,
    /// Time marks of the journal log.
    pub marks: Vec<JournalMark>,
    /// How far the logs are followed now.
    pub logs: Vec<(LogKind, LogRow)>,
    /// Statements that take away, obeyed on sight.
    pub sighted: Vec<Vec<u8>>,
    /// Ids of sighted statements that the log has now.
    pub logged: Vec<StatementId>,
    /// Proofs of two trees.
    pub splits: Vec<KeptSplit>,
}

/// What one commit writes: all of it or nothing.
#[derive(Debug, Clone, Default)]
pub struct Batch {
    /// Entries; one that is there is left as it is.
    pub entries: Vec<EntryRow>,
    /// Entries of which nothing before them is missing any more.
    pub contiguous: Vec<EntryId>,
    /// Pads; one that is there is left as it is.
    pub pads: Vec<NewPad>,
    /// Keys for devices.
    pub seeds: Vec<NewSeed>,
    /// Decisions, in order.
    pub releases: Vec<Release>,
    /// Answers.
    pub responses: Vec<CachedResponse>,
    /// Answers that end before this time are deleted.
    pub expire: Option<Timestamp>,
    /// Notices.
    pub notices: Vec<NewNotice>,
    /// Letters between devices.
    pub mail: Vec<NewMail>,
    /// Letters of named roles; the index of one that is there is filled in.
    pub facts: Vec<Fact>,
    /// What was opened.
    pub quotas: Vec<QuotaUse>,
    /// The mirror.
    pub mirror: MirrorStep,
    /// State by name; none deletes it.
    pub state: Vec<(String, Option<Vec<u8>>)>,
}

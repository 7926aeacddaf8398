//! What is asked, and what is known when it is decided.

use std::collections::BTreeMap;

use counterseal_ledger::Receipt;
use counterseal_model::{CompartmentId, DeviceId, EpochId, StatementId, Timestamp};
use counterseal_policy::Policy;
use counterseal_register::{JournalLeaf, KeyId, LogKind, OpeningRequest, PartRef, Register, VerifiedBody};

use super::against::NotNow;
use super::facts::Letter;
use crate::mirror::{Agreement, MirroredLog};

/// A request, and what the mirror and the store say of it.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The request.
    pub request: &'a VerifiedBody<OpeningRequest>,
    /// Its receipt, if one came that can be read.
    pub receipt: Option<&'a Receipt>,
    /// How the receipt's checkpoint stands to the mirrored journal log; none when it counts for nothing.
    pub checkpoint: Option<Agreement>,
    /// The leaf that the mirrored journal log has at the receipt's index.
    pub leaf: Option<[u8; JournalLeaf::LEN]>,
    /// The root that the mirrored statement log has at the size that the request names.
    pub statements_root: Option<[u8; 32]>,
    /// Whether a request with this id, or this leaf, was decided before.
    pub seen: bool,
    /// The parts, in the request's order.
    pub parts: Vec<PartKnown>,
}

/// What the store says of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PartKnown {
    /// Its entry has not come here.
    NotHere,
    /// Its entry is here.
    Here(Box<Held>),
}

/// Whether a part's pad is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is.
    Pad,
    /// A tombstone stands for it.
    Erased,
    /// The entry was refused, or has no such part.
    Nothing,
}

/// A part of an entry that came here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The part.
    pub part: PartRef,
    /// Whether its pad is here.
    pub kept: Kept,
    /// The compartment of its entry.
    pub compartment: CompartmentId,
    /// The epoch of its entry: its charter's rule holds for it.
    pub epoch: EpochId,
    /// The author's device.
    pub author: DeviceId,
    /// What was said of it to this trustee.
    pub letters: Vec<Letter>,
}

/// What is known besides the request.
#[derive(Debug)]
pub struct Known<'a> {
    /// The register, with what is obeyed on sight.
    pub register: &'a Register,
    /// This trustee.
    pub trustee: KeyId,
    /// Whether the store was restored, and is not confirmed.
    pub restoring: bool,
    /// Whether a log has signed two trees.
    pub split: bool,
    /// This trustee's own clock.
    pub clock: Timestamp,
    /// How far the statement log is mirrored.
    pub statements: Option<MirroredLog>,
    /// How far the journal log is mirrored.
    pub journal: Option<MirroredLog>,
    /// The newest policy in force, if this program can read it.
    pub policy: Option<(StatementId, &'a Policy)>,
    /// What was said of the reader and the reader's device.
    pub letters: Vec<Letter>,
    /// Parts that the reader's person has opened today, by compartment.
    pub used: BTreeMap<CompartmentId, u64>,
}

impl Known<'_> {
    pub(super) fn is_ready(&self) -> Result<(), NotNow> {
        match (self.restoring, self.split) {
            (true, _) => Err(NotNow::Restoring),
            (_, true) => Err(NotNow::SplitView),
            _ => Ok(()),
        }
    }

    pub(super) const fn log(&self, log: LogKind) -> Option<MirroredLog> {
        match log {
            LogKind::Statements => self.statements,
            LogKind::Journal => self.journal,
        }
    }
}

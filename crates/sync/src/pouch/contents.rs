//! What a pouch says of itself in its first frame.

use std::collections::BTreeMap;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer, to_bytes};
use counterseal_model::{DeviceId, JournalId, MissionId, Timestamp, body};
use counterseal_register::{Bytes, DeviceKeys, verify_pouch};

use crate::bounded::List;
use crate::frame::Announced;
use crate::frontier::{JournalHead, LogHead};
use crate::limits::{MAX_HEADS, MAX_RANGES, VERSION};
use crate::ranges::RangeSet;

/// Which entries of a journal a pouch carries: the array [number of its head in `heads`, places].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// Which of the heads, from 0.
    pub head: u64,
    /// Places in the journal.
    pub places: RangeSet,
}

impl Value for Carried {
    fn write(&self, w: &mut Writer) {
        self.places.write(w.array(2).uint(self.head));
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a journal and places in it")?;
        Ok(Self { head: r.uint()?, places: RangeSet::read(r)? })
    }
}

body! {
    /// What the writer of a pouch holds, and what the pouch carries. Its reader answers with a pouch that
    /// carries what the writer does not hold.
    pub struct Contents {
        /// The version of frames and sessions.
        1 version: u64,
        /// The mission.
        2 mission: MissionId,
        /// Who wrote it.
        3 device: DeviceId,
        /// When, by the writer's clock.
        4 written: Timestamp,
        /// The statement log as the writer knows it.
        5 statements: LogHead,
        /// The journal log as the writer knows it.
        6 journal: LogHead,
        /// The last entry that the writer holds of each journal, ordered by device and journal.
        7 heads: List<JournalHead, MAX_HEADS>,
        /// Which entries it carries, ordered by head.
        8 carried: List<Carried, MAX_HEADS>,
        /// How many statements it carries.
        9 statement_count: Option<u64>,
        /// The writer's signature over all of this but the signature (`register::pouch_sign_input`). Without a
        /// good one nobody goes by `heads`: whoever knows the receivers' keys can write a pouch.
        10 signature: Option<Bytes<64>>,
    }
}

impl Contents {
    /// Of a pouch that carries nothing yet. `None` when there are too many heads; they are put in order.
    #[must_use]
    pub fn new(
        mission: MissionId,
        device: DeviceId,
        written: Timestamp,
        (statements, journal): (LogHead, LogHead),
        mut heads: Vec<JournalHead>,
    ) -> Option<Self> {
        heads.sort_by_key(JournalHead::key);
        heads.dedup_by_key(|head| head.key());
        Some(Self {
            version: VERSION,
            mission,
            device,
            written,
            statements,
            journal,
            heads: List::new(heads)?,
            carried: List::default(),
            statement_count: None,
            signature: None,
            extra: Default::default(),
        })
    }

    /// With what it carries: places per journal, and a number of statements. Journals without a head in it
    /// are passed over, and so are the smallest runs of places where there are too many.
    #[must_use]
    pub fn carrying(mut self, entries: &BTreeMap<(DeviceId, JournalId), RangeSet>, statements: u64) -> Self {
        let carried = self.heads.iter().zip(0..).filter_map(|(head, at)| {
            let mut places = entries.get(&head.key())?.clone();
            places.thin(MAX_RANGES);
            Some(Carried { head: at, places })
        });
        self.carried = List::first(carried.collect());
        self.statement_count = Some(statements).filter(|count| *count > 0);
        self
    }

    /// The bytes that its writer signs.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<u8> {
        to_bytes(&Self { signature: None, ..self.clone() })
    }

    /// Whether the device with these keys wrote it.
    #[must_use]
    pub fn is_signed_by(&self, keys: &DeviceKeys) -> bool {
        let signed = self.signature.as_ref();
        self.device == keys.id()
            && signed.is_some_and(|signature| verify_pouch(keys, &self.to_be_signed(), &signature.0).is_ok())
    }

    /// Whether its lists are in order and name one another rightly.
    pub(super) fn is_orderly(&self) -> bool {
        let heads = self.heads.is_sorted_by(|a, b| a.key() < b.key());
        let carried = self.carried.is_sorted_by(|a, b| a.head < b.head);
        heads && carried && self.carried.iter().all(|one| one.head < self.heads.len() as u64)
    }

    /// What the writer holds of a journal.
    #[must_use]
    pub fn head_of(&self, key: &(DeviceId, JournalId)) -> Option<&JournalHead> {
        let at = self.heads.binary_search_by_key(key, JournalHead::key).ok()?;
        self.heads.get(at)
    }

    /// From which place on the writer lacks a journal whose head is `mine`: what a pouch in answer
    /// carries. `None` when the writer is as far or further.
    #[must_use]
    pub fn lacks_from(&self, mine: &JournalHead) -> Option<u64> {
        let next = self.head_of(&mine.key()).map_or(Some(0), |theirs| theirs.seq.checked_add(1))?;
        (next <= mine.seq).then_some(next)
    }
}

body! {
    /// The newest cosigned checkpoints that the writer holds.
    pub struct LogState {
        /// Of the statement log.
        1 statements: Announced,
        /// Of the journal log.
        2 journal: Announced,
    }
}

impl LogState {
    /// Both logs.
    #[must_use]
    pub fn new(statements: Announced, journal: Announced) -> Self {
        Self { statements, journal, extra: Default::default() }
    }
}

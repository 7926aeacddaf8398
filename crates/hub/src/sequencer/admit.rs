//! What the logs take: statements that would stand, entries that can count.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use counterseal_model::{DeviceId, EntryId, JournalId, MissionId, Timestamp};
use counterseal_register::{
    Act, DeviceKeys, DeviceStatus, Effect, Entry, EntryRefusal, JournalLeaf, LogPosition, Moment, PartRef,
    Refusal, Register, Sight, Statement, VerifiedHeader, claimed_device, sha256,
};

use super::Outcome;
use crate::store::{Batch, Filled, LeafBody, NewEntry, NewLeaf, NewStatement, StoreError, StoreReader};

/// Most bytes of an entry in its plain form: 8 MiB of ciphertext and a header.
const MAX_ENTRY: usize = 12 * 1024 * 1024;

/// What a hub is told, and tells, whom governors have replaced.
pub(super) const SUPERSEDED: &str = "hub-superseded";

/// Why an entry is not even looked at by the logs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryUnfit {
    /// It is no entry, or its signature or a ciphertext is wrong.
    #[error(transparent)]
    Entry(#[from] EntryRefusal),
    /// Its device is in no register.
    #[error("the entry's device is not enrolled in this mission")]
    UnknownDevice,
    /// It is too long.
    #[error("the entry has {bytes} bytes, more than an entry can have")]
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// It is another mission's.
    #[error("the entry belongs to another mission")]
    OtherMission,
}

impl EntryUnfit {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Entry(refusal) => refusal.code(),
            Self::UnknownDevice => "entry-device-unknown",
            Self::TooLarge { .. } => "entry-too-large",
            Self::OtherMission => "mission-other",
        }
    }
}

/// An entry whose signature and ciphertexts were checked. The check is the only way to one, and is made
/// where many run at a time, not by the writer.
#[derive(Debug)]
pub struct CheckedEntry {
    header: VerifiedHeader,
    bytes: Vec<u8>,
    urgency: u8,
}

impl CheckedEntry {
    /// Checks an entry in its plain form. `urgency` is what its author says: 0 flash, 1 ordinary, 2 large.
    ///
    /// # Errors
    /// When it is not an entry of a device that the register knows.
    pub fn check(register: &Register, bytes: Vec<u8>, urgency: u8) -> Result<Self, EntryUnfit> {
        if bytes.len() > MAX_ENTRY {
            return Err(EntryUnfit::TooLarge { bytes: bytes.len() });
        }
        let entry = Entry::parse(&bytes)?;
        let keys: &DeviceKeys =
            register.device_keys(claimed_device(&entry.header)?).ok_or(EntryUnfit::UnknownDevice)?;
        let erased = |header: &VerifiedHeader, part| register.is_erased(header.header().compartment, part);
        let header = entry.verify_but(keys, erased)?;
        if header.header().mission != register.mission() {
            return Err(EntryUnfit::OtherMission);
        }
        let mut checked = Self { header, bytes, urgency };
        checked.drop_erased(register);
        Ok(checked)
    }

    /// Whoever brings an erased part again brings nothing.
    fn drop_erased(&mut self, register: &Register) {
        let (header, compartment) = (&self.header, self.header.header().compartment);
        let erased = |part| register.is_erased(compartment, part);
        if !(0..header.header().parts.len()).any(|index| erased(header.part_ref(index))) {
            return;
        }
        let without = Entry::parse(&self.bytes).ok().and_then(|entry| entry.without(header, erased));
        if let Some(without) = without {
            self.bytes = without.to_bytes();
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.header.id()
    }
}

impl From<CheckedEntry> for NewEntry {
    fn from(entry: CheckedEntry) -> Self {
        let (id, header) = (entry.id(), entry.header.header());
        Self {
            id,
            compartment: header.compartment,
            device: header.device,
            journal: header.journal,
            seq: header.seq,
            urgency: entry.urgency,
            guarded_header: header.trustee_set.map(|_| entry.header.bytes().len() as u64),
            bytes: entry.bytes,
        }
    }
}

/// A batch that is being put together. Nothing of it counts before it is durable.
pub(super) struct Draft<'a> {
    mission: MissionId,
    reader: &'a StoreReader,
    /// The time by which is judged, and the one that is kept beside leaves.
    now: Timestamp,
    at: Timestamp,
    /// The register with the draft's statements; as it was until there is one.
    pub(super) register: Arc<Register>,
    pub(super) batch: Batch,
    pub(super) sizes: [u64; 2],
    fresh: BTreeMap<[u8; 32], u64>,
    /// The places in journals that the batch takes.
    places: BTreeSet<(DeviceId, JournalId, u64)>,
    /// Entries at places that were taken.
    pub(super) doubled: u64,
    /// A statement, not for this log, by which governors put another hub in this one's place.
    pub(super) ended_by: Option<Vec<u8>>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        register: Arc<Register>,
        reader: &'a StoreReader,
        (now, at): (Timestamp, Timestamp),
        sizes: [u64; 2],
    ) -> Self {
        let (batch, fresh, places) = (Batch::default(), BTreeMap::new(), BTreeSet::new());
        Self {
            mission: register.mission(),
            reader,
            now,
            at,
            register,
            batch,
            sizes,
            fresh,
            places,
            doubled: 0,
            ended_by: None,
        }
    }

    /// A statement: known, refused, or the next of its log.
    pub(super) fn statement(&mut self, bytes: Vec<u8>, closed: Option<&'static str>) -> Outcome {
        let id = sha256(&[&bytes]);
        match self.known(&id, || self.reader.statement_index(&id)) {
            Ok(Some(index)) => return Outcome::Accepted { index },
            Ok(None) => {}
            Err(error) => return Outcome::Refused { code: error.code() },
        }
        if closed == Some(SUPERSEDED) {
            return Outcome::Refused { code: SUPERSEDED };
        }
        if self.ends_this_hub(&bytes) {
            self.ended_by = Some(bytes);
            return Outcome::Refused { code: SUPERSEDED };
        }
        if let Some(code) = closed {
            return Outcome::Refused { code };
        }
        let [index, _] = self.sizes;
        match self.apply(index, &bytes) {
            Ok(()) => {
                self.erase(&bytes);
                self.batch.statements.push(NewStatement { index, id, bytes, covers: None, at: self.at });
                self.fresh.insert(id, index);
                let [statements, _] = &mut self.sizes;
                *statements += 1;
                Outcome::Accepted { index }
            }
            Err(code) => Outcome::Refused { code },
        }
    }

    /// Notes what a statement that was applied erases.
    fn erase(&mut self, bytes: &[u8]) {
        if let Ok((Statement { act: Act::Erase(act), .. }, _)) = Statement::parse(bytes) {
            let erased = |part: &&PartRef| self.register.is_erased(act.compartment, **part);
            self.batch.erased.extend(act.parts.iter().filter(erased));
        }
    }

    /// Whether governors say with this that another hub takes over. It is obeyed on sight, and stands in the
    /// other hub's log.
    fn ends_this_hub(&mut self, bytes: &[u8]) -> bool {
        let succeeds = matches!(Statement::parse(bytes), Ok((statement, _)) if matches!(statement.act, Act::SucceedHub(_)));
        if !succeeds {
            return false;
        }
        let mut trial = Register::clone(&self.register);
        let ends = trial.apply(trial.last().position.next(), bytes, Sight::OnSight).is_ok();
        if ends {
            self.register = Arc::new(trial);
        }
        ends
    }

    /// Applies a statement at its place, unless another follows its predecessor already: of two with one
    /// predecessor the lower index wins, and the hub does not log one that has lost (PROTOCOL section 2).
    fn apply(&mut self, index: u64, bytes: &[u8]) -> Result<(), &'static str> {
        let (statement, _) = Statement::parse(bytes).map_err(|refusal| refusal.code())?;
        let sight = Sight::Logged { cosigned: true, since: self.now };
        let at = LogPosition::new(index);
        let follows_head = statement.prev == self.register.chain_head(statement.chain);
        if follows_head {
            let register = Arc::make_mut(&mut self.register);
            return register.apply(at, bytes, sight).map(drop).map_err(|refusal| refusal.code());
        }
        // It stands beside its chain, or it is stale: only a trial tells.
        let mut trial = Register::clone(&self.register);
        match trial.apply(at, bytes, sight).map(|applied| applied.effect) {
            Ok(Effect::Void { .. }) => Err("predecessor-stale"),
            Ok(_) => {
                self.register = Arc::new(trial);
                Ok(())
            }
            Err(refusal) => Err(refusal.code()),
        }
    }

    /// An entry: known, refused, or the next of its log.
    pub(super) fn entry(&mut self, mut entry: CheckedEntry, closed: Option<&'static str>) -> Outcome {
        entry.drop_erased(&self.register);
        let id = entry.id();
        match self.known(id.as_bytes(), || self.reader.entry_index(id)) {
            Ok(Some(index)) => return Outcome::Accepted { index },
            Ok(None) => {}
            Err(error) => return Outcome::Refused { code: error.code() },
        }
        if let Some(code) = closed {
            return Outcome::Refused { code };
        }
        let leaf = JournalLeaf::of(&entry.header).to_bytes();
        match self.reader.bare_index(&leaf) {
            Ok(Some(index)) => return self.fill(index, leaf, entry),
            Ok(None) => {}
            Err(error) => return Outcome::Refused { code: error.code() },
        }
        if let Err(code) = self.may_count(&entry.header) {
            return Outcome::Refused { code };
        }
        match self.place_is_taken(&entry.header) {
            // Both are kept: evidence (PROTOCOL section 5).
            Ok(taken) => self.doubled += u64::from(taken),
            Err(error) => return Outcome::Refused { code: error.code() },
        }
        let [_, index] = self.sizes;
        self.batch.leaves.push(NewLeaf { index, leaf, at: self.at, body: LeafBody::Entry(entry.into()) });
        self.fresh.insert(*id.as_bytes(), index);
        let [_, journal] = &mut self.sizes;
        *journal += 1;
        Outcome::Accepted { index }
    }

    /// A leaf that is not an entry's: known, refused, or the next of its log. Of what it commits to the hub has
    /// nothing.
    pub(super) fn leaf(
        &mut self,
        device: DeviceId,
        leaf: JournalLeaf,
        closed: Option<&'static str>,
    ) -> Outcome {
        let leaf = leaf.to_bytes();
        let id = sha256(&[&leaf]);
        match self.known(&id, || self.reader.lone_index(&leaf)) {
            Ok(Some(index)) => return Outcome::Accepted { index },
            Ok(None) => {}
            Err(error) => return Outcome::Refused { code: error.code() },
        }
        if let Some(code) = closed {
            return Outcome::Refused { code };
        }
        // A statement before it may have stopped the device since it was let in.
        let known = self.register.device(device, self.moment()).map(|known| known.status);
        if known != Some(DeviceStatus::Active) {
            return Outcome::Refused { code: "device-not-active" };
        }
        let [_, index] = self.sizes;
        self.batch.leaves.push(NewLeaf { index, leaf, at: self.at, body: LeafBody::Unknown });
        self.fresh.insert(id, index);
        let [_, journal] = &mut self.sizes;
        *journal += 1;
        Outcome::Accepted { index }
    }

    /// An entry whose leaf stands in the log: it was taken before the hub was restored, or by the hub before this
    /// one. It keeps its place.
    fn fill(&mut self, index: u64, leaf: [u8; JournalLeaf::LEN], entry: CheckedEntry) -> Outcome {
        self.fresh.insert(*entry.id().as_bytes(), index);
        self.batch.filled.push(Filled { index, leaf, entry: entry.into() });
        Outcome::Accepted { index }
    }

    /// Whether an entry can ever count: its device is in the roster of its epoch, and the epoch is its
    /// compartment's. One that comes after its device's revocation or its epoch's end is late, and late
    /// entries are logged too: a manager may accept them (PROTOCOL section 4).
    fn may_count(&self, header: &VerifiedHeader) -> Result<(), &'static str> {
        if header.header().mission != self.mission {
            return Err(Refusal::OtherMission.code());
        }
        self.register.standing_of(header, self.moment()).map(drop).map_err(|refusal| refusal.code())
    }

    /// After the draft's statements, by the hub's clock.
    fn moment(&self) -> Moment {
        let last = self.register.last();
        Moment::new(last.position, self.now.max(last.time))
    }

    fn place_is_taken(&mut self, header: &VerifiedHeader) -> Result<bool, StoreError> {
        let header = header.header();
        let stored = self.reader.at_place(header.device, header.journal, header.seq)?;
        Ok(!self.places.insert((header.device, header.journal, header.seq)) || !stored.is_empty())
    }

    fn known(
        &self,
        id: &[u8; 32],
        stored: impl FnOnce() -> Result<Option<u64>, StoreError>,
    ) -> Result<Option<u64>, StoreError> {
        match self.fresh.get(id) {
            Some(index) => Ok(Some(*index)),
            None => stored(),
        }
    }
}

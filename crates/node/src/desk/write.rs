//! Writing: parts become an entry, the entry is stored and indexed, in one commit.

use counterseal_model::cbor::to_bytes;
use counterseal_model::record::{Body, Part};
use counterseal_model::{CompartmentId, EntryId, EpochId, JournalId, RecordId, VersionId};
use counterseal_register::{DeviceStatus, Entry, EntryHeader, Label, LogKind, sha256};
use counterseal_seal::{DeviceSecrets, SealedEntry, Sealer, SealingEpoch, SeenSizes};
use rand_core::Rng;
use rusqlite::{Connection, OptionalExtension};

use super::guarded::OwnGuarded;
use super::take::{Kept, Standing};
use super::{CaseworkRefusal, Desk, PartReader, Randomness};
use crate::error::NodeError;
use crate::index::{Indexer, Opened, words_of};
use crate::store::Store;

/// Bits of a part's number that hold its index in the entry: MAX_PARTS is 4096.
pub(crate) const INDEX_BITS: u32 = 12;

/// A sealed entry with what was sealed, ready to be stored and indexed.
pub(crate) struct Sealed {
    entry: SealedEntry,
    /// What is indexed: nothing of a guarded entry.
    parts: Vec<Opened>,
    /// The words of each part.
    words: Vec<String>,
    /// Of a guarded entry, what this desk notes of it.
    pub(super) guarded: Option<OwnGuarded>,
}

/// What a body is that stands in guarded compartments alone; none where it may stand anywhere.
fn guarded_only(body: &Body) -> Option<&'static str> {
    match body {
        Body::Source(_) | Body::Consent(_) | Body::ConsentEvent(_) => Some(body.kind().word()),
        Body::Case(case) if !case.concerned.is_empty() => Some("case"),
        _ => None,
    }
}

fn in_open(what: &'static str) -> NodeError {
    match what {
        "source" => NodeError::SourceInOpen,
        what => CaseworkRefusal::OnlyGuarded { what }.into(),
    }
}

impl Sealed {
    /// The entry's id.
    pub(super) fn id(&self) -> EntryId {
        self.entry.id()
    }

    /// An entry of which nothing is indexed.
    pub(super) fn closed(entry: SealedEntry) -> Self {
        Self { entry, parts: Vec::new(), words: Vec::new(), guarded: None }
    }
}

/// All that sealing needs: nothing of the store, so that one entry is sealed while another is stored.
struct Sealing<'a> {
    sealer: &'a mut Sealer,
    rng: &'a mut Randomness,
    device: &'a DeviceSecrets,
    epoch: SealingEpoch<'a>,
    seen: SeenSizes,
    compartment: CompartmentId,
}

impl Sealing<'_> {
    fn seal(self, parts: Vec<Part>) -> Result<Sealed, NodeError> {
        let compartment = self.compartment;
        let mut plaintexts = Vec::with_capacity(parts.len());
        let mut opened = Vec::with_capacity(parts.len());
        for part in parts {
            let bytes = zeroize::Zeroizing::new(to_bytes(&part));
            opened.push(Opened { compartment, version: version_of(&bytes), part });
            plaintexts.push(bytes);
        }
        let entry = self.sealer.seal(self.rng, self.device, self.epoch, self.seen, &plaintexts)?;
        let words = opened.iter().map(|opened| words_of(&opened.part)).collect();
        Ok(Sealed { entry, parts: opened, words, guarded: None })
    }
}

impl Desk {
    /// Writes parts into a compartment: as one entry of this desk's journal, or where it is guarded as
    /// `write_guarded` does. When this returns, they are durable.
    ///
    /// # Errors
    /// When this desk may not write there, or the disk refuses; nothing is kept then.
    pub fn write(&mut self, compartment: CompartmentId, parts: Vec<Part>) -> Result<(), NodeError> {
        if self.is_guarded(compartment) {
            return self.write_guarded(compartment, parts);
        }
        let sealed = self.seal(compartment, parts)?;
        self.keep(&[sealed])
    }

    /// Seals parts as the next entry. What is sealed must be kept, or the sealer dropped.
    pub(crate) fn seal(&mut self, compartment: CompartmentId, parts: Vec<Part>) -> Result<Sealed, NodeError> {
        self.seal_while_staging(compartment, parts, &[])
    }

    /// Seals parts as the next entry while another thread, this one, stages what was sealed before.
    pub(crate) fn seal_while_staging(
        &mut self,
        compartment: CompartmentId,
        parts: Vec<Part>,
        before: &[Sealed],
    ) -> Result<Sealed, NodeError> {
        let guarded_kind = parts.iter().find_map(|part| guarded_only(&part.body));
        if let Some(what) = guarded_kind
            && !self.is_guarded(compartment)
        {
            return Err(in_open(what));
        }
        self.check_active()?;
        let epoch = self.writable_epoch(compartment)?;
        if self.register.epoch(epoch).is_some_and(|epoch| epoch.rule().is_guarded()) {
            let only: Result<[Part; 1], _> = parts.try_into();
            let only = only.ok().filter(|_| before.is_empty());
            let [part] = only.ok_or(NodeError::GuardedOneByOne)?;
            return self.seal_guarded(compartment, epoch, part);
        }
        if let Some(what) = guarded_kind {
            // The charter is guarded by now, and its newest epoch is not yet.
            return Err(in_open(what));
        }
        let mut sealer = self.take_sealer(compartment)?;
        let seen = self.seen()?;
        let sealing = Sealing {
            sealer: &mut sealer,
            rng: &mut self.rng,
            device: &self.secrets,
            epoch: SealingEpoch {
                id: epoch,
                secret: self.keyring.get(epoch).ok_or(NodeError::NoSecret(epoch))?,
            },
            seen,
            compartment,
        };
        let (sealed, staged) = if before.is_empty() {
            (sealing.seal(parts), Ok(()))
        } else {
            let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
            std::thread::scope(|scope| {
                let sealing = scope.spawn(|| sealing.seal(parts));
                let staged = stage(&mut self.store, &mut self.indexer, &reader, before);
                (sealing.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), staged)
            })
        };
        if let Err(error) = staged {
            self.forget_unkept();
            return Err(error);
        }
        let sealed = sealed?;
        self.sealers.insert(compartment, sealer);
        Ok(sealed)
    }

    /// Whether a compartment's charter asks for two seals now.
    pub(super) fn is_guarded(&self, compartment: CompartmentId) -> bool {
        let newest = self.register.write_epoch(compartment, self.moment());
        let epoch =
            newest.and_then(|epoch| self.register.epoch(epoch)).map(counterseal_register::Epoch::rule);
        let charter = || self.register.charter(compartment, self.moment()).map(|charter| charter.rule);
        epoch.or_else(charter).is_some_and(counterseal_register::Rule::is_guarded)
    }

    /// How much of both logs this desk has seen.
    pub(super) fn seen(&self) -> Result<SeenSizes, NodeError> {
        let size = |kind| Ok::<_, NodeError>(self.log(kind)?.map(|log| log.size));
        let ordered_here = || self.register.last().position.next().index;
        Ok(SeenSizes {
            statements: size(LogKind::Statements)?.unwrap_or_else(ordered_here),
            journal: size(LogKind::Journal)?.unwrap_or(0),
        })
    }

    /// Stores and indexes sealed entries in one commit.
    pub(crate) fn keep(&mut self, sealed: &[Sealed]) -> Result<(), NodeError> {
        self.stage(sealed)?;
        self.commit_staged(|_| Ok(()))
    }

    /// Stores and indexes sealed entries in the transaction that `commit_staged` makes durable.
    pub(crate) fn stage(&mut self, sealed: &[Sealed]) -> Result<(), NodeError> {
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let staged = stage(&mut self.store, &mut self.indexer, &reader, sealed);
        if staged.is_err() {
            self.forget_unkept();
        }
        staged
    }

    /// Makes what was staged durable, with `more` written in the same commit.
    pub(crate) fn commit_staged(
        &mut self,
        more: impl FnOnce(&Connection) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        let kept = self.store.commit(more);
        if kept.is_err() {
            self.forget_unkept();
        }
        kept
    }

    /// As `commit_staged`, for `more` that deletes from `table` what must not stay.
    pub(crate) fn commit_staged_forgetting(
        &mut self,
        table: &'static str,
        more: impl FnOnce(&Connection) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        let kept = self.store.commit_forgetting(table, more);
        if kept.is_err() {
            self.forget_unkept();
        }
        kept
    }

    /// Neither the journals' places nor the cached numbers were kept.
    pub(super) fn forget_unkept(&mut self) {
        self.sealers.clear();
        self.cache.clear();
        self.indexer = Indexer::new(self.register.mission());
    }

    /// Undoes what was sealed and staged and not kept: the journal goes on from what is stored.
    pub(crate) fn drop_unkept(&mut self) -> Result<(), NodeError> {
        self.forget_unkept();
        Ok(self.store.undo_staged()?)
    }

    /// A device that is frozen, suspended, revoked or expired writes nothing: whatever it wrote would be late.
    pub(super) fn check_active(&self) -> Result<(), NodeError> {
        let (device, at) = (self.device(), self.moment());
        match self.register.device(device, at).map(|known| known.status) {
            Some(DeviceStatus::Active) => Ok(()),
            _ => Err(NodeError::Stopped),
        }
    }

    /// The epoch to write under. Where a member's device is gone since the newest one began, this
    /// member begins the next, as any member may (PROTOCOL 4).
    pub(super) fn writable_epoch(&mut self, compartment: CompartmentId) -> Result<EpochId, NodeError> {
        if let Some(epoch) = self.register.write_epoch(compartment, self.moment()) {
            // A manager who has removed themselves knows the secret of the epoch that they began, and is not in it:
            // what they wrote under it would be refused everywhere.
            let is_in = |one: &counterseal_register::Epoch| one.roster().contains(&self.device());
            if self.holds(epoch) && !self.register.epoch(epoch).is_some_and(is_in) {
                return Err(NodeError::NotAMember(compartment));
            }
            return Ok(epoch);
        }
        let mut draft = self.draft()?;
        let epoch = self.rekey_if_member(&mut draft, compartment)?;
        self.keep_statements(draft)?;
        Ok(epoch)
    }

    /// The sealer of this desk's journal in a compartment. Each time a desk is unlocked it begins a
    /// new journal that names the last head it knows (PROTOCOL 5): a home that was restored or copied
    /// looks like any other, and would otherwise use one place in a journal twice.
    pub(super) fn take_sealer(&mut self, compartment: CompartmentId) -> Result<Sealer, NodeError> {
        if let Some(sealer) = self.sealers.remove(&compartment) {
            return Ok(sealer);
        }
        let device = self.device();
        let head = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT id FROM entry WHERE device = ?1 AND compartment = ?2 AND standing < 4 ORDER BY no DESC LIMIT 1",
            )?;
            let head = find.query_row((device.as_bytes(), compartment.as_bytes()), |row| row.get(0));
            Ok::<_, NodeError>(head.optional()?.map(EntryId::from_bytes))
        })?;
        let journal = self.make_journal_id();
        Ok(Sealer::begin(self.mission(), compartment, journal, head)?)
    }

    fn make_journal_id(&mut self) -> JournalId {
        let mut id = [0; JournalId::LEN];
        self.rng.fill_bytes(&mut id);
        JournalId::from_bytes(id)
    }

    /// A new random record id.
    pub fn make_record_id(&mut self) -> RecordId {
        let mut id = [0; RecordId::LEN];
        self.rng.fill_bytes(&mut id);
        RecordId::from_bytes(id)
    }
}

fn stage(
    store: &mut Store,
    indexer: &mut Indexer,
    reader: &PartReader<'_>,
    sealed: &[Sealed],
) -> Result<(), NodeError> {
    store.stage(|tx| {
        for sealed in sealed {
            let (id, header) = (sealed.entry.id(), sealed.entry.header());
            let first = store_entry(tx, id, header, sealed.entry.entry(), OWN)? << INDEX_BITS;
            if let Some(guarded) = &sealed.guarded {
                guarded.keep(tx, first >> INDEX_BITS)?;
            }
            for (no, (opened, words)) in (first..).zip(sealed.parts.iter().zip(&sealed.words)) {
                indexer.add(tx, no, opened, words, reader)?;
            }
        }
        Ok(())
    })
}

/// The version of a part: the hash of its bytes before sealing.
pub(crate) fn version_of(part: &[u8]) -> VersionId {
    VersionId::from_bytes(sha256(&[Label::PART_VERSION.bytes(), part]))
}

/// How an entry of this desk's own is kept: shown at once, and not logged yet.
const OWN: Kept = Kept { standing: Standing::Unlogged, shown: true, leaf: None, urgency: 1, broken: false };

/// Stores an entry as it is; gives its number.
pub(super) fn store_entry(
    tx: &Connection,
    id: EntryId,
    header: &EntryHeader,
    entry: &Entry,
    kept: Kept,
) -> Result<i64, NodeError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO entry (id, compartment, device, journal, seq, epoch, ctx, salt, header,
                            leaf, standing, shown, urgency, continues, broken, guarded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    let no = insert.insert((
        id.as_bytes(),
        header.compartment.as_bytes(),
        header.device.as_bytes(),
        header.journal.as_bytes(),
        header.seq.cast_signed(),
        header.epoch.as_bytes(),
        header.ctx(),
        header.salt.0,
        &entry.header,
        kept.leaf.map(u64::cast_signed),
        kept.standing as u8,
        kept.shown,
        kept.urgency,
        header.continues.as_ref().map(EntryId::as_bytes),
        kept.broken,
        header.is_guarded(),
    ))?;
    let mut part = tx.prepare_cached("INSERT INTO part (no, ciphertext) VALUES (?1, ?2)")?;
    for (index, ciphertext) in (no << INDEX_BITS..).zip(&entry.ciphertexts) {
        part.execute((index, ciphertext))?;
    }
    Ok(no)
}

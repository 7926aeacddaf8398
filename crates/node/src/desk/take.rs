//! Taking in entries that other desks wrote, from a hub or a pouch. Nothing they say is believed
//! before it is checked: the author's signature, its membership, its place in the journal, every
//! ciphertext's hash. An entry whose secret is not here waits; one that is late is kept apart.

use counterseal_model::record::Body;
use counterseal_model::{DeviceId, EntryId, EpochId, Timestamp};
use counterseal_register::{
    DeviceStatus, Entry, EntryRefusal, EntryStanding, Equivocation, JournalLeaf, LateReason, LogPosition,
    Moment, PartRef, Refusal, VerifiedHeader, claimed_device,
};
use rusqlite::{Connection, OptionalExtension};

use super::early::{early, forget_early, is_early, keep_early};
use super::places::{JournalPlace, breaks, counting_at, doubled, set_broken, set_standing};
use super::write::{INDEX_BITS, store_entry};
use super::{Desk, PartReader};
use crate::error::NodeError;
use crate::index::{Indexer, Opened, words_of};

/// How an entry stands in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its leaf is not in a cosigned checkpoint that this desk has.
    Unlogged = 0,
    /// Logged while its author could write.
    Settled = 1,
    /// Logged too late: kept apart until a manager accepts it.
    Late = 2,
    /// Late, and accepted.
    Accepted = 3,
    /// Another entry counts at its place in the journal.
    Doubled = 4,
    /// The epoch it was written under never came to stand.
    Void = 5,
    /// Void, and this desk, its author, has written it again.
    WrittenAgain = 6,
}

impl Standing {
    /// By its number in the store.
    pub(super) const fn of(number: u8) -> Self {
        match number {
            1 => Self::Settled,
            2 => Self::Late,
            3 => Self::Accepted,
            4 => Self::Doubled,
            5 => Self::Void,
            6 => Self::WrittenAgain,
            _ => Self::Unlogged,
        }
    }
}

/// What is noted of an entry beside its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) standing: Standing,
    pub(super) shown: bool,
    pub(super) leaf: Option<u64>,
    pub(super) urgency: u8,
    /// Whether it does not follow the entry that counts before it.
    pub(super) broken: bool,
}

/// An entry as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The entry, unverified.
    pub entry: Entry,
    /// How urgent it is, by its sender's word: 0 for a flash report, 1 otherwise, 2 for a large one.
    pub urgency: u8,
}

/// An entry that was not taken in.
#[derive(Debug)]
pub struct RefusedEntry {
    /// Its id.
    pub entry: EntryId,
    /// Why not.
    pub reason: NodeError,
}

/// What became of entries that came.
#[derive(Debug, Default)]
pub struct Taken {
    /// New ones.
    pub new: u64,
    /// Those that were here already.
    pub known: u64,
    /// Of the new ones, those whose epoch's secret is not here yet.
    pub waiting: u64,
    /// Of the new ones, those that are late and kept apart.
    pub late: u64,
    /// Places in journals that two entries claim. Both are kept.
    pub evidence: Vec<Equivocation>,
    /// Of the new ones, those that do not follow the entry that counts before them.
    pub broken: u64,
    /// Of an epoch or a device that the statements here do not name yet: they are kept until those come.
    pub early: u64,
    /// Those that can't be what they claim to be.
    pub refused: Vec<RefusedEntry>,
}

impl Desk {
    /// Takes in entries, in one commit. When this returns they are durable.
    ///
    /// # Errors
    /// When the store cannot be read or written; nothing is taken in then. What is wrong with a single
    /// entry stands in the report.
    pub fn take_entries(&mut self, arrived: &[Arrived]) -> Result<Taken, NodeError> {
        let now = self.moment();
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let mut intake = Intake::new(reader, now, &mut self.indexer);
        let kept = self.store.commit(|tx| arrived.iter().try_for_each(|arrived| intake.take(tx, arrived)));
        let taken = intake.taken;
        if let Err(error) = kept {
            self.forget_unkept();
            return Err(error);
        }
        Ok(taken)
    }

    /// Looks again at what is not settled: entries become visible when their secret arrives or a manager
    /// accepts them, and are kept apart when they turn out to be late. Gives how many changed.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn settle(&mut self) -> Result<u64, NodeError> {
        self.drop_erased()?;
        let own = self.device();
        let pending = self.pending_epochs()?;
        let known = |epoch| self.register.epoch(epoch).is_some() || pending.contains(&epoch);
        let (unsettled, early, doubled) = self
            .store
            .read(|db| Ok::<_, NodeError>((unsettled(db, own, &known)?, early(db)?, doubled(db)?)))?;
        if unsettled.is_empty() && early.is_empty() && doubled.is_empty() {
            return Ok(0);
        }
        let now = self.moment();
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let mut intake = Intake::new(reader, now, &mut self.indexer);
        let changed = self.store.commit(|tx| {
            let mut changed = 0;
            for place in &doubled {
                changed += u64::from(intake.decide(tx, place)?);
            }
            for entry in &unsettled {
                changed += u64::from(intake.review(tx, entry.no)?);
            }
            for (id, arrived) in &early {
                intake.take_again(tx, *id, arrived)?;
            }
            Ok::<_, NodeError>(changed + intake.taken.new)
        });
        if changed.is_err() {
            self.forget_unkept();
        } else if self.store.read(|db| has_void(db, own))? {
            // A journal whose end is void is not continued: nobody else could follow it.
            self.sealers.clear();
        }
        changed
    }
}

/// An entry as it is noted.
struct Noted {
    header: Vec<u8>,
    standing: u8,
    shown: bool,
    mark: Option<Moment>,
}

/// An entry that may stand otherwise than it is noted.
struct Unsettled {
    no: i64,
}

/// Entries that are late, wait for a secret, or are not logged. This desk's own that are not logged are
/// left out: it knows them. Not so those whose epoch neither stands nor waits for the log.
fn unsettled(
    db: &Connection,
    own: DeviceId,
    known: &dyn Fn(EpochId) -> bool,
) -> Result<Vec<Unsettled>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT no FROM entry
         WHERE (standing <> 1 OR shown <> 1) AND standing NOT IN (4, 6)
           AND NOT (device = ?1 AND leaf IS NULL AND shown = 1)",
    )?;
    let rows = list.query_map([own.as_bytes()], |row| Ok(Unsettled { no: row.get(0)? }))?;
    let mut found = rows.collect::<Result<Vec<_>, _>>()?;
    let mut epochs = db.prepare_cached(
        "SELECT no, epoch FROM entry WHERE leaf IS NULL AND device = ?1 AND shown = 1 ORDER BY no",
    )?;
    let mut rows = epochs.query([own.as_bytes()])?;
    while let Some(row) = rows.next()? {
        if !known(EpochId::from_bytes(row.get(1)?)) {
            found.push(Unsettled { no: row.get(0)? });
        }
    }
    Ok(found)
}

/// Whether entries of this desk stand under an epoch that never came to stand, and were not written again.
fn has_void(db: &Connection, own: DeviceId) -> Result<bool, NodeError> {
    let find = "SELECT 1 FROM entry WHERE standing > 3 AND standing = 5 AND device = ?1";
    Ok(db.prepare_cached(find)?.exists([own.as_bytes()])?)
}

fn noted_of(db: &Connection, no: i64) -> Result<Noted, NodeError> {
    let mut find = db.prepare_cached("SELECT header, standing, shown, leaf FROM entry WHERE no = ?1")?;
    type Columns = (Vec<u8>, u8, bool, Option<i64>);
    let (header, standing, shown, leaf): Columns = find.query_row([no], |row| row.try_into())?;
    let mark = leaf.map(|leaf| mark_of(db, leaf.cast_unsigned())).transpose()?.flatten();
    Ok(Noted { header, standing, shown, mark })
}

/// Where and when a leaf of the journal log was first cosigned, by the time mark that covers it. A mark says
/// nothing before every statement that it stands after has its time: one of them may make the entry late.
pub(super) fn mark_of(db: &Connection, leaf: u64) -> Result<Option<Moment>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT statements, time FROM mark
             WHERE size > ?1 AND size <= (SELECT max(no) + 1 FROM leaf)
           AND NOT EXISTS (SELECT 1 FROM statement s WHERE s.position < mark.statements AND s.since IS NULL)
         ORDER BY size LIMIT 1",
    )?;
    let found = find.query_row([leaf.cast_signed()], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)));
    Ok(found.optional()?.map(|(statements, time)| {
        let last = LogPosition::new(statements.cast_unsigned().saturating_sub(1));
        Moment::new(last, Timestamp(time))
    }))
}

/// Takes entries into one transaction.
pub(super) struct Intake<'a> {
    pub(super) reader: PartReader<'a>,
    pub(super) now: Moment,
    pub(super) indexer: &'a mut Indexer,
    pub(super) taken: Taken,
}

impl<'a> Intake<'a> {
    pub(super) fn new(reader: PartReader<'a>, now: Moment, indexer: &'a mut Indexer) -> Self {
        Self { reader, now, indexer, taken: Taken::default() }
    }

    /// Takes an entry out of the index and sets it aside: the statements that say whose it is, or under which
    /// epoch, stand in no log any more.
    pub(super) fn hide(
        &mut self,
        tx: &Connection,
        no: i64,
        header: &[u8],
        shown: bool,
    ) -> Result<(), NodeError> {
        if shown {
            let header = self.reader.verify(header)?;
            self.withdraw(tx, no, &header)?;
        }
        tx.prepare_cached("UPDATE entry SET standing = 0, shown = 0 WHERE no = ?1")?.execute([no])?;
        Ok(())
    }

    fn take(&mut self, tx: &Connection, arrived: &Arrived) -> Result<(), NodeError> {
        let id = arrived.entry.id();
        if is_held(tx, id)? || is_early(tx, id)? {
            self.taken.known += 1;
            return Ok(());
        }
        match self.check(tx, &arrived.entry) {
            Ok(header) => self.keep(tx, arrived, &header),
            Err(NodeError::Store(error)) => Err(error.into()),
            // The statement that begins the epoch, or names the trustees, may still be on its way.
            Err(NodeError::Register(Refusal::UnknownEpoch { .. } | Refusal::UnknownTrusteeSet { .. }))
                if self.is_by_active(&arrived.entry) && keep_early(tx, arrived)? =>
            {
                self.taken.early += 1;
                Ok(())
            }
            Err(reason) => {
                self.taken.refused.push(RefusedEntry { entry: id, reason });
                Ok(())
            }
        }
    }

    /// Takes in what came too early, if it can be now.
    fn take_again(&mut self, tx: &Connection, id: EntryId, arrived: &Arrived) -> Result<(), NodeError> {
        match self.check(tx, &arrived.entry) {
            Ok(header) => {
                forget_early(tx, id)?;
                self.keep(tx, arrived, &header)
            }
            Err(NodeError::Store(error)) => Err(error.into()),
            Err(NodeError::Register(Refusal::UnknownEpoch { .. } | Refusal::UnknownTrusteeSet { .. }))
                if self.is_by_active(&arrived.entry) =>
            {
                Ok(())
            }
            Err(_cannot_stand) => forget_early(tx, id),
        }
    }

    /// Whether the author of an entry whose signature was checked may write anywhere. What others name an epoch for that
    /// nobody knows takes no room from those who do; should the epoch come, the entry is asked for again.
    fn is_by_active(&self, entry: &Entry) -> bool {
        let author = claimed_device(&entry.header).ok();
        let known = author.and_then(|device| self.reader.register().device(device, self.now));
        known.is_some_and(|known| known.status == DeviceStatus::Active)
    }

    /// Checks everything about an entry that can be checked without its secret.
    fn check(&self, tx: &Connection, entry: &Entry) -> Result<VerifiedHeader, NodeError> {
        let header = self.reader.verify(&entry.header)?;
        if entry.ciphertexts.len() != header.header().parts.len() {
            return Err(EntryRefusal::NoSuchPart { index: entry.ciphertexts.len() }.into());
        }
        for (index, ciphertext) in entry.ciphertexts.iter().enumerate() {
            header.check_part(index, ciphertext, self.is_erased(&header, header.part_ref(index)))?;
        }
        // Whether it can stand at all: of this mission, of an epoch, a device and trustees that are known, and were
        // when it was logged.
        let leaf = place_of(tx, &header)?;
        let mark = leaf.map(|leaf| mark_of(tx, leaf)).transpose()?.flatten();
        self.standing(&header, mark)?;
        Ok(header)
    }

    fn is_erased(&self, header: &VerifiedHeader, part: PartRef) -> bool {
        self.reader.register().is_erased(header.header().compartment, part)
    }

    fn keep(&mut self, tx: &Connection, arrived: &Arrived, header: &VerifiedHeader) -> Result<(), NodeError> {
        // Whoever brings an erased part again brings nothing.
        let without = arrived.entry.without(header, |part| self.is_erased(header, part));
        let entry = without.as_ref().unwrap_or(&arrived.entry);
        let leaf = place_of(tx, header)?;
        let place = JournalPlace::of(header);
        let rival = counting_at(tx, &place)?;
        // Who came first keeps the place until the log says otherwise (entries.md, section 7).
        let beaten = rival.as_ref().is_some_and(|rival| rival.is_before(leaf));
        if let Some(rival) = &rival {
            self.taken.evidence.extend(Equivocation::of(&self.reader.verify(&rival.header)?, header));
            if !beaten {
                self.put_aside(tx, rival.no)?;
            }
        }
        let mark = leaf.map(|leaf| mark_of(tx, leaf)).transpose()?.flatten();
        let standing = self.standing(header, mark)?;
        let late = matches!(standing, EntryStanding::Late(_));
        let opened = self.open_all(header, &entry.ciphertexts);
        let shown = !late && !beaten && opened.is_some();
        let standing = if beaten { Standing::Doubled } else { noted(standing, mark.is_some()) };
        let broken = !beaten && breaks(tx, &place, header.header().prev)?;
        let kept = Kept { standing, shown, leaf, urgency: arrived.urgency, broken };
        let no = store_entry(tx, header.id(), header.header(), entry, kept)?;
        self.taken.new += 1;
        self.taken.late += u64::from(late && !beaten);
        self.taken.waiting += u64::from(opened.is_none() && !late && !beaten);
        self.taken.broken += u64::from(broken);
        if let Some(opened) = opened.filter(|_| shown) {
            self.show(tx, no, &opened)?;
        }
        if !beaten {
            self.taken.broken += u64::from(self.look_after(tx, &place)?);
        }
        Ok(())
    }

    /// How an entry stands whose leaf was first cosigned at `mark`. One that is not logged yet is looked at
    /// as if it were logged now: whoever was removed may have written it since. That an epoch followed
    /// its own says nothing of that kind, and must not hide what was written offline.
    fn standing(&self, header: &VerifiedHeader, mark: Option<Moment>) -> Result<EntryStanding, NodeError> {
        let standing = self.reader.register().standing_of(header, mark.unwrap_or(self.now))?;
        Ok(match standing {
            EntryStanding::Late(LateReason::EpochSucceeded) if mark.is_none() => EntryStanding::Settled,
            standing => standing,
        })
    }

    /// Looks at a kept entry again; whether anything about it changed.
    pub(super) fn review(&mut self, tx: &Connection, no: i64) -> Result<bool, NodeError> {
        let entry = noted_of(tx, no)?;
        // Set aside at a succession of the hub: who wrote it, or under which epoch, waits for the log.
        let aside = !entry.shown && Standing::of(entry.standing) == Standing::Unlogged;
        if Standing::of(entry.standing) == Standing::Doubled
            || (aside && !self.reader.knows(&entry.header)?)
        {
            return Ok(false);
        }
        let header = self.reader.verify(&entry.header)?;
        let (apart, noted) = match self.standing(&header, entry.mark) {
            Ok(standing) => {
                (matches!(standing, EntryStanding::Late(_)), noted(standing, entry.mark.is_some()))
            }
            // Obeyed on sight once, and the log took another in its place.
            Err(NodeError::Register(Refusal::UnknownEpoch { .. })) => (true, Standing::Void),
            // Logged before its trustees were in force, as it turns out: they need not take it.
            Err(NodeError::Register(Refusal::UnknownTrusteeSet { .. })) => (true, Standing::Late),
            Err(error) => return Err(error),
        };
        let mut shown = entry.shown;
        if apart && shown {
            self.withdraw(tx, no, &header)?;
            shown = false;
        } else if !apart
            && !shown
            && let Some(opened) = self.open_all(&header, &ciphertexts(tx, no)?)
        {
            self.show(tx, no, &opened)?;
            shown = true;
        }
        if (noted as u8, shown) == (entry.standing, entry.shown) {
            return Ok(false);
        }
        set_standing(tx, no, noted, shown)?;
        Ok(true)
    }

    /// Takes an entry out of what counts: another has its place.
    pub(super) fn put_aside(&mut self, tx: &Connection, no: i64) -> Result<(), NodeError> {
        let entry = noted_of(tx, no)?;
        if entry.shown {
            let header = self.reader.verify(&entry.header)?;
            self.withdraw(tx, no, &header)?;
        }
        set_standing(tx, no, Standing::Doubled, false)?;
        set_broken(tx, no, false)
    }

    /// The parts of an entry, opened, each with its index; `None` without the epoch's secret. What a
    /// member sealed that is no part is left out: it stays in the journal, and tells nothing.
    fn open_all(&self, header: &VerifiedHeader, ciphertexts: &[Vec<u8>]) -> Option<Vec<(i64, Opened)>> {
        // A guarded entry is kept and waits for nothing: no part of it enters the index.
        if header.header().is_guarded() {
            return Some(Vec::new());
        }
        let keys = self.reader.entry_keys(header)?;
        let compartment = header.header().compartment;
        let parts = (0u32..).zip(ciphertexts);
        let opened = parts.filter_map(|(index, ciphertext)| {
            let opened = self.reader.open_with(&keys, compartment, index, ciphertext).ok()?;
            let guarded = matches!(opened.part.body, Body::Source(_));
            (!guarded).then_some((i64::from(index), opened))
        });
        Some(opened.collect())
    }

    fn show(&mut self, tx: &Connection, no: i64, opened: &[(i64, Opened)]) -> Result<(), NodeError> {
        for (index, opened) in opened {
            let words = words_of(&opened.part);
            self.indexer.add(tx, (no << INDEX_BITS) + index, opened, &words, &self.reader)?;
        }
        Ok(())
    }

    fn withdraw(&mut self, tx: &Connection, no: i64, header: &VerifiedHeader) -> Result<(), NodeError> {
        for (index, opened) in self.open_all(header, &ciphertexts(tx, no)?).unwrap_or_default() {
            self.indexer.withdraw(tx, (no << INDEX_BITS) + index, opened.part.record, &self.reader)?;
        }
        Ok(())
    }
}

fn noted(standing: EntryStanding, marked: bool) -> Standing {
    match standing {
        EntryStanding::Settled if marked => Standing::Settled,
        EntryStanding::Settled => Standing::Unlogged,
        EntryStanding::Late(_) => Standing::Late,
        EntryStanding::Accepted => Standing::Accepted,
    }
}

/// Whether an entry is here.
fn is_held(tx: &Connection, id: EntryId) -> Result<bool, NodeError> {
    Ok(tx.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?.exists([id.as_bytes()])?)
}

/// Where an entry's leaf stands in the journal log, as far as this desk has it. Nobody's word is needed: the
/// leaf follows from the entry.
fn place_of(tx: &Connection, header: &VerifiedHeader) -> Result<Option<u64>, NodeError> {
    let mut find = tx.prepare_cached("SELECT no FROM leaf WHERE bytes = ?1 ORDER BY no LIMIT 1")?;
    let found = find.query_row([JournalLeaf::of(header).to_bytes()], |row| row.get::<_, i64>(0));
    Ok(found.optional()?.map(i64::cast_unsigned))
}

/// The ciphertexts of a kept entry, in the order of their index.
pub(super) fn ciphertexts(tx: &Connection, no: i64) -> Result<Vec<Vec<u8>>, NodeError> {
    let first = no << INDEX_BITS;
    let mut list = tx.prepare_cached("SELECT ciphertext FROM part WHERE no BETWEEN ?1 AND ?2 ORDER BY no")?;
    let rows = list.query_map((first, first + (1 << INDEX_BITS) - 1), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

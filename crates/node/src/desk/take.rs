//! Taking in entries that other desks wrote, from a hub or a pouch. Nothing they say is believed
//! before it is checked: the author's signature, its membership, its place in the journal, every
//! ciphertext's hash. An entry whose secret is not here waits; one that is late is kept apart.

use counterseal_model::record::Body;
use counterseal_model::{DeviceId, EntryId, Timestamp};
use counterseal_register::{
    ChainRefusal, Entry, EntryRefusal, EntryStanding, Equivocation, JournalLeaf, LateReason, LogPosition,
    Moment, VerifiedHeader,
};
use rusqlite::{Connection, OptionalExtension};

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
}

/// What is noted of an entry beside its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kept {
    pub(super) standing: Standing,
    pub(super) shown: bool,
    pub(super) leaf: Option<u64>,
    pub(super) urgency: u8,
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
        let own = self.device();
        let unsettled = self.store.read(|db| unsettled(db, own))?;
        if unsettled.is_empty() {
            return Ok(0);
        }
        let now = self.moment();
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let mut intake = Intake::new(reader, now, &mut self.indexer);
        let changed = self.store.commit(|tx| {
            unsettled
                .iter()
                .try_fold(0, |sum, entry| Ok::<_, NodeError>(sum + u64::from(intake.review(tx, entry)?)))
        });
        if changed.is_err() {
            self.forget_unkept();
        }
        changed
    }
}

/// An entry that may stand otherwise than it is noted.
struct Unsettled {
    no: i64,
    header: Vec<u8>,
    standing: u8,
    shown: bool,
    mark: Option<Moment>,
}

/// Entries that are late, wait for a secret, or are not logged. This desk's own that are not logged are
/// left out: it knows them.
fn unsettled(db: &Connection, own: DeviceId) -> Result<Vec<Unsettled>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT no, header, standing, shown, leaf FROM entry
         WHERE (standing <> 1 OR shown <> 1) AND NOT (device = ?1 AND leaf IS NULL AND shown = 1)",
    )?;
    let rows = list.query_map([own.as_bytes()], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get::<_, Option<i64>>(4)?))
    })?;
    rows.map(|row| {
        let (no, header, standing, shown, leaf) = row?;
        let mark = leaf.map(|leaf| mark_of(db, leaf.cast_unsigned())).transpose()?.flatten();
        Ok(Unsettled { no, header, standing, shown, mark })
    })
    .collect()
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
    reader: PartReader<'a>,
    now: Moment,
    indexer: &'a mut Indexer,
    taken: Taken,
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
        if is_held(tx, id)? {
            self.taken.known += 1;
            return Ok(());
        }
        match self.check(&arrived.entry) {
            Ok(header) => self.keep(tx, arrived, &header),
            Err(NodeError::Store(error)) => Err(error.into()),
            Err(reason) => {
                self.taken.refused.push(RefusedEntry { entry: id, reason });
                Ok(())
            }
        }
    }

    /// Checks everything about an entry that can be checked without its secret.
    fn check(&self, entry: &Entry) -> Result<VerifiedHeader, NodeError> {
        let header = self.reader.verify(&entry.header)?;
        if entry.ciphertexts.len() != header.header().parts.len() {
            return Err(EntryRefusal::NoSuchPart { index: entry.ciphertexts.len() }.into());
        }
        for (index, ciphertext) in entry.ciphertexts.iter().enumerate() {
            header.verify_part(index, ciphertext)?;
        }
        // Whether it can stand at all: of this mission, of an epoch and a device that are known.
        self.standing(&header, None)?;
        Ok(header)
    }

    fn keep(&mut self, tx: &Connection, arrived: &Arrived, header: &VerifiedHeader) -> Result<(), NodeError> {
        if let Some(held) = held_at(tx, header)? {
            return self.keep_evidence(tx, header, &held);
        }
        if let Err(refusal) = self.check_neighbours(tx, header)? {
            self.taken.refused.push(RefusedEntry { entry: header.id(), reason: refusal.into() });
            return Ok(());
        }
        let leaf = place_of(tx, header)?;
        let mark = leaf.map(|leaf| mark_of(tx, leaf)).transpose()?.flatten();
        let standing = self.standing(header, mark)?;
        let late = matches!(standing, EntryStanding::Late(_));
        let opened = self.open_all(header, &arrived.entry.ciphertexts);
        let shown = !late && opened.is_some();
        let standing = noted(standing, mark.is_some());
        let kept = Kept { standing, shown, leaf, urgency: arrived.urgency };
        let no = store_entry(tx, header.id(), header.header(), &arrived.entry, kept)?;
        self.taken.new += 1;
        self.taken.late += u64::from(late);
        self.taken.waiting += u64::from(opened.is_none() && !late);
        if let Some(opened) = opened.filter(|_| shown) {
            self.show(tx, no, &opened)?;
        }
        Ok(())
    }

    /// The entries before and after it in the journal, where they are here, must name each other. Others may
    /// still come: the urgent ones come first.
    fn check_neighbours(
        &self,
        tx: &Connection,
        header: &VerifiedHeader,
    ) -> Result<Result<(), ChainRefusal>, NodeError> {
        let (seq, named) = (header.header().seq, header.header().prev);
        if let Some(before) = seq.checked_sub(1).map(|seq| entry_at(tx, header, seq)).transpose()?.flatten() {
            let held = self.reader.verify(&before)?.id();
            if held != named {
                return Ok(Err(ChainRefusal::OtherPredecessor { seq, named, held }));
            }
        }
        if let Some(after) = entry_at(tx, header, seq.saturating_add(1))? {
            let named = self.reader.verify(&after)?.header().prev;
            if named != header.id() {
                return Ok(Err(ChainRefusal::OtherPredecessor {
                    seq: seq.saturating_add(1),
                    named,
                    held: header.id(),
                }));
            }
        }
        Ok(Ok(()))
    }

    /// Keeps a second entry that claims a place in a journal: it proves that the device wrote twice.
    fn keep_evidence(
        &mut self,
        tx: &Connection,
        header: &VerifiedHeader,
        held: &[u8],
    ) -> Result<(), NodeError> {
        let held = self.reader.verify(held)?;
        let mut insert =
            tx.prepare_cached("INSERT OR IGNORE INTO evidence (id, held, header) VALUES (?1, ?2, ?3)")?;
        insert.execute((header.id().as_bytes(), held.id().as_bytes(), header.bytes()))?;
        self.taken.evidence.extend(Equivocation::of(&held, header));
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
    fn review(&mut self, tx: &Connection, entry: &Unsettled) -> Result<bool, NodeError> {
        if !entry.shown && entry.standing == Standing::Unlogged as u8 && !self.reader.knows(&entry.header)? {
            return Ok(false);
        }
        let header = self.reader.verify(&entry.header)?;
        let standing = self.standing(&header, entry.mark)?;
        let late = matches!(standing, EntryStanding::Late(_));
        let noted = noted(standing, entry.mark.is_some());
        let mut shown = entry.shown;
        if late && shown {
            self.withdraw(tx, entry.no, &header)?;
            shown = false;
        } else if !late
            && !shown
            && let Some(opened) = self.open_all(&header, &ciphertexts(tx, entry.no)?)
        {
            self.show(tx, entry.no, &opened)?;
            shown = true;
        }
        if (noted as u8, shown) == (entry.standing, entry.shown) {
            return Ok(false);
        }
        tx.prepare_cached("UPDATE entry SET standing = ?2, shown = ?3 WHERE no = ?1")?.execute((
            entry.no,
            noted as u8,
            shown,
        ))?;
        Ok(true)
    }

    /// The parts of an entry, opened, each with its index; `None` without the epoch's secret. What a
    /// member sealed that is no part is left out: it stays in the journal, and tells nothing.
    fn open_all(&self, header: &VerifiedHeader, ciphertexts: &[Vec<u8>]) -> Option<Vec<(i64, Opened)>> {
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
    let held = "SELECT 1 FROM entry WHERE id = ?1 UNION ALL SELECT 1 FROM evidence WHERE id = ?1";
    Ok(tx.prepare_cached(held)?.exists([id.as_bytes()])?)
}

/// Where an entry's leaf stands in the journal log, as far as this desk has it. Nobody's word is needed: the
/// leaf follows from the entry.
fn place_of(tx: &Connection, header: &VerifiedHeader) -> Result<Option<u64>, NodeError> {
    let mut find = tx.prepare_cached("SELECT no FROM leaf WHERE bytes = ?1 ORDER BY no LIMIT 1")?;
    let found = find.query_row([JournalLeaf::of(header).to_bytes()], |row| row.get::<_, i64>(0));
    Ok(found.optional()?.map(i64::cast_unsigned))
}

/// The signed header of the entry that has this one's place.
fn held_at(tx: &Connection, header: &VerifiedHeader) -> Result<Option<Vec<u8>>, NodeError> {
    entry_at(tx, header, header.header().seq)
}

fn entry_at(tx: &Connection, of: &VerifiedHeader, seq: u64) -> Result<Option<Vec<u8>>, NodeError> {
    let header = of.header();
    let mut find =
        tx.prepare_cached("SELECT header FROM entry WHERE device = ?1 AND journal = ?2 AND seq = ?3")?;
    let place = (header.device.as_bytes(), header.journal.as_bytes(), seq.cast_signed());
    Ok(find.query_row(place, |row| row.get(0)).optional()?)
}

/// The ciphertexts of a kept entry, in the order of their index.
pub(super) fn ciphertexts(tx: &Connection, no: i64) -> Result<Vec<Vec<u8>>, NodeError> {
    let first = no << INDEX_BITS;
    let mut list = tx.prepare_cached("SELECT ciphertext FROM part WHERE no BETWEEN ?1 AND ?2 ORDER BY no")?;
    let rows = list.query_map((first, first + (1 << INDEX_BITS) - 1), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! Following the two logs: leaves and checkpoints that a hub or a pouch brings become this desk's register,
//! and the places of its entries.

use std::collections::{BTreeMap, HashMap};

use counterseal_ledger::Frontier;
use counterseal_mirror::{
    Believed, JournalMark, JournalStep, LogRow, MirrorError, Replayed, Roots, StatementRow, believe_journal,
    claimed_size, extend, join_journal, look_back, replay_log,
};
use counterseal_model::{EntryId, StatementId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, Refusal, Register};
use rusqlite::{Connection, OptionalExtension};

use super::open::load_register;
use super::{Crossing, Desk};
use crate::error::NodeError;
use crate::logs::{journal_roots, load_log, running_time, save_log, statement_roots, statement_rows};

/// Leaves of both logs and their newest checkpoints, as a hub or a pouch tells them. Nothing of it is
/// believed before it is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogNews {
    /// Statements' envelopes and time marks' leaves.
    pub statements: NewLeaves<Vec<u8>>,
    /// The journal log's leaves.
    pub journal: NewLeaves<[u8; JournalLeaf::LEN]>,
}

/// Leaves of one log, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLeaves<T> {
    /// Index of the first.
    pub from: u64,
    /// The leaves.
    pub items: Vec<T>,
    /// The log's newest checkpoint with its cosignatures; empty for none.
    pub note: Vec<u8>,
}

impl<T> Default for NewLeaves<T> {
    fn default() -> Self {
        Self { from: 0, items: Vec::new(), note: Vec::new() }
    }
}

impl<T> NewLeaves<T> {
    /// The index after the last.
    pub(super) const fn end(&self) -> u64 {
        self.from.saturating_add(self.items.len() as u64)
    }

    /// Whether there is a checkpoint, and all is here that it covers.
    pub(super) fn is_covered(&self) -> Result<bool, NodeError> {
        Ok(!self.note.is_empty() && claimed_size(&self.note)? <= self.end())
    }

    /// Forgets the checkpoint, and the leaves before `size`: they are in the store.
    pub(super) fn stored(&mut self, size: u64) {
        let done = usize::try_from(size.saturating_sub(self.from)).unwrap_or(usize::MAX);
        self.items.drain(..done.min(self.items.len()));
        self.from = self.from.max(size);
        self.note.clear();
    }
}

/// What following the logs came to.
#[derive(Debug, Default)]
pub struct Followed {
    /// Statements that are new here.
    pub statements: u64,
    /// Statements in the log that the register refuses, by index.
    pub refused: Vec<(u64, Refusal)>,
    /// This desk's own statements that the log has now.
    pub logged: Vec<StatementId>,
    /// Leaves of the journal log that are new here.
    pub leaves: u64,
    /// Logs of which a checkpoint came that is older than the one this desk has: the hub is behind, or was
    /// put back.
    pub behind: Vec<LogKind>,
    /// Time marks that do not count, by index: they have no effect, for anyone.
    pub bad_marks: Vec<u64>,
    /// Entries that stand otherwise than before.
    pub settled: u64,
    /// A new hub in the place of the one that this desk knew.
    pub crossed: Option<Crossing>,
}

/// A desk's view of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogView {
    /// Leaves that this desk has and a cosigned checkpoint covers.
    pub size: u64,
    /// Their root.
    pub root: [u8; 32],
    /// The time of the newest cosigned checkpoint.
    pub cosigned: Timestamp,
}

impl Desk {
    /// Whether the mission's statements are ordered by a hub's log. Before it has a hub, the desk that
    /// founded it orders them.
    #[must_use]
    pub fn has_hub(&self) -> bool {
        self.register.hub(self.register.last()).is_some()
    }

    /// How far this desk follows a log; `None` before the first checkpoint.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn log(&self, kind: LogKind) -> Result<Option<LogView>, NodeError> {
        let row = self.store.read(|db| load_log(db, kind))?;
        Ok(row.map(|row| {
            let head = row.frontier.head();
            LogView { size: head.size, root: *head.root.as_bytes(), cosigned: row.time }
        }))
    }

    /// Takes in what a hub or a pouch tells of the logs, in one commit. Where it tells of a new hub that this
    /// desk has not heard of, what counts no more is taken back in a commit before.
    ///
    /// # Errors
    /// `OtherTree` when what it tells is not what its checkpoint is of, or not what this desk saw before;
    /// `Log` when a checkpoint is not signed by whom it must be. Nothing is taken in then.
    pub fn follow(&mut self, news: &LogNews) -> Result<Followed, NodeError> {
        let mut followed = Followed { crossed: self.cross_over(news)?, ..Followed::default() };
        let statements = self.statement_news(news, &mut followed)?;
        if let Some(statements) = &statements {
            self.cut_to(&statements.rows, &statements.register)?;
        }
        let journal = self.journal_news(news, statements.as_ref(), &mut followed)?;
        if statements.is_none() && journal.is_none() {
            return Ok(followed);
        }
        self.store.commit(|tx| {
            if let Some(statements) = &statements {
                statements.save(tx)?;
                followed.logged = drop_logged(tx, statements.covered())?;
            }
            match &journal {
                Some(journal) => journal.save(tx),
                None => Ok(()),
            }
        })?;
        if statements.is_some() {
            self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
            self.keyring.renew(&self.register, &self.secrets);
        }
        followed.settled = self.settle()?;
        Ok(followed)
    }

    /// Checks the statement log's part; `None` when it brings nothing.
    fn statement_news(
        &self,
        news: &LogNews,
        followed: &mut Followed,
    ) -> Result<Option<StatementNews>, NodeError> {
        if news.statements.note.is_empty() {
            return Ok(None);
        }
        let known = self.store.read(|db| load_log(db, LogKind::Statements))?;
        // The one that is here already was checked; a hub shows it again with everything that grows.
        if news.statements.items.is_empty()
            && known.as_ref().is_some_and(|known| known.note == news.statements.note)
        {
            return Ok(None);
        }
        let mut rows = self.store.read(statement_rows)?;
        let had = rows.len();
        let branch = match known {
            Some(_) => Vec::new(),
            None => branch_off(&mut rows, news)?,
        };
        extend(&mut rows, news.statements.from, &news.statements.items)?;
        let claimed = claimed_size(&news.statements.note)?;
        let size = known.as_ref().map_or(0, |known| known.frontier.size());
        if claimed <= size {
            let roots = statement_roots(&rows, claimed);
            self.look_back(LogKind::Statements, &news.statements.note, &roots, followed)?;
            return Ok(None);
        }
        // Before its first checkpoint what this desk has is its own order, and from then on the log's counts.
        let register = known.is_some().then(|| self.register.for_checkpoints());
        if known.is_none() {
            rows.iter_mut().for_each(|row| row.since = None);
        }
        let replayed = replay_log(register, size, &mut rows, &news.statements.note)?;
        let Replayed { register, frontier, marks, bad_marks, refused, unchanged, time, running } = replayed;
        if register.mission() != self.mission() {
            return Err(MirrorError::OtherTree { log: LogKind::Statements.word(), size: claimed }.into());
        }
        followed.statements = (rows.len() as u64).saturating_sub(had as u64);
        followed.refused = refused;
        followed.bad_marks = bad_marks;
        let row = LogRow { frontier, note: news.statements.note.clone(), time };
        Ok(Some(StatementNews { register, rows, unchanged, row, marks, running, branch }))
    }

    /// Checks the journal log's part, with the register that the statement log's part gives.
    fn journal_news(
        &self,
        news: &LogNews,
        statements: Option<&StatementNews>,
        followed: &mut Followed,
    ) -> Result<Option<JournalNews>, NodeError> {
        let register = statements.map_or(&self.register, |statements| &statements.register);
        let known = self.store.read(|db| load_log(db, LogKind::Journal))?;
        let frontier = known.as_ref().map_or_else(Frontier::new, |known| known.frontier.clone());
        let size = frontier.size();
        let marks = statements.map(|statements| statements.marks.clone()).unwrap_or_default();
        let is_here = known.as_ref().is_some_and(|known| known.note == news.journal.note);
        let claimed = match news.journal.note.is_empty() || is_here {
            true => None,
            false => Some(claimed_size(&news.journal.note)?),
        };
        if let Some(claimed) = claimed.filter(|claimed| *claimed <= size) {
            let roots = self.store.read(|db| journal_roots(db, [claimed]))?;
            self.look_back(LogKind::Journal, &news.journal.note, &roots, followed)?;
        }
        let checkpoint = match claimed.filter(|claimed| *claimed > size) {
            Some(_) => Some(self.believe_journal(register, statements, &news.journal.note)?),
            None => None,
        };
        let newer = checkpoint.filter(|checkpoint| checkpoint.size > size);
        let new = match &newer {
            Some(newer) => between(news, size, newer.size)?,
            None => Vec::new(),
        };
        let reached = size + new.len() as u64;
        // Marks that came before their leaves are held against the tree now.
        let mut heads = self.store.read(|db| marks_between(db, size, reached))?;
        heads.extend(marks.iter().filter(|mark| mark.size <= reached).map(|mark| (mark.size, mark.root)));
        heads.extend(newer.as_ref().map(|newer| (newer.size, newer.root)));
        let step = JournalStep { frontier, leaves: &new, heads, register };
        let frontier = join_journal(step, |sizes| self.store.read(|db| journal_roots(db, sizes)))?;
        followed.leaves = new.len() as u64;
        if newer.is_none() && marks.is_empty() {
            return Ok(None);
        }
        let row =
            newer.map(|Believed { time, .. }| LogRow { frontier, note: news.journal.note.clone(), time });
        Ok(Some(JournalNews { first: size, leaves: new, row, marks }))
    }

    /// A newer checkpoint of the journal log. One that a mark carries was judged where the mark stands: those who
    /// cosigned it may have been replaced since.
    fn believe_journal(
        &self,
        register: &Register,
        statements: Option<&StatementNews>,
        note: &[u8],
    ) -> Result<Believed, NodeError> {
        let running = match statements {
            Some(statements) => statements.running,
            None => self.store.read(running_time)?,
        };
        believe_journal(register, running, note, |marked| {
            let new = statements.iter().flat_map(|statements| &statements.marks);
            let new = new.map(|mark| (mark.size, mark.root));
            let mut marks = new.chain(self.store.read(|db| mark_at(db, marked.0))?);
            Ok(marks.any(|mark| mark == marked))
        })
    }

    /// A checkpoint that is no newer than the one this desk has: it must be of the same tree. If it is, nothing
    /// more is asked of it, for nothing is believed by it: who cosigned it may have been replaced since.
    fn look_back(
        &self,
        kind: LogKind,
        note: &[u8],
        roots: &Roots,
        followed: &mut Followed,
    ) -> Result<(), NodeError> {
        let ours = roots.at(claimed_size(note)?);
        let size = look_back(&self.register, self.store.read(running_time)?, kind, note, ours)?;
        let ours = self.log(kind)?.map_or(0, |log| log.size);
        if size < ours {
            followed.behind.push(kind);
        }
        Ok(())
    }

    /// This desk's statements that wait for the log, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn waiting_statements(&self) -> Result<Vec<Vec<u8>>, NodeError> {
        self.store.read(waiting)
    }
}

struct StatementNews {
    register: Register,
    rows: Vec<StatementRow>,
    /// Rows before this one are in the store as they are.
    unchanged: u64,
    row: LogRow,
    marks: Vec<JournalMark>,
    /// The running time of the log.
    running: Timestamp,
    /// Statements of this desk's own order that the log has not: they wait for it.
    branch: Vec<Vec<u8>>,
}

impl StatementNews {
    /// The rows that the checkpoint covers. What came beyond it stands in no log yet.
    fn covered(&self) -> &[StatementRow] {
        let size = usize::try_from(self.row.frontier.size()).unwrap_or(usize::MAX);
        self.rows.get(..size.min(self.rows.len())).unwrap_or_default()
    }

    fn save(&self, tx: &Connection) -> Result<(), NodeError> {
        if !self.branch.is_empty() {
            let from = (self.covered().len() as u64).cast_signed();
            tx.execute("DELETE FROM statement WHERE position >= ?1", [from])?;
            self.branch.iter().try_for_each(|statement| wait_for_log(tx, statement))?;
        }
        // A statement's time is the log's; what this desk had noted before it had a hub gives way.
        let mut save = tx.prepare_cached(
            "INSERT OR REPLACE INTO statement (position, since, bytes) VALUES (?1, ?2, ?3)",
        )?;
        for row in self.covered().iter().filter(|row| row.index >= self.unchanged) {
            save.execute((row.index.cast_signed(), row.since.map(|since| since.0), &row.item))?;
        }
        save_log(tx, LogKind::Statements, &self.row)
    }
}

struct JournalNews {
    first: u64,
    leaves: Vec<[u8; JournalLeaf::LEN]>,
    row: Option<LogRow>,
    marks: Vec<JournalMark>,
}

impl JournalNews {
    fn save(&self, tx: &Connection) -> Result<(), NodeError> {
        let ours = unlogged_leaves(tx)?;
        let mut save = tx.prepare_cached("INSERT INTO leaf (no, bytes) VALUES (?1, ?2)")?;
        let mut place = tx.prepare_cached("UPDATE entry SET leaf = ?2 WHERE no = ?1 AND leaf IS NULL")?;
        for (no, leaf) in (self.first..).zip(&self.leaves) {
            save.execute((no.cast_signed(), leaf.as_slice()))?;
            if let Some(entry) = ours.get(leaf) {
                place.execute((entry, no.cast_signed()))?;
            }
        }
        save_marks(tx, &self.marks)?;
        match &self.row {
            Some(row) => save_log(tx, LogKind::Journal, row),
            None => Ok(()),
        }
    }
}

/// Keeps what time marks say of the journal log. One that covers no more than an earlier one says nothing.
pub(super) fn save_marks(tx: &Connection, marks: &[JournalMark]) -> Result<(), NodeError> {
    let mut save = tx.prepare_cached(
        "INSERT INTO mark (size, root, statements, time)
         SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS (SELECT 1 FROM mark WHERE size >= ?1)",
    )?;
    for mark in marks {
        let statements = mark.moment.position.next().index;
        save.execute((mark.size.cast_signed(), mark.root, statements.cast_signed(), mark.moment.time.0))?;
    }
    Ok(())
}

/// Without a hub every desk orders what is said by itself, and two that met only now and then have two orders. The
/// log that comes has one: where this desk's differs from it, what it said since waits for the log, and what
/// cannot stand there any more is shown as lost (`Desk::lost_statements`). The governors' word on hub and
/// witnesses decides whose log it is, so nobody else can make this desk's order give way.
fn branch_off(rows: &mut Vec<StatementRow>, news: &LogNews) -> Result<Vec<Vec<u8>>, NodeError> {
    if news.statements.from != 0 {
        return Ok(Vec::new());
    }
    let covered = usize::try_from(claimed_size(&news.statements.note)?).unwrap_or(usize::MAX);
    let log = news.statements.items.get(..covered.min(news.statements.items.len())).unwrap_or_default();
    let common = rows.iter().zip(log).take_while(|(row, item)| row.item == **item).count();
    let branch = rows.split_off(common).into_iter().map(|row| row.item);
    Ok(branch.filter(|item| !log.contains(item)).collect())
}

/// The journal log's leaves from `from` to before `to` out of the news.
fn between(news: &LogNews, from: u64, to: u64) -> Result<Vec<[u8; JournalLeaf::LEN]>, NodeError> {
    let log = LogKind::Journal.word();
    let cut = from.checked_sub(news.journal.from).map(|skip| usize::try_from(skip).unwrap_or(usize::MAX));
    let count = usize::try_from(to - from).unwrap_or(usize::MAX);
    let new = cut.and_then(|skip| news.journal.items.get(skip..skip.checked_add(count)?));
    new.map(<[_]>::to_vec).ok_or_else(|| {
        MirrorError::Log(format!("leaves {from} to {} of the {log} log did not all come", to - 1)).into()
    })
}

/// The roots that time marks name for sizes after `from` and up to `to`. A list: a mark and a checkpoint of one size
/// may name two roots, and both are held against the leaves.
fn marks_between(db: &Connection, from: u64, to: u64) -> Result<Vec<(u64, [u8; 32])>, NodeError> {
    let mut list = db.prepare_cached("SELECT size, root FROM mark WHERE size > ?1 AND size <= ?2")?;
    let rows = list.query_map((from.cast_signed(), to.cast_signed()), |row| {
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The time mark of exactly so many leaves of the journal log: size and root.
fn mark_at(db: &Connection, size: u64) -> Result<Option<(u64, [u8; 32])>, NodeError> {
    let mut find = db.prepare_cached("SELECT root FROM mark WHERE size = ?1")?;
    let found = find.query_row([size.cast_signed()], |row| Ok((size, row.get(0)?)));
    Ok(found.optional()?)
}

/// The leaves that entries which are not logged yet will have, with the entries' numbers.
fn unlogged_leaves(tx: &Connection) -> Result<HashMap<[u8; JournalLeaf::LEN], i64>, NodeError> {
    let mut list = tx.prepare_cached(
        "SELECT e.no, e.id, e.salt, (SELECT count(*) FROM part p WHERE p.no BETWEEN e.no << 12 AND (e.no << 12) + 4095) FROM entry e WHERE e.leaf IS NULL",
    )?;
    let mut rows = list.query([])?;
    let mut leaves = HashMap::new();
    while let Some(row) = rows.next()? {
        let leaf = JournalLeaf::entry(&row.get(2)?, EntryId::from_bytes(row.get(1)?), row.get(3)?);
        if let Ok(leaf) = leaf {
            leaves.insert(leaf.to_bytes(), row.get(0)?);
        }
    }
    Ok(leaves)
}

/// This desk's statements that wait for the log, oldest first.
pub(super) fn waiting(db: &Connection) -> Result<Vec<Vec<u8>>, NodeError> {
    let mut list = db.prepare_cached("SELECT bytes FROM outgoing WHERE given_up = 0 ORDER BY no")?;
    Ok(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The same, and those that were given up: their bytes are kept.
pub(super) fn kept(db: &Connection) -> Result<Vec<Vec<u8>>, NodeError> {
    let mut list = db.prepare_cached("SELECT bytes FROM outgoing ORDER BY no")?;
    Ok(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

pub(super) fn wait_for_log(tx: &Connection, envelope: &[u8]) -> Result<(), NodeError> {
    let id = counterseal_register::sha256(&[envelope]);
    tx.prepare_cached("INSERT OR IGNORE INTO outgoing (id, bytes) VALUES (?1, ?2)")?
        .execute((id, envelope))?;
    Ok(())
}

fn forget(tx: &Connection, id: StatementId) -> Result<(), NodeError> {
    tx.prepare_cached("DELETE FROM outgoing WHERE id = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}

/// Takes this desk's statements off the list of those that wait, where the log has them.
fn drop_logged(tx: &Connection, rows: &[StatementRow]) -> Result<Vec<StatementId>, NodeError> {
    let waiting = waiting(tx)?;
    let items: BTreeMap<&[u8], ()> = rows.iter().map(|row| (row.item.as_slice(), ())).collect();
    let mut logged = Vec::new();
    for envelope in waiting.iter().filter(|envelope| items.contains_key(envelope.as_slice())) {
        let id = StatementId::from_bytes(counterseal_register::sha256(&[envelope]));
        forget(tx, id)?;
        logged.push(id);
    }
    Ok(logged)
}

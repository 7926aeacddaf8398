//! From one generation of the hub to the next (register.md, section 10; hub.md, section 8). A desk goes on from the
//! end that the governors name. What it had followed beyond that end counts no more: it is taken back in one
//! commit, and goes to the new hub.

use counterseal_mirror::{
    LogRow, StatementRow, check_end, covered, cut_row, register_of, statements_edge, succession_of,
};
use counterseal_model::{DeviceId, EpochId};
use counterseal_register::{LogKind, Refusal, Register, Sight, SucceedHub, TimeMark, sha256};
use rusqlite::Connection;

use super::follow::{LogNews, wait_for_log, waiting};
use super::open::load_register;
use super::sync::cut_held;
use super::take::Intake;
use super::{Desk, PartReader};
use crate::error::NodeError;
use crate::logs::{journal_edge, journal_roots, load_log, number, save_log, statement_rows};

/// A new hub in the place of the one that this desk knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    /// The generation that begins.
    pub generation: u64,
    /// Statements that this desk had from the outgoing hub and that count no more. They wait for the new one.
    pub statements: u64,
    /// Leaves of the journal log that count no more. The entries are kept, and pushed again.
    pub leaves: u64,
}

/// What is to be done to the store when a hub's logs end.
struct Cut {
    act: SucceedHub,
    /// Statements beyond the end, oldest first; time marks are not among them.
    back: Vec<Vec<u8>>,
    /// Statements from here on have no time any more: the mark that gave it stood beyond the end.
    untimed: u64,
    statements: Option<LogRow>,
    journal: Option<LogRow>,
    /// Leaves beyond the end.
    leaves: u64,
    /// Entries whose epoch or device only statements beyond the end name.
    hidden: Vec<Hidden>,
}

/// An entry that is set aside.
struct Hidden {
    no: i64,
    header: Vec<u8>,
    shown: bool,
}

impl Desk {
    /// Takes in the governors' statement that puts another hub in the place of the present one; `None` when
    /// it is known. It is obeyed on sight: from a file, a pouch, or whoever answers in the hub's place.
    ///
    /// # Errors
    /// When it is none, too few governors signed it, it is not about the present generation, or (`OtherEnd`)
    /// it names ends that the logs on this desk do not have. Nothing is changed then.
    pub fn take_succession(&mut self, envelope: &[u8]) -> Result<Option<Crossing>, NodeError> {
        let reason = "the statement is not about the succession of the hub".to_owned();
        let act = succession_of(envelope).ok_or(NodeError::BadStatements { reason })?;
        let mut seen = self.register.clone();
        match seen.apply(seen.last().position.next(), envelope, Sight::OnSight) {
            Err(Refusal::AlreadyApplied { .. }) => return Ok(None),
            applied => drop(applied?),
        }
        let cut = self.plan_cut(act, &[envelope.to_vec()])?;
        let crossing = cut.crossing();
        let reader = PartReader::new(&self.register, &self.keyring, &self.cache);
        let now = self.register.last();
        let mut intake = Intake::new(reader, now, &mut self.indexer);
        let kept = self.store.commit(|tx| {
            cut.hidden.iter().try_for_each(|entry| intake.hide(tx, entry.no, &entry.header, entry.shown))?;
            cut.save(tx)?;
            wait_for_log(tx, envelope)
        });
        if let Err(error) = kept {
            self.forget_unkept();
            return Err(error);
        }
        if seen.overrun().is_none() && crossing.statements == 0 {
            self.register = seen;
        } else {
            // More of the outgoing log was applied than counts: the register is made again from what does.
            self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        }
        self.keyring.renew(&self.register, &self.secrets);
        self.settle()?;
        Ok(Some(crossing))
    }

    /// Takes in the successions among leaves that came and that this desk has not heard of, before the leaves
    /// are followed.
    pub(super) fn cross_over(&mut self, news: &LogNews) -> Result<Option<Crossing>, NodeError> {
        let mut crossed = None;
        for (index, item) in (news.statements.from..).zip(&news.statements.items) {
            if succession_of(item).is_none_or(|act| act.statements.size != index) {
                continue;
            }
            match self.take_succession(item) {
                Ok(Some(crossing)) => {
                    let Crossing { generation, statements, leaves } = crossing;
                    let sum: &mut Crossing = crossed.get_or_insert(Crossing { generation, ..crossing });
                    sum.generation = generation;
                    sum.statements = sum.statements.max(statements);
                    sum.leaves = sum.leaves.max(leaves);
                }
                // One that is known; one of a hub long gone; or its governors are named further on in the log,
                // which says then whether it stands.
                Ok(None) | Err(NodeError::Register(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(crossed)
    }

    /// For a succession that stands in leaves that were checked, and that could not be obeyed before because
    /// its governors are named in them too: what counts no more of the journal log is taken back.
    pub(super) fn cut_to(&mut self, rows: &[StatementRow], register: &Register) -> Result<(), NodeError> {
        let known = self.register.hub(self.register.last()).map_or(0, |hub| hub.generation);
        let now = register.hub(register.last()).map_or(0, |hub| hub.generation);
        if known == 0 || now <= known {
            return Ok(());
        }
        let unheard = rows.iter().filter_map(|row| succession_of(&row.item));
        let Some(act) = unheard.into_iter().find(|act| act.generation == known + 1) else { return Ok(()) };
        let cut = self.plan_cut(act, &[])?;
        self.store.commit(|tx| cut.save(tx))
    }

    /// Works out what counts no more once the logs end where `act` says. `sighted` will wait for the log.
    fn plan_cut(&self, act: SucceedHub, sighted: &[Vec<u8>]) -> Result<Cut, NodeError> {
        let (ends, journal_end) = (act.statements.size, act.journal.size);
        self.store.read(|db| {
            let rows = statement_rows(db)?;
            let (followed, journal) = (load_log(db, LogKind::Statements)?, load_log(db, LogKind::Journal)?);
            let size = |log: &Option<LogRow>| log.as_ref().map_or(0, |log| log.frontier.size());
            let (have, have_leaves) = (size(&followed), size(&journal));
            let (kept, beyond) = split(&rows, ends);
            let mut cut = Cut::nothing(act);
            let statements_edge = (have >= ends).then(|| statements_edge(kept, ends));
            if let Some(edge) = &statements_edge {
                check_end(LogKind::Statements, &cut.act, Some(edge.root()))?;
            }
            if have_leaves >= journal_end {
                let roots = journal_roots(db, [journal_end])?;
                check_end(LogKind::Journal, &cut.act, roots.at(journal_end))?;
            }
            if let Some(edge) = statements_edge.filter(|_| have > ends) {
                let is_statement = |row: &&StatementRow| TimeMark::parse(&row.item).is_none();
                cut.back = beyond.iter().filter(is_statement).map(|row| row.item.clone()).collect();
                cut.untimed = covered(kept)?;
                cut.statements = Some(cut_row(LogKind::Statements, edge, kept, &self.register)?);
                let counts = kept_register(kept, cut.untimed, &[&cut.back, sighted, &waiting(db)?].concat())?;
                cut.hidden = hidden(db, &counts)?;
            }
            if have_leaves > journal_end {
                cut.leaves = have_leaves - journal_end;
                let edge = journal_edge(db, journal_end)?;
                cut.journal = Some(cut_row(LogKind::Journal, edge, kept, &self.register)?);
            }
            Ok(cut)
        })
    }
}

impl Cut {
    fn nothing(act: SucceedHub) -> Self {
        Self {
            act,
            back: Vec::new(),
            untimed: u64::MAX,
            statements: None,
            journal: None,
            leaves: 0,
            hidden: Vec::new(),
        }
    }

    fn crossing(&self) -> Crossing {
        let (generation, statements) = (self.act.generation, self.back.len() as u64);
        Crossing { generation, statements, leaves: self.leaves }
    }

    fn save(&self, tx: &Connection) -> Result<(), NodeError> {
        let (ends, journal_end) =
            (self.act.statements.size.cast_signed(), self.act.journal.size.cast_signed());
        if let Some(row) = &self.statements {
            tx.execute("DELETE FROM statement WHERE position >= ?1", [ends])?;
            // A time mark keeps its time.
            let untimed =
                "UPDATE statement SET since = NULL WHERE position >= ?1 AND substr(bytes, 1, 1) <> x'01'";
            tx.execute(untimed, [i64::try_from(self.untimed).unwrap_or(i64::MAX)])?;
            save_log(tx, LogKind::Statements, row)?;
            wait_in_front(tx, &self.back)?;
        }
        tx.execute("DELETE FROM mark WHERE size > ?1 OR statements >= ?2", [journal_end, ends])?;
        // Checkpoints of the outgoing logs beyond their ends, its own and those that witnesses showed.
        for table in ["seen", "owed"] {
            for (kind, end) in [(LogKind::Statements, ends), (LogKind::Journal, journal_end)] {
                let drop = format!("DELETE FROM {table} WHERE kind = ?1 AND size > ?2");
                tx.execute(&drop, (number(kind), end))?;
            }
        }
        if let Some(row) = &self.journal {
            tx.execute("DELETE FROM leaf WHERE no >= ?1", [journal_end])?;
            tx.execute("UPDATE entry SET leaf = NULL WHERE leaf >= ?1", [journal_end])?;
            save_log(tx, LogKind::Journal, row)?;
        }
        tx.execute("DELETE FROM partial WHERE leaf >= ?1", [journal_end])?;
        // What no mark that counts covers has to be settled again.
        tx.execute(
            "UPDATE entry SET standing = 0 WHERE standing IN (1, 2, 3)
             AND (leaf IS NULL OR leaf >= (SELECT coalesce(max(size), 0) FROM mark))",
            [],
        )?;
        forget_acknowledgements(tx, self.act.journal.size)
    }
}

/// The acknowledgements of a hub that is gone count no more, for whatever is not in its logs: it is pushed to
/// the next one. And what stands in the new log beyond the end is wanted.
fn forget_acknowledgements(tx: &Connection, end: u64) -> Result<(), NodeError> {
    tx.execute("UPDATE entry SET accepted = NULL WHERE leaf IS NULL", [])?;
    tx.execute("UPDATE outgoing SET accepted = NULL, refused = NULL", [])?;
    cut_held(tx, end)
}

/// Statements that stood in a log wait again, before those that were said after them.
fn wait_in_front(tx: &Connection, statements: &[Vec<u8>]) -> Result<(), NodeError> {
    let first: i64 = tx.query_row("SELECT coalesce(min(no), 1) FROM outgoing", [], |row| row.get(0))?;
    let count = i64::try_from(statements.len()).unwrap_or(i64::MAX);
    let mut insert =
        tx.prepare_cached("INSERT OR IGNORE INTO outgoing (no, id, bytes) VALUES (?1, ?2, ?3)")?;
    for (no, statement) in (first.saturating_sub(count)..).zip(statements) {
        insert.execute((no, sha256(&[statement]), statement))?;
    }
    Ok(())
}

fn split(rows: &[StatementRow], at: u64) -> (&[StatementRow], &[StatementRow]) {
    rows.split_at(usize::try_from(at).unwrap_or(usize::MAX).min(rows.len()))
}

fn kept_register(rows: &[StatementRow], untimed: u64, waiting: &[Vec<u8>]) -> Result<Register, NodeError> {
    let mut rows = rows.to_vec();
    for row in rows.iter_mut().filter(|row| row.index >= untimed && TimeMark::parse(&row.item).is_none()) {
        row.since = None;
    }
    register_of(&rows, waiting)?.ok_or(NodeError::NoMission)
}

/// Entries whose epoch or device `register` does not know. They come back with the statements that name these,
/// once the new hub has logged them.
fn hidden(db: &Connection, register: &Register) -> Result<Vec<Hidden>, NodeError> {
    let mut list = db.prepare("SELECT no, epoch, device, header, shown FROM entry WHERE standing < 4")?;
    let mut rows = list.query([])?;
    let mut hidden = Vec::new();
    while let Some(row) = rows.next()? {
        let (epoch, device) = (EpochId::from_bytes(row.get(1)?), DeviceId::from_bytes(row.get(2)?));
        if register.epoch(epoch).is_none() || register.device_keys(device).is_none() {
            hidden.push(Hidden { no: row.get(0)?, header: row.get(3)?, shown: row.get(4)? });
        }
    }
    Ok(hidden)
}

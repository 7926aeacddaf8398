//! From the statement log's leaves to the register.

use std::borrow::Cow;

use counterseal_ledger::Frontier;
use counterseal_model::Timestamp;
use counterseal_register::{
    LogKind, LogPosition, Moment, Refusal, Register, Sight, TimeMark, statement_leaf,
};

use crate::error::MirrorError;
use crate::roots::Roots;
use crate::succession::{check_end, succession_of};
use crate::trust::{Believed, believe};

/// A leaf of the statement log: a statement or a time mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// Its index.
    pub index: u64,
    /// Since when a statement stands; none while no mark covers it.
    pub since: Option<Timestamp>,
    /// The envelope, or the time mark's leaf.
    pub item: Vec<u8>,
}

impl StatementRow {
    /// The bytes that are hashed into the log.
    fn leaf(&self) -> std::borrow::Cow<'_, [u8]> {
        statement_leaf(&self.item)
    }

    /// Whether it is a time mark, well formed or not.
    fn is_mark(&self) -> bool {
        TimeMark::parse(&self.item).is_some()
    }

    /// The time mark, if it is a well-formed one.
    fn mark(&self) -> Option<TimeMark> {
        TimeMark::parse(&self.item).and_then(Result::ok)
    }
}

/// A journal log's checkpoint in a time mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalMark {
    /// Leaves that it covers.
    pub size: u64,
    /// The journal log's root there.
    pub root: [u8; 32],
    /// Where and when entries that it covers first were logged.
    pub moment: Moment,
}

/// What the statement log says, from its beginning.
#[derive(Debug)]
pub struct Replayed {
    /// The register that follows.
    pub register: Register,
    /// The right edge over the leaves that the note covers.
    pub frontier: Frontier,
    /// What time marks say of the journal log, in order.
    pub marks: Vec<JournalMark>,
    /// Statements that the register refuses: whoever follows the log refuses them too.
    pub refused: Vec<(u64, Refusal)>,
    /// Leaves before this one are as they were.
    pub unchanged: u64,
    /// Time marks whose note does not count, by index: they have no effect.
    pub bad_marks: Vec<u64>,
    /// The time of the checkpoint up to which this was checked.
    pub time: Timestamp,
    /// The running time of the log: the largest time of its marks, or 0 (register.md, section 3).
    pub running: Timestamp,
}

/// Goes on in the statement log, from what `known` is the register of, up to the size that `note` names, and
/// enters since when each statement stands. `done` leaves were gone through before; rows beyond the note's
/// size are left alone.
///
/// # Errors
/// When the leaves are not those that the note's root is of, nobody who must has signed it, or a quorum has
/// cosigned another tree in a mark. Any other mark whose note does not count has no effect, for everyone alike: it
/// must not stop the log.
pub fn replay_log(
    known: Option<Register>,
    done: u64,
    rows: &mut [StatementRow],
    note: &[u8],
) -> Result<Replayed, MirrorError> {
    let size = claimed_size(note)?;
    let rows = rows.get_mut(..usize::try_from(size).unwrap_or(usize::MAX)).ok_or_else(|| {
        MirrorError::Log(format!("the statement log has {size} leaves, and not all of them came"))
    })?;
    let mut wanted = vec![size];
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    let marks = rows.iter().skip(done).filter_map(StatementRow::mark);
    wanted.extend(marks.filter_map(|mark| claimed_size(&mark.statements).ok()));
    // Leaves that have their time: up to the first statement that has none.
    let timed = |row: &StatementRow| row.since.is_some() || row.is_mark();
    let covered = rows.iter().take(done).take_while(|row| timed(row)).count();
    // Where a hub's log ends, its root must be the one that the governors name. One that was gone through before
    // no mark covered it is applied now.
    let succeeds = |row: &&StatementRow| succession_of(&row.item).is_some();
    wanted.extend(rows.iter().skip(covered).filter(succeeds).map(|row| row.index));
    let mut roots = Roots::new(Frontier::new(), wanted);
    rows.iter().for_each(|row| roots.push(&row.leaf()));
    let register = known.map_or_else(|| found(rows), Ok)?;
    // A mark keeps the time that it raised the log to, whether it covered a statement or not.
    let time = rows.iter().take(done).filter_map(|row| row.since).max().unwrap_or(Timestamp(0));
    let (marks, bad_marks, refused) = (Vec::new(), Vec::new(), Vec::new());
    let mut log = Log { register, covered, time, marks, bad_marks, refused };
    for at in done..rows.len() {
        if rows.get(at).is_some_and(StatementRow::is_mark) {
            log.take_mark(rows, at, &roots)?;
        }
    }
    // Before the first mark, hub and witnesses are those that the statements name.
    let trusted = log.trusted(rows, rows.len(), &roots)?;
    let checkpoint = believe(&trusted, log.moment_of(&trusted), LogKind::Statements, note)?;
    drop(trusted);
    if roots.at(size).is_none_or(|root| *root.as_bytes() != checkpoint.root) {
        return Err(MirrorError::OtherTree { log: LogKind::Statements.word(), size });
    }
    let Log { register, marks, bad_marks, refused, time: running, .. } = log;
    let unchanged = covered.min(done) as u64;
    Ok(Replayed {
        register,
        frontier: roots.into_frontier(),
        marks,
        refused,
        unchanged,
        bad_marks,
        time: checkpoint.time,
        running,
    })
}

/// The size that a note claims, before anything of it is believed.
///
/// # Errors
/// When it is no checkpoint.
pub fn claimed_size(note: &[u8]) -> Result<u64, MirrorError> {
    claimed_head(note).map(|(size, _)| size)
}

/// The size and root that a note claims, before anything of it is believed.
///
/// # Errors
/// When it is no checkpoint.
pub fn claimed_head(note: &[u8]) -> Result<(u64, [u8; 32]), MirrorError> {
    let signed =
        counterseal_ledger::SignedCheckpoint::parse(note).map_err(|e| MirrorError::Log(e.to_string()))?;
    let head = signed.claims().head();
    Ok((head.size, *head.root.as_bytes()))
}

fn found(rows: &[StatementRow]) -> Result<Register, MirrorError> {
    let first = rows.first().ok_or(MirrorError::Empty)?;
    Ok(Register::found(LogPosition::new(first.index), &first.item)?)
}

struct Log {
    register: Register,
    /// Leaves before this one have their time.
    covered: usize,
    time: Timestamp,
    marks: Vec<JournalMark>,
    bad_marks: Vec<u64>,
    refused: Vec<(u64, Refusal)>,
}

impl Log {
    /// What a checkpoint that comes next is judged by: the log so far, at its running time. Not the newest
    /// statement's time and nobody's clock: hub and desks would disagree on when witnesses are replaced.
    fn moment_of(&self, register: &Register) -> Moment {
        Moment::new(register.last().position, self.time.max(register.last().time))
    }

    fn take_mark(&mut self, rows: &mut [StatementRow], at: usize, roots: &Roots) -> Result<(), MirrorError> {
        match self.judge_mark(rows, at, roots) {
            Ok((statements, journal)) => self.obey_mark(rows, at, &statements, journal, roots)?,
            Err(error @ (MirrorError::OtherTree { .. } | MirrorError::OtherEnd { .. })) => return Err(error),
            Err(_has_no_effect) => self.bad_marks.push(at as u64),
        }
        if let Some(row) = rows.get_mut(at) {
            row.since = Some(self.time);
        }
        Ok(())
    }

    /// A mark counts as a whole or not at all.
    fn judge_mark(
        &self,
        rows: &[StatementRow],
        at: usize,
        roots: &Roots,
    ) -> Result<(Believed, Option<Believed>), MirrorError> {
        let malformed = || MirrorError::Log("a time mark is malformed".to_owned());
        let mark = rows.get(at).and_then(StatementRow::mark).ok_or_else(malformed)?;
        let trusted = self.trusted(rows, at, roots)?;
        let judge = |kind, note: &[u8]| believe(&trusted, self.moment_of(&trusted), kind, note);
        let statements = judge(LogKind::Statements, &mark.statements)?;
        if usize::try_from(statements.size).unwrap_or(usize::MAX) > at {
            return Err(MirrorError::Log("a time mark covers leaves that stand after it".to_owned()));
        }
        if roots.at(statements.size).is_none_or(|root| *root.as_bytes() != statements.root) {
            return Err(MirrorError::OtherTree { log: LogKind::Statements.word(), size: statements.size });
        }
        let journal = mark.journal.as_ref().map(|note| judge(LogKind::Journal, note)).transpose()?;
        Ok((statements, journal))
    }

    fn obey_mark(
        &mut self,
        rows: &mut [StatementRow],
        at: usize,
        believed: &Believed,
        journal: Option<Believed>,
        roots: &Roots,
    ) -> Result<(), MirrorError> {
        let covers = usize::try_from(believed.size).unwrap_or(usize::MAX);
        self.time = self.time.max(believed.time);
        for row in rows.get_mut(self.covered..covers).unwrap_or_default() {
            if !row.is_mark() {
                row.since = Some(self.time);
                self.apply(row, roots)?;
            }
        }
        self.covered = self.covered.max(covers);
        let Some(journal) = journal else { return Ok(()) };
        // A journal note that is older than what the log says already makes nothing earlier.
        let time = journal.time.max(self.time);
        let moment = Moment::new(LogPosition::new((at as u64).saturating_sub(1)), time);
        self.marks.push(JournalMark { size: journal.size, root: journal.root, moment });
        Ok(())
    }

    /// The register that says who must have cosigned a mark: as it stood before it. Where hub and witnesses are
    /// first named by the very statements that the mark covers, those statements, by their own times. A
    /// succession counts as soon as it is seen: the marks after it are the next hub's.
    fn trusted(
        &self,
        rows: &[StatementRow],
        at: usize,
        roots: &Roots,
    ) -> Result<Cow<'_, Register>, MirrorError> {
        let uncovered = rows.get(self.covered..at).unwrap_or_default();
        if self.register.log_policy(self.moment_of(&self.register)).is_some() {
            let mut seen = Cow::Borrowed(&self.register);
            for row in uncovered {
                if let Some(act) = succession_of(&row.item)
                    && seen.to_mut().apply(LogPosition::new(row.index), &row.item, Sight::OnSight).is_ok()
                {
                    check_end(LogKind::Statements, &act, roots.at(act.statements.size))?;
                }
            }
            return Ok(seen);
        }
        let mut register = self.register.clone();
        for row in uncovered {
            if row.index > register.last().position.index && !row.is_mark() {
                let since = register.last().time;
                let _refused = register.apply(
                    LogPosition::new(row.index),
                    &row.item,
                    Sight::Logged { cosigned: true, since },
                );
            }
        }
        Ok(Cow::Owned(register))
    }

    fn apply(&mut self, row: &StatementRow, roots: &Roots) -> Result<(), MirrorError> {
        if row.index <= self.register.last().position.index && row.index == 0 {
            return Ok(()); // the founding
        }
        let since = self.time.max(self.register.last().time);
        let sight = Sight::Logged { cosigned: true, since };
        match (self.register.apply(LogPosition::new(row.index), &row.item, sight), succession_of(&row.item)) {
            (Ok(_), Some(act)) => check_end(LogKind::Statements, &act, roots.at(act.statements.size))?,
            (Ok(_), None) => {}
            (Err(refusal), _) => self.refused.push((row.index, refusal)),
        }
        Ok(())
    }
}

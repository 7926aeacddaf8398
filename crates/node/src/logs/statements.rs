//! From the statement log's leaves to the register.

use std::borrow::Cow;

use counterseal_ledger::Frontier;
use counterseal_model::Timestamp;
use counterseal_register::{
    LogKind, LogPosition, Moment, Refusal, Register, Sight, TimeMark, statement_leaf,
};

use super::{Roots, believe};
use crate::error::NodeError;

/// A leaf of the statement log: a statement or a time mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatementRow {
    /// Its index.
    pub(crate) index: u64,
    /// Since when a statement stands; none while no mark covers it.
    pub(crate) since: Option<Timestamp>,
    /// The envelope, or the time mark's leaf.
    pub(crate) item: Vec<u8>,
}

impl StatementRow {
    /// The bytes that are hashed into the log.
    fn leaf(&self) -> std::borrow::Cow<'_, [u8]> {
        statement_leaf(&self.item)
    }

    fn mark(&self) -> Result<Option<TimeMark>, NodeError> {
        TimeMark::parse(&self.item)
            .transpose()
            .map_err(|e| NodeError::Log(format!("a time mark is malformed: {e}")))
    }
}

/// A journal log's checkpoint in a time mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JournalMark {
    /// Leaves that it covers.
    pub(crate) size: u64,
    /// The journal log's root there.
    pub(crate) root: [u8; 32],
    /// Where and when entries that it covers first were logged.
    pub(crate) moment: Moment,
}

/// What the statement log says, from its beginning.
pub(crate) struct Replayed {
    pub(crate) register: Register,
    pub(crate) frontier: Frontier,
    pub(crate) marks: Vec<JournalMark>,
    /// Statements that the register refuses: whoever follows the log refuses them too.
    pub(crate) refused: Vec<(u64, Refusal)>,
    /// Leaves before this one are as they were.
    pub(crate) unchanged: u64,
    /// The time of the checkpoint up to which this was checked.
    pub(crate) time: Timestamp,
}

/// Goes on in the statement log, from what `known` is the register of, up to the size that `note` names, and
/// enters since when each statement stands. `done` leaves were gone through before; rows beyond the note's
/// size are left alone.
///
/// # Errors
/// When the leaves are not those that the note's root is of, a mark's note is not, or nobody who must has
/// signed.
pub(crate) fn replay_log(
    known: Option<Register>,
    done: u64,
    rows: &mut [StatementRow],
    note: &[u8],
) -> Result<Replayed, NodeError> {
    let size = claimed_size(note)?;
    let rows = rows.get_mut(..usize::try_from(size).unwrap_or(usize::MAX)).ok_or_else(|| {
        NodeError::Log(format!("the statement log has {size} leaves, and not all of them came"))
    })?;
    let marks = rows.iter().map(StatementRow::mark).collect::<Result<Vec<_>, _>>()?;
    let mut wanted = vec![size];
    let done = usize::try_from(done).unwrap_or(usize::MAX);
    for mark in marks.iter().skip(done).flatten() {
        wanted.push(claimed_size(&mark.statements)?);
    }
    let mut roots = Roots::new(Frontier::new(), wanted);
    rows.iter().for_each(|row| roots.push(&row.leaf()));
    let register = known.map_or_else(|| found(rows), Ok)?;
    // Leaves that have their time: up to the first statement that has none.
    let timed = |row: &StatementRow| row.since.is_some() || TimeMark::parse(&row.item).is_some();
    let covered = rows.iter().take(done).take_while(|row| timed(row)).count();
    // A mark keeps the time that it raised the log to, whether it covered a statement or not.
    let time = rows.iter().take(done).filter_map(|row| row.since).max().unwrap_or(Timestamp(i64::MIN));
    let mut log = Log { register, covered, time, marks: Vec::new(), refused: Vec::new() };
    for (at, mark) in marks.into_iter().enumerate().skip(done) {
        if let Some(mark) = mark {
            log.take_mark(rows, at, &mark, &roots)?;
        }
    }
    // Before the first mark, hub and witnesses are those that the statements name.
    let trusted = log.trusted(rows, rows.len());
    let checkpoint = believe(&trusted, trusted.last(), LogKind::Statements, note)?;
    drop(trusted);
    if roots.at(size).is_none_or(|root| *root.as_bytes() != checkpoint.root) {
        return Err(NodeError::OtherTree { log: LogKind::Statements.word(), size });
    }
    let Log { register, marks, refused, .. } = log;
    let unchanged = covered.min(done) as u64;
    Ok(Replayed {
        register,
        frontier: roots.into_frontier(),
        marks,
        refused,
        unchanged,
        time: checkpoint.time,
    })
}

/// The size that a note claims, before anything of it is believed.
pub(crate) fn claimed_size(note: &[u8]) -> Result<u64, NodeError> {
    let signed =
        counterseal_ledger::SignedCheckpoint::parse(note).map_err(|e| NodeError::Log(e.to_string()))?;
    Ok(signed.claims().head().size)
}

fn found(rows: &[StatementRow]) -> Result<Register, NodeError> {
    let first = rows.first().ok_or(NodeError::NoMission)?;
    Ok(Register::found(LogPosition::new(first.index), &first.item)?)
}

struct Log {
    register: Register,
    /// Leaves before this one have their time.
    covered: usize,
    time: Timestamp,
    marks: Vec<JournalMark>,
    refused: Vec<(u64, Refusal)>,
}

impl Log {
    fn take_mark(
        &mut self,
        rows: &mut [StatementRow],
        at: usize,
        mark: &TimeMark,
        roots: &Roots,
    ) -> Result<(), NodeError> {
        // Signatures first: nothing is worked out, or copied, for a mark that nobody has signed.
        let (believed, journal) = {
            let trusted = self.trusted(rows, at);
            let believed = believe(&trusted, trusted.last(), LogKind::Statements, &mark.statements)?;
            let journal = mark.journal.as_ref();
            let journal = journal.map(|note| believe(&trusted, trusted.last(), LogKind::Journal, note));
            (believed, journal.transpose()?)
        };
        let covers = usize::try_from(believed.size).unwrap_or(usize::MAX);
        let ours = roots.at(believed.size);
        if covers > at || ours.is_none_or(|root| *root.as_bytes() != believed.root) {
            return Err(NodeError::OtherTree { log: LogKind::Statements.word(), size: believed.size });
        }
        self.time = self.time.max(believed.time);
        for row in rows.get_mut(self.covered..covers).unwrap_or_default() {
            if TimeMark::parse(&row.item).is_none() {
                row.since = Some(self.time);
                self.apply(row);
            }
        }
        self.covered = self.covered.max(covers);
        if let Some(row) = rows.get_mut(at) {
            row.since = Some(self.time);
        }
        let Some(journal) = journal else { return Ok(()) };
        // A journal note that is older than what the log says already makes nothing earlier.
        let time = journal.time.max(self.time);
        let moment = Moment::new(LogPosition::new((at as u64).saturating_sub(1)), time);
        self.marks.push(JournalMark { size: journal.size, root: journal.root, moment });
        Ok(())
    }

    /// The register that says who must have cosigned a mark: as it stood before it. Where hub and witnesses are
    /// first named by the very statements that the mark covers, those statements, by their own times.
    fn trusted(&self, rows: &[StatementRow], at: usize) -> Cow<'_, Register> {
        if self.register.log_policy(self.register.last()).is_some() {
            return Cow::Borrowed(&self.register);
        }
        let mut register = self.register.clone();
        for row in rows.get(self.covered..at).unwrap_or_default() {
            if row.index > register.last().position.index && TimeMark::parse(&row.item).is_none() {
                let since = register.last().time;
                let _refused = register.apply(
                    LogPosition::new(row.index),
                    &row.item,
                    Sight::Logged { cosigned: true, since },
                );
            }
        }
        Cow::Owned(register)
    }

    fn apply(&mut self, row: &StatementRow) {
        if row.index <= self.register.last().position.index && row.index == 0 {
            return; // the founding
        }
        let since = self.time.max(self.register.last().time);
        let sight = Sight::Logged { cosigned: true, since };
        if let Err(refusal) = self.register.apply(LogPosition::new(row.index), &row.item, sight) {
            self.refused.push((row.index, refusal));
        }
    }
}

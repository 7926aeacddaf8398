//! Both logs in a file, as a desk holds them: what a standby hub begins with, and what brings another desk as far.

use counterseal_mirror::{
    JournalMark, MirrorError, Roots, StatementRow, believe, check_end, replay_log, succession_of,
};
use counterseal_model::cbor::{BodyError, Reader, Writer, check_canonical};
use counterseal_model::{MissionId, Timestamp};
use counterseal_register::{
    HubInfo, JournalLeaf, LogEnd, LogKind, Register, SetHub, Sight, SucceedHub, statement_leaf,
};
use counterseal_seal::Signer;

use super::follow::{Followed, LogNews, NewLeaves, waiting};
use super::statements::Draft;
use super::{Crossing, Desk, LogView};
use crate::error::NodeError;
use crate::logs::{load_log, statement_rows};

/// What such a file begins with.
const LOGS: &str = "logs";

/// A file of both logs: `["logs", note, [ * item ], note, leaves, [ * succession ]]`, the leaves one after the
/// other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct LogsFile {
    statements_note: Vec<u8>,
    items: Vec<Vec<u8>>,
    journal_note: Vec<u8>,
    leaves: Vec<[u8; JournalLeaf::LEN]>,
    /// Successions that the statement log of the file does not hold.
    successions: Vec<Vec<u8>>,
}

impl LogsFile {
    fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::new();
        w.array(6).text(LOGS).bytes(&self.statements_note).array(self.items.len());
        for item in &self.items {
            w.bytes(item);
        }
        w.bytes(&self.journal_note).bytes(self.leaves.as_flattened()).array(self.successions.len());
        for item in &self.successions {
            w.bytes(item);
        }
        w.into_bytes()
    }

    fn parse(file: &[u8]) -> Result<Self, NodeError> {
        let read = || -> Result<Self, BodyError> {
            check_canonical(file)?;
            let mut r = Reader::strict(file);
            r.array_of(6, "a word, a checkpoint, statements, a checkpoint, leaves and successions")?;
            let offset = r.offset();
            if r.text()? != LOGS {
                return Err(r.out_of_range(offset, "the word 'logs'"));
            }
            let statements_note = r.bytes()?.to_vec();
            let items = (0..r.array()?).map(|_| Ok(r.bytes()?.to_vec())).collect::<Result<_, BodyError>>()?;
            let journal_note = r.bytes()?.to_vec();
            let offset = r.offset();
            let (leaves, rest) = r.bytes()?.as_chunks::<{ JournalLeaf::LEN }>();
            if !rest.is_empty() {
                return Err(r.out_of_range(offset, "whole leaves"));
            }
            let leaves = leaves.to_vec();
            let successions =
                (0..r.array()?).map(|_| Ok(r.bytes()?.to_vec())).collect::<Result<_, BodyError>>()?;
            Ok(Self { statements_note, items, journal_note, leaves, successions })
        };
        read().map_err(|e| NodeError::BadStatements { reason: e.to_string() })
    }
}

/// An outgoing hub's logs, checked as a desk checks them, up to where they count.
#[derive(Debug, Clone)]
pub struct OutgoingLogs {
    /// The mission.
    pub mission: MissionId,
    /// The outgoing hub, as the log has it.
    pub hub: HubInfo,
    /// The register of the file's log, without the succession.
    pub register: Register,
    /// Statements and time marks, each with the time since which it stands by the marks.
    pub statements: Vec<(Vec<u8>, Timestamp)>,
    /// Leaves of the journal log, each with the time of the mark that covers it.
    pub leaves: Vec<([u8; JournalLeaf::LEN], Timestamp)>,
    /// Where the statement log ends: where the succession says, or without one at the file's checkpoint.
    pub statements_end: LogEnd,
    /// Where the journal log ends.
    pub journal_end: LogEnd,
    /// The governors' statement about the next hub, if the file holds one.
    pub succession: Option<Vec<u8>>,
}

impl OutgoingLogs {
    /// Reads a file that a desk wrote (`Desk::logs_file`), and checks every leaf, mark and checkpoint in it.
    ///
    /// # Errors
    /// When it is no such file, when it does not reach as far as its checkpoints or its succession say, or when
    /// a tree is another than a checkpoint, a mark or the succession names.
    pub fn read(file: &[u8]) -> Result<Self, NodeError> {
        let mut file = LogsFile::parse(file)?;
        let rows = std::mem::take(&mut file.items).into_iter();
        let mut rows: Vec<_> =
            (0..).zip(rows).map(|(index, item)| StatementRow { index, since: None, item }).collect();
        let replayed = replay_log(None, 0, &mut rows, &file.statements_note)?;
        let succession = pending(&replayed.register, &file.successions)?;
        let register = replayed.register;
        let act = succession.as_ref().map(|(act, _)| act);
        rows.truncate(size(act.map_or(replayed.frontier.size(), |act| act.statements.size)));
        let statements_end = statements_end(&rows, act)?;
        let journal_end = journal_end(&register, &file, act)?;
        file.leaves.truncate(size(journal_end.size));
        check_marks(&replayed.marks, &file.leaves)?;
        Ok(Self {
            mission: register.mission(),
            hub: register.hub(register.last()).ok_or(MirrorError::NoHub)?,
            register,
            statements: timed(rows, replayed.time),
            leaves: timed_leaves(file.leaves, &replayed.marks, replayed.time),
            statements_end,
            journal_end,
            succession: succession.map(|(_, bytes)| bytes),
        })
    }
}

fn size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The succession that the file brings beside its log; it must go on from the hub that the log names.
fn pending(register: &Register, given: &[Vec<u8>]) -> Result<Option<(SucceedHub, Vec<u8>)>, NodeError> {
    let Some(bytes) = given.first() else { return Ok(None) };
    let reason = "a statement in it is not about the succession of the hub".to_owned();
    let act = succession_of(bytes).ok_or(NodeError::BadStatements { reason })?;
    let mut seen = register.clone();
    seen.apply(seen.last().position.next(), bytes, Sight::OnSight)?;
    Ok(Some((act, bytes.clone())))
}

fn statements_end(rows: &[StatementRow], act: Option<&SucceedHub>) -> Result<LogEnd, NodeError> {
    let mut roots = Roots::new(counterseal_ledger::Frontier::new(), [rows.len() as u64]);
    rows.iter().for_each(|row| roots.push(&statement_leaf(&row.item)));
    let root = roots.at(rows.len() as u64);
    if let Some(act) = act {
        reaches(LogKind::Statements, rows.len(), act.statements)?;
        check_end(LogKind::Statements, act, root)?;
    }
    Ok(end_of(rows.len(), root))
}

fn journal_end(register: &Register, file: &LogsFile, act: Option<&SucceedHub>) -> Result<LogEnd, NodeError> {
    let believed = match file.journal_note.is_empty() {
        true => None,
        false => Some(believe(register, register.last(), LogKind::Journal, &file.journal_note)?),
    };
    let reached = believed.as_ref().map_or(0, |believed| believed.size);
    let end = act.map_or(reached, |act| act.journal.size);
    let mut roots = Roots::new(counterseal_ledger::Frontier::new(), [reached, end]);
    file.leaves.iter().for_each(|leaf| roots.push(leaf));
    if let Some(believed) = believed
        && roots.at(reached).is_none_or(|root| *root.as_bytes() != believed.root)
    {
        return Err(MirrorError::OtherTree { log: LogKind::Journal.word(), size: reached }.into());
    }
    if let Some(act) = act {
        reaches(LogKind::Journal, file.leaves.len(), act.journal)?;
        check_end(LogKind::Journal, act, roots.at(end))?;
    }
    Ok(end_of(size(end), roots.at(end)))
}

fn end_of(size: usize, root: Option<counterseal_ledger::Hash>) -> LogEnd {
    let root = root.map_or(LogEnd::EMPTY.root, |root| *root.as_bytes());
    LogEnd { size: size as u64, root }
}

fn reaches(log: LogKind, held: usize, end: LogEnd) -> Result<(), NodeError> {
    if held as u64 >= end.size {
        return Ok(());
    }
    let (log, size) = (log.word(), end.size);
    let reason = format!(
        "it holds {held} leaves of the {log} log, and the succession ends that log at {size}; take the file of a desk that has them"
    );
    Err(NodeError::BadStatements { reason })
}

fn check_marks(marks: &[JournalMark], leaves: &[[u8; JournalLeaf::LEN]]) -> Result<(), NodeError> {
    let within = || marks.iter().filter(|mark| mark.size <= leaves.len() as u64);
    let mut roots = Roots::new(counterseal_ledger::Frontier::new(), within().map(|mark| mark.size));
    leaves.iter().for_each(|leaf| roots.push(leaf));
    match within().find(|mark| roots.at(mark.size).is_none_or(|root| *root.as_bytes() != mark.root)) {
        Some(mark) => Err(MirrorError::OtherTree { log: LogKind::Journal.word(), size: mark.size }.into()),
        None => Ok(()),
    }
}

/// Every leaf with its time; those that no mark covers have the newest there is.
fn timed(rows: Vec<StatementRow>, newest: Timestamp) -> Vec<(Vec<u8>, Timestamp)> {
    let mut last = Timestamp(i64::MIN);
    let times: Vec<_> = rows
        .iter()
        .map(|row| {
            last = last.max(row.since.unwrap_or(newest));
            last
        })
        .collect();
    rows.into_iter().map(|row| row.item).zip(times).collect()
}

fn timed_leaves(
    leaves: Vec<[u8; JournalLeaf::LEN]>,
    marks: &[JournalMark],
    newest: Timestamp,
) -> Vec<([u8; JournalLeaf::LEN], Timestamp)> {
    let mut marks = marks.iter().peekable();
    let time_of = |(no, leaf)| {
        while marks.next_if(|mark| mark.size <= no).is_some() {}
        (leaf, marks.peek().map_or(newest, |mark| mark.moment.time))
    };
    (0u64..).zip(leaves).map(time_of).collect()
}

impl Desk {
    /// Both logs as this desk holds them, with a succession that it has heard of: what a standby hub begins
    /// with, and what brings another desk as far as this one.
    ///
    /// # Errors
    /// When the store cannot be read, or no log was followed yet.
    pub fn logs_file(&self) -> Result<Vec<u8>, NodeError> {
        self.store.read(|db| {
            let statements = load_log(db, LogKind::Statements)?.ok_or(MirrorError::NoHub)?;
            let journal = load_log(db, LogKind::Journal)?;
            let mut list = db.prepare_cached("SELECT bytes FROM leaf ORDER BY no")?;
            let leaves = list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            let waits = waiting(db)?.into_iter().filter(|item| succession_of(item).is_some());
            let file = LogsFile {
                statements_note: statements.note,
                items: statement_rows(db)?.into_iter().map(|row| row.item).collect(),
                journal_note: journal.map(|journal| journal.note).unwrap_or_default(),
                leaves,
                successions: waits.collect(),
            };
            Ok(file.to_bytes())
        })
    }

    /// Takes in a file of both logs; `None` if it is something else.
    ///
    /// # Errors
    /// As `follow` and `take_succession`.
    pub fn take_logs(&mut self, file: &[u8]) -> Result<Option<Followed>, NodeError> {
        let Ok(file) = LogsFile::parse(file) else { return Ok(None) };
        let news = LogNews {
            statements: NewLeaves { from: 0, items: file.items, note: file.statements_note },
            journal: NewLeaves { from: 0, items: file.leaves, note: file.journal_note },
        };
        let mut followed = self.follow(&news)?;
        // That of a file which is no newer than this desk is not behind.
        followed.behind.clear();
        for succession in &file.successions {
            followed.crossed = self.take_succession(succession)?.or(followed.crossed);
        }
        Ok(Some(followed))
    }

    /// Puts another hub in the place of the present one, signed by governors (PROTOCOL section 9). The outgoing
    /// logs end where this desk has followed them: bring it as far as any other first.
    ///
    /// # Errors
    /// When no log was followed yet, or not the present hub's; when the register refuses.
    pub fn succeed_hub(
        &mut self,
        standby: SetHub,
        governors: &[&dyn Signer],
    ) -> Result<Option<Crossing>, NodeError> {
        let present = self.register.hub(self.register.last()).ok_or(MirrorError::NoHub)?;
        if present.statements_key == standby.statements_key.0 {
            return Ok(None); // signed already
        }
        let seen = self.log(LogKind::Statements)?.ok_or(MirrorError::NoHub)?;
        let end = |log: LogView| LogEnd { size: log.size, root: log.root };
        let act = SucceedHub {
            generation: present.generation.saturating_add(1),
            statements: end(seen),
            journal: self.log(LogKind::Journal)?.map_or(LogEnd::EMPTY, end),
            statements_key: standby.statements_key,
            journal_key: standby.journal_key,
            pins: standby.pins,
            extra: Default::default(),
        };
        // On the log alone: what waits for the outgoing hub comes after it.
        let log = self.register.of_the_log();
        if log.hub(log.last()).is_none_or(|logged| logged.generation != present.generation) {
            return Err(NodeError::HubNotFollowed { generation: present.generation });
        }
        let mut draft = Draft::new(log, &[], Some((seen.size, seen.root)), self.now());
        draft.say(act, governors)?;
        let said = draft.into_said();
        let envelope = said.first().ok_or(MirrorError::NoHub)?;
        self.take_succession(envelope)
    }
}

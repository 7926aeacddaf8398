//! Following a log from what is held of it.

use counterseal_ledger::{Frontier, Hash};
use counterseal_model::Timestamp;
use counterseal_register::{JournalLeaf, LogKind, Moment, Register};

use crate::error::MirrorError;
use crate::roots::Roots;
use crate::statements::{StatementRow, claimed_head};
use crate::trust::{Believed, believe};

/// How far a log is followed.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// The right edge over all leaves taken.
    pub frontier: Frontier,
    /// The newest checkpoint, with its cosignatures.
    pub note: Vec<u8>,
    /// The time of its cosignatures.
    pub time: Timestamp,
}

/// The statement log's leaves that are here, and those that came from the index `from` on: they must meet without a
/// gap and agree where they overlap.
///
/// # Errors
/// `OtherTree` where they differ, `Log` where some are missing.
pub fn extend(rows: &mut Vec<StatementRow>, from: u64, items: &[Vec<u8>]) -> Result<(), MirrorError> {
    let log = LogKind::Statements.word();
    for (index, item) in (from..).zip(items) {
        match rows.get(usize::try_from(index).unwrap_or(usize::MAX)) {
            Some(row) if row.item == *item => {}
            Some(_) => return Err(MirrorError::OtherTree { log, size: index + 1 }),
            None if index == rows.len() as u64 => {
                rows.push(StatementRow { index, since: None, item: item.clone() });
            }
            None => {
                return Err(MirrorError::Log(format!(
                    "leaves {} to {index} of the {log} log are missing",
                    rows.len()
                )));
            }
        }
    }
    Ok(())
}

/// A checkpoint that is no newer than the one that is here: it must be of the same tree, whose root at its size is
/// `ours`. If it is, nothing more is asked of it, for nothing is believed by it: who cosigned it may have been
/// replaced since. Its size.
///
/// # Errors
/// `OtherTree`; of a note that nobody has cosigned, that alone is said.
pub fn look_back(
    register: &Register,
    running: Timestamp,
    log: LogKind,
    note: &[u8],
    ours: Option<Hash>,
) -> Result<u64, MirrorError> {
    let (size, root) = claimed_head(note)?;
    if ours.is_none_or(|ours| *ours.as_bytes() != root) {
        let last = register.last();
        believe(register, Moment::new(last.position, running.max(last.time)), log, note)?;
        return Err(MirrorError::OtherTree { log: log.word(), size });
    }
    Ok(size)
}

/// A newer checkpoint of the journal log, at the running time of the statement log. One that a mark carries was
/// judged where the mark stands: those who cosigned it may have been replaced since. `is_marked` says whether there
/// is a mark of exactly this size and root.
///
/// # Errors
/// When it does not count, or what `is_marked` says.
pub fn believe_journal<E: From<MirrorError>>(
    register: &Register,
    running: Timestamp,
    note: &[u8],
    is_marked: impl FnOnce((u64, [u8; 32])) -> Result<bool, E>,
) -> Result<Believed, E> {
    let last = register.last();
    let judge = |time: Timestamp| believe(register, Moment::new(last.position, time), LogKind::Journal, note);
    let refused = match judge(running.max(last.time)) {
        Ok(believed) => return Ok(believed),
        Err(refused) => refused,
    };
    match is_marked(claimed_head(note)?)? {
        true => Ok(register.quorum_times().find_map(|time| judge(time).ok()).ok_or(refused)?),
        false => Err(refused.into()),
    }
}

/// Leaves of the journal log that come after those that are held.
#[derive(Debug)]
pub struct JournalStep<'a> {
    /// Of those that are held.
    pub frontier: Frontier,
    /// Those that came, in order.
    pub leaves: &'a [[u8; JournalLeaf::LEN]],
    /// Sizes and roots that marks and checkpoints name, of no more leaves than there are now. A list: a mark and a
    /// checkpoint of one size may name two roots, and both are held against the leaves.
    pub heads: Vec<(u64, [u8; 32])>,
    /// The ends that its successions name are held against the leaves too.
    pub register: &'a Register,
}

/// Appends leaves to what is held and holds every root that anybody named against them. `earlier` works out the
/// roots at sizes before those that came.
///
/// # Errors
/// `OtherTree` or `OtherEnd`; nothing of the leaves counts then.
pub fn join_journal<E: From<MirrorError>>(
    step: JournalStep<'_>,
    earlier: impl FnOnce(Vec<u64>) -> Result<Roots, E>,
) -> Result<Frontier, E> {
    let JournalStep { frontier, leaves, heads, register } = step;
    let log = LogKind::Journal.word();
    let size = frontier.size();
    let reached = size + leaves.len() as u64;
    let generations = register.log_generations(LogKind::Journal, register.last());
    let ends = generations.iter().filter_map(|log| Some((log.generation, log.begins?)));
    let ends: Vec<_> = ends.filter(|(_, end)| end.size > size && end.size <= reached).collect();
    let wanted = heads.iter().map(|(size, _)| *size).chain(ends.iter().map(|(_, end)| end.size));
    let mut roots = Roots::new(frontier, wanted);
    leaves.iter().for_each(|leaf| roots.push(leaf));
    let before = heads.iter().map(|(size, _)| *size).filter(|head| *head < size);
    let earlier = earlier(before.collect())?;
    for (size, expected) in heads {
        let root = roots.at(size).or_else(|| earlier.at(size));
        if root.is_none_or(|root| *root.as_bytes() != expected) {
            return Err(MirrorError::OtherTree { log, size }.into());
        }
    }
    for (generation, end) in ends {
        if roots.at(end.size).is_none_or(|root| *root.as_bytes() != end.root) {
            return Err(MirrorError::OtherEnd { log, size: end.size, generation }.into());
        }
    }
    Ok(roots.into_frontier())
}

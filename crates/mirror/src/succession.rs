//! Where one hub's logs end and the next one's begin (register.md, section 10). The register knows the ends that
//! governors name; whether the logs had them follows from their leaves alone.

use counterseal_ledger::{Frontier, Hash};
use counterseal_model::Timestamp;
use counterseal_register::{Act, LogKind, Statement, SucceedHub, TimeMark};

use crate::error::MirrorError;
use crate::follow::LogRow;
use crate::statements::{StatementRow, claimed_size};
use crate::trust::believe;

/// The succession that an item of the statement log is, if it is one. Nothing is said of its signatures.
#[must_use]
pub fn succession_of(item: &[u8]) -> Option<SucceedHub> {
    if TimeMark::parse(item).is_some() {
        return None;
    }
    match Statement::parse(item).ok()?.0.act {
        Act::SucceedHub(act) => Some(*act),
        _ => None,
    }
}

/// Holds the root that a succession names for the end of a log against the one that its leaves have.
///
/// # Errors
/// `OtherEnd`.
pub fn check_end(kind: LogKind, act: &SucceedHub, ours: Option<Hash>) -> Result<(), MirrorError> {
    let named = match kind {
        LogKind::Statements => act.statements,
        LogKind::Journal => act.journal,
    };
    match ours {
        Some(root) if *root.as_bytes() == named.root => Ok(()),
        _ => Err(MirrorError::OtherEnd { log: kind.word(), size: named.size, generation: act.generation }),
    }
}

/// The right edge of the statement log at a size within what is kept.
#[must_use]
pub fn statements_edge(rows: &[StatementRow], size: u64) -> Frontier {
    let mut edge = Frontier::new();
    let count = usize::try_from(size).unwrap_or(usize::MAX);
    rows.iter()
        .take(count)
        .for_each(|row| edge.push(Hash::leaf(&counterseal_register::statement_leaf(&row.item))));
    edge
}

/// What both logs' rows say after the log was cut at `edge`s: the newest checkpoints that the marks within what
/// counts hold. They may be of less than the edge, which the governors' word is for.
///
/// # Errors
/// When a time mark is malformed.
pub fn cut_row(
    kind: LogKind,
    edge: Frontier,
    rows: &[StatementRow],
    register: &counterseal_register::Register,
) -> Result<LogRow, MirrorError> {
    let (mut note, mut time) = (Vec::new(), Timestamp(0));
    for row in rows.iter().rev() {
        let Some(mark) = TimeMark::parse(&row.item) else { continue };
        let mark = mark.map_err(|e| MirrorError::Log(format!("a time mark is malformed: {e}")))?;
        let found = match kind {
            LogKind::Statements => Some(mark.statements),
            LogKind::Journal => mark.journal,
        };
        if let Some(found) = found.filter(|found| claimed_size(found).is_ok_and(|size| size <= edge.size())) {
            time = believe(register, register.last(), kind, &found)
                .map_or_else(|_| row.since.unwrap_or(time), |believed| believed.time);
            note = found;
            break;
        }
    }
    Ok(LogRow { frontier: edge, note, time })
}

/// How many leaves the time marks among these cover.
///
/// # Errors
/// When one holds no checkpoint.
pub fn covered(rows: &[StatementRow]) -> Result<u64, MirrorError> {
    let marks = rows.iter().filter_map(|row| TimeMark::parse(&row.item)?.ok());
    marks.map(|mark| claimed_size(&mark.statements)).try_fold(0, |most, size| Ok(most.max(size?)))
}

//! What the leaves say: the register, who had to cosign what, and since when.

use counterseal_ledger::SignedCheckpoint;
use counterseal_mirror::{
    Finding, FindingCode, JournalMark, MirrorError, Replayed, StatementRow, Tree, believe, read_tree,
    replay_log,
};
use counterseal_model::{MissionId, Timestamp};
use counterseal_register::{LogKind, Register, sha256, statement_named_by};

use super::{Audit, CLOCKS_DIFFER, Files, NoteRead, Progress};
use crate::error::NodeError;

/// The register that follows, and the marks on the way.
pub(super) struct Followed {
    pub(super) register: Register,
    marks: Vec<JournalMark>,
}

/// Applies every statement from the founding on.
pub(super) fn replay(
    mission: MissionId,
    note: &[u8],
    tree: &Tree,
    files: &mut Files<'_>,
    now: Timestamp,
    audit: &mut Audit,
) -> Result<Option<Followed>, NodeError> {
    let log = LogKind::Statements;
    let Some(mut rows) = rows_of(tree, files, &mut audit.findings)? else { return Ok(None) };
    // The founding statement's id is the mission's: nothing else needs to be known of it.
    if rows.first().is_none_or(|row| sha256(&[&row.item]) != *mission.as_bytes()) {
        audit.findings.push(Finding::new(FindingCode::OtherMission, log, 0));
        return Ok(None);
    }
    let Replayed { register, marks, refused, time, .. } = match replay_log(None, 0, &mut rows, note) {
        Ok(replayed) => replayed,
        Err(error) => {
            let reason = match error {
                MirrorError::Log(reason) => reason,
                other => other.to_string(),
            };
            audit.findings.push(Finding::new(FindingCode::Replay, log, tree.head.size).because(reason));
            return Ok(None);
        }
    };
    audit.marks = rows.iter().filter(|row| row.item.first() == Some(&1)).count() as u64;
    let latest = rows.iter().filter_map(|row| Some((row.since?, row.index))).max();
    if let Some((since, index)) = latest.filter(|(since, _)| is_future(*since, now)) {
        audit.findings.push(Finding::new(FindingCode::Future, log, index).because(since.rfc3339()));
    }
    if is_future(time, now) {
        audit.findings.push(Finding::new(FindingCode::Future, log, "checkpoint").because(time.rfc3339()));
    }
    (audit.refused, audit.void) = (refused, register.voids().count() as u64);
    audit.statements.time = Some(time);
    audit.statements.cosigned = cosigners(&register, note);
    Ok(Some(Followed { register, marks }))
}

fn is_future(time: Timestamp, now: Timestamp) -> bool {
    time.0.saturating_sub(now.0) > CLOCKS_DIFFER
}

/// The leaves as the register takes them; statements that stand by their id are fetched.
fn rows_of(
    tree: &Tree,
    files: &mut Files<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Option<Vec<StatementRow>>, NodeError> {
    let mut rows = Vec::with_capacity(tree.leaves.len());
    for (index, leaf) in (0..).zip(&tree.leaves) {
        let item = match statement_named_by(leaf) {
            None => leaf.clone(),
            Some(id) => match files.statement(id)?.filter(|bytes| sha256(&[bytes]) == *id.as_bytes()) {
                Some(bytes) => bytes,
                None => {
                    let place = format!("envelope/{id}");
                    findings.push(Finding::new(FindingCode::Missing, LogKind::Statements, place));
                    return Ok(None);
                }
            },
        };
        rows.push(StatementRow { index, since: None, item });
    }
    Ok(Some(rows))
}

/// Who has cosigned a checkpoint that counts.
fn cosigners(register: &Register, note: &[u8]) -> Vec<(String, Timestamp)> {
    let policy = register.log_policy(register.last());
    let cosigned = policy.zip(SignedCheckpoint::parse(note).ok());
    let cosigned = cosigned.and_then(|(policy, signed)| policy.evaluate(signed).ok());
    let named = |cosigned: &counterseal_ledger::Cosigned| {
        (cosigned.witness.to_string(), Timestamp(i64::try_from(cosigned.time).unwrap_or(i64::MAX)))
    };
    cosigned.map(|cosigned| cosigned.cosigned().iter().map(named).collect()).unwrap_or_default()
}

/// The journal log, with the register and the marks of the statement log.
pub(super) fn check_journal(
    note: &NoteRead,
    followed: Option<&Followed>,
    files: &mut Files<'_>,
    now: Timestamp,
    progress: &mut Progress<'_>,
    audit: &mut Audit,
) -> Result<(), NodeError> {
    let log = LogKind::Journal;
    let marks = followed.map_or(&[][..], |followed| &followed.marks);
    let wanted: Vec<u64> = marks.iter().map(|mark| mark.size).collect();
    let tree = read_tree(log, note.head, files, &wanted, progress, &mut audit.findings)?;
    audit.journal.size = tree.head.size;
    audit.journal.root = Some(*tree.head.root.as_bytes());
    (audit.journal.leaves, audit.journal.tiles) = (tree.head.size, tree.tiles);
    for mark in marks {
        if tree.roots.get(&mark.size).is_none_or(|root| *root.as_bytes() != mark.root) {
            audit.findings.push(Finding::new(FindingCode::Mark, log, mark.size));
        }
    }
    let Some(Followed { register, .. }) = followed else { return Ok(()) };
    match believe(register, register.last(), log, &note.bytes) {
        Ok(believed) => {
            audit.journal.time = Some(believed.time);
            audit.journal.cosigned = cosigners(register, &note.bytes);
            if is_future(believed.time, now) {
                audit.findings.push(
                    Finding::new(FindingCode::Future, log, "checkpoint").because(believed.time.rfc3339()),
                );
            }
        }
        Err(error) => {
            let reason = match error {
                MirrorError::Log(reason) => reason,
                other => other.to_string(),
            };
            audit.findings.push(Finding::new(FindingCode::Checkpoint, log, "checkpoint").because(reason));
        }
    }
    Ok(())
}

//! An audit of a mission's two logs by somebody who trusts nobody: from the mission's fingerprint and the logs'
//! files alone. Every leaf is read, every tile made again, every statement applied; what does not hold is
//! named, and as much as can be is checked after it.

mod folder;
mod hub;
mod mine;
mod replay;

use counterseal_ledger::{SignedCheckpoint, TreeHead};
use counterseal_mirror::{Finding, FindingCode, LogFiles, read_file, read_tree};
use counterseal_model::{MissionId, Timestamp};
use counterseal_register::{LogKind, Refusal, Register};

use crate::desk::Go;
use crate::error::NodeError;
pub use folder::{FolderFiles, KeptFiles};
pub use hub::HubFiles;
pub use mine::DeskFiles;
use replay::{check_journal, replay};

/// Seconds by which a time in a log may be ahead of the auditor's clock.
const CLOCKS_DIFFER: i64 = 300;

/// Where an auditor reads.
type Files<'a> = dyn LogFiles<Error = NodeError> + 'a;
/// Hears of leaves done and leaves there are.
type Progress<'a> = dyn FnMut(LogKind, u64, u64) -> Result<(), NodeError> + 'a;

/// What came of an audit.
#[derive(Debug, Default)]
pub struct Audit {
    /// The statement log.
    pub statements: AuditedLog,
    /// The journal log.
    pub journal: AuditedLog,
    /// Time marks in the statement log.
    pub marks: u64,
    /// Statements in the log that the register refuses, by index: they have no effect, for anyone.
    pub refused: Vec<(u64, Refusal)>,
    /// Statements that lost their place to another.
    pub void: u64,
    /// Everything that does not hold. Empty: all of it does.
    pub findings: Vec<Finding>,
    /// The register that follows; none when the statement log does not hold.
    pub register: Option<Register>,
}

/// What was checked of one log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditedLog {
    /// Leaves that its checkpoint covers.
    pub size: u64,
    /// The root that follows from the leaves.
    pub root: Option<[u8; 32]>,
    /// Leaves read.
    pub leaves: u64,
    /// Tiles that were made again and compared.
    pub tiles: u64,
    /// Who cosigned the checkpoint, and when; empty when that does not count.
    pub cosigned: Vec<(String, Timestamp)>,
    /// The quorum's time.
    pub time: Option<Timestamp>,
}

impl Audit {
    /// Whether all of it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Audits both logs. `mission` is the fingerprint, by whatever channel it came; `now` the auditor's clock.
/// `progress` hears of leaves done and leaves there are, and may stop it.
///
/// # Errors
/// When the files cannot be reached at all, or it was stopped. What does not hold is no error: it is found.
pub fn audit(
    mission: MissionId,
    files: &mut Files<'_>,
    now: Timestamp,
    progress: &mut dyn FnMut(LogKind, u64, u64) -> Go,
) -> Result<Audit, NodeError> {
    let mut progress = |log, done, all| match progress(log, done, all) {
        Go::On => Ok(()),
        Go::Stop => Err(NodeError::Locked),
    };
    let mut audit = Audit::default();
    // The statement log's checkpoint first: what its time marks say of the journal log, that has by now.
    let statements = checkpoint(LogKind::Statements, files, &mut audit.findings)?;
    let journal = checkpoint(LogKind::Journal, files, &mut audit.findings)?;
    let mut followed = None;
    if let Some(note) = statements {
        let log = LogKind::Statements;
        let tree = read_tree(log, note.head, files, &[], &mut progress, &mut audit.findings)?;
        (audit.statements.size, audit.statements.root) = (tree.head.size, Some(*tree.head.root.as_bytes()));
        (audit.statements.leaves, audit.statements.tiles) = (tree.head.size, tree.tiles);
        followed = replay(mission, &note.bytes, &tree, files, now, &mut audit)?;
    }
    if let Some(note) = journal {
        check_journal(&note, followed.as_ref(), files, now, &mut progress, &mut audit)?;
    }
    audit.register = followed.map(|followed| followed.register);
    Ok(audit)
}

/// A checkpoint as it was read, and what it claims.
struct NoteRead {
    bytes: Vec<u8>,
    head: TreeHead,
}

fn checkpoint(
    log: LogKind,
    files: &mut Files<'_>,
    findings: &mut Vec<Finding>,
) -> Result<Option<NoteRead>, NodeError> {
    let path = counterseal_ledger::LogPath::Checkpoint;
    let Some(bytes) = read_file(files, log, path)? else {
        findings.push(Finding::new(FindingCode::Missing, log, path));
        return Ok(None);
    };
    match SignedCheckpoint::parse(&bytes) {
        Ok(signed) => Ok(Some(NoteRead { head: signed.claims().head(), bytes })),
        Err(error) => {
            findings.push(Finding::new(FindingCode::Checkpoint, log, path).because(error));
            Ok(None)
        }
    }
}

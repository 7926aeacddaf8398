//! Which checkpoints a desk believes.

use counterseal_ledger::{CosignedCheckpoint, SignedCheckpoint};
use counterseal_model::Timestamp;
use counterseal_register::{LogEnd, LogKind, Moment, Register};

use crate::error::NodeError;

/// A checkpoint that its log has signed and a quorum has cosigned, of a generation that counts.
#[derive(Debug, Clone)]
pub(crate) struct Believed {
    pub(crate) size: u64,
    pub(crate) root: [u8; 32],
    /// The median of the quorum's times.
    pub(crate) time: Timestamp,
}

/// Checks a note of a log against what the register says of hub and witnesses at a moment.
pub(crate) fn believe(
    register: &Register,
    at: Moment,
    kind: LogKind,
    note: &[u8],
) -> Result<Believed, NodeError> {
    // Where the log names no hub or no witnesses yet, the statements obeyed on sight do.
    // Without any of those, the register is the log's, and need not be copied.
    let logged = register.sighted().next().is_some().then(|| register.of_the_log());
    let register = logged.as_ref().filter(|logged| logged.log_policy(at).is_some()).unwrap_or(register);
    let policy = register.log_policy(at).ok_or(NodeError::NoHub)?;
    let signed = SignedCheckpoint::parse(note).map_err(|e| NodeError::Log(e.to_string()))?;
    let cosigned = policy.evaluate(signed).map_err(|e| NodeError::Log(e.to_string()))?;
    let (size, root) = size_and_root(&cosigned);
    let log = register.log_of_origin(cosigned.checkpoint().origin().as_str(), at)?;
    if log.log != kind {
        return Err(NodeError::Log(format!(
            "a checkpoint of the {} log stands for the other",
            log.log.word()
        )));
    }
    log.admits(LogEnd { size, root })?;
    let time = cosigned.median_time().and_then(|time| i64::try_from(time).ok()).map(Timestamp);
    let time = time.ok_or_else(|| NodeError::Log("no witness has cosigned".to_owned()))?;
    Ok(Believed { size, root, time })
}

fn size_and_root(cosigned: &CosignedCheckpoint) -> (u64, [u8; 32]) {
    let head = cosigned.checkpoint().head();
    (head.size, *head.root.as_bytes())
}

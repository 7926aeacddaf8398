//! Which checkpoints a desk believes.

use counterseal_ledger::{CosignedCheckpoint, PolicyRefusal, SignedCheckpoint};
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

/// Checks a note of a log against what the register says of hub and witnesses at a moment: after the
/// statements that stand before it, at the running time of the log there (register.md, section 3).
pub(crate) fn believe(
    register: &Register,
    at: Moment,
    kind: LogKind,
    note: &[u8],
) -> Result<Believed, NodeError> {
    // Where the log names no hub or no witnesses yet, the statements obeyed on sight do.
    let logged = register.of_the_log();
    let register = if logged.log_policy(at).is_some() { &logged } else { register };
    let policy = register.log_policy(at).ok_or(NodeError::NoHub)?;
    let signed = SignedCheckpoint::parse(note).map_err(|e| NodeError::Log(e.to_string()))?;
    let cosigned = policy.evaluate(signed.clone());
    let cosigned = cosigned.map_err(|e| NodeError::Log(said_of(register, at, &signed, &e)))?;
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

/// Why a checkpoint does not count. Where a quorum of another time has cosigned it, that is said: the hub
/// changed its witnesses too early or too late.
fn said_of(register: &Register, at: Moment, signed: &SignedCheckpoint, refusal: &PolicyRefusal) -> String {
    let cosigned_at = |time: Timestamp| {
        let policy = register.log_policy(Moment::new(at.position, time));
        policy.is_some_and(|policy| policy.evaluate(signed.clone()).is_ok())
    };
    let mut others = register.quorum_times().filter(|time| cosigned_at(*time));
    match others.next() {
        Some(time) if time > at.time => format!(
            "it is cosigned by the witnesses who take over at {}, and by the log's own time that is not yet",
            time.rfc3339()
        ),
        Some(_) => "it is cosigned by witnesses who have been replaced by the log's own time".to_owned(),
        None => refusal.to_string(),
    }
}

fn size_and_root(cosigned: &CosignedCheckpoint) -> (u64, [u8; 32]) {
    let head = cosigned.checkpoint().head();
    (head.size, *head.root.as_bytes())
}

//! Which checkpoints count.

use counterseal_ledger::{CosignedCheckpoint, PolicyRefusal, SignedCheckpoint, VerifiedCheckpoint};
use counterseal_model::Timestamp;
use counterseal_register::{LogEnd, LogKind, Moment, Register, WitnessName};

use crate::error::MirrorError;

/// A checkpoint that its log has signed and a quorum has cosigned, of a generation that counts.
#[derive(Debug, Clone)]
pub struct Believed {
    /// Leaves that it covers.
    pub size: u64,
    /// Their root.
    pub root: [u8; 32],
    /// The median of the quorum's times.
    pub time: Timestamp,
}

/// Checks a note of a log against what the register says of hub and witnesses at a moment: after the
/// statements that stand before it, at the running time of the log there (register.md, section 3).
///
/// # Errors
/// When it does not count, and why.
pub fn believe(register: &Register, at: Moment, kind: LogKind, note: &[u8]) -> Result<Believed, MirrorError> {
    // Where the log names no hub or no witnesses yet, the statements obeyed on sight do.
    // Without any of those, the register is the log's, and need not be copied.
    let logged = register.sighted().next().is_some().then(|| register.for_checkpoints());
    let register = logged.as_ref().filter(|logged| logged.log_policy(at).is_some()).unwrap_or(register);
    let policy = register.log_policy(at).ok_or(MirrorError::NoHub)?;
    let signed = SignedCheckpoint::parse(note).map_err(|e| MirrorError::Log(e.to_string()))?;
    let cosigned = policy.evaluate(signed.clone());
    let cosigned = cosigned.map_err(|e| MirrorError::Log(said_of(register, at, &signed, &e)))?;
    let (size, root) = size_and_root(&cosigned);
    let log = register.log_of_origin(cosigned.checkpoint().origin().as_str(), at)?;
    if log.log != kind {
        return Err(MirrorError::Log(format!(
            "a checkpoint of the {} log stands for the other",
            log.log.word()
        )));
    }
    log.admits(LogEnd { size, root })?;
    let time = cosigned.median_time().and_then(|time| i64::try_from(time).ok()).map(Timestamp);
    let time = time.ok_or_else(|| MirrorError::Log("no witness has cosigned".to_owned()))?;
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

/// A checkpoint that its log has signed, as one witness has cosigned it.
#[derive(Debug, Clone)]
pub struct Witnessed {
    /// The checkpoint.
    pub checkpoint: VerifiedCheckpoint,
    /// When the witness says that it cosigned.
    pub time: Timestamp,
}

/// Checks what one witness shows as its newest checkpoint of the present generation's log: signed by the log,
/// and cosigned by that witness with both of its keys. It needs no quorum: it is held against others.
///
/// # Errors
/// When it does not count, and why.
pub fn believe_witness(
    register: &Register,
    at: Moment,
    kind: LogKind,
    witness: &WitnessName,
    note: &[u8],
) -> Result<Witnessed, MirrorError> {
    let unfit = |reason: String| MirrorError::Log(reason);
    let policy = register.witness_policy(witness, at).ok_or(MirrorError::NoHub)?;
    let signed = SignedCheckpoint::parse(note).map_err(|e| unfit(e.to_string()))?;
    let present = register.log_generations(kind, at).pop().ok_or(MirrorError::NoHub)?;
    if signed.claims().origin().as_str() != present.origin {
        return Err(unfit(format!("it is a checkpoint of another log, {}", signed.claims().origin())));
    }
    let cosigned = policy.evaluate(signed).map_err(|e| unfit(e.to_string()))?;
    let (size, root) = size_and_root(&cosigned);
    present.admits(LogEnd { size, root })?;
    let time = cosigned.median_time().and_then(|time| i64::try_from(time).ok()).map(Timestamp);
    let time = time.ok_or_else(|| unfit("it has not cosigned it".to_owned()))?;
    Ok(Witnessed { checkpoint: cosigned.checkpoint().clone(), time })
}

/// A checkpoint that the log has signed, whoever has cosigned it: enough to prove two trees with. `None` when
/// it is not.
#[must_use]
pub fn log_signed(register: &Register, at: Moment, note: &[u8]) -> Option<VerifiedCheckpoint> {
    let keys: Vec<_> = register.log_policy(at)?.logs().cloned().collect();
    SignedCheckpoint::parse(note).ok()?.verify(&keys).ok()
}

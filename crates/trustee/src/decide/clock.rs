//! What time it is, and whether the mirror is fresh.

use counterseal_model::Timestamp;
use counterseal_register::LogKind;

use super::against::NotNow;
use super::known::Known;

/// By how many seconds this trustee's clock and the quorum's may differ.
pub const MAX_SKEW: i64 = 300;
/// How many seconds old the newest cosigned checkpoint of the statement log may be.
pub const MAX_AGE: i64 = 300;

/// The median of this trustee's clock and the quorum's newest time: of two, their middle.
pub(super) fn agreed(known: &Known<'_>, receipt: Option<Timestamp>) -> Result<Timestamp, NotNow> {
    let logs = LogKind::ALL.iter().filter_map(|log| known.log(*log)).map(|log| log.cosigned);
    let quorum = logs.chain(receipt).max().ok_or(NotNow::MirrorOld)?;
    let apart = known.clock.0.saturating_sub(quorum.0);
    if apart.saturating_abs() > MAX_SKEW {
        return Err(NotNow::ClocksDiffer);
    }
    Ok(Timestamp(quorum.0.saturating_add(apart.div_euclid(2))))
}

pub(super) fn check_mirror(known: &Known<'_>, now: Timestamp) -> Result<(), NotNow> {
    let age = |log: crate::mirror::MirroredLog| now.0.saturating_sub(log.cosigned.0);
    match known.statements.map(age) {
        Some(age) if age <= MAX_AGE => Ok(()),
        _ => Err(NotNow::MirrorOld),
    }
}

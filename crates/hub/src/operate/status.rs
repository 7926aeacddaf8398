//! What a hub's store says, whether the hub runs or not.

use counterseal_model::MissionId;
use counterseal_register::{LogKind, LogPosition, Register};

use super::OperationFailure;
use crate::config::HubConfig;
use crate::sequencer::HubFailure;
use crate::store::StoreReader;

/// How far a log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogStatus {
    /// Leaves that are durable.
    pub leaves: u64,
    /// Leaves in the newest checkpoint.
    pub signed: u64,
    /// Leaves in the newest one that a quorum has cosigned.
    pub cosigned: u64,
}

/// How a hub stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The mission.
    pub mission: MissionId,
    /// The statement log.
    pub statements: LogStatus,
    /// The journal log.
    pub journal: LogStatus,
    /// Whether the store is a restored one that is not up to date yet.
    pub restoring: bool,
}

/// Reads how a hub stands.
///
/// # Errors
/// When there is no store or no mission in it.
pub fn status(config: &HubConfig) -> Result<Status, OperationFailure> {
    let reader = StoreReader::open(&config.store())?;
    let founding = reader.statements(0..1, usize::MAX)?.into_iter().next().ok_or(HubFailure::NoMission)?;
    let register = Register::found(LogPosition::new(0), &founding.bytes)
        .map_err(|refusal| OperationFailure::Statement { number: 0, refusal })?;
    let of = |log| -> Result<LogStatus, OperationFailure> {
        Ok(LogStatus {
            leaves: reader.size(log)?,
            signed: reader.checkpoint(log)?.map_or(0, |(head, _)| head.size),
            cosigned: reader.cosigned(log)?.map_or(0, |(size, _)| size),
        })
    };
    Ok(Status {
        mission: register.mission(),
        statements: of(LogKind::Statements)?,
        journal: of(LogKind::Journal)?,
        restoring: config.restoring().exists(),
    })
}

//! What a hub's store says, whether the hub runs or not.

use counterseal_model::MissionId;
use counterseal_register::LogKind;

use super::OperationFailure;
use super::succeed::generations;
use crate::config::HubConfig;
use crate::keys::HubKeys;
use crate::sequencer::load_register;
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
    /// The generation of the mission's hub that this is; none when the statements do not name its keys.
    pub generation: Option<u64>,
    /// The generation that governors have put in its place.
    pub superseded_by: Option<u64>,
    /// Leaves of the journal log whose entries desks have still to push again.
    pub bare: u64,
}

/// Reads how a hub stands.
///
/// # Errors
/// When there is no store or no mission in it.
pub fn status(config: &HubConfig) -> Result<Status, OperationFailure> {
    let reader = StoreReader::open(&config.store())?;
    let register = load_register(&reader)?;
    let keys = HubKeys::load(&config.keys())?.public()?;
    let (generation, present) = generations(&register, &keys);
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
        generation,
        superseded_by: present.filter(|present| generation.is_some_and(|ours| ours < *present)),
        bare: reader.count_bare()?,
    })
}

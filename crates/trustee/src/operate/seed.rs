//! The mission's statements, as `mission hub` or later `mission statements` wrote them: they tell a new trustee its mission, the hub's certificate
//! and the logs' keys, before it has mirrored anything. What it mirrors counts for more from then on.

use std::fs;
use std::path::Path;

use counterseal_ledger::{KeyName, PublicKey, VerifierKey};
use counterseal_mirror::{LogFile, StatementRow, replay_log};
use counterseal_model::{Clock, MissionId, Timestamp};
use counterseal_register::{Effect, LogKind, LogPosition, Moment, Register, Sight};
use counterseal_serve::write_private;

use super::{OperationFailure, at};
use crate::config::TrusteeConfig;
use crate::decide::moment;

/// A trustee that has its mission.
#[derive(Debug, Clone)]
pub struct Seeded {
    /// The mission.
    pub mission: MissionId,
    /// Statements in the file.
    pub statements: u64,
    /// The keys of statement log and journal log, which its witness knows now.
    pub keys: Vec<VerifierKey>,
}

/// Gives a trustee its mission, by the statements that its hub began with or by a file of the statement log. Doing it
/// again with the same mission takes the newer file.
///
/// # Errors
/// When a statement is refused, they name no hub, or the trustee has another mission.
pub fn give_mission(
    config: &TrusteeConfig,
    file: &Path,
    clock: &dyn Clock,
) -> Result<Seeded, OperationFailure> {
    let bytes = fs::read(file).map_err(at(file))?;
    let (register, statements) = replay(&bytes, clock.now())?;
    let now = moment(&register, clock.now());
    register.hub(now).ok_or(OperationFailure::NoHub)?;
    let path = config.statements();
    if path.exists() {
        if load(config, clock.now())?.mission() != register.mission() {
            return Err(OperationFailure::OtherMission);
        }
        fs::remove_file(&path).map_err(at(&path))?;
    }
    write_private(&path, &bytes).map_err(at(&path))?;
    Ok(Seeded { mission: register.mission(), statements, keys: log_keys(&register, now) })
}

/// The register as the given statements make it.
pub(crate) fn load(config: &TrusteeConfig, now: Timestamp) -> Result<Register, OperationFailure> {
    let path = config.statements();
    if !path.exists() {
        return Err(OperationFailure::NoMission);
    }
    Ok(replay(&fs::read(&path).map_err(at(&path))?, now)?.0)
}

/// The keys of the present logs.
pub(crate) fn log_keys(register: &Register, now: Moment) -> Vec<VerifierKey> {
    let present = LogKind::ALL.iter().filter_map(|log| register.log_generations(*log, now).pop());
    let key = |origin: &str, key| VerifierKey::new(KeyName::parse(origin)?, PublicKey::Log(key));
    present.filter_map(|log| key(&log.origin, log.key).ok()).collect()
}

/// The statements that the hub began with; or the statement log of later, as its quorum has cosigned it, which a
/// trustee is given that governors name when the hub is another one, or long after.
fn replay(bytes: &[u8], now: Timestamp) -> Result<(Register, u64), OperationFailure> {
    match LogFile::read(bytes) {
        Ok(file) => replay_file(file),
        Err(_) => replay_first(bytes, now),
    }
}

fn replay_file(file: LogFile) -> Result<(Register, u64), OperationFailure> {
    let rows = (0..).zip(file.items).map(|(index, item)| StatementRow { index, since: None, item });
    let replayed = replay_log(None, 0, &mut rows.collect::<Vec<_>>(), &file.note);
    let replayed = replayed.map_err(|error| OperationFailure::Log { reason: error.to_string() })?;
    Ok((replayed.register, replayed.frontier.size()))
}

fn replay_first(bytes: &[u8], now: Timestamp) -> Result<(Register, u64), OperationFailure> {
    let (mut register, mut rest, mut number) = (None::<Register>, bytes, 0usize);
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk().ok_or(OperationFailure::NotStatements)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (statement, after) = after.split_at_checked(length).ok_or(OperationFailure::NotStatements)?;
        let refused = |refusal| OperationFailure::Statement { number, refusal };
        let position = LogPosition::new(number as u64);
        match &mut register {
            None => register = Some(Register::found(position, statement).map_err(refused)?),
            Some(register) => {
                let sight = Sight::Logged { cosigned: true, since: now.max(register.last().time) };
                let applied = register.apply(position, statement, sight).map_err(refused)?;
                if let Effect::Void { .. } = applied.effect {
                    return Err(OperationFailure::NotStatements);
                }
            }
        }
        (rest, number) = (after, number.saturating_add(1));
    }
    Ok((register.ok_or(OperationFailure::NotStatements)?, number as u64))
}

//! A new hub: keys first, then the mission's statements.

use std::path::Path;

use counterseal_ledger::VerifierKey;
use counterseal_model::{Clock, MissionId};
use counterseal_register::{Effect, LogKind, LogPosition, Moment, Register, Sight, sha256};
use counterseal_serve::{make_private_folder, write_private};
use rand_core::CryptoRng;

use super::OperationFailure;
use crate::config::HubConfig;
use crate::keys::{HubKeys, HubPublic};
use crate::sequencer::HubFailure;
use crate::store::{Batch, HubStore, NewStatement, SqliteStore, StoreReader};

/// Makes the hub's keys. What comes back is what the governors' statement about the hub names.
///
/// # Errors
/// When there are keys already, or they cannot be written.
pub fn init(config: &HubConfig, rng: &mut impl CryptoRng) -> Result<HubPublic, OperationFailure> {
    let unwritable = |reason| OperationFailure::File { path: config.folder.clone(), reason };
    make_private_folder(&config.folder).map_err(unwritable)?;
    Ok(HubKeys::make(&config.keys(), rng)?.public()?)
}

/// A hub that has its mission.
#[derive(Debug, Clone)]
pub struct Seeded {
    /// The mission.
    pub mission: MissionId,
    /// Statements in the log.
    pub statements: u64,
    /// The keys of statement log and journal log, as witnesses are told them.
    pub keys: [VerifierKey; 2],
}

/// Gives a hub the mission's statements, from the founding on, in the order of the log. Doing it again with
/// the same statements changes nothing.
///
/// # Errors
/// When one is refused, they do not name this hub's keys, or the hub has another mission.
pub fn seed(
    config: &HubConfig,
    statements: &[Vec<u8>],
    clock: &(dyn Clock + Send + Sync),
) -> Result<Seeded, OperationFailure> {
    let (keys, now) = (HubKeys::load(&config.keys())?, clock.now());
    let mut register: Option<Register> = None;
    for (number, bytes) in statements.iter().enumerate() {
        let refused = |refusal| OperationFailure::Statement { number, refusal };
        let position = LogPosition::new(number as u64);
        match &mut register {
            None => register = Some(Register::found(position, bytes).map_err(refused)?),
            Some(register) => {
                let sight = Sight::Logged { cosigned: true, since: now.max(register.last().time) };
                let applied = register.apply(position, bytes, sight).map_err(refused)?;
                if let Effect::Void { .. } = applied.effect {
                    return Err(OperationFailure::NotStatements);
                }
            }
        }
    }
    let register = register.ok_or(HubFailure::NoMission)?;
    let at = Moment::new(register.last().position, now.max(register.last().time));
    let ours = keys.public()?;
    let hub = register.hub(at).filter(|hub| {
        (hub.statements_key, hub.journal_key) == (ours.statements_key, ours.journal_key)
            && hub.pins.contains(&ours.pin)
    });
    let generation = hub.ok_or(HubFailure::NotThisHub)?.generation;
    let mut store = SqliteStore::open(&config.store(), config.store_bytes)?;
    let reader = StoreReader::open(&config.store())?;
    let there = reader.statements(0..statements.len() as u64, usize::MAX)?;
    if !there.iter().zip(statements).all(|(row, bytes)| row.bytes == *bytes) {
        return Err(OperationFailure::OtherMission);
    }
    let fresh = statements.iter().enumerate().skip(there.len());
    let new = |(index, bytes): (usize, &Vec<u8>)| NewStatement {
        index: index as u64,
        id: sha256(&[bytes]),
        bytes: bytes.clone(),
        covers: None,
        at: now,
    };
    store.append(&Batch { statements: fresh.map(new).collect(), ..Batch::default() })?;
    let key = |log| -> Result<VerifierKey, OperationFailure> {
        Ok(keys.signer(register.mission(), log, generation)?.public().clone())
    };
    Ok(Seeded {
        mission: register.mission(),
        statements: reader.size(LogKind::Statements)?,
        keys: [key(LogKind::Statements)?, key(LogKind::Journal)?],
    })
}

/// Reads a file of statements: each after its length as a big-endian u32.
///
/// # Errors
/// When it cannot be read or is cut off.
pub fn read_statements(path: &Path) -> Result<Vec<Vec<u8>>, OperationFailure> {
    let unreadable = |reason| OperationFailure::File { path: path.to_owned(), reason };
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let (mut statements, mut rest) = (Vec::new(), bytes.as_slice());
    while !rest.is_empty() {
        let (length, after) = rest.split_first_chunk().ok_or(OperationFailure::NotStatements)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        let (statement, after) = after.split_at_checked(length).ok_or(OperationFailure::NotStatements)?;
        statements.push(statement.to_vec());
        rest = after;
    }
    Ok(statements)
}

/// Writes such a file; one that is there is not replaced.
///
/// # Errors
/// When it cannot be written.
pub fn write_statements(path: &Path, statements: &[Vec<u8>]) -> Result<(), OperationFailure> {
    let mut bytes = Vec::new();
    for statement in statements {
        // A statement has at most 8 MiB.
        bytes.extend_from_slice(&u32::try_from(statement.len()).unwrap_or(u32::MAX).to_be_bytes());
        bytes.extend_from_slice(statement);
    }
    let unwritable = |reason| OperationFailure::File { path: path.to_owned(), reason };
    write_private(path, &bytes).map_err(unwritable)
}

//! A standby hub takes over from one that is lost (docs/spec/hub.md, section 8): the outgoing logs as a desk had
//! them, up to the ends that the governors name, and their statement as the first leaf of its own.

use counterseal_ledger::{Frontier, Hash, SignedCheckpoint, VerifierKey};
use counterseal_model::{Clock, MissionId, Timestamp};
use counterseal_register::{
    Act, JournalLeaf, LogEnd, LogKind, LogPosition, Moment, Register, Sight, Statement, SucceedHub, TimeMark,
    sha256, statement_leaf,
};

use super::init::Seeded;
use super::{OperationFailure, claimed_size};
use crate::config::HubConfig;
use crate::keys::{HubKeys, HubPublic};
use crate::sequencer::{HubFailure, load_register, replay};
use crate::store::{Batch, Covers, HubStore, LeafBody, NewLeaf, NewStatement, SqliteStore, StoreReader};

/// Rows that one commit adds.
const STEP: usize = 4096;

/// An outgoing hub's logs as somebody holds them. Their marks and checkpoints were checked by whoever gives them;
/// that their leaves lead to the ends that governors named is checked again.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Statements and time marks, each with the time since which it stands.
    pub statements: Vec<(Vec<u8>, Timestamp)>,
    /// Leaves of the journal log, each with the time at which it was logged.
    pub leaves: Vec<([u8; JournalLeaf::LEN], Timestamp)>,
    /// The governors' statement.
    pub succession: Vec<u8>,
}

/// What became of a hub that was shown a succession.
#[derive(Debug, Clone)]
pub enum Succeeded {
    /// It takes over.
    Begins(Seeded),
    /// It is the one that is replaced, and takes nothing in any more.
    Ends {
        /// Its generation.
        generation: u64,
    },
}

/// Gives a standby hub the outgoing logs and the governors' statement. Doing it again changes nothing; cut off,
/// it goes on. The statement comes last: a hub that does not hold it does not begin.
///
/// # Errors
/// When the statement is refused or names neither this hub's keys nor those of the hub that it replaces, when the
/// leaves do not lead to the ends that it names, or when the store holds something else.
pub fn succeed(
    config: &HubConfig,
    outgoing: &Outgoing,
    clock: &(dyn Clock + Send + Sync),
) -> Result<Succeeded, OperationFailure> {
    let (keys, now) = (HubKeys::load(&config.keys())?, clock.now());
    let (act, register) = next_register(outgoing, now)?;
    check_ends(outgoing, &act)?;
    let ours = keys.public()?;
    if (act.statements_key.0, act.journal_key.0) != (ours.statements_key, ours.journal_key) {
        return end(config, &act, &outgoing.succession, &register, &ours);
    }
    if !act.pins.iter().any(|pin| pin.0 == ours.pin) {
        return Err(HubFailure::NotThisHub.into());
    }
    let mut store = SqliteStore::open(&config.store(), config.store_bytes)?;
    let reader = StoreReader::open(&config.store())?;
    give_leaves(&mut store, &reader, &outgoing.leaves)?;
    let last = (outgoing.succession.clone(), now.max(register.last().time));
    let statements: Vec<_> = outgoing.statements.iter().cloned().chain([last]).collect();
    give_statements(&mut store, &reader, &statements)?;
    let key = |log| -> Result<VerifierKey, OperationFailure> {
        Ok(keys.signer(register.mission(), log, act.generation)?.public().clone())
    };
    Ok(Succeeded::Begins(Seeded {
        mission: register.mission(),
        statements: reader.size(LogKind::Statements)?,
        keys: [key(LogKind::Statements)?, key(LogKind::Journal)?],
    }))
}

/// The register with the succession at its place, which is the end of the outgoing log.
fn next_register(outgoing: &Outgoing, now: Timestamp) -> Result<(SucceedHub, Register), OperationFailure> {
    let refused = |refusal| OperationFailure::Statement { number: outgoing.statements.len(), refusal };
    let act = match Statement::parse(&outgoing.succession).map_err(refused)?.0.act {
        Act::SucceedHub(act) => *act,
        _ => return Err(OperationFailure::NotStatements),
    };
    let rows = (0u64..).zip(&outgoing.statements).map(|(index, (item, at))| (index, item.as_slice(), *at));
    let register =
        replay(rows, None).map_err(|refusal| OperationFailure::Statement { number: 0, refusal })?;
    let mut register = register.ok_or(HubFailure::NoMission)?;
    let since = now.max(register.last().time);
    let at = LogPosition::new(outgoing.statements.len() as u64);
    let sight = Sight::Logged { cosigned: true, since };
    register.apply(at, &outgoing.succession, sight).map_err(refused)?;
    Ok((act, register))
}

fn check_ends(outgoing: &Outgoing, act: &SucceedHub) -> Result<(), OperationFailure> {
    let (mut statements, mut journal) = (Frontier::new(), Frontier::new());
    outgoing.statements.iter().for_each(|(item, _)| statements.push(Hash::leaf(&statement_leaf(item))));
    outgoing.leaves.iter().for_each(|(leaf, _)| journal.push(Hash::leaf(leaf)));
    let differs =
        |edge: &Frontier, end: LogEnd| (edge.size(), edge.root().as_bytes()) != (end.size, &end.root);
    let ends = [(LogKind::Statements, statements, act.statements), (LogKind::Journal, journal, act.journal)];
    match ends.into_iter().find(|(_, edge, end)| differs(edge, *end)) {
        Some((log, _, end)) => Err(OperationFailure::OtherEnd { log: log.word(), size: end.size }),
        None => Ok(()),
    }
}

/// The hub whose keys these are is the one that is replaced: it keeps the statement and obeys it.
fn end(
    config: &HubConfig,
    act: &SucceedHub,
    succession: &[u8],
    register: &Register,
    ours: &HubPublic,
) -> Result<Succeeded, OperationFailure> {
    let generations = register.log_generations(LogKind::Statements, register.last());
    let earlier = generations.iter().find(|log| log.generation + 1 == act.generation);
    if earlier.is_none_or(|log| log.key != ours.statements_key) {
        return Err(HubFailure::NotThisHub.into());
    }
    let mut store = SqliteStore::open(&config.store(), config.store_bytes)?;
    let mut held = load_register(&StoreReader::open(&config.store())?)?;
    let at = held.last().position.next();
    match held.apply(at, succession, Sight::OnSight) {
        Ok(_) | Err(counterseal_register::Refusal::AlreadyApplied { .. }) => {}
        Err(refusal) => return Err(OperationFailure::Statement { number: 0, refusal }),
    }
    store.keep_obeyed(succession)?;
    Ok(Succeeded::Ends { generation: act.generation.saturating_sub(1) })
}

fn give_leaves(
    store: &mut SqliteStore,
    reader: &StoreReader,
    leaves: &[([u8; JournalLeaf::LEN], Timestamp)],
) -> Result<(), OperationFailure> {
    let mut there = 0;
    while there < leaves.len() {
        let rows = reader.leaves(there as u64, STEP)?;
        if rows.is_empty() {
            break;
        }
        let same = leaves.iter().skip(there).zip(&rows).all(|((leaf, _), row)| leaf == row);
        there += rows.len();
        if !same || there > leaves.len() {
            return Err(OperationFailure::OtherMission);
        }
    }
    for (step, chunk) in leaves.get(there..).unwrap_or_default().chunks(STEP).enumerate() {
        let first = (there + step * STEP) as u64;
        let new = (first..).zip(chunk).map(|(index, (leaf, at))| NewLeaf {
            index,
            leaf: *leaf,
            at: *at,
            body: LeafBody::Unknown,
        });
        store.append(&Batch { leaves: new.collect(), ..Batch::default() })?;
    }
    Ok(())
}

fn give_statements(
    store: &mut SqliteStore,
    reader: &StoreReader,
    statements: &[(Vec<u8>, Timestamp)],
) -> Result<(), OperationFailure> {
    let held = reader.size(LogKind::Statements)?;
    let rows = reader.statements(0..statements.len() as u64, usize::MAX)?;
    if !rows.iter().zip(statements).all(|(row, (item, _))| row.bytes == *item) {
        return Err(OperationFailure::OtherMission);
    }
    let mut covers = Covers::default();
    let mut new = Vec::new();
    for (index, (item, at)) in (0u64..).zip(statements) {
        let mark = match TimeMark::parse(item) {
            Some(mark) => {
                let mark = mark.map_err(|_| OperationFailure::NotStatements)?;
                covers.statements = covers.statements.max(claimed_size(&mark.statements)?);
                if let Some(journal) = &mark.journal {
                    covers.journal = claimed_size(journal)?;
                }
                Some(covers)
            }
            None => None,
        };
        if index >= held {
            let (id, bytes) = (sha256(&[item]), item.clone());
            new.push(NewStatement { index, id, bytes, covers: mark, at: *at });
        }
    }
    // The succession is not in one commit with what it rests on, and comes after it.
    for chunk in new.chunks(STEP) {
        store.append(&Batch { statements: chunk.to_vec(), ..Batch::default() })?;
    }
    Ok(())
}

/// The verifier keys of the outgoing hub's logs, under which witnesses know them.
///
/// # Errors
/// When the register names no such keys.
pub fn log_keys(
    mission: MissionId,
    register: &Register,
    generation: u64,
) -> Result<[VerifierKey; 2], OperationFailure> {
    let key = |log| {
        let generations = register.log_generations(log, register.last());
        let named = generations.iter().find(|one| one.generation == generation)?;
        let name =
            counterseal_ledger::KeyName::parse(&counterseal_register::log_origin(mission, log, generation))
                .ok()?;
        VerifierKey::new(name, counterseal_ledger::PublicKey::Log(named.key)).ok()
    };
    match [key(LogKind::Statements), key(LogKind::Journal)] {
        [Some(statements), Some(journal)] => Ok([statements, journal]),
        _ => Err(HubFailure::NoMission.into()),
    }
}

/// The size that a note names, before anything of it is believed.
pub(super) fn claimed(note: &[u8]) -> Option<u64> {
    Some(SignedCheckpoint::parse(note).ok()?.claims().head().size)
}

/// The hub's generation by its keys and its store's register, and the generation that the register has now.
pub(super) fn generations(register: &Register, keys: &HubPublic) -> (Option<u64>, Option<u64>) {
    let last = register.last();
    let at = Moment::new(last.position, last.time);
    let logs = register.log_generations(LogKind::Statements, at);
    let ours = logs.iter().find(|log| log.key == keys.statements_key).map(|log| log.generation);
    (ours, register.hub(at).map(|hub| hub.generation))
}

//! Joining a mission, without a network: a device that was enrolled by its invitation joins with a file.

use std::sync::Arc;

use counterseal_mirror::{LogFile, LogRow, StatementRow, replay_log};
use counterseal_model::cbor::{BodyError, Reader, Value, Writer, check_canonical};
use counterseal_model::{Clock, PersonId, Timestamp};
use counterseal_register::{LogKind, LogPosition, Register, Statement};
use counterseal_seal::{DeviceSecrets, KeyHolder, Passphrase, unlock};

use super::follow::{LogNews, NewLeaves};
use super::invite::Asked;
use super::open::{Beginning, LogBeginning, Statements, load_statements};
use super::{Desk, Randomness};
use crate::error::NodeError;
use crate::home::{DeskPlace, Home};
use crate::logs::{load_log, statement_rows};

impl Desk {
    /// Joins a mission with a waiting desk and a file of the mission's statements, in which this
    /// device must be enrolled.
    ///
    /// # Errors
    /// When the statements are another mission's, do not name this device, or say that somebody else than
    /// its inviter enrolled it.
    pub fn join(
        home: &Home,
        waiting: &DeskPlace,
        statements: &[u8],
        passphrase: &Passphrase,
        clock: Arc<dyn Clock + Send + Sync>,
        rng: Randomness,
    ) -> Result<Self, NodeError> {
        let unlocked = unlock(&waiting.read_key()?, passphrase)?;
        let KeyHolder::Device(secrets) = unlocked.holder else {
            return Err(NodeError::OtherKey { needed: "desk" });
        };
        let beginning = beginning_of(statements, clock.now())?;
        let register = beginning.register()?;
        if unlocked.mission != Some(register.mission()) {
            let reason = "they are another mission's than the one this device asked to join".to_owned();
            return Err(NodeError::BadStatements { reason });
        }
        let asked = Asked::load(waiting, &secrets)?;
        let person = person_of(&register, &secrets)?;
        asked.check_enrolment(beginning.statements())?;
        let mut desk = Self::make(home, *secrets, person, &beginning, passphrase, clock, rng)?;
        desk.settle_in(home, waiting, &asked)?;
        Ok(desk)
    }

    /// What an invitation said beside, once the desk is there; the waiting device is no more.
    pub(super) fn settle_in(
        &mut self,
        home: &Home,
        waiting: &DeskPlace,
        asked: &Asked,
    ) -> Result<(), NodeError> {
        if let Some(hub) = &asked.hub {
            self.set_hub_address(hub)?;
        }
        Ok(home.forget_waiting(waiting)?)
    }

    /// The mission's statements as a file for desks that join or have been away: as the log has them, with
    /// its newest checkpoint, or in this desk's order while the mission has no hub.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statements_file(&self) -> Result<Vec<u8>, NodeError> {
        if let Some(log) = self.store.read(|db| load_log(db, LogKind::Statements))? {
            let rows = self.store.read(statement_rows)?;
            return Ok(LogFile::write(&log.note, rows.iter().map(|row| row.item.as_slice())));
        }
        let mut w = Writer::new();
        let statements = self.store.read(load_statements)?;
        w.array(statements.len());
        for (position, since, bytes) in statements {
            w.array(3).uint(position.index);
            since.write(&mut w);
            w.bytes(&bytes);
        }
        Ok(w.into_bytes())
    }

    /// The statements that stand here, in order: what a mission's first hub begins with.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statements(&self) -> Result<Vec<Vec<u8>>, NodeError> {
        Ok(self.store.read(load_statements)?.into_iter().map(|(_, _, bytes)| bytes).collect())
    }

    /// Takes in statements that this desk does not have yet; gives how many were new.
    ///
    /// # Errors
    /// When they don't continue what this desk has, or one is refused; nothing is taken in then.
    pub fn take_statements(&mut self, file: &[u8]) -> Result<usize, NodeError> {
        match StatementsFile::read(file)? {
            StatementsFile::Log(LogFile { note, items }) => {
                let statements = NewLeaves { from: 0, items, note };
                let news = LogNews { statements, ..LogNews::default() };
                let followed = self.follow(&news)?;
                Ok(usize::try_from(followed.statements).unwrap_or(usize::MAX))
            }
            StatementsFile::Ordered(_) if self.has_hub() => Err(NodeError::HubOrders),
            StatementsFile::Ordered(statements) => self.take_order_of(statements),
        }
    }

    /// Takes in an order of statements that goes on from this desk's; gives how many were new.
    pub(super) fn take_order_of(&mut self, theirs: Statements) -> Result<usize, NodeError> {
        check_places(&theirs, self.now())?;
        let ours = self.store.read(load_statements)?;
        if let Some((n, _)) = ours.iter().zip(&theirs).enumerate().find(|(_, (a, b))| a.2 != b.2) {
            let reason = format!("statement {n} differs from the one this desk has; two histories were made");
            return Err(NodeError::BadStatements { reason });
        }
        let mut register = self.register.clone();
        let new = theirs.get(ours.len()..).unwrap_or(&[]);
        for (position, since, bytes) in new {
            if register.log_policy(register.last()).is_some() {
                return Err(NodeError::HubOrders);
            }
            let sight = counterseal_register::Sight::Logged { cosigned: true, since: *since };
            register.apply(*position, bytes, sight)?;
        }
        self.store.commit(|tx| {
            let mut new = new.iter();
            new.try_for_each(|(position, since, bytes)| {
                super::open::insert_statement(tx, *position, Some(*since), bytes)
            })
        })?;
        self.register = register;
        self.keyring.renew(&self.register, &self.secrets);
        self.settle()?;
        Ok(new.len())
    }
}

/// What a desk begins with that joins with a file of statements.
pub(super) fn beginning_of(statements: &[u8], now: Timestamp) -> Result<Beginning, NodeError> {
    match StatementsFile::read(statements)? {
        StatementsFile::Ordered(statements) => {
            check_places(&statements, now)?;
            Ok(Beginning::Ordered(statements))
        }
        StatementsFile::Log(LogFile { note, items }) => Ok(Beginning::Log(Box::new(begin_log(items, note)?))),
    }
}

pub(super) fn person_of(register: &Register, secrets: &DeviceSecrets) -> Result<PersonId, NodeError> {
    let at = register.last();
    let known = register.device(secrets.id(), at).map(|device| device.person);
    known.ok_or_else(|| NodeError::BadStatements {
        reason: "this device is not enrolled in them; ask the registrar for a newer file".to_owned(),
    })
}

/// Seconds by which clocks may differ.
const CLOCKS_DIFFER: i64 = 300;

/// Nothing signs a statement's place and time in the log before the ledger does, so a file can say
/// what it likes: places must follow each other from 0, and a time must lie between the statement's
/// own and now.
pub(super) fn check_places(statements: &Statements, now: Timestamp) -> Result<(), NodeError> {
    for (expected, (position, since, bytes)) in (0u64..).zip(statements) {
        let (statement, _) = Statement::parse(bytes)?;
        let early = since.0.saturating_add(CLOCKS_DIFFER) < statement.made.0;
        let late = since.0 > now.0.saturating_add(CLOCKS_DIFFER);
        if position.index != expected || early || late {
            let reason = format!(
                "statement {expected} is given place {} and time {}, which cannot be; check this computer's clock",
                position.index,
                since.rfc3339()
            );
            return Err(NodeError::BadStatements { reason });
        }
    }
    Ok(())
}

/// A file of statements.
enum StatementsFile {
    /// In the order of a desk: `[ * [position, time, statement] ]`.
    Ordered(Statements),
    /// As a hub's log has them.
    Log(LogFile),
}

impl StatementsFile {
    fn read(file: &[u8]) -> Result<Self, NodeError> {
        let read = || -> Result<Self, BodyError> {
            check_canonical(file)?;
            LogFile::read(file).map(Self::Log).or_else(|_| Self::read_ordered(file))
        };
        read().map_err(|e| NodeError::BadStatements { reason: e.to_string() })
    }

    fn read_ordered(file: &[u8]) -> Result<Self, BodyError> {
        let mut r = Reader::strict(file);
        let statements = (0..r.array()?).map(|_| {
            r.array_of(3, "a position, a time and a statement")?;
            let position = LogPosition::new(r.uint()?);
            Ok((position, Timestamp::read(&mut r)?, r.bytes()?.to_vec()))
        });
        Ok(Self::Ordered(statements.collect::<Result<_, BodyError>>()?))
    }
}

/// Follows a log from its beginning; the mission is whoever's founding stands first.
fn begin_log(items: Vec<Vec<u8>>, note: Vec<u8>) -> Result<LogBeginning, NodeError> {
    let rows = (0..).zip(items).map(|(index, item)| StatementRow { index, since: None, item });
    let mut rows: Vec<_> = rows.collect();
    let replayed = replay_log(None, 0, &mut rows, &note)?;
    rows.truncate(usize::try_from(replayed.frontier.size()).unwrap_or(usize::MAX));
    let row = LogRow { frontier: replayed.frontier, note, time: replayed.time };
    Ok(LogBeginning { rows, row, marks: replayed.marks, register: replayed.register })
}

//! Statements of this desk that have no effect: another one has their place, the log has what makes them
//! impossible, or a hub does not take them. They are shown, and offered to be said again on what stands now
//! (PROTOCOL section 2). What the log has made impossible is not sent any more; should the log come to be
//! another one, at a succession of the hub, it is looked at anew.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{EpochId, StatementId, Timestamp};
use counterseal_register::{
    Act, BeginEpoch, Effect, EpochReason, KeyId, LogPosition, Refusal, Register, Sight, Signed, Statement,
    sha256,
};
use rusqlite::{Connection, OptionalExtension};

use super::Desk;
use super::follow::waiting;
use super::open::load_register;
use super::statements::{Draft, roster_of};
use crate::error::NodeError;

/// Why a statement has no effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LostState {
    /// The log has made it impossible. It is not sent any more.
    Impossible,
    /// It stands in the log, and another was first to take its place. It stays there for all to see.
    Void,
    /// A hub did not take it, and the log says nothing against it. It is sent with every session, and what it
    /// takes away is obeyed here: a hub's word must not undo a revocation.
    Refused,
}

/// A statement that was said here and has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostStatement {
    /// The statement.
    pub id: StatementId,
    /// What it says, in a word.
    pub what: &'static str,
    /// Whether it may still come to stand.
    pub state: LostState,
    /// Why it does not stand; a name in the message catalogues.
    pub code: String,
    /// Whether this desk can say it again by itself; what governors signed, they must sign again.
    pub can_be_remade: bool,
}

impl Desk {
    /// This desk's statements that have no effect, oldest first. That a hub refuses one says nothing of whether it
    /// can stand: for that they are tried on the log as it is cosigned.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lost_statements(&self) -> Result<Vec<LostStatement>, NodeError> {
        let mut lost = Vec::new();
        for (id, item) in self.own_voids()? {
            let code = "predecessor-stale".to_owned();
            lost.extend(self.lost(id, &item, LostState::Void, code)?);
        }
        let (items, accepted, refused) =
            self.store.read(|db| Ok::<_, NodeError>((waiting(db)?, accepted(db)?, refused(db)?)))?;
        let impossible = self.impossible(&items)?;
        for item in &items {
            let id = StatementId::from_bytes(sha256(&[item]));
            if accepted.contains(&id) {
                continue; // the hub's log is further than what is cosigned of it: that will say
            }
            let (state, code) = match (impossible.get(&id), refused.get(&id)) {
                (Some(code), _) => (LostState::Impossible, (*code).to_owned()),
                (None, Some(code)) => (LostState::Refused, code.clone()),
                (None, None) => continue,
            };
            lost.extend(self.lost(id, item, state, code)?);
        }
        Ok(lost)
    }

    /// One of them, if it is for this desk's person to look at. What a pouch brought is its author's to say again;
    /// what came with it, the epoch's wraps, follows it.
    fn lost(
        &self,
        id: StatementId,
        item: &[u8],
        state: LostState,
        code: String,
    ) -> Result<Option<LostStatement>, NodeError> {
        let (statement, signed) = Statement::parse(item)?;
        let by_device = self.is_signer(&signed);
        let signers = signed.signers();
        let governors = self.register.governors(self.moment());
        let by_governors = governors.is_some_and(|of| of.keys.iter().any(|key| signers.contains(&key.id())));
        let follows = matches!(statement.act, Act::EpochWraps(_) | Act::RepairWraps(_));
        if follows || !(by_device || by_governors) {
            return Ok(None);
        }
        // A trip's new key is this desk's already.
        let can_be_remade = by_device && signers.len() == 1 && !matches!(statement.act, Act::Travel(_));
        Ok(Some(LostStatement { id, what: statement.act.word(), state, code, can_be_remade }))
    }

    fn is_signer(&self, signed: &Signed) -> bool {
        signed.signers().contains(&KeyId::from(self.device()))
    }

    /// Which of these statements, said in this order, cannot stand on the log as it is cosigned, and why. Whether
    /// an assignment has ended or a change has come to take effect depends on the time at which the log would have
    /// them: nothing is impossible that could stand at one of those that are to be thought of.
    pub(super) fn impossible(
        &self,
        items: &[Vec<u8>],
    ) -> Result<BTreeMap<StatementId, &'static str>, NodeError> {
        let mut impossible = BTreeMap::new();
        if items.is_empty() {
            return Ok(impossible);
        }
        let parsed = items.iter().map(|item| Ok((item, Statement::parse(item)?.0)));
        let parsed: Vec<(&Vec<u8>, Statement)> = parsed.collect::<Result<_, NodeError>>()?;
        let now = self.now();
        let times: [&dyn Fn(&Statement) -> Timestamp; 3] =
            [&|_| Timestamp(i64::MIN), &|statement| statement.made, &|_| now];
        for (round, time) in times.into_iter().enumerate() {
            let mut register = self.register.of_the_log();
            let mut refused = BTreeMap::new();
            for (item, statement) in &parsed {
                if let Some(code) = refusal_of(&mut register, item, statement, time(statement)) {
                    refused.insert(StatementId::from_bytes(sha256(&[item])), code);
                }
            }
            impossible.retain(|id, _| refused.contains_key(id));
            if round == 0 {
                impossible = refused;
            }
        }
        Ok(impossible)
    }

    /// This desk's statements that stand void in the log and were not given up.
    fn own_voids(&self) -> Result<Vec<(StatementId, Vec<u8>)>, NodeError> {
        let mut own = Vec::new();
        for void in self.register.voids() {
            let found = self.store.read(|db| statement_at(db, void.position.index))?;
            let Some(item) = found else { continue };
            let id = StatementId::from_bytes(sha256(&[&item]));
            let given_up = self.store.read(|db| is_given_up(db, id))?;
            if !given_up && self.is_signer(&Statement::parse(&item)?.1) {
                own.push((id, item));
            }
        }
        Ok(own)
    }

    /// Says what a lost statement says again, on what stands now, and gives the lost one up, in one commit.
    ///
    /// # Errors
    /// When there is none of this id, or the register refuses it anew, with the reason.
    pub fn remake(&mut self, id: StatementId) -> Result<(), NodeError> {
        let lost = self.lost_statements()?.into_iter().find(|lost| lost.id == id && lost.can_be_remade);
        lost.ok_or_else(|| NodeError::Ambiguous { what: "statement", prefix: id.short(), count: 0 })?;
        let item = self.bytes_of(id)?;
        let mut draft = self.draft_without(id)?;
        match Statement::parse(&item)?.0.act {
            Act::BeginEpoch(act) => self.change_as(&mut draft, &act)?,
            act => {
                draft.say(act, &[&self.secrets])?;
            }
        }
        self.keep_statements_and(draft, |tx| set_given_up(tx, id, &item))?;
        self.look_again_without()
    }

    /// Gives a statement up: it is not shown, not sent and not obeyed any more. Its bytes stay: an epoch's secret may
    /// be in them. What was written under such an epoch is written again under the one that stands.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn give_up(&mut self, id: StatementId) -> Result<(), NodeError> {
        let item = self.bytes_of(id)?;
        self.store.commit(|tx| set_given_up(tx, id, &item))?;
        self.look_again_without()
    }

    /// Forgets a statement that waits, as no desk does: for a simulation of one that does.
    ///
    /// # Errors
    /// When the store cannot be written.
    #[doc(hidden)]
    pub fn forget_statement(&mut self, id: StatementId) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.execute("DELETE FROM outgoing WHERE id = ?1", [id.as_bytes()])?;
            Ok::<_, NodeError>(())
        })?;
        self.look_again_without()
    }

    fn look_again_without(&mut self) -> Result<(), NodeError> {
        self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        self.keyring.renew(&self.register, &self.secrets);
        self.settle()?;
        Ok(())
    }

    fn bytes_of(&self, id: StatementId) -> Result<Vec<u8>, NodeError> {
        let waits: Option<Vec<u8>> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT bytes FROM outgoing WHERE id = ?1")?;
            Ok::<_, NodeError>(find.query_row([id.as_bytes()], |row| row.get(0)).optional()?)
        })?;
        let found = match waits {
            Some(item) => Some(item),
            None => self.own_voids()?.into_iter().find(|(void, _)| *void == id).map(|(_, item)| item),
        };
        found.ok_or_else(|| NodeError::Ambiguous { what: "statement", prefix: id.short(), count: 0 })
    }

    /// What a lost epoch was begun for: who was to come in, and who to go. A rekey has happened without it.
    fn change_as(&mut self, draft: &mut Draft, act: &BeginEpoch) -> Result<(), NodeError> {
        let present = roster_of(draft, act.compartment);
        let active = |device: &counterseal_model::DeviceId| {
            let known = draft.register.device(*device, draft.moment());
            known.is_some_and(|known| known.status == counterseal_register::DeviceStatus::Active)
        };
        let comes = |device: &&counterseal_model::DeviceId| !present.contains(device) && active(device);
        let add: Vec<_> = match act.reason {
            EpochReason::Admit | EpochReason::Create => act.roster.iter().filter(comes).copied().collect(),
            _ => Vec::new(),
        };
        let joined = act.joins.iter().filter_map(|epoch: &EpochId| draft.register.epoch(*epoch));
        let before: Vec<_> = joined.flat_map(|epoch| epoch.roster().to_vec()).collect();
        let goes = |device: &counterseal_model::DeviceId| {
            before.contains(device) && !act.roster.contains(device) && present.contains(device)
        };
        let take: Vec<_> = match act.reason {
            EpochReason::Remove => before.iter().filter(|device| goes(device)).copied().collect(),
            _ => Vec::new(),
        };
        match add.is_empty() && take.is_empty() {
            true => Ok(()),
            false => self.change_roster(draft, act.compartment, &add, &take),
        }
    }
}

/// Why a statement cannot stand on a register, to which it is applied if it can.
fn refusal_of(
    register: &mut Register,
    item: &[u8],
    statement: &Statement,
    at: Timestamp,
) -> Option<&'static str> {
    let last = register.last();
    let position = LogPosition::new(last.position.next().index.max(statement.log_size));
    let sight = Sight::Logged { cosigned: true, since: at.max(last.time) };
    match register.apply(position, item, sight).map(|applied| applied.effect) {
        Ok(Effect::Void { .. }) => Some("predecessor-stale"),
        Ok(_) | Err(Refusal::AlreadyApplied { .. }) => None,
        Err(refusal) => Some(refusal.code()),
    }
}

fn set_given_up(tx: &Connection, id: StatementId, item: &[u8]) -> Result<(), NodeError> {
    tx.prepare_cached(
        "INSERT INTO outgoing (id, bytes, given_up) VALUES (?1, ?2, 1)
         ON CONFLICT (id) DO UPDATE SET given_up = 1",
    )?
    .execute((id.as_bytes(), item))?;
    Ok(())
}

fn is_given_up(db: &Connection, id: StatementId) -> Result<bool, NodeError> {
    let find = "SELECT 1 FROM outgoing WHERE id = ?1 AND given_up = 1";
    Ok(db.prepare_cached(find)?.exists([id.as_bytes()])?)
}

/// What a hub acknowledged and the log does not show yet.
fn accepted(db: &Connection) -> Result<BTreeSet<StatementId>, NodeError> {
    let mut list = db.prepare_cached("SELECT id FROM outgoing WHERE accepted IS NOT NULL")?;
    let rows = list.query_map([], |row| row.get(0).map(StatementId::from_bytes))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a hub did not take, with the code that it gave.
fn refused(db: &Connection) -> Result<BTreeMap<StatementId, String>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT id, refused FROM outgoing WHERE given_up = 0 AND accepted IS NULL AND refused IS NOT NULL",
    )?;
    let rows = list.query_map([], |row| Ok((StatementId::from_bytes(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn statement_at(db: &Connection, index: u64) -> Result<Option<Vec<u8>>, NodeError> {
    let mut find = db.prepare_cached("SELECT bytes FROM statement WHERE position = ?1")?;
    Ok(find.query_row([index.cast_signed()], |row| row.get(0)).optional()?)
}

//! Statements of this desk that can no longer stand: another one has their place, or the log has what makes them
//! impossible. They are shown, and offered to be said again on what stands now (PROTOCOL section 2).

use counterseal_model::{EpochId, StatementId};
use counterseal_register::{
    Act, BeginEpoch, Effect, EpochReason, KeyId, LogPosition, Refusal, Register, Sight, Statement, sha256,
};

use super::Desk;
use super::open::load_register;
use super::statements::{Draft, roster_of};
use crate::error::NodeError;

/// A statement that was said here and cannot stand any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostStatement {
    /// The statement.
    pub id: StatementId,
    /// What it says, in a word.
    pub what: &'static str,
    /// Why it cannot stand; a name in the message catalogues.
    pub code: &'static str,
    /// Whether this desk can say it again by itself; what governors signed, they must sign again.
    pub can_be_remade: bool,
}

impl Desk {
    /// This desk's statements that the log has made impossible, oldest first. What a hub alone says of them does
    /// not count: they are tried on the log as it is cosigned.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lost_statements(&self) -> Result<Vec<LostStatement>, NodeError> {
        let waiting: Vec<Vec<u8>> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT bytes FROM outgoing WHERE given_up = 0 ORDER BY no")?;
            Ok::<_, NodeError>(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })?;
        let own = KeyId::from(self.device());
        let mut register = self.register.of_the_log();
        let mut lost = Vec::new();
        for item in &waiting {
            let (statement, signed) = Statement::parse(item)?;
            let Some(code) = refusal_of(&mut register, item, &statement, self.now()) else { continue };
            let signers = signed.signers();
            let by_device = signers.contains(&own);
            // What a pouch brought is its author's to say again; what came with it, the epoch's wraps, follows it.
            let follows = matches!(statement.act, Act::EpochWraps(_) | Act::RepairWraps(_));
            if (by_device
                || self
                    .register
                    .governors(self.moment())
                    .is_some_and(|governors| governors.keys.iter().any(|key| signers.contains(&key.id()))))
                && !follows
            {
                lost.push(LostStatement {
                    id: StatementId::from_bytes(sha256(&[item])),
                    what: statement.act.word(),
                    code,
                    can_be_remade: by_device && signers.len() == 1,
                });
            }
        }
        Ok(lost)
    }

    /// Says what a lost statement says again, on what stands now, and gives the lost one up.
    ///
    /// # Errors
    /// When there is none of this id, or the register refuses it anew, with the reason.
    pub fn remake(&mut self, id: StatementId) -> Result<(), NodeError> {
        let lost = self.lost_statements()?.into_iter().find(|lost| lost.id == id && lost.can_be_remade);
        lost.ok_or_else(|| NodeError::Ambiguous { what: "statement", prefix: id.short(), count: 0 })?;
        let item: Vec<u8> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT bytes FROM outgoing WHERE id = ?1")?;
            Ok::<_, NodeError>(find.query_row([id.as_bytes()], |row| row.get(0))?)
        })?;
        let mut draft = self.draft()?;
        match Statement::parse(&item)?.0.act {
            Act::BeginEpoch(act) => self.change_as(&mut draft, &act)?,
            act => {
                draft.say(act, &[&self.secrets])?;
            }
        }
        self.keep_statements(draft)?;
        self.give_up(id)
    }

    /// Gives a statement up: it is not shown and not sent any more. Its bytes stay: an epoch's secret may be in
    /// them.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn give_up(&mut self, id: StatementId) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.execute("UPDATE outgoing SET given_up = 1 WHERE id = ?1", [id.as_bytes()])?;
            Ok::<_, NodeError>(())
        })?;
        self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        Ok(())
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
    now: counterseal_model::Timestamp,
) -> Option<&'static str> {
    let last = register.last();
    let position = LogPosition::new(last.position.next().index.max(statement.log_size));
    let sight = Sight::Logged { cosigned: true, since: now.max(last.time) };
    match register.apply(position, item, sight).map(|applied| applied.effect) {
        Ok(Effect::Void { .. }) => Some("predecessor-stale"),
        Ok(_) | Err(Refusal::AlreadyApplied { .. }) => None,
        Err(refusal) => Some(refusal.code()),
    }
}

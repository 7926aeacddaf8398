//! This desk's own statements that have no effect: those that wait for the log, those that a hub refused,
//! and those that lost their place to another.

use counterseal_model::{StatementId, Timestamp};
use counterseal_register::{Act, Signed, Statement, sha256};
use rusqlite::Connection;

use super::Desk;
use crate::error::NodeError;

/// Why a statement has no effect in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// No hub has confirmed it.
    Unsent,
    /// A hub made it durable; it is not seen in the log yet.
    Accepted,
    /// A hub did not take it, and gave this code.
    Refused(String),
    /// Another took its place after the same predecessor.
    Void {
        /// The other.
        winner: StatementId,
    },
}

/// A statement of this desk that the log does not carry out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnStatement {
    /// The statement.
    pub id: StatementId,
    /// What it says, in a word.
    pub act: &'static str,
    /// When it was made.
    pub made: Timestamp,
    /// Why it has no effect.
    pub pending: Pending,
    /// Whether it is obeyed here all the same, because it takes away.
    pub obeyed: bool,
    /// Whether it can be made again by this desk alone.
    pub repeatable: bool,
}

impl Desk {
    /// This desk's statements that the log does not carry out, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn own_statements(&self) -> Result<Vec<OwnStatement>, NodeError> {
        let mut own = Vec::new();
        for (bytes, pending) in self.own_pending()? {
            let (statement, signed) = Statement::parse(&bytes)?;
            let id = StatementId::from_bytes(sha256(&[&bytes]));
            own.push(OwnStatement {
                id,
                act: statement.act.word(),
                made: statement.made,
                pending,
                obeyed: self.register.is_sighted(id),
                repeatable: self.is_repeatable(&statement.act, &signed),
            });
        }
        Ok(own)
    }

    /// Makes a statement again on top of what the log has now; the first one is dropped. One that stands
    /// void in the log stays there for all to see.
    ///
    /// # Errors
    /// When there is none so, when it cannot be made again by this desk alone, or the register refuses.
    pub fn say_again(&mut self, id: StatementId) -> Result<(), NodeError> {
        let found = self.own_pending()?.into_iter().find(|(bytes, _)| sha256(&[bytes]) == *id.as_bytes());
        let Some((bytes, pending)) = found else { return Err(NodeError::NoSuchStatement { statement: id }) };
        let (statement, signed) = Statement::parse(&bytes)?;
        if !self.is_repeatable(&statement.act, &signed) {
            return Err(NodeError::NotRepeatable { act: statement.act.word() });
        }
        let mut draft = match pending {
            Pending::Void { .. } => self.draft()?,
            _ => self.draft_without(id)?,
        };
        draft.say(statement.act, &[&self.secrets])?;
        self.keep_statements(draft)?;
        match pending {
            Pending::Void { .. } => Ok(()),
            _ => self.drop_statement(id),
        }
    }

    /// An epoch's id is its statement's, and its wraps name it; what others signed too, they sign again.
    fn is_repeatable(&self, act: &Act, signed: &Signed) -> bool {
        let mut signers = signed.signers().into_iter();
        let own = signers.next().is_some_and(|kid| kid.0 == *self.device().as_bytes());
        let bound =
            matches!(act, Act::BeginEpoch(_) | Act::EpochWraps(_) | Act::RepairWraps(_) | Act::Travel(_));
        own && signers.next().is_none() && !bound
    }

    fn own_pending(&self) -> Result<Vec<(Vec<u8>, Pending)>, NodeError> {
        let mut own = self.store.read(outgoing)?;
        let device = *self.device().as_bytes();
        for void in self.register.voids() {
            let bytes = self.store.read(|db| statement_at(db, void.position.index))?;
            let Some(bytes) = bytes else { continue };
            let (_, signed) = Statement::parse(&bytes)?;
            if signed.signers().into_iter().any(|kid| kid.0 == device) {
                own.push((bytes, Pending::Void { winner: void.winner }));
            }
        }
        Ok(own)
    }
}

fn outgoing(db: &Connection) -> Result<Vec<(Vec<u8>, Pending)>, NodeError> {
    let mut list = db.prepare_cached("SELECT bytes, accepted, refused FROM outgoing ORDER BY no")?;
    let rows = list.query_map([], |row| {
        let (bytes, accepted, refused): (Vec<u8>, Option<i64>, Option<String>) = row.try_into()?;
        let pending = match (accepted, refused) {
            (Some(_), _) => Pending::Accepted,
            (None, Some(code)) => Pending::Refused(code),
            (None, None) => Pending::Unsent,
        };
        Ok((bytes, pending))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn statement_at(db: &Connection, index: u64) -> Result<Option<Vec<u8>>, NodeError> {
    use rusqlite::OptionalExtension;
    let mut find = db.prepare_cached("SELECT bytes FROM statement WHERE position = ?1")?;
    Ok(find.query_row([index.cast_signed()], |row| row.get(0)).optional()?)
}

//! Epochs that never came to stand: begun and obeyed on sight, and the log took another in their place, or never
//! took them. Their secrets stay, from the wraps in the statements as they are kept, for as long as
//! anything was written under them. Such an entry cannot be logged, because nobody's register knows its
//! epoch; so its author's desk writes it again, the same parts and versions, under the epoch that stands. What
//! others hold of it stays with them, kept apart and readable (docs/decisions/0015).

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{CompartmentId, EpochId, StatementId};
use counterseal_register::{Act, BeginEpoch, EpochWraps, Statement, sha256};
use counterseal_seal::{EpochPlace, EpochSecret};

use super::Desk;
use super::evidence::parts_of;
use super::follow::kept;
use super::places::set_standing;
use super::take::Standing;
use crate::error::NodeError;
use crate::logs::statement_rows;

impl Desk {
    /// Opens what is wrapped to this device under epochs that the register does not know: those that lost, and
    /// this desk's own that wait for the log.
    pub(super) fn open_unknown_epochs(&mut self) -> Result<(), NodeError> {
        let items = self.store.read(|db| {
            let mut items = kept(db)?;
            items.extend(statement_rows(db)?.into_iter().map(|row| row.item));
            Ok::<_, NodeError>(items)
        })?;
        let mut wraps: Vec<Box<EpochWraps>> = Vec::new();
        for item in &items {
            if let Ok(Act::EpochWraps(act)) = Statement::parse(item).map(|(statement, _)| statement.act) {
                wraps.push(act);
            }
        }
        for (epoch, act) in epochs_of(&items) {
            if self.register.epoch(epoch).is_some() || self.keyring.get(epoch).is_some() {
                continue;
            }
            let place = EpochPlace { mission: self.mission(), compartment: act.compartment, epoch };
            let own = wraps.iter().filter(|wraps| wraps.epoch == epoch).flat_map(|wraps| &wraps.wraps);
            let mut own = own.filter(|wrap| wrap.device == self.device());
            // The commitment bears the secret out, whoever made the wrap.
            let secret = own.find_map(|wrap| {
                EpochSecret::unwrap_with(&self.secrets, &place, &act.commitment.0, wrap).ok()
            });
            if let Some(secret) = secret {
                self.keyring.insert(epoch, secret);
            }
        }
        Ok(())
    }

    /// Epochs that wait for the log and can come to stand there: what was written under them waits with them.
    pub(super) fn pending_epochs(&self) -> Result<BTreeSet<EpochId>, NodeError> {
        let items = self.waiting_statements()?;
        let impossible = self.impossible(&items)?;
        let can_stand =
            |epoch: &EpochId| !impossible.contains_key(&StatementId::from_bytes(*epoch.as_bytes()));
        Ok(epochs_of(&items).into_keys().filter(can_stand).collect())
    }

    /// Writes this desk's own entries of void epochs again, under the epochs that stand; gives how many. What
    /// cannot be written now is tried again the next time.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn write_again(&mut self) -> Result<u64, NodeError> {
        let own = self.device();
        let void: Vec<(i64, [u8; 16])> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT no, compartment FROM entry WHERE standing > 3 AND standing = 5 AND device = ?1 ORDER BY no",
            )?;
            let rows = list.query_map([own.as_bytes()], |row| row.try_into())?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let mut written = 0;
        for (no, compartment) in void {
            let reader = self.reader();
            let parts = self.store.read(|db| parts_of(db, &reader, no))?;
            if parts.is_empty() {
                continue; // its secret is not here
            }
            let compartment = CompartmentId::from_bytes(compartment);
            let sealed = match self.seal(compartment, parts) {
                Ok(sealed) => sealed,
                Err(error @ NodeError::Store(_)) => return Err(error),
                Err(_may_not_write_now) => continue,
            };
            self.stage(&[sealed])?;
            self.commit_staged(|tx| set_standing(tx, no, Standing::WrittenAgain, false))?;
            written += 1;
        }
        Ok(written)
    }
}

/// The epochs that begin with some of these statements.
pub(super) fn epochs_of(items: &[Vec<u8>]) -> BTreeMap<EpochId, Box<BeginEpoch>> {
    let begins = |item: &Vec<u8>| match Statement::parse(item).ok()?.0.act {
        Act::BeginEpoch(act) => Some((EpochId::from_bytes(sha256(&[item])), act)),
        _ => None,
    };
    items.iter().filter_map(begins).collect()
}

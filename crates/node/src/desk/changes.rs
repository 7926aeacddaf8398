//! What was said in the mission since this desk's person last looked: who came, who went, which rules changed.

use std::collections::BTreeMap;

use counterseal_model::{PersonId, Timestamp};
use counterseal_register::{Act, KeyId, Statement};

use super::{Desk, local};
use crate::error::NodeError;

/// How far the statements were looked at: the place of the next one.
const SEEN: &str = "changes-seen";

/// A statement, as it is shown to somebody who was away.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its place in the statement log.
    pub place: u64,
    /// Since when it stands; none until a time mark of the log says so.
    pub since: Option<Timestamp>,
    /// Whose devices signed it; governors are none of them.
    pub by: Vec<PersonId>,
    /// What it says.
    pub act: Act,
}

impl Desk {
    /// Statements since the last `look`, the newest first, at most so many; and how many there are. Keys that only go
    /// round (wraps and repairs) are left out. All of them before the first look.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn said_since_last_look(&self, most: usize) -> Result<(Vec<Said>, u64), NodeError> {
        let seen = self.looked_to()?;
        let rows = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT position, since, bytes FROM statement WHERE position >= ?1 ORDER BY position DESC",
            )?;
            type Columns = (i64, Option<i64>, Vec<u8>);
            let rows = list.query_map([seen.cast_signed()], |row| Columns::try_from(row))?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let owners = self.owners();
        let mut said = Vec::new();
        let mut count = 0;
        for (place, since, bytes) in rows {
            // A time mark of the log is no statement.
            let Ok((statement, signed)) = Statement::parse(&bytes) else { continue };
            if matches!(statement.act, Act::EpochWraps(_) | Act::RepairWraps(_) | Act::SealedName(_)) {
                continue;
            }
            count += 1;
            if said.len() < most {
                let mut by: Vec<_> =
                    signed.signers().iter().filter_map(|key| owners.get(key).copied()).collect();
                by.dedup();
                let since = since.map(Timestamp);
                said.push(Said { place: place.cast_unsigned(), since, by, act: statement.act });
            }
        }
        Ok((said, count))
    }

    /// Says that everything up to this statement was looked at; what came after it stays new. It never goes back.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn look_to(&mut self, place: u64) -> Result<(), NodeError> {
        let next = self.looked_to()?.max(place.saturating_add(1));
        self.store.commit(|tx| local::set(tx, SEEN, &next.to_be_bytes()))
    }

    /// Whose each device's key is.
    fn owners(&self) -> BTreeMap<KeyId, PersonId> {
        let at = self.moment();
        let devices = self.register.people().flat_map(|person| self.register.devices_of(person, at));
        devices.map(|device| (KeyId::from(device.id), device.person)).collect()
    }

    fn looked_to(&self) -> Result<u64, NodeError> {
        let kept = self.store.read(|db| local::get(db, SEEN))?;
        Ok(kept.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes))
    }
}

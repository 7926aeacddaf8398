//! The end of a trustee that was succeeded: its pads and keys are destroyed when its operator says so, and not before
//! its successor holds everything.

use counterseal_model::EntryId;
use counterseal_register::{KeyId, LogKind, Register};
use thiserror::Error;

use super::give::TAKEN;
use super::{Heir, digest_of};
use crate::decide::moment;
use crate::service::{Service, ServiceError};
use crate::store::{PartRef, SeedRef};

/// What was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retired {
    /// Entries that the successor holds.
    pub entries: u64,
    /// Pads that were here.
    pub pads: u64,
    /// Keys for devices that were here.
    pub keys: u64,
}

/// Why nothing was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotRetired {
    /// Nobody answers for it by what it has mirrored.
    #[error("nobody succeeds this trustee by a statement in force; the governors name a successor first")]
    NoSuccessor,
    /// Its successor has not said that it has all that is here now.
    #[error(
        "the successor {successor} has not taken over everything that this trustee holds; let both run until its status says that nothing is waiting"
    )]
    NotTaken {
        /// Who has to.
        successor: KeyId,
    },
}

impl Service {
    /// Destroys every pad and key, if the successor said that it has everything and nothing came since.
    ///
    /// # Errors
    /// What the disks say. What was not finished is done by doing it again.
    pub fn retire(&mut self) -> Result<Result<Retired, NotRetired>, ServiceError> {
        let own = self.id();
        let seen = self.mirror.log(LogKind::Statements).map(|log| log.cosigned);
        let Some((register, seen)) = self.mirror.register().zip(seen) else {
            return Ok(Err(NotRetired::NoSuccessor));
        };
        let at = moment(&register, seen);
        let successor = register.trustee_holder(own, at);
        if successor == own {
            return Ok(Err(NotRetired::NoSuccessor));
        }
        let (mut parts, mut entries) = (Vec::new(), 0);
        // The places that it held for others before are its successor's now as well.
        let held = register.trustees_succeeded_by(successor, at);
        for of in held.into_iter().filter(|of| register.trustee_chain(*of, at).contains(&own)) {
            let heir = Heir { successor, of, requests: [0; counterseal_register::HPKE_PUBLIC_LEN], at };
            let ids = self.all_sealed_for(&register, &heir)?;
            let said = self.store.state(&format!("{TAKEN}/{of}"))?;
            if said != Some(taken_value(successor, &ids)) {
                return Ok(Err(NotRetired::NotTaken { successor }));
            }
            entries += ids.len() as u64;
            for id in ids {
                parts.extend(self.parts_of(&register, id)?);
            }
        }
        let pads = self.store.destroy_pads(&parts)?.erased;
        let seeds: Vec<SeedRef> = self.store.seeds()?;
        let keys = self.store.destroy_seeds(&seeds, at.time)?.erased;
        Ok(Ok(Retired { entries, pads, keys }))
    }

    /// The ids of everything that was sealed for a place and is here, ascending.
    pub(super) fn all_sealed_for(
        &self,
        register: &Register,
        heir: &Heir,
    ) -> Result<Vec<EntryId>, ServiceError> {
        let (mut ids, mut after) = (Vec::new(), 0);
        loop {
            let (rows, next, more) = self.sealed_for(register, heir, after)?;
            ids.extend(rows.iter().map(|row| row.id));
            if !more {
                ids.sort_unstable();
                return Ok(ids);
            }
            after = next;
        }
    }

    fn parts_of(&self, register: &Register, entry: EntryId) -> Result<Vec<PartRef>, ServiceError> {
        let row = self.store.entry(entry)?;
        let header = row.and_then(|row| self.header_of(register, &row.header));
        let count = header.map_or(0, |header| header.header().parts.len());
        Ok((0u32..).take(count).map(|index| PartRef { entry, index }).collect())
    }
}

/// What is kept of a successor's word: who, how many, and which.
pub(super) fn taken_value(successor: KeyId, ids: &[EntryId]) -> Vec<u8> {
    let count = (ids.len() as u64).to_be_bytes();
    [successor.0.as_slice(), &count, &digest_of(ids)].concat()
}

//! Statements that a hub has taken and no quorum has cosigned yet. Those that take something away are obeyed on
//! sight (PROTOCOL section 2), and kept: should the hub drop them, this desk sends them again. The others say
//! nothing yet.

use counterseal_register::{Sight, TimeMark, sha256};

use crate::desk::open::load_register;
use crate::desk::others_room::OthersRoom;
use crate::desk::{Desk, follow};
use crate::error::NodeError;

impl Desk {
    /// Obeys what takes away among the log's items from an index on; gives how many are new.
    pub(in crate::desk) fn obey_on_sight(&mut self, from: u64, items: &[Vec<u8>]) -> Result<u64, NodeError> {
        let waiting = self.store.read(follow::waiting)?;
        let mut register = self.register.clone();
        let mut obeyed = Vec::new();
        let mut room = OthersRoom::with(&waiting);
        for (index, item) in (from..).zip(items).filter(|(_, item)| TimeMark::parse(item).is_none()) {
            if waiting.contains(item) || !room.has(item) {
                continue;
            }
            let next = register.last().position.next();
            if register.apply(next, item, Sight::OnSight).is_ok() {
                room.take(item);
                obeyed.push((index, item));
            }
        }
        if obeyed.is_empty() {
            return Ok(0);
        }
        self.store.commit(|tx| {
            for (index, item) in &obeyed {
                follow::wait_for_log(tx, item)?;
                let mut place = tx.prepare_cached("UPDATE outgoing SET accepted = ?2 WHERE id = ?1")?;
                place.execute((sha256(&[item]), index.cast_signed()))?;
            }
            Ok::<_, NodeError>(())
        })?;
        self.register = self.store.read(load_register)?.ok_or(NodeError::NoMission)?;
        self.keyring.renew(&self.register, &self.secrets);
        self.settle()?;
        Ok(obeyed.len() as u64)
    }
}

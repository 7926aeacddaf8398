//! Who wrote an entry.

use counterseal_model::{DeviceId, EntryId, PersonId};
use rusqlite::OptionalExtension;

use super::Desk;
use crate::error::NodeError;

impl Desk {
    /// The person whose device wrote an entry of this desk; none where the entry is not here, or nobody is known to have
    /// had the device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn author_of(&self, entry: EntryId) -> Result<Option<PersonId>, NodeError> {
        let device: Option<[u8; DeviceId::LEN]> = self.store.read(|db| {
            let mut find = db.prepare_cached("SELECT device FROM entry WHERE id = ?1")?;
            Ok::<_, NodeError>(find.query_row([entry.as_bytes()], |row| row.get(0)).optional()?)
        })?;
        Ok(device.and_then(|device| self.person_of(DeviceId::from_bytes(device))))
    }
}

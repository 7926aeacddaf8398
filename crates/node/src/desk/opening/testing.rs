//! For tests of other crates: a part that is held open, where there are no trustees who could release one.

use counterseal_model::{EntryId, EpochId, Timestamp};
use counterseal_register::PartRef;
use counterseal_seal::{EntryKeys, Opener};

use crate::desk::Desk;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;

impl Desk {
    /// Holds what this desk wrote last in the open in memory until then, as what was opened is held.
    ///
    /// # Errors
    /// When it wrote nothing, or the store cannot be read.
    pub fn hold_open(&mut self, until: Timestamp) -> Result<PartRef, NodeError> {
        type Columns = (i64, Vec<u8>, [u8; 32], [u8; 32], [u8; 32], [u8; 32]);
        let sql = "SELECT p.no, p.ciphertext, e.id, e.epoch, e.ctx, e.salt
                     FROM part p JOIN entry e ON e.no = p.no >> ?1 ORDER BY p.no DESC LIMIT 1";
        let row = self.store.read(|db| {
            let columns: Columns = db.query_row(sql, [INDEX_BITS], |row| row.try_into())?;
            Ok::<_, NodeError>(columns)
        });
        let (no, ciphertext, entry, epoch, ctx, salt) = row?;
        let epoch = EpochId::from_bytes(epoch);
        let secret = self.keyring.get(epoch).ok_or(NodeError::NoSecret(epoch))?;
        let index = u32::try_from(no & ((1 << INDEX_BITS) - 1)).unwrap_or(u32::MAX);
        let keys = EntryKeys::derive_kept(ctx, &salt, secret);
        let plaintext = Opener::new()?.open_kept(&keys, index, &ciphertext)?;
        let part = PartRef { entry: EntryId::from_bytes(entry), index };
        self.vault.keep(part, plaintext, until);
        Ok(part)
    }
}

//! Erased parts: their ciphertexts are overwritten in the commit that takes the `Erase` (docs/spec/casework.md). The
//! header, its hash and every length stay, so that what is served fits what was served before.

use counterseal_register::{Entry, PartRef};
use rusqlite::{OptionalExtension, Transaction, params};

/// Puts zeros in the place of parts of entries that are here. What is not here yet is checked when it comes.
pub(super) fn erase(change: &Transaction<'_>, parts: &[PartRef]) -> rusqlite::Result<()> {
    for part in parts {
        change.execute("DELETE FROM piece WHERE entry = ?1", [part.entry.as_bytes()])?;
        let sql =
            "SELECT body.idx, body.bytes FROM entry JOIN body ON body.idx = entry.idx WHERE entry.id = ?1";
        let found: Option<(i64, Vec<u8>)> =
            change.query_row(sql, [part.entry.as_bytes()], |row| row.try_into()).optional()?;
        let Some((idx, bytes)) = found else { continue };
        // It was verified when it was taken in.
        let Ok(mut entry) = Entry::parse(&bytes) else { continue };
        let index = usize::try_from(part.index).unwrap_or(usize::MAX);
        if let Some(ciphertext) = entry.ciphertexts.get_mut(index) {
            ciphertext.fill(0);
            let mut update = change.prepare_cached("UPDATE body SET bytes = ?2 WHERE idx = ?1")?;
            update.execute(params![idx, entry.to_bytes()])?;
        }
    }
    Ok(())
}

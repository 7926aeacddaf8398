//! Hold rule `until-acknowledged`: what a part says stays sealed in this desk's store until every trustee has
//! acknowledged its entry, or one more than it takes has for three days. Then it is destroyed.

use counterseal_model::Timestamp;
use rusqlite::Connection;

use super::view::says_of;
use crate::desk::Desk;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;

/// How long all trustees are waited for, seconds.
const PATIENCE: i64 = 3 * Timestamp::DAY;

impl Desk {
    /// Destroys what is held and need not be any more; gives of how many entries. The pages it stood on are
    /// overwritten, and the write-ahead file is emptied. What a disk remembers beyond that is under the
    /// passphrase.
    pub(crate) fn destroy_held(&mut self) -> Result<u64, NodeError> {
        let due = self.store.read(|db| {
            let mut due = Vec::new();
            for entry in held_entries(db)? {
                if self.need_not_be_held(db, entry)? {
                    due.push(entry);
                }
            }
            Ok::<_, NodeError>(due)
        })?;
        if due.is_empty() {
            return Ok(0);
        }
        self.store.commit_forgetting("held", |tx| {
            let mut forget = tx.prepare_cached("DELETE FROM held WHERE part >> ?2 = ?1")?;
            due.iter().try_for_each(|entry| forget.execute((entry, INDEX_BITS)).map(drop))?;
            Ok::<_, NodeError>(())
        })?;
        Ok(due.len() as u64)
    }

    fn need_not_be_held(&self, db: &Connection, entry: i64) -> Result<bool, NodeError> {
        let says = says_of(self, db, entry)?;
        let have = says.trustees.iter().filter(|one| one.has()).count() as u64;
        let all = says.trustees.len() as u64;
        // Every trustee, or one more than it takes: one of them may be lost, and the part still opens.
        let enough = have >= (says.threshold + 1).min(all);
        let patient = self.now().0 - says.sealed.0 >= PATIENCE;
        Ok(all > 0 && (have == all || (enough && patient)))
    }
}

/// The entries of which something is held.
pub(super) fn held_entries(db: &Connection) -> Result<Vec<i64>, NodeError> {
    let mut list = db.prepare_cached("SELECT DISTINCT part >> ?1 FROM held ORDER BY 1")?;
    Ok(list.query_map([INDEX_BITS], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

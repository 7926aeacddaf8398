//! The leaves that this desk keeps, for the tree that is worked out from them.

use counterseal_ledger::{Frontier, Hash};
use counterseal_mirror::KeptLeaves;
use counterseal_register::{LogKind, statement_leaf};
use rusqlite::Connection;

use super::table::kept_edge;
use crate::error::NodeError;

/// The leaves of both logs in the store.
pub(crate) struct StoredLeaves<'a>(pub(crate) &'a Connection);

impl KeptLeaves for StoredLeaves<'_> {
    type Error = NodeError;

    fn edge(&self, log: LogKind, size: u64) -> Result<Frontier, NodeError> {
        kept_edge(self.0, log, size)
    }

    fn hashes(&self, log: LogKind, from: u64, to: u64, take: &mut dyn FnMut(Hash)) -> Result<(), NodeError> {
        let sql = match log {
            LogKind::Statements => {
                "SELECT bytes FROM statement WHERE position >= ?1 AND position < ?2 ORDER BY position"
            }
            LogKind::Journal => "SELECT bytes FROM leaf WHERE no >= ?1 AND no < ?2 ORDER BY no",
        };
        let mut list = self.0.prepare_cached(sql)?;
        let mut rows = list.query((from.cast_signed(), to.cast_signed()))?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            take(match log {
                LogKind::Statements => Hash::leaf(&statement_leaf(bytes)),
                LogKind::Journal => Hash::leaf(bytes),
            });
        }
        Ok(())
    }
}

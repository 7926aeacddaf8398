//! Nodes of a log's tree, worked out from the leaves that this desk keeps.

use counterseal_ledger::{Frontier, Hash, NodeReader};
use counterseal_register::{LogKind, statement_leaf};
use rusqlite::Connection;

use super::table::kept_edge;
use crate::error::NodeError;

/// A log's tree. A node costs as many hashes as there are leaves under it, and a proof needs each leaf once.
pub(crate) struct LeafNodes<'a> {
    pub(crate) db: &'a Connection,
    pub(crate) kind: LogKind,
}

impl LeafNodes<'_> {
    /// The root of the first `size` leaves; `None` when they are not all here. It is worked out from the
    /// nearest checkpoint before it that was kept.
    pub(crate) fn root_at(&self, size: u64) -> Result<Option<Hash>, NodeError> {
        let mut frontier = kept_edge(self.db, self.kind, size)?;
        let from = frontier.size();
        self.leaves(from, size, &mut |leaf| frontier.push(leaf))?;
        Ok((frontier.size() == size).then(|| frontier.root()))
    }

    /// The hashes of leaves from `from` to before `to`, in order.
    fn leaves(&self, from: u64, to: u64, take: &mut dyn FnMut(Hash)) -> Result<(), NodeError> {
        let sql = match self.kind {
            LogKind::Statements => {
                "SELECT bytes FROM statement WHERE position >= ?1 AND position < ?2 ORDER BY position"
            }
            LogKind::Journal => "SELECT bytes FROM leaf WHERE no >= ?1 AND no < ?2 ORDER BY no",
        };
        let mut list = self.db.prepare_cached(sql)?;
        let mut rows = list.query((from.cast_signed(), to.cast_signed()))?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
            take(match self.kind {
                LogKind::Statements => Hash::leaf(&statement_leaf(bytes)),
                LogKind::Journal => Hash::leaf(bytes),
            });
        }
        Ok(())
    }
}

impl NodeReader for LeafNodes<'_> {
    type Error = NodeError;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, NodeError> {
        let mut frontier = Frontier::new();
        let end = index.checked_add(1).and_then(|next| next.checked_shl(level)).unwrap_or(u64::MAX);
        self.leaves(index << level, end, &mut |leaf| frontier.push(leaf))?;
        match frontier.size() == 1 << level {
            true => Ok(frontier.root()),
            false => {
                let log = self.kind.word();
                Err(NodeError::Log(format!("leaves of the {log} log are not all on this desk")))
            }
        }
    }
}

//! Nodes of a log's tree, worked out from the leaves that are kept.

use counterseal_ledger::{Frontier, Hash, NodeReader};
use counterseal_register::LogKind;

use crate::error::MirrorError;

/// The leaves of both logs, wherever they are kept.
pub trait KeptLeaves {
    /// Why they cannot be read.
    type Error: From<MirrorError>;

    /// The right edge at the largest checkpoint that is kept and covers no more than `size` leaves.
    ///
    /// # Errors
    /// When it cannot be read.
    fn edge(&self, log: LogKind, size: u64) -> Result<Frontier, Self::Error>;

    /// Gives the hashes of leaves from `from` to before `to` to `take`, in order.
    ///
    /// # Errors
    /// When they cannot be read.
    fn hashes(&self, log: LogKind, from: u64, to: u64, take: &mut dyn FnMut(Hash))
    -> Result<(), Self::Error>;
}

/// A log's tree. A node costs as many hashes as there are leaves under it, and a proof needs each leaf once.
#[derive(Debug)]
pub struct LeafNodes<L> {
    /// The leaves.
    pub leaves: L,
    /// Of which log.
    pub log: LogKind,
}

impl<L: KeptLeaves> LeafNodes<L> {
    /// The root of the first `size` leaves; `None` when they are not all here. It is worked out from the
    /// nearest checkpoint before it that was kept.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn root_at(&self, size: u64) -> Result<Option<Hash>, L::Error> {
        let mut frontier = self.leaves.edge(self.log, size)?;
        let from = frontier.size();
        self.leaves.hashes(self.log, from, size, &mut |leaf| frontier.push(leaf))?;
        Ok((frontier.size() == size).then(|| frontier.root()))
    }
}

impl<L: KeptLeaves> NodeReader for LeafNodes<L> {
    type Error = L::Error;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, L::Error> {
        let mut frontier = Frontier::new();
        let end = index.checked_add(1).and_then(|next| next.checked_shl(level)).unwrap_or(u64::MAX);
        self.leaves.hashes(self.log, index << level, end, &mut |leaf| frontier.push(leaf))?;
        match frontier.size() == 1 << level {
            true => Ok(frontier.root()),
            false => {
                let log = self.log.word();
                Err(MirrorError::Log(format!("leaves of the {log} log are not all on this desk")).into())
            }
        }
    }
}

//! The files that a hub serves of its logs, in memory, for whoever audits or watches it, and changes them.

use std::collections::BTreeMap;

use counterseal_ledger::{Edge, LogPath};
use counterseal_model::StatementId;
use counterseal_node::{LogFiles, NodeError};
use counterseal_register::LogKind;

use crate::hub::SimHub;
use crate::mission::SimError;

/// Files by log and path.
#[derive(Clone, Default)]
pub struct SimFiles(pub BTreeMap<(LogKind, String), Vec<u8>>);

impl SimFiles {
    /// What a hub serves now: all that its newest cosigned checkpoints cover.
    ///
    /// # Errors
    /// When a log cannot be laid out.
    pub fn of(hub: &SimHub) -> Result<Self, SimError> {
        let mut files = Self::default();
        for log in [&hub.statements, &hub.journal] {
            let covered = usize::try_from(log.cosigned).unwrap_or(usize::MAX);
            let leaves = log.leaves.get(..covered).ok_or(SimError::Key)?;
            let growth = Edge::new().grow(leaves).map_err(|_| SimError::Key)?;
            for (path, bytes) in growth.files() {
                files.0.insert((log.kind, path.to_string()), bytes.clone());
            }
            files.0.insert((log.kind, LogPath::Checkpoint.to_string()), log.note.clone());
        }
        Ok(files)
    }
}

impl LogFiles for SimFiles {
    type Error = NodeError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        Ok(paths.iter().map(|path| self.0.get(&(log, path.to_string())).cloned()).collect())
    }

    fn statement(&mut self, _: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        Ok(None)
    }
}

//! The logs' files for the mirror, without a network: the service reads what was fetched before, and what it did not
//! find is fetched and the step begun again. So a hub that answers slowly keeps no request waiting.

use std::collections::BTreeMap;

use counterseal_ledger::LogPath;
use counterseal_mirror::LogFiles;
use counterseal_model::StatementId;
use counterseal_register::LogKind;

use crate::mirror::FollowError;

/// A file of a hub's: its path after the hub's address.
pub(super) type Path = String;

/// What was fetched; `None` for what is not there.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    files: BTreeMap<Path, Option<Vec<u8>>>,
    missed: Vec<Path>,
}

impl Fetched {
    /// Puts a file in.
    pub(super) fn put(&mut self, path: Path, file: Option<Vec<u8>>) {
        self.files.insert(path, file);
    }

    /// Takes what was looked for in vain.
    pub(super) fn take_missed(&mut self) -> Vec<Path> {
        std::mem::take(&mut self.missed)
    }

    fn find(&mut self, path: Path) -> Option<Option<Vec<u8>>> {
        let found = self.files.get(&path).cloned();
        if found.is_none() {
            self.missed.push(path);
        }
        found
    }
}

/// The path of a log's file.
pub(super) fn path_of(log: LogKind, path: &LogPath) -> Path {
    format!("{}/{path}", log.word())
}

fn not_yet() -> FollowError {
    FollowError::Files("they are on their way".to_owned())
}

impl LogFiles for Fetched {
    type Error = FollowError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, FollowError> {
        let found: Vec<_> = paths.iter().map(|path| self.find(path_of(log, path))).collect();
        found.into_iter().collect::<Option<_>>().ok_or_else(not_yet)
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, FollowError> {
        self.find(format!("statements/envelope/{id}")).ok_or_else(not_yet)
    }
}

//! A log's files in a folder: `statements/checkpoint`, `statements/tile/...`, `journal/...`, as a hub serves
//! them; and keeping there what is read from elsewhere.

use std::io;
use std::path::{Path, PathBuf};

use counterseal_ledger::LogPath;
use counterseal_mirror::{LogFiles, MAX_STATEMENT, most_of};
use counterseal_model::StatementId;
use counterseal_register::LogKind;

use crate::error::NodeError;

/// Files in a folder.
#[derive(Debug, Clone)]
pub struct FolderFiles(PathBuf);

impl FolderFiles {
    /// The folder that holds `statements` and `journal`.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }
}

fn place(folder: &Path, log: LogKind, path: &str) -> PathBuf {
    path.split('/').fold(folder.join(log.word()), |place, piece| place.join(piece))
}

fn envelope(id: StatementId) -> String {
    format!("envelope/{id}")
}

fn read(path: &Path, most: usize) -> Result<Option<Vec<u8>>, NodeError> {
    let failed = |source| NodeError::File { doing: "read", path: path.display().to_string(), source };
    let length = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    if length > most as u64 {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, "it is longer than it can be")));
    }
    std::fs::read(path).map(Some).map_err(failed)
}

impl LogFiles for FolderFiles {
    type Error = NodeError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        // A tile that is too long does not fit its width: that is found, not failed at.
        let most = |path: &LogPath| most_of(path).saturating_mul(2);
        paths.iter().map(|path| read(&place(&self.0, log, &path.to_string()), most(path))).collect()
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        read(&place(&self.0, LogKind::Statements, &envelope(id)), MAX_STATEMENT)
    }
}

/// Files from elsewhere, each kept in a folder as it is read.
pub struct KeptFiles<'a> {
    from: &'a mut dyn LogFiles<Error = NodeError>,
    folder: PathBuf,
}

impl<'a> KeptFiles<'a> {
    /// Keeps in `folder` what is read from `from`; what is there already is written over.
    pub fn new(from: &'a mut dyn LogFiles<Error = NodeError>, folder: &Path) -> Self {
        Self { from, folder: folder.to_owned() }
    }

    fn keep(&self, log: LogKind, path: &str, bytes: &[u8]) -> Result<(), NodeError> {
        let to = place(&self.folder, log, path);
        let failed = |source| NodeError::File { doing: "write", path: to.display().to_string(), source };
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        std::fs::write(&to, bytes).map_err(failed)
    }
}

impl LogFiles for KeptFiles<'_> {
    type Error = NodeError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        let found = self.from.read(log, paths)?;
        for (path, bytes) in paths.iter().zip(&found) {
            if let Some(bytes) = bytes {
                self.keep(log, &path.to_string(), bytes)?;
            }
        }
        Ok(found)
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        let found = self.from.statement(id)?;
        if let Some(bytes) = &found {
            self.keep(LogKind::Statements, &envelope(id), bytes)?;
        }
        Ok(found)
    }

    fn has_tiles(&self) -> bool {
        self.from.has_tiles()
    }
}

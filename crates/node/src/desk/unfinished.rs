//! Exports that were cut off. Until an export is whole, its file stands in clear under a name that says
//! so; a crash would leave it there for a finder. So the desk notes the file before it makes it, and
//! deletes it when it is next unlocked.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Desk, local};
use crate::error::NodeError;

/// Under which the notes are kept; the file's random mark follows.
const PREFIX: &str = "export/";

/// A file in clear that is not whole yet, noted in the store.
pub(super) struct Unfinished {
    note: String,
    path: PathBuf,
}

impl Unfinished {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Desk {
    /// Notes that the export to `path` begins, whose mark is `mark`.
    pub(super) fn note_unfinished(&mut self, path: &Path, mark: &str) -> Result<Unfinished, NodeError> {
        let failed = |source| NodeError::File { doing: "find", path: path.display().to_string(), source };
        // A random name: what is deleted after a crash is surely the export's.
        let mut name = std::path::absolute(path).map_err(failed)?.into_os_string();
        name.push(format!(".{mark}.unfinished"));
        let unfinished = Unfinished { note: format!("{PREFIX}{mark}"), path: name.into() };
        let kept = unfinished.path.to_string_lossy().into_owned();
        self.store.commit(|tx| local::set(tx, &unfinished.note, kept.as_bytes()))?;
        Ok(unfinished)
    }

    /// Deletes the file if it is still there, and then the note.
    pub(super) fn forget_unfinished(&mut self, unfinished: Unfinished) -> Result<(), NodeError> {
        if is_gone(&unfinished.path) {
            self.store.commit(|tx| local::remove(tx, &unfinished.note))?;
        }
        Ok(())
    }

    /// Deletes what exports that were cut off have left, and gives the files' names. A file on a stick
    /// that is not there is deleted once it is.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn sweep_unfinished(&mut self) -> Result<Vec<PathBuf>, NodeError> {
        let mut swept = Vec::new();
        for unfinished in self.store.read(all)? {
            if unfinished.path.exists() {
                swept.push(unfinished.path.clone());
            }
            self.forget_unfinished(unfinished)?;
        }
        swept.retain(|path| !path.exists());
        Ok(swept)
    }
}

fn all(db: &Connection) -> Result<Vec<Unfinished>, NodeError> {
    let mut list = db.prepare_cached("SELECT name, value FROM local WHERE name BETWEEN ?1 AND ?1 || 'g'")?;
    let rows = list.query_map([PREFIX], |row| {
        let path: Vec<u8> = row.get(1)?;
        Ok(Unfinished { note: row.get(0)?, path: String::from_utf8_lossy(&path).into_owned().into() })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Deletes a file. Whether it is gone for sure: without its folder it may be on a stick elsewhere.
fn is_gone(path: &Path) -> bool {
    match std::fs::remove_file(path) {
        Ok(()) => true,
        Err(e) => e.kind() == io::ErrorKind::NotFound && path.parent().is_some_and(Path::exists),
    }
}

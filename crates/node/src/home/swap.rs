//! Putting a desk that was made anew in the place of the one there is, and destroying that.
//!
//! ```text
//! desks/unfinished-ID   the new one, whole
//! desks/ID              -> desks/leaving-ID     from here on the new one counts
//! desks/unfinished-ID   -> desks/ID
//! desks/leaving-ID      destroyed
//! ```
//! Whoever opens the home next finishes what a crash cut off.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{DeskPlace, Home, HomeError, KEY_FILE};
use crate::store::flush_directory;

const LEAVING: &str = "leaving-";
const UNFINISHED: &str = "unfinished-";

impl Home {
    /// Puts a finished desk in the place of the one with its id. When this returns the old one is gone.
    pub(crate) fn swap(&self, id: &str) -> Result<DeskPlace, HomeError> {
        let (dir, leaving) = (self.desks_dir().join(id), self.desks_dir().join(format!("{LEAVING}{id}")));
        fs::rename(&dir, &leaving).map_err(|e| HomeError::io("name", &dir, e))?;
        self.flush()?;
        self.finish_swap(id)?;
        Ok(DeskPlace { id: id.to_owned(), dir })
    }

    /// Finishes swaps that were cut off.
    pub(super) fn finish_swaps(&self) -> Result<(), HomeError> {
        let desks = self.desks_dir();
        let failed = |e| HomeError::io("read", &desks, e);
        for entry in fs::read_dir(&desks).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
            if let Some(id) = name.strip_prefix(LEAVING) {
                self.finish_swap(id)?;
            }
        }
        Ok(())
    }

    fn finish_swap(&self, id: &str) -> Result<(), HomeError> {
        let desks = self.desks_dir();
        let (dir, new) = (desks.join(id), desks.join(format!("{UNFINISHED}{id}")));
        if !dir.exists() {
            fs::rename(&new, &dir).map_err(|e| HomeError::io("name", &dir, e))?;
            self.flush()?;
        }
        destroy(&desks.join(format!("{LEAVING}{id}")))?;
        self.flush()
    }

    pub(super) fn desks_dir(&self) -> PathBuf {
        self.path.join("desks")
    }

    pub(super) fn flush(&self) -> Result<(), HomeError> {
        flush_directory(&self.desks_dir()).map_err(|e| HomeError::io("name", &self.desks_dir(), e))
    }
}

/// Writes over a desk's key file, then removes everything. On flash memory what is written over may
/// survive in spare blocks (SECURITY.md): the passphrase still protects it there.
pub(super) fn destroy(dir: &Path) -> Result<(), HomeError> {
    // A change of passphrase that was cut off leaves the second.
    for key in [dir.join(KEY_FILE), dir.join(format!("{KEY_FILE}.new"))] {
        if key.exists() {
            overwrite(&key).map_err(|e| HomeError::io("clear", &key, e))?;
        }
    }
    fs::remove_dir_all(dir).map_err(|e| HomeError::io("remove", dir, e))
}

fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    file.write_all(&vec![0; length])?;
    file.sync_all()
}

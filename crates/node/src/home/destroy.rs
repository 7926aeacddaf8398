//! Destroying a desk on this computer: its keys are written over, its store is removed.
//!
//! ```text
//! desks/ID              -> desks/destroying-ID   from here on it is no desk any more
//! desks/destroying-ID   its key file is written over, then everything is removed
//! ```
//! Cut off before the first step, nothing has happened; after it, whoever opens the home next finishes it.

use std::fs;

use super::swap::destroy;
use super::{DeskPlace, Home, HomeError};

const DESTROYING: &str = "destroying-";

impl Home {
    /// Destroys a desk of this home; it must be closed. When this returns nothing in this home opens its store: not
    /// its passphrase, and not what was there of the store. Copies of the home elsewhere are not touched.
    ///
    /// # Errors
    /// When the disk refuses. If the desk is gone from `desks` by then, opening the home again finishes it.
    pub fn destroy(&self, place: &DeskPlace) -> Result<(), HomeError> {
        let doomed = self.desks_dir().join(format!("{DESTROYING}{}", place.id));
        fs::rename(&place.dir, &doomed).map_err(|e| HomeError::io("name", &place.dir, e))?;
        self.flush()?;
        destroy(&doomed)?;
        self.flush()?;
        self.forget_label(&place.id)
    }

    /// Finishes what was cut off.
    pub(super) fn finish_destroying(&self) -> Result<(), HomeError> {
        let desks = self.desks_dir();
        let failed = |e| HomeError::io("read", &desks, e);
        for entry in fs::read_dir(&desks).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(id) = name.strip_prefix(DESTROYING) {
                destroy(&entry.path())?;
                self.flush()?;
                self.forget_label(id)?;
            }
        }
        Ok(())
    }
}

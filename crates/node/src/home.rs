//! The home: the folder that holds this computer's desks, each with its own keys and store.
//!
//! ```text
//! HOME/desks/<first 16 digits of the device id>/desk.key      the device's secrets, under its passphrase
//!                                              /store.*       the encrypted store
//! HOME/labels/<the same digits>                                 what the desk is called where one is chosen
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

mod destroy;
mod label;
mod swap;

use counterseal_seal::KeyFileHeader;
use thiserror::Error;

use crate::store::{flush_directory, private, replace};

const KEY_FILE: &str = "desk.key";
/// What a waiting device keeps of its invitation, sealed.
const WAITING_FILE: &str = "invitation";
const DIGITS: usize = 16;

/// Why a home or a desk in it cannot be used.
#[derive(Debug, Error)]
pub enum HomeError {
    /// The folder is copied elsewhere by a synchronising service.
    #[error("{path} lies in a folder that {service} copies to its servers; choose another home with --home")]
    Synced {
        /// The folder.
        path: String,
        /// The service.
        service: &'static str,
    },
    /// No desk here yet.
    #[error(
        "there is no desk in {path}; found a mission with 'counterseal mission new', or join one with 'counterseal invite accept'"
    )]
    NoDesk {
        /// The home.
        path: String,
    },
    /// Several desks and no choice.
    #[error("this computer has {count} desks; choose one with --desk: {ids}")]
    Several {
        /// How many.
        count: usize,
        /// Their ids.
        ids: String,
    },
    /// No desk of that id.
    #[error("no desk begins with '{prefix}'; there are: {ids}")]
    NotThisOne {
        /// What was asked for.
        prefix: String,
        /// The ids there are.
        ids: String,
    },
    /// The operating system refused.
    #[error("could not {doing} {path}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: String,
        /// The operating system's reason.
        source: io::Error,
    },
}

impl HomeError {
    fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { doing, path: path.display().to_string(), source }
    }
}

/// A home.
#[derive(Debug, Clone)]
pub struct Home {
    path: PathBuf,
}

/// A desk of this computer, before it is unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPlace {
    /// The first digits of its device's id.
    pub id: String,
    /// Its folder.
    pub dir: PathBuf,
}

impl Home {
    /// The home at `path`, which is made if need be.
    ///
    /// # Errors
    /// When it lies in a synchronised folder, or cannot be made.
    pub fn open(path: &Path) -> Result<Self, HomeError> {
        let full = std::path::absolute(path).map_err(|e| HomeError::io("find", path, e))?;
        if let Some(service) = synced_by(&full) {
            return Err(HomeError::Synced { path: full.display().to_string(), service });
        }
        let desks = full.join("desks");
        make_private_dir(&desks)?;
        let home = Self { path: full };
        home.finish_swaps()?;
        home.finish_destroying()?;
        Ok(home)
    }

    /// Its folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The desks of this computer, in order of their ids.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn desks(&self) -> Result<Vec<DeskPlace>, HomeError> {
        list(&self.path.join("desks"))
    }

    /// The desk that begins with `prefix`, or the only one.
    ///
    /// # Errors
    /// When there is none, or no one in particular.
    pub fn choose(&self, prefix: Option<&str>) -> Result<DeskPlace, HomeError> {
        let mut desks = self.desks()?;
        let ids = desks.iter().map(|desk| desk.id.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(prefix) = prefix {
            desks.retain(|desk| desk.id.starts_with(&prefix.to_ascii_lowercase()));
        }
        match (desks.len(), prefix) {
            (1, _) => desks.pop().ok_or(HomeError::NoDesk { path: self.path.display().to_string() }),
            (0, None) => Err(HomeError::NoDesk { path: self.path.display().to_string() }),
            (0, Some(prefix)) => Err(HomeError::NotThisOne { prefix: prefix.to_owned(), ids }),
            (count, _) => Err(HomeError::Several { count, ids }),
        }
    }

    /// Desks that asked to join a mission and wait for its statements.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn waiting(&self) -> Result<Vec<DeskPlace>, HomeError> {
        let folder = self.path.join("waiting");
        if folder.exists() { list(&folder) } else { Ok(Vec::new()) }
    }

    pub(crate) fn make_waiting(&self, device: counterseal_model::DeviceId) -> Result<DeskPlace, HomeError> {
        let id: String = device.to_string().chars().take(DIGITS).collect();
        let dir = self.path.join("waiting").join(&id);
        make_private_dir(&dir)?;
        Ok(DeskPlace { id, dir })
    }

    pub(crate) fn forget_waiting(&self, place: &DeskPlace) -> Result<(), HomeError> {
        fs::remove_dir_all(&place.dir).map_err(|e| HomeError::io("remove", &place.dir, e))
    }

    /// A folder for a desk in the making; `settle` gives it its name once it is whole.
    pub(crate) fn make_unfinished(
        &self,
        device: counterseal_model::DeviceId,
    ) -> Result<DeskPlace, HomeError> {
        let id: String = device.to_string().chars().take(DIGITS).collect();
        let dir = self.path.join("desks").join(format!("unfinished-{id}"));
        if dir.exists() {
            fs::remove_dir_all(&dir).map_err(|e| HomeError::io("clear", &dir, e))?;
        }
        make_private_dir(&dir)?;
        Ok(DeskPlace { id, dir })
    }

    /// Gives a finished desk its name: from now on it exists.
    pub(crate) fn settle(&self, unfinished: &DeskPlace) -> Result<DeskPlace, HomeError> {
        let dir = self.path.join("desks").join(&unfinished.id);
        fs::rename(&unfinished.dir, &dir).map_err(|e| HomeError::io("name", &dir, e))?;
        flush_directory(&self.path.join("desks")).map_err(|e| HomeError::io("name", &dir, e))?;
        Ok(DeskPlace { id: unfinished.id.clone(), dir })
    }
}

impl DeskPlace {
    /// What the key file says of itself, unproved.
    ///
    /// # Errors
    /// When it cannot be read or is none.
    pub fn header(&self) -> Result<KeyFileHeader, crate::error::NodeError> {
        Ok(KeyFileHeader::peek(&self.read_key()?)?)
    }

    pub(crate) fn read_key(&self) -> Result<Vec<u8>, HomeError> {
        let path = self.dir.join(KEY_FILE);
        fs::read(&path).map_err(|e| HomeError::io("read", &path, e))
    }

    pub(crate) fn read_waiting(&self) -> Result<Vec<u8>, HomeError> {
        let path = self.dir.join(WAITING_FILE);
        fs::read(&path).map_err(|e| HomeError::io("read", &path, e))
    }

    pub(crate) fn write_waiting(&self, bytes: &[u8]) -> Result<(), HomeError> {
        let path = self.dir.join(WAITING_FILE);
        replace(&self.dir, WAITING_FILE, bytes).map_err(|e| HomeError::io("write", &path, e))
    }

    pub(crate) fn write_key(&self, bytes: &[u8]) -> Result<(), HomeError> {
        replace(&self.dir, KEY_FILE, bytes).map_err(|e| HomeError::io("write", &self.dir.join(KEY_FILE), e))
    }
}

/// Writes a file that only its owner may read, and that must not be there yet.
///
/// # Errors
/// When it is there, or cannot be written.
pub fn write_new_private(path: &Path, bytes: &[u8]) -> Result<(), HomeError> {
    use io::Write;
    let mut file =
        private().create_new(true).write(true).open(path).map_err(|e| HomeError::io("make", path, e))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    written.and_then(|()| flush_directory(parent)).map_err(|e| HomeError::io("write", path, e))
}

/// The desks in a folder, in order of their ids.
fn list(folder: &Path) -> Result<Vec<DeskPlace>, HomeError> {
    let failed = |e| HomeError::io("read", folder, e);
    let mut desks = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let id = entry.file_name().to_string_lossy().into_owned();
        let named = id.len() == DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit());
        if named && entry.path().join(KEY_FILE).exists() {
            desks.push(DeskPlace { id, dir: entry.path() });
        }
    }
    desks.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(desks)
}

fn make_private_dir(dir: &Path) -> Result<(), HomeError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|e| HomeError::io("make", dir, e))
}

/// The service that copies a folder elsewhere, as far as its path tells.
fn synced_by(path: &Path) -> Option<&'static str> {
    const SERVICES: [(&str, &str); 7] = [
        ("dropbox", "Dropbox"),
        ("onedrive", "OneDrive"),
        ("google drive", "Google Drive"),
        ("googledrive", "Google Drive"),
        ("icloud", "iCloud"),
        ("nextcloud", "Nextcloud"),
        ("mobile documents", "iCloud"),
    ];
    path.components().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        SERVICES.iter().find(|(mark, _)| name.starts_with(mark)).map(|(_, service)| *service)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_in_a_synchronised_folder_is_refused_and_the_service_named() {
        let dir = tempfile::TempDir::new().unwrap();
        let error = Home::open(&dir.path().join("OneDrive - Mission").join("cs")).unwrap_err().to_string();
        assert!(error.contains("OneDrive") && error.contains("--home"), "{error}");
        assert!(!dir.path().join("OneDrive - Mission").exists(), "nothing was made");
    }

    #[test]
    fn an_empty_home_says_what_to_do() {
        let dir = tempfile::TempDir::new().unwrap();
        let error = Home::open(dir.path()).unwrap().choose(None).unwrap_err().to_string();
        assert!(error.contains("mission new"), "{error}");
    }
}

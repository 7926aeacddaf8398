//! Copies: one place from the other, a backup, and a store from a backup.

use std::fs::File;
use std::io;
use std::path::Path;

use rusqlite::Connection;

use super::error::StoreError;
use super::open::Opened;
use super::place::{
    DATABASE, KEYS, Place, connect, damaged, flush_directory, head_of, make_dir, private, read_if_there,
    replace,
};
use super::restored::RESTORED;
use super::{Hands, Places, Step, Store};

/// A database that is being made.
const UNFINISHED: &str = "store.db.unfinished";

impl Store {
    /// Writes the whole database, consistent, into one new file. It holds no segment's key, so it opens nothing alone.
    ///
    /// # Errors
    /// When the file is there, or what the disks say.
    pub fn backup(&mut self, to: &Path) -> Result<(), StoreError> {
        self.usable()?;
        self.first.fold()?;
        let failed = || StoreError::io("write the backup");
        let mut new = private().create_new(true).write(true).open(to).map_err(failed())?;
        let mut database = File::open(self.first.dir.join(DATABASE)).map_err(failed())?;
        let copied = io::copy(&mut database, &mut new).and_then(|_| new.sync_all());
        copied.and_then(|()| folder_of(to).map_or(Ok(()), flush_directory)).map_err(failed())
    }

    /// Writes the segments' keys into a file, in the place of the one that is there. With a backup it is all that the
    /// trustee's key file opens; written again after each erasure, so that what was erased stays so.
    ///
    /// # Errors
    /// What the disks say.
    pub fn backup_keys(&mut self, to: &Path) -> Result<(), StoreError> {
        self.usable()?;
        let bytes = self.keys.seal(&mut self.hands.rng, &self.hands.root)?;
        let (Some(dir), Some(name)) = (folder_of(to), to.file_name().and_then(|name| name.to_str())) else {
            return Err(StoreError::io("write the segments' keys")(io::ErrorKind::InvalidFilename.into()));
        };
        replace(dir, name, &bytes).map_err(StoreError::io("write the segments' keys"))
    }

    /// Makes both places anew from a backup and the segments' keys. What came of it is marked as restored.
    ///
    /// # Errors
    /// `Occupied` when there is a store in one of them; `Damaged` when the files do not open under this key file.
    pub fn restore(
        places: &Places,
        backup: &Path,
        keys: &Path,
        mut hands: Hands,
    ) -> Result<(Self, Opened), StoreError> {
        vacant("first", &places.first)?;
        vacant("second", &places.second)?;
        let keys = read_if_there(keys)?.ok_or(StoreError::Missing { place: "backup" })?;
        let root = &hands.root;
        counterseal_seal::SegmentKeys::open(root, &keys)
            .map_err(|_| damaged("backup", "the segments' keys do not open"))?;
        let unfinished = copy_unfinished(backup, &places.second, &mut hands)?;
        mark(&connect("backup", &unfinished, &hands.root, None)?)?;
        let failed = || StoreError::io("restore the trustee's store");
        replace(&places.second, KEYS, &keys).map_err(failed())?;
        finish(&places.second).map_err(failed())?;
        Self::restore_first(places, hands)
    }

    /// Makes the first place anew from the second alone, and marks both as restored.
    ///
    /// # Errors
    /// `Occupied` when there is a store in the first; `Missing` or `Damaged` of the second.
    pub fn restore_first(places: &Places, mut hands: Hands) -> Result<(Self, Opened), StoreError> {
        vacant("first", &places.first)?;
        if !places.second.join(DATABASE).exists() {
            return Err(StoreError::Missing { place: "second" });
        }
        let second = Place::open("second", &places.second, &hands.root, places.most_bytes)?;
        mark(&second.db)?;
        second.fold()?;
        copy_place(&second, &places.first, &mut hands)?;
        drop(second);
        Self::open(places, hands)
    }

    /// Makes the second place anew from the first: nothing that was acknowledged is missing in it.
    ///
    /// # Errors
    /// `Occupied` when there is a store in the second; `Missing` or `Damaged` of the first.
    pub fn renew_second(places: &Places, mut hands: Hands) -> Result<(Self, Opened), StoreError> {
        vacant("second", &places.second)?;
        if !places.first.join(DATABASE).exists() {
            return Err(StoreError::Missing { place: "first" });
        }
        let first = Place::open("first", &places.first, &hands.root, places.most_bytes)?;
        first.head()?;
        first.fold()?;
        copy_place(&first, &places.second, &mut hands)?;
        drop(first);
        Self::open(places, hands)
    }
}

fn vacant(place: &'static str, dir: &Path) -> Result<(), StoreError> {
    match dir.join(DATABASE).exists() {
        true => Err(StoreError::Occupied { place }),
        false => make_dir(dir),
    }
}

/// Marks a database as restored, once.
fn mark(db: &Connection) -> Result<(), StoreError> {
    head_of("backup", db)?;
    db.execute_batch(&format!(
        "BEGIN IMMEDIATE; INSERT OR IGNORE INTO state VALUES ('{RESTORED}', x'01'); COMMIT;
         PRAGMA wal_checkpoint(TRUNCATE);"
    ))
    .map_err(StoreError::sql("mark the store as restored"))
}

/// Copies a place that was folded into another folder, keys first: a database without its keys never stands there.
pub(super) fn copy_place(from: &Place, to: &Path, hands: &mut Hands) -> Result<(), StoreError> {
    let failed = || StoreError::io("copy one place of the trustee's store to the other");
    let keys =
        from.keys_file()?.ok_or_else(|| damaged(from.name, "the file of segments' keys is missing"))?;
    copy_unfinished(&from.dir.join(DATABASE), to, hands)?;
    replace(to, KEYS, &keys).map_err(failed())?;
    finish(to).map_err(failed())
}

fn copy_unfinished(from: &Path, to: &Path, hands: &mut Hands) -> Result<std::path::PathBuf, StoreError> {
    let failed = || StoreError::io("copy the trustee's store");
    let path = to.join(UNFINISHED);
    hands.faults.enter(Step::Copy).map_err(failed())?;
    // What an earlier attempt left beside it would be taken for part of it.
    for beside in [format!("{UNFINISHED}-wal"), format!("{UNFINISHED}-shm")] {
        match std::fs::remove_file(to.join(beside)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed()(error)),
            _ => {}
        }
    }
    let mut new = private().create(true).truncate(true).write(true).open(&path).map_err(failed())?;
    let mut database = File::open(from).map_err(failed())?;
    io::copy(&mut database, &mut new).and_then(|_| new.sync_all()).map_err(failed())?;
    hands.faults.leave(Step::Copy).map_err(failed())?;
    Ok(path)
}

fn finish(dir: &Path) -> io::Result<()> {
    std::fs::rename(dir.join(UNFINISHED), dir.join(DATABASE))?;
    flush_directory(dir)
}

/// The folder of a file; of a bare file name the present one.
fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

//! One of the two places: a folder with a database and the segments' keys.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use counterseal_seal::StoreRoot;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use zeroize::Zeroizing;

use super::error::StoreError;

/// The database.
pub(super) const DATABASE: &str = "store.db";
/// The segments' keys.
pub(super) const KEYS: &str = "store.keys";
const LOCK: &str = "store.lock";
const PAGE_SIZE: u32 = 8192;

/// A place, open and locked.
pub(super) struct Place {
    pub(super) name: &'static str,
    pub(super) dir: PathBuf,
    pub(super) db: Connection,
    /// Held, and so locked, as long as the place is open.
    _lock: File,
}

impl Place {
    pub(super) fn open(
        name: &'static str,
        dir: &Path,
        root: &StoreRoot,
        most_bytes: Option<u64>,
    ) -> Result<Self, StoreError> {
        let lock = take_lock(name, dir)?;
        let db = connect(name, &dir.join(DATABASE), root, most_bytes)?;
        Ok(Self { name, dir: dir.to_owned(), db, _lock: lock })
    }

    /// Number and id of the last commit.
    pub(super) fn head(&self) -> Result<(u64, [u8; 16]), StoreError> {
        head_of(self.name, &self.db)
    }

    pub(super) fn keys_file(&self) -> Result<Option<Vec<u8>>, StoreError> {
        read_if_there(&self.dir.join(KEYS))
    }

    /// Brings the write-ahead file into the database, so that the file alone is the whole store.
    pub(super) fn fold(&self) -> Result<(), StoreError> {
        let sql = StoreError::sql("fold the write-ahead file into the database");
        let busy: i64 =
            self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(sql)?;
        if busy == 0 { Ok(()) } else { Err(StoreError::InUse { place: self.name }) }
    }

    /// Whether every page that was read passed its check: SQLCipher hands one that fails to SQLite as zeros and
    /// shows it by a read-only database (docs/spec/store.md, section 8).
    pub(super) fn every_page_was_authentic(&self) -> Result<(), StoreError> {
        match self.db.is_readonly(rusqlite::MAIN_DB).map_err(StoreError::sql("read the store"))? {
            false => Ok(()),
            true => Err(damaged(self.name, "a page of the database failed its check")),
        }
    }
}

pub(super) fn damaged(place: &'static str, what: impl Into<String>) -> StoreError {
    StoreError::Damaged { place, what: what.into() }
}

pub(super) fn head_of(name: &'static str, db: &Connection) -> Result<(u64, [u8; 16]), StoreError> {
    let found = db
        .query_row("SELECT number, id FROM meta", [], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?))
        })
        .optional();
    match found {
        Ok(Some(head)) => Ok(head),
        Ok(None) => Err(damaged(name, "the database does not say which commit it is at")),
        Err(error) => Err(damaged(name, format!("the database cannot be read: {error}"))),
    }
}

/// Opens a database file under the root's key, or makes an empty one.
pub(super) fn connect(
    name: &'static str,
    path: &Path,
    root: &StoreRoot,
    most_bytes: Option<u64>,
) -> Result<Connection, StoreError> {
    let made = private().create(true).truncate(false).write(true).open(path);
    made.map_err(StoreError::io("open the trustee's store"))?;
    let key = root.derive_database_key();
    let raw_key =
        Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *Zeroizing::new(hex::encode(key.reveal()))));
    let pages = most_bytes.map(|most| (most / u64::from(PAGE_SIZE)).max(1));
    set_up(path, &raw_key, pages).map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            damaged(name, "the database does not open under this trustee's key file")
        }
        _ => StoreError::sql("open the trustee's store")(error),
    })
}

fn set_up(path: &Path, raw_key: &str, most_pages: Option<u64>) -> rusqlite::Result<Connection> {
    let db = Connection::open(path)?;
    db.execute_batch(raw_key)?;
    db.execute_batch(&format!(
        "PRAGMA cipher_log_level = NONE;
         PRAGMA cipher_page_size = {PAGE_SIZE};
         PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -65536;"
    ))?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 2000;")?;
    if let Some(pages) = most_pages {
        db.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    Ok(db)
}

fn take_lock(name: &'static str, dir: &Path) -> Result<File, StoreError> {
    let failed = || StoreError::io("lock the trustee's store");
    let file = private().create(true).truncate(false).write(true).open(dir.join(LOCK)).map_err(failed())?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse { place: name }),
        Err(TryLockError::Error(e)) => Err(failed()(e)),
    }
}

/// Options that open files for their owner alone, where the system knows owners.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder for its owner alone, and those above it.
pub(super) fn make_dir(dir: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(dir).map_err(StoreError::io("make a folder of the trustee's store"))
}

pub(super) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read the trustee's store")(error)),
    }
}

/// Writes a file so that a reader finds the old one or the new one, never a mixture; what the old one held is then
/// written over, as far as the medium lets us.
pub(super) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let (new, path) = (dir.join(format!("{name}.new")), dir.join(name));
    let mut file = private().create(true).truncate(true).write(true).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let old = private().write(true).open(&path).ok();
    std::fs::rename(&new, &path)?;
    flush_directory(dir)?;
    if let Some(mut old) = old {
        // A best effort: the new file counts already.
        let _unwritten = wipe(&mut old);
    }
    Ok(())
}

fn wipe(file: &mut File) -> io::Result<()> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
    file.sync_all()
}

/// Makes a rename durable. Windows has no such call and does not need it.
pub(super) fn flush_directory(dir: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

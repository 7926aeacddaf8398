//! Creating and opening a store. Opening checks everything that can be checked without a passphrase
//! guesser's hour: the head, the commit records, the write-ahead file, and a tag of every page.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::Arc;

use counterseal_model::Clock;
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use zeroize::Zeroizing;

use super::commits::CommitLog;
use super::error::StoreError;
use super::faults::Faults;
use super::files::{self, DATABASE, HEAD, LOCK, WAL};
use super::head::{Head, Tag};
use super::wal::{WalReader, tag_of};
use super::{FOLD_AT, Opened, PAGE_SIZE, RESERVE, Store, StoreKeys};

impl Store {
    /// Makes an empty store in `dir`, which must exist and hold none; `schema` is SQL.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub(crate) fn create(
        dir: &Path,
        keys: &StoreKeys,
        schema: &str,
        clock: Arc<dyn Clock + Send + Sync>,
        faults: Arc<dyn Faults>,
    ) -> Result<Self, StoreError> {
        let lock = take_lock(dir)?;
        // For its owner alone; SQLite gives the write-ahead file the same mode.
        let made = files::private().create_new(true).write(true).open(dir.join(DATABASE));
        made.map_err(|e| StoreError::io("make store.db", e))?;
        let db = connect(dir, &keys.database)?;
        db.execute_batch(schema).map_err(|e| StoreError::sql("lay out the store", e))?;
        let mut store = Self {
            db,
            dir: dir.to_owned(),
            head: Head::empty(),
            commits: CommitLog::create(dir)?,
            wal: WalReader::new(dir),
            freshness: keys.freshness.clone(),
            clock,
            faults,
            fold_at: FOLD_AT,
            staged: false,
            poisoned: false,
            _lock: lock,
        };
        store.head.made = store.clock.now();
        // What is in the file before the first commit record is vouched for by the first head.
        store.checkpoint("TRUNCATE")?;
        store.head.tags = page_tags(dir)?;
        store.fold(false)?;
        Ok(store)
    }

    /// Opens the store in `dir`.
    ///
    /// # Errors
    /// `InUse`, `Missing`, or `Damaged`, which names the file and the page.
    pub(crate) fn open(
        dir: &Path,
        keys: &StoreKeys,
        clock: Arc<dyn Clock + Send + Sync>,
        faults: Arc<dyn Faults>,
    ) -> Result<(Self, Opened), StoreError> {
        if !dir.join(DATABASE).exists() && !dir.join(HEAD).exists() {
            return Err(StoreError::Missing { dir: dir.display().to_string() });
        }
        let lock = take_lock(dir)?;
        let mut head = Head::load(dir, &keys.freshness)?;
        let tags = page_tags(dir)?;
        let vouched = head.tags.clone();
        let mut commits = CommitLog::open(dir, head.generation, &keys.freshness)?;
        let mut wal = WalReader::new(dir);
        let replayed = wal.replay(commits.last(), commits.superseded(), &mut head)?;
        commits.settle()?;
        check_pages(&vouched, &tags, |page| replayed.contains(&page))?;
        let opened = Opened {
            clean: !head.in_use && commits.last().is_none(),
            replayed: commits.last().map_or(0, |record| record.number - head.commit),
            last_commit: Some(commits.last().map_or(head.made, |record| record.made)),
        };
        let db = connect(dir, &keys.database)?;
        check_recovered(&db, wal.frames)?;
        let freshness = keys.freshness.clone();
        let dir = dir.to_owned();
        let store = Self {
            db,
            dir,
            head,
            commits,
            wal,
            freshness,
            clock,
            faults,
            fold_at: FOLD_AT,
            staged: false,
            poisoned: false,
            _lock: lock,
        };
        Ok((store, opened))
    }

    /// Folds the write-ahead file in once it holds this many bytes; tests make it small.
    #[cfg(test)]
    pub(super) fn set_fold_at(&mut self, bytes: u64) {
        self.fold_at = bytes;
    }
}

/// SQLite passes over a write-ahead file whose own checksums fail, which would silently be an older
/// state: it must have taken up every frame that was acknowledged.
fn check_recovered(db: &Connection, frames: u64) -> Result<(), StoreError> {
    let recovered = db.query_row("PRAGMA wal_checkpoint(NOOP)", [], |row| row.get::<_, i64>(1));
    let recovered = recovered.map_err(|e| StoreError::sql("open store.db", e))?;
    match u64::try_from(recovered.max(0)) {
        Ok(found) if found == frames => Ok(()),
        _ => Err(StoreError::damaged(WAL, format!("{recovered} of {frames} acknowledged pages are sound"))),
    }
}

fn take_lock(dir: &Path) -> Result<File, StoreError> {
    let failed = |e: io::Error| StoreError::io("lock the store", e);
    let file =
        files::private().create(true).truncate(false).write(true).open(dir.join(LOCK)).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(e)) => Err(failed(e)),
    }
}

/// Every page of the database file must be the one the head vouches for, unless a newer version of
/// it is in the write-ahead file.
fn check_pages(
    vouched: &[[u8; 16]],
    found: &[[u8; 16]],
    replaced: impl Fn(u32) -> bool,
) -> Result<(), StoreError> {
    let mut page: u32 = 0;
    let mut bad = Vec::new();
    for index in 0..vouched.len().max(found.len()) {
        page += 1;
        if vouched.get(index) != found.get(index) && !replaced(page) {
            bad.push(page.to_string());
        }
    }
    match bad.len() {
        0 => Ok(()),
        1..=20 => Err(StoreError::damaged(DATABASE, format!("page {}", bad.join(", ")))),
        many => Err(StoreError::damaged(
            DATABASE,
            format!("{many} of {} pages, the first is page {}", vouched.len(), bad.first().map_or("", |p| p)),
        )),
    }
}

/// Pages that are worth a thread of their own.
const PAGES_A_THREAD: u64 = 8192;

/// The tag of every page in the database file. Reading the tails of a million records' pages takes
/// long enough to share it among threads.
fn page_tags(dir: &Path) -> Result<Vec<Tag>, StoreError> {
    let failed = |e: io::Error| StoreError::io("read store.db", e);
    let path = dir.join(DATABASE);
    let length = std::fs::metadata(&path).map_err(failed)?.len();
    let page = u64::from(PAGE_SIZE);
    let pages = length / page;
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64).min(4);
    let share = pages.div_ceil(threads).max(PAGES_A_THREAD);
    std::thread::scope(|scope| {
        let starts = (0..pages).step_by(usize::try_from(share).unwrap_or(usize::MAX));
        let parts: Vec<_> = starts
            .map(|first| {
                let path = &path;
                scope.spawn(move || tags_between(path, first, (first + share).min(pages)))
            })
            .collect();
        let mut tags = Vec::with_capacity(usize::try_from(pages).unwrap_or(0));
        for part in parts {
            let read = part.join().unwrap_or_else(|_| Err(io::Error::other("a reading thread failed")));
            tags.extend(read.map_err(failed)?);
        }
        if length % page != 0 {
            // A fold that was cut off can leave half a page; its whole self is in the write-ahead file.
            tags.push(Tag::default());
        }
        Ok(tags)
    })
}

/// The tags of pages `first` to before `end`, counted from 0.
fn tags_between(path: &Path, first: u64, end: u64) -> io::Result<Vec<Tag>> {
    let mut file = File::open(path)?;
    let mut tags = Vec::with_capacity(usize::try_from(end - first).unwrap_or(0));
    let mut tail = [0; RESERVE];
    for number in first..end {
        let at = (number + 1) * u64::from(PAGE_SIZE) - RESERVE as u64;
        let read = files::read_at(&mut file, at, &mut tail)?;
        tags.push(tag_of(&tail).filter(|_| read).ok_or(io::ErrorKind::UnexpectedEof)?);
    }
    Ok(tags)
}

fn connect(dir: &Path, key: &[u8; 32]) -> Result<Connection, StoreError> {
    let sql = |e| StoreError::sql("open store.db", e);
    let db = Connection::open(dir.join(DATABASE)).map_err(sql)?;
    // Closing must not fold: that would change pages that no head vouches for.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(sql)?;
    let raw_key = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", *Zeroizing::new(hex::encode(key))));
    db.execute_batch(&raw_key).map_err(sql)?;
    db.execute_batch(&format!(
        "PRAGMA cipher_log_level = NONE;
         PRAGMA cipher_page_size = {PAGE_SIZE};
         PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = FAST;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -262144;"
    ))
    .map_err(sql)?;
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).map_err(sql)?;
    db.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;").map_err(sql)?;
    Ok(db)
}

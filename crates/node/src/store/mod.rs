//! The desk's store: one SQLCipher database, with one commit point, whose every page is vouched for.
//!
//! # Contract
//! - **Durability.** When `Store::commit` returns `Ok`, what was written survives a crash or a loss
//!   of power. The commit point is one place: the record appended and flushed to `store.commits`.
//!   Before it, nothing of the transaction survives; after it, everything does.
//! - **Order.** Commits are numbered without gaps. A store reopens at exactly the last commit.
//! - **Recovery is the normal path.** Opening after a crash and opening after a clean close run the
//!   same steps; after a crash there is more to replay.
//! - **Freshness.** SQLCipher authenticates each page, but an old page put back is authentic too.
//!   `store.head` holds a tag of every page of the database file, and `store.commits` a running
//!   digest of every page in the write-ahead file; both are authenticated with a key from the key
//!   file. A page that is not the one last written is found at opening and named. What no local file
//!   can show is the *whole* home put back as it was: the hub and other desks show that.
//!
//! After any failure to write, the store is poisoned: it answers nothing more until it is reopened,
//! so that memory and disk can't disagree.

mod commits;
mod error;
mod faults;
mod files;
mod head;
#[cfg(test)]
mod on_disk;
mod open;
#[cfg(test)]
mod tests;
mod wal;

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use counterseal_model::{Clock, Timestamp};
use rusqlite::Connection;
use zeroize::Zeroizing;

use commits::{CommitLog, CommitRecord};
pub use error::StoreError;
pub(crate) use faults::NoFaults;
pub use faults::{Faults, Step};
pub(crate) use files::{flush_directory, private, replace};
use head::Head;
#[cfg(test)]
pub(crate) use on_disk::on_disk;
use wal::WalReader;

/// Bytes in a database page. Larger than SQLite's usual 4096: fewer page tags, and full text likes it.
pub const PAGE_SIZE: u32 = 8192;

/// Bytes at the end of each page that SQLCipher keeps for itself: a 16-byte IV and HMAC-SHA256.
pub(crate) const RESERVE: usize = 48;

/// Bytes of the write-ahead file after which it is folded into the database.
const FOLD_AT: u64 = 256 * 1024 * 1024;

/// The keys a store needs, derived from the store root in the key file.
pub(crate) struct StoreKeys {
    /// The database's raw key.
    pub database: Zeroizing<[u8; 32]>,
    /// Authenticates `store.head` and `store.commits`.
    pub freshness: Zeroizing<[u8; 32]>,
}

/// How a store was found when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opened {
    /// Whether it was closed properly; if not, a new journal must begin (PROTOCOL 5).
    pub clean: bool,
    /// Commits that were replayed because the store was not closed properly.
    pub replayed: u64,
    /// When the last commit was made.
    pub last_commit: Option<Timestamp>,
}

/// An open store. One process has it at a time.
pub(crate) struct Store {
    db: Connection,
    dir: PathBuf,
    head: Head,
    commits: CommitLog,
    wal: WalReader,
    freshness: Zeroizing<[u8; 32]>,
    clock: Arc<dyn Clock + Send + Sync>,
    faults: Arc<dyn Faults>,
    fold_at: u64,
    /// Whether a transaction is open.
    staged: bool,
    poisoned: bool,
    /// Held, and so locked, as long as the store is open.
    _lock: File,
}

/// The page that SQLCipher names in what it found: the number after the word.
fn page_in(found: &str) -> Option<u32> {
    let mut words = found.split(' ').skip_while(|word| *word != "page").skip(1);
    words.next()?.parse().ok()
}

/// Writes a table's rows anew. A page that SQLite split keeps, between its rows, copies of rows that moved to another
/// page, which `secure_delete` does not find when they are deleted there; emptying the table overwrites every page.
fn write_anew(tx: &Connection, table: &str) -> Result<(), StoreError> {
    tx.execute_batch(&format!(
        "CREATE TEMP TABLE stays AS SELECT * FROM main.{table};
         DELETE FROM main.{table};
         INSERT INTO main.{table} SELECT * FROM stays;
         DROP TABLE stays;"
    ))
    .map_err(|e| StoreError::sql("overwrite what is deleted", e))
}

impl Store {
    /// Runs `work` in one transaction and makes it durable.
    ///
    /// # Errors
    /// What `work` returns (nothing is changed then), or a `StoreError` after which the store must
    /// be reopened: whether the transaction survived is then decided by what reached the disk.
    pub(crate) fn commit<T, E>(&mut self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let made = self.stage(work)?;
        self.poisoned = true;
        self.staged = false;
        let at = self.faults.enter(Step::WalCommit);
        at.map_err(|e| StoreError::io("write the transaction", e))?;
        self.db.execute_batch("COMMIT").map_err(|e| StoreError::sql("write the transaction", e))?;
        self.faults.leave(Step::WalCommit).map_err(|e| StoreError::io("write the transaction", e))?;
        self.acknowledge()?;
        self.poisoned = false;
        if self.wal.bytes() >= self.fold_at {
            // The transaction is durable whatever becomes of this; a failure poisons the store, and
            // the next call says so.
            let _poisoned = self.fold(true);
        }
        Ok(made)
    }

    /// Runs `work` in the transaction that the next `commit` makes durable, so that long work need not
    /// be held in memory. Reading sees it; a crash, an error or `undo_staged` undoes all of it.
    ///
    /// # Errors
    /// What `work` returns, or that the store is poisoned; everything staged is undone then.
    pub(crate) fn stage<T, E>(&mut self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.usable()?;
        self.mark_in_use()?;
        if !self.staged {
            self.db
                .execute_batch("BEGIN IMMEDIATE")
                .map_err(|e| StoreError::sql("begin a transaction", e))?;
            self.staged = true;
        }
        let made = work(&self.db);
        let authentic = self.every_page_was_authentic();
        if made.is_err() || authentic.is_err() {
            self.undo_staged()?;
        }
        authentic?;
        made
    }

    /// As `commit`, for work that deletes from `table` what must not stay: the pages that become free are overwritten,
    /// those that stay in use are made anew, and the write-ahead file, where all of them stood as they were, is emptied.
    ///
    /// # Errors
    /// As `commit`. What was deleted is deleted once the transaction is durable; if emptying the file fails, the
    /// store must be reopened, and closing it empties the file.
    pub(crate) fn commit_forgetting<T, E>(
        &mut self,
        table: &'static str,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        let made = self.commit_overwriting(|tx| -> Result<T, E> {
            let made = work(tx)?;
            write_anew(tx, table)?;
            Ok(made)
        })?;
        self.fold(true)?;
        Ok(made)
    }

    /// As `commit`: pages that become free by it are overwritten. As they were they stand in the write-ahead file until
    /// that is folded.
    ///
    /// # Errors
    /// As `commit`.
    pub(crate) fn commit_overwriting<T, E>(
        &mut self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.usable()?;
        self.overwrite_deleted(true)?;
        let made = self.commit(work);
        self.overwrite_deleted(false)?;
        made
    }

    fn overwrite_deleted(&self, all: bool) -> Result<(), StoreError> {
        let set = format!("PRAGMA secure_delete = {}", if all { "ON" } else { "FAST" });
        self.db.execute_batch(&set).map_err(|e| StoreError::sql("overwrite what is deleted", e))
    }

    /// Undoes what was staged and not committed.
    ///
    /// # Errors
    /// When the database refuses; the store is poisoned then.
    pub(crate) fn undo_staged(&mut self) -> Result<(), StoreError> {
        if std::mem::take(&mut self.staged) && !self.db.is_autocommit() {
            let undone = self.db.execute_batch("ROLLBACK");
            self.poisoned |= undone.is_err();
            undone.map_err(|e| StoreError::sql("undo the transaction", e))?;
        }
        Ok(())
    }

    /// Runs `work` on the connection, for reading, and gives its answer only if every page it read
    /// was authentic.
    ///
    /// SQLCipher 4.19 hands a page that fails its check to SQLite as zeros and remembers the error
    /// (`sqlite3Codec`, "deferred error"). A zeroed tree page is an error anyway; a zeroed overflow
    /// page would be part of an answer. What it remembers can be asked: the database is read-only.
    ///
    /// # Errors
    /// What `work` returns; `Damaged`, naming the page, whatever `work` returned; `Poisoned`.
    pub(crate) fn read<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E>
    where
        E: From<StoreError>,
    {
        self.usable()?;
        let answer = work(&self.db);
        self.every_page_was_authentic()?;
        answer
    }

    fn every_page_was_authentic(&self) -> Result<(), StoreError> {
        let failed =
            self.db.is_readonly(rusqlite::MAIN_DB).map_err(|e| StoreError::sql("read the store", e))?;
        if !failed {
            return Ok(());
        }
        self.check_every_page()?;
        Err(StoreError::damaged("store.db", "a page failed its check"))
    }

    /// Folds the write-ahead file into the database and closes the store properly.
    ///
    /// # Errors
    /// When writing fails; the store then reopens at its last commit.
    pub(crate) fn close(mut self) -> Result<(), StoreError> {
        self.usable()?;
        match self.head.in_use {
            true => self.fold(false),
            false => Ok(()), // nothing was written since it was opened
        }
    }

    /// Notes in the head that the store is being written, once after opening. The head in memory is
    /// the one on disk then: a store that was not closed is marked already.
    fn mark_in_use(&mut self) -> Result<(), StoreError> {
        if self.head.in_use {
            return Ok(());
        }
        self.poisoned = true;
        self.head.in_use = true;
        self.head.save(&self.dir, &self.freshness, self.faults.as_ref())?;
        self.poisoned = false;
        Ok(())
    }

    /// Every page as it is decrypted, free ones too.
    #[cfg(test)]
    pub(crate) fn pages(&mut self) -> Vec<u8> {
        self.db.serialize(rusqlite::MAIN_DB).map(|pages| pages.to_vec()).unwrap_or_default()
    }

    /// Has the disk fail where `faults` says, from now on.
    pub(crate) fn set_faults(&mut self, faults: Arc<dyn Faults>) {
        self.faults = faults;
    }

    /// Number of the last commit, from the store's creation.
    #[cfg(test)]
    pub(crate) fn last_commit(&self) -> u64 {
        self.commits.last().map_or(self.head.commit, |record| record.number)
    }

    /// Has SQLCipher read and authenticate every page.
    ///
    /// # Errors
    /// `Damaged`, naming the pages.
    pub(crate) fn check_every_page(&self) -> Result<(), StoreError> {
        self.usable()?;
        let mut statement = self
            .db
            .prepare("PRAGMA cipher_integrity_check")
            .map_err(|e| StoreError::sql("read every page", e))?;
        let found = statement
            .query_map([], |row| row.get::<_, String>(0))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|e| StoreError::sql("read every page", e))?;
        // SQLCipher looks at the database file alone. A fold that was cut off may have left half a page there,
        // whose whole self is in the write-ahead file.
        let newer = WalReader::new(&self.dir).pages(self.wal.frames)?;
        let old: Vec<_> =
            found.into_iter().filter(|what| page_in(what).is_none_or(|at| !newer.contains(&at))).collect();
        match old.is_empty() {
            true => Ok(()),
            false => Err(StoreError::damaged("store.db", old.join("; "))),
        }
    }

    fn usable(&self) -> Result<(), StoreError> {
        if self.poisoned { Err(StoreError::Poisoned) } else { Ok(()) }
    }

    /// Appends the commit record: the commit point.
    fn acknowledge(&mut self) -> Result<(), StoreError> {
        if !self.wal.read_commit(&mut self.head)? {
            return Ok(()); // the transaction changed nothing
        }
        let previous = self.commits.last();
        let record = CommitRecord {
            generation: self.head.generation,
            number: previous.map_or(self.head.commit, |record| record.number) + 1,
            salt: self.wal.salt,
            frames: self.wal.frames,
            digest: self.wal.digest,
            made: self.clock.now(),
        };
        self.commits.append(record, &self.freshness, self.faults.as_ref())
    }

    /// Moves the write-ahead file's pages into the database, vouches for them, and empties it.
    ///
    /// Each step leaves a state that opening understands: (1) pages copied, write-ahead file still
    /// vouched for; (2) new head in place, write-ahead file no longer needed; (3) both logs empty.
    fn fold(&mut self, in_use: bool) -> Result<(), StoreError> {
        self.poisoned = true;
        let faults = Arc::clone(&self.faults);
        let doing = "fold the write-ahead file into the database";
        faults.enter(Step::Fold).map_err(|e| StoreError::io(doing, e))?;
        self.checkpoint("FULL")?;
        faults.leave(Step::Fold).map_err(|e| StoreError::io(doing, e))?;
        self.head.in_use = in_use;
        self.head.generation += 1;
        self.head.commit = self.commits.last().map_or(self.head.commit, |record| record.number);
        self.head.made = self.commits.last().map_or(self.head.made, |record| record.made);
        self.head.save(&self.dir, &self.freshness, faults.as_ref())?;
        faults.enter(Step::EmptyWal).map_err(|e| StoreError::io(doing, e))?;
        self.checkpoint("TRUNCATE")?;
        // SQLite does not flush that. With the records gone and the file still there, it would hold commits that
        // nothing vouches for.
        self.wal.flush().map_err(|e| StoreError::io(doing, e))?;
        self.wal.restart();
        faults.leave(Step::EmptyWal).map_err(|e| StoreError::io(doing, e))?;
        faults.enter(Step::EmptyCommits).map_err(|e| StoreError::io(doing, e))?;
        self.commits.clear()?;
        faults.leave(Step::EmptyCommits).map_err(|e| StoreError::io(doing, e))?;
        self.poisoned = false;
        Ok(())
    }

    fn checkpoint(&self, mode: &str) -> Result<(), StoreError> {
        let doing = "fold the write-ahead file into the database";
        let busy = self
            .db
            .query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get::<_, i64>(0))
            .map_err(|e| StoreError::sql(doing, e))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::InUse) }
    }
}

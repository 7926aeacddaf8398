//! Where a witness keeps the last checkpoint of each log: one SQLite file, one row a log.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use counterseal_ledger::{
    Hash, SignedCheckpoint, Swap, TreeHead, VerifiedCheckpoint, VerifierKey, WitnessStore,
};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

/// Why a witness's store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the witness's store could not {action}: {reason}")]
pub struct WitnessStoreError {
    action: &'static str,
    reason: String,
}

impl WitnessStoreError {
    /// A store that could not do `action`, for this reason.
    #[must_use]
    pub fn new(action: &'static str, reason: impl Into<String>) -> Self {
        Self { action, reason: reason.into() }
    }
}

fn failed(action: &'static str) -> impl Fn(rusqlite::Error) -> WitnessStoreError {
    move |error| WitnessStoreError { action, reason: error.to_string() }
}

/// What a witness keeps. A trait, because tests inject the failures of a disk through it.
///
/// - **Commit point.** [`WitnessStore::compare_and_set`]: only what it has stored is cosigned, and what it has
///   stored survives a loss of power. After an error the old checkpoint or the new one may be there; the next
///   request reads which.
/// - The rest is beside it: nothing is answered that depends on it.
pub trait WitnessRecords: WitnessStore<Error = WitnessStoreError> + Send + Sync {
    /// The last checkpoint of a log, if its key still is one of these.
    ///
    /// # Errors
    /// When it cannot be read.
    fn latest(
        &self,
        origin: &str,
        keys: &[VerifierKey],
    ) -> Result<Option<VerifiedCheckpoint>, WitnessStoreError>;

    /// Keeps the cosigned note that is served to desks. Losing it loses nothing but that answer.
    ///
    /// # Errors
    /// When it cannot be written.
    fn keep_cosigned(&self, origin: &str, size: u64, note: &str) -> Result<(), WitnessStoreError>;

    /// Keeps the proof that a log has shown two trees.
    ///
    /// # Errors
    /// When it cannot be written.
    fn keep_split(&self, origin: &str, proof: &[u8]) -> Result<(), WitnessStoreError>;

    /// The newest checkpoint of a log with this witness's cosignatures.
    ///
    /// # Errors
    /// When it cannot be read.
    fn cosigned(&self, origin: &str) -> Result<Option<String>, WitnessStoreError>;
}

impl WitnessStore for Box<dyn WitnessRecords> {
    type Error = WitnessStoreError;

    fn compare_and_set(
        &self,
        old: Option<TreeHead>,
        new: &VerifiedCheckpoint,
    ) -> Result<Swap, WitnessStoreError> {
        self.as_ref().compare_and_set(old, new)
    }
}

/// The checkpoints that a witness cosigned last.
///
/// [`WitnessStore::compare_and_set`] is one transaction that takes SQLite's write lock before it reads, and
/// whose commit is flushed to the disk: no other request, thread or process comes between comparing and
/// writing, and what it has stored survives a loss of power.
#[derive(Debug)]
pub struct WitnessDatabase {
    db: Mutex<Connection>,
}

impl WitnessDatabase {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, WitnessStoreError> {
        let open = || -> rusqlite::Result<Connection> {
            let db = Connection::open(path)?;
            db.busy_timeout(Duration::from_secs(5))?;
            db.pragma_update(None, "journal_mode", "WAL")?;
            db.pragma_update(None, "synchronous", "FULL")?;
            db.execute_batch(
                "CREATE TABLE IF NOT EXISTS latest (
                   origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL);
                 CREATE TABLE IF NOT EXISTS cosigned (origin TEXT PRIMARY KEY, note TEXT NOT NULL);
                 CREATE TABLE IF NOT EXISTS split (origin TEXT NOT NULL, proof BLOB NOT NULL UNIQUE);",
            )?;
            Ok(db)
        };
        Ok(Self { db: Mutex::new(open().map_err(failed("open its file"))?) })
    }

    fn with<T>(
        &self,
        action: &'static str,
        act: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, WitnessStoreError> {
        let mut db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut db).map_err(failed(action))
    }

    /// The proofs that logs have shown two trees.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn splits(&self, origin: &str) -> Result<Vec<Vec<u8>>, WitnessStoreError> {
        self.with("read proofs", |db| {
            let mut rows = db.prepare("SELECT proof FROM split WHERE origin = ?1")?;
            rows.query_map([origin], |row| row.get(0))?.collect()
        })
    }
}

impl WitnessRecords for WitnessDatabase {
    fn latest(
        &self,
        origin: &str,
        keys: &[VerifierKey],
    ) -> Result<Option<VerifiedCheckpoint>, WitnessStoreError> {
        let note: Option<String> = self.with("read a checkpoint", |db| {
            let sql = "SELECT note FROM latest WHERE origin = ?1";
            db.query_row(sql, [origin], |row| row.get(0)).optional()
        })?;
        let Some(note) = note else { return Ok(None) };
        let unusable = |reason: String| WitnessStoreError { action: "use its checkpoint", reason };
        let signed = SignedCheckpoint::parse(note.as_bytes()).map_err(|error| unusable(error.to_string()))?;
        signed.verify(keys).map(Some).map_err(|error| unusable(error.to_string()))
    }

    fn keep_cosigned(&self, origin: &str, size: u64, note: &str) -> Result<(), WitnessStoreError> {
        self.with("keep a cosigned checkpoint", |db| {
            // A later request may have been quicker.
            let sql = "REPLACE INTO cosigned (origin, note) SELECT ?1, ?2
                WHERE EXISTS (SELECT 1 FROM latest WHERE origin = ?1 AND size = ?3)";
            db.execute(sql, params![origin, note, i64::try_from(size).unwrap_or(i64::MAX)]).map(drop)
        })
    }

    fn keep_split(&self, origin: &str, proof: &[u8]) -> Result<(), WitnessStoreError> {
        let sql = "INSERT OR IGNORE INTO split (origin, proof) VALUES (?1, ?2)";
        self.with("keep a proof", |db| db.execute(sql, params![origin, proof]).map(drop))
    }

    fn cosigned(&self, origin: &str) -> Result<Option<String>, WitnessStoreError> {
        self.with("read a cosigned checkpoint", |db| {
            let sql = "SELECT note FROM cosigned WHERE origin = ?1";
            db.query_row(sql, [origin], |row| row.get(0)).optional()
        })
    }
}

impl WitnessStore for WitnessDatabase {
    type Error = WitnessStoreError;

    fn compare_and_set(
        &self,
        old: Option<TreeHead>,
        new: &VerifiedCheckpoint,
    ) -> Result<Swap, WitnessStoreError> {
        self.with("replace a checkpoint", |db| {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let there: Option<(i64, [u8; 32])> = change
                .query_row(
                    "SELECT size, root FROM latest WHERE origin = ?1",
                    [new.origin().as_str()],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let head = |(size, root): (i64, _)| TreeHead {
                size: u64::try_from(size).unwrap_or(0),
                root: Hash::from_bytes(root),
            };
            let there = there.map(head);
            if there != old {
                return Ok(Swap::Differs { size: there.map_or(0, |head| head.size) });
            }
            let size = i64::try_from(new.head().size).unwrap_or(i64::MAX);
            change.execute(
                "REPLACE INTO latest (origin, size, root, note) VALUES (?1, ?2, ?3, ?4)",
                params![new.origin().as_str(), size, new.head().root.as_bytes(), new.to_string()],
            )?;
            change.commit()?;
            Ok(Swap::Stored)
        })
    }
}

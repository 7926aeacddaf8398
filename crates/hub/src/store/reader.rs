//! The reading side: a few connections that see whole commits and never wait for the writer.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use counterseal_ledger::{Bundle, Hash, Tile, TreeHead, encode_bundle};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, statement_leaf};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::rows::{failed, index, int, number_of};
use super::schema::open_reader;
use super::{Covers, Fetched, StoreError};

/// Connections that are kept open while nobody reads.
const SPARE: usize = 8;
/// Connections that are open at a time; each may hold megabytes of pages. Whoever comes then waits for one.
const OPEN: usize = 32;

/// Reads the store. Clones share their connections. Every call may block: not for an async task.
#[derive(Debug, Clone)]
pub struct StoreReader {
    path: PathBuf,
    pool: Arc<Pool>,
}

#[derive(Debug, Default)]
struct Pool {
    connections: Mutex<Connections>,
    free: Condvar,
}

#[derive(Debug, Default)]
struct Connections {
    spare: Vec<Connection>,
    in_use: usize,
}

impl Pool {
    fn lock(&self) -> MutexGuard<'_, Connections> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection that is open, or leave to open one.
    fn take(&self) -> Option<Connection> {
        let wait = |there: &mut Connections| there.in_use >= OPEN;
        let there = self.free.wait_while(self.lock(), wait);
        let mut there = there.unwrap_or_else(PoisonError::into_inner);
        there.in_use += 1;
        there.spare.pop()
    }

    fn give_back(&self, connection: Option<Connection>) {
        let mut there = self.lock();
        there.in_use = there.in_use.saturating_sub(1);
        if there.spare.len() < SPARE {
            there.spare.extend(connection);
        }
        drop(there);
        self.free.notify_one();
    }
}

/// One row of the statement log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Its index.
    pub index: u64,
    /// The envelope, or the mark's leaf.
    pub bytes: Vec<u8>,
    /// When the hub took it.
    pub at: Timestamp,
}

/// Where an entry stands that is looked for by its id or its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Index of its leaf.
    pub index: u64,
    /// Its id.
    pub id: EntryId,
}

/// An entry that a device is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// Index of its leaf.
    pub index: u64,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// Bytes in plain form.
    pub size: u64,
}

/// How much of a large entry is kept, pushed by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptPieces {
    /// The entry.
    pub entry: EntryId,
    /// Bytes kept.
    pub bytes: u64,
}

impl StoreReader {
    /// Opens the file.
    ///
    /// # Errors
    /// When it cannot be opened or is not a hub's store.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let first = open_reader(path)?;
        let pool = Arc::new(Pool::default());
        pool.lock().spare.push(first);
        Ok(Self { path: path.to_owned(), pool })
    }

    pub(super) fn read<T>(
        &self,
        action: &'static str,
        act: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let opened = self.pool.take().map_or_else(|| open_reader(&self.path), Ok);
        let (read, db) = match opened {
            Ok(db) => (act(&db).map_err(|error| failed(action, &error)), Some(db)),
            Err(error) => (Err(error), None),
        };
        self.pool.give_back(db.filter(|_| read.is_ok()));
        read
    }

    /// How many leaves of a log are durable.
    ///
    /// # Errors
    /// As every method here: when the store cannot be read.
    pub fn size(&self, log: LogKind) -> Result<u64, StoreError> {
        let sql = match log {
            LogKind::Statements => "SELECT coalesce(max(idx) + 1, 0) FROM statement",
            LogKind::Journal => "SELECT coalesce(max(idx) + 1, 0) FROM leaf",
        };
        self.read("read a log's size", |db| db.query_row(sql, [], |row| row.get(0))).map(index)
    }

    /// A log's newest checkpoint: head and note.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn checkpoint(&self, log: LogKind) -> Result<Option<(TreeHead, String)>, StoreError> {
        self.read("read a checkpoint", |db| {
            let sql = "SELECT size, root, note FROM checkpoint WHERE log = ?1";
            db.query_row(sql, [number_of(log)], |row| {
                let head = TreeHead { size: index(row.get(0)?), root: Hash::from_bytes(row.get(1)?) };
                Ok((head, row.get(2)?))
            })
            .optional()
        })
    }

    /// A log's newest cosigned checkpoint: size and note.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn cosigned(&self, log: LogKind) -> Result<Option<(u64, String)>, StoreError> {
        self.read("read a cosigned checkpoint", |db| {
            let sql = "SELECT size, note FROM cosigned WHERE log = ?1";
            db.query_row(sql, [number_of(log)], |row| Ok((index(row.get(0)?), row.get(1)?))).optional()
        })
    }

    /// Statements and marks from an index on, before `to`: about so many bytes, at least one if there is one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statements(&self, range: Range<u64>, most_bytes: usize) -> Result<Vec<LogRow>, StoreError> {
        self.read("read statements", |db| {
            let sql = "SELECT idx, bytes, at FROM statement WHERE idx >= ?1 AND idx < ?2 ORDER BY idx";
            let mut rows = db.prepare_cached(sql)?;
            let rows = rows.query_map([int(range.start), int(range.end)], |row| {
                Ok(LogRow { index: index(row.get(0)?), bytes: row.get(1)?, at: Timestamp(row.get(2)?) })
            })?;
            take_bytes(rows, most_bytes, |row| row.bytes.len())
        })
    }

    /// The index of a statement.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn statement_index(&self, id: &[u8; 32]) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT idx FROM statement WHERE id = ?1";
        self.read("look for a statement", |db| db.query_row(sql, [id], |row| row.get(0)).optional())
            .map(|found| found.map(index))
    }

    /// Leaves of the journal log from an index on, at most so many.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn leaves(&self, from: u64, most: usize) -> Result<Vec<[u8; JournalLeaf::LEN]>, StoreError> {
        self.read("read leaves", |db| {
            let mut rows =
                db.prepare_cached("SELECT leaf FROM leaf WHERE idx >= ?1 ORDER BY idx LIMIT ?2")?;
            rows.query_map([int(from), int(most as u64)], |row| row.get(0))?.collect()
        })
    }

    /// When a leaf of the journal log was taken.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn leaf_at(&self, at: u64) -> Result<Option<Timestamp>, StoreError> {
        let sql = "SELECT at FROM leaf WHERE idx = ?1";
        self.read("read a leaf", |db| {
            db.query_row(sql, [int(at)], |row| row.get(0).map(Timestamp)).optional()
        })
    }

    /// The leaves of a log as they are hashed, from an index on, at most so many.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn log_leaves(&self, log: LogKind, from: u64, most: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        match log {
            LogKind::Journal => Ok(self.leaves(from, most)?.into_iter().map(Vec::from).collect()),
            LogKind::Statements => {
                let rows = self.statements(from..from.saturating_add(most as u64), usize::MAX)?;
                Ok(rows.iter().map(|row| statement_leaf(&row.bytes).into_owned()).collect())
            }
        }
    }

    /// How much the time marks cover, and when the last was set; none when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn marked(&self) -> Result<Option<(Covers, Timestamp)>, StoreError> {
        self.read("read the time marks", |db| {
            let sql = "SELECT covers, covers_journal, at FROM statement WHERE covers IS NOT NULL
                ORDER BY idx DESC LIMIT 1";
            db.query_row(sql, [], |row| {
                let covers = Covers { statements: index(row.get(0)?), journal: index(row.get(1)?) };
                Ok((covers, Timestamp(row.get(2)?)))
            })
            .optional()
        })
    }

    /// Whether a statement, and not only a mark, stands within a range.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_statement(&self, within: Range<u64>) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM statement WHERE idx >= ?1 AND idx < ?2 AND covers IS NULL)";
        let key = [int(within.start), int(within.end)];
        self.read("look for statements", |db| db.query_row(sql, key, |row| row.get(0)))
    }

    /// Where an entry stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entry_index(&self, id: EntryId) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT idx FROM entry WHERE id = ?1";
        self.read("look for an entry", |db| db.query_row(sql, [id.as_bytes()], |row| row.get(0)).optional())
            .map(|found| found.map(index))
    }

    /// The entries at one place of a journal: more than one is evidence against its device.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn at_place(&self, device: DeviceId, journal: JournalId, seq: u64) -> Result<Vec<Place>, StoreError> {
        self.read("look for entries at a place", |db| {
            let sql =
                "SELECT idx, id FROM entry WHERE device = ?1 AND journal = ?2 AND seq = ?3 ORDER BY idx";
            let mut rows = db.prepare_cached(sql)?;
            let key = params![device.as_bytes(), journal.as_bytes(), int(seq)];
            let place =
                |row: &Row<'_>| Ok(Place { index: index(row.get(0)?), id: EntryId::from_bytes(row.get(1)?) });
            rows.query_map(key, place)?.collect()
        })
    }

    /// Entries of some compartments and one urgency within a range, in log order or from its end; about so
    /// many bytes, at least one if there is one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries(
        &self,
        of: &BTreeSet<CompartmentId>,
        urgency: u8,
        within: Range<u64>,
        backwards: bool,
        most_bytes: usize,
    ) -> Result<Vec<FoundEntry>, StoreError> {
        let order = if backwards { "DESC" } else { "ASC" };
        // Everything stands in the index: entries of other compartments are passed over without a read.
        let sql = format!(
            "SELECT idx, compartment, size FROM entry WHERE urgency = ?1 AND idx >= ?2 AND idx < ?3
             ORDER BY idx {order}"
        );
        self.read("look for entries", |db| {
            let mut rows = db.prepare_cached(&sql)?;
            let found = rows.query_map(params![urgency, int(within.start), int(within.end)], found)?;
            let ours = found.filter(|one| one.as_ref().map_or(true, |one| of.contains(&one.compartment)));
            take_bytes(ours, most_bytes, |one| usize::try_from(one.size).unwrap_or(usize::MAX))
        })
    }

    /// How many entries of some compartments stand at or after an index, and of how many bytes.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count(&self, of: &BTreeSet<CompartmentId>, from: u64) -> Result<(u64, u64), StoreError> {
        self.read("count entries", |db| {
            let sql = "SELECT count(*), coalesce(sum(size), 0), compartment FROM entry
                WHERE urgency IN (0, 1, 2) AND idx >= ?1 GROUP BY compartment";
            let mut rows = db.prepare_cached(sql)?;
            let rows = rows.query_map([int(from)], |row| {
                let compartment = CompartmentId::from_bytes(row.get(2)?);
                Ok((index(row.get(0)?), index(row.get(1)?), compartment))
            })?;
            let mut sum = (0, 0);
            for row in rows {
                let (entries, bytes, compartment) = row?;
                if of.contains(&compartment) {
                    sum = (sum.0 + entries, sum.1 + bytes);
                }
            }
            Ok(sum)
        })
    }

    /// An entry in its plain form.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entry(&self, at: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM body WHERE idx = ?1";
        self.read("read an entry", |db| db.query_row(sql, [int(at)], |row| row.get(0)).optional())
    }

    /// A piece of an entry in its plain form; empty beyond its end or when there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn piece(&self, at: u64, offset: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        let sql = "SELECT substr(bytes, ?2, ?3) FROM body WHERE idx = ?1";
        let key = [int(at), int(offset.saturating_add(1)), int(most as u64)];
        self.read("read a piece of an entry", |db| db.query_row(sql, key, |row| row.get(0)).optional())
            .map(Option::unwrap_or_default)
    }

    /// The large entries that a device has begun to push.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn kept_of(&self, device: DeviceId) -> Result<Vec<KeptPieces>, StoreError> {
        self.read("look for pieces", |db| {
            let sql = "SELECT entry, sum(length(bytes)) FROM piece WHERE device = ?1 GROUP BY entry";
            let mut rows = db.prepare_cached(sql)?;
            let kept = |row: &Row<'_>| {
                Ok(KeptPieces { entry: EntryId::from_bytes(row.get(0)?), bytes: index(row.get(1)?) })
            };
            rows.query_map([device.as_bytes()], kept)?.collect()
        })
    }

    /// The pieces of a large entry together.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn pieces(&self, entry: EntryId) -> Result<Vec<u8>, StoreError> {
        self.read("read pieces", |db| {
            let mut rows = db.prepare_cached("SELECT bytes FROM piece WHERE entry = ?1 ORDER BY start")?;
            let pieces: Result<Vec<Vec<u8>>, _> =
                rows.query_map([entry.as_bytes()], |row| row.get(0))?.collect();
            Ok(pieces?.concat())
        })
    }

    /// How far a device has fetched, as it said last.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn fetched(&self, device: DeviceId) -> Result<Option<Fetched>, StoreError> {
        self.read("look for a device", |db| {
            let sql = "SELECT statements, journal, at FROM fetched WHERE device = ?1";
            db.query_row(sql, [device.as_bytes()], |row| {
                let (statements, journal) = (index(row.get(0)?), index(row.get(1)?));
                Ok(Fetched { statements, journal, at: Timestamp(row.get(2)?) })
            })
            .optional()
        })
    }

    /// A tile, cut to the width that is asked for; none when the log does not reach so far.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tile(&self, log: LogKind, tile: Tile) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM tile WHERE log = ?1 AND level = ?2 AND number = ?3";
        let key = params![number_of(log), tile.level(), int(tile.index())];
        let found: Option<Vec<u8>> =
            self.read("read a tile", |db| db.query_row(sql, key, |row| row.get(0)).optional())?;
        let width = usize::from(tile.width()) * Hash::LEN;
        Ok(found.and_then(|bytes| bytes.get(..width).map(<[u8]>::to_vec)))
    }

    /// An entry bundle, made from the leaves; none when the log does not reach so far.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn bundle(&self, log: LogKind, bundle: Bundle) -> Result<Option<Vec<u8>>, StoreError> {
        let width = usize::from(bundle.width());
        let leaves = self.log_leaves(log, bundle.index() << 8, width)?;
        Ok(if leaves.len() == width { encode_bundle(&leaves).ok() } else { None })
    }

    /// Copies the whole store to a new file, consistently, while others write.
    ///
    /// # Errors
    /// When it cannot be read, or the file cannot be written.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.read("be copied", |db| {
            let mut to = Connection::open(path)?;
            let copy = rusqlite::backup::Backup::new(db, &mut to)?;
            // All pages in one step: one read transaction, so one state.
            copy.step(-1)?;
            drop(copy);
            to.pragma_update(None, "journal_mode", "DELETE")?;
            to.close().map_err(|(_, error)| error)
        })
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<FoundEntry> {
    let compartment = CompartmentId::from_bytes(row.get(1)?);
    Ok(FoundEntry { index: index(row.get(0)?), compartment, size: index(row.get(2)?) })
}

/// The first rows, up to about so many bytes.
pub(super) fn take_bytes<T>(
    rows: impl Iterator<Item = rusqlite::Result<T>>,
    most: usize,
    size: impl Fn(&T) -> usize,
) -> rusqlite::Result<Vec<T>> {
    let (mut taken, mut bytes) = (Vec::new(), 0usize);
    for row in rows {
        let row = row?;
        bytes = bytes.saturating_add(size(&row));
        if bytes > most && !taken.is_empty() {
            break;
        }
        taken.push(row);
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn beyond_so_many_connections_who_reads_waits() {
        let pool = Arc::new(Pool::default());
        (0..OPEN).for_each(|_| drop(pool.take()));
        let (done, waits) = std::sync::mpsc::channel();
        let other = Arc::clone(&pool);
        let reader = std::thread::spawn(move || {
            drop(other.take());
            done.send(()).unwrap();
        });
        assert!(waits.recv_timeout(Duration::from_millis(100)).is_err(), "one too many");
        pool.give_back(None);
        waits.recv_timeout(Duration::from_secs(10)).unwrap();
        reader.join().unwrap();
    }
}

//! The writing side over SQLite.

use std::path::Path;

use counterseal_ledger::{Swap, Tile, TreeHead};
use counterseal_model::{DeviceId, EntryId, Timestamp};
use counterseal_register::{JournalLeaf, LeafType, LogKind, sha256};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::erased::erase;
use super::rows::{failed, index, int, number_of};
use super::schema::open_writer;
use super::{Batch, Fetched, Filled, HubStore, LeafBody, NewEntry, NewLeaf, NewStatement, Piece, StoreError};

/// How many large entries a device may have begun to push.
const PIECES_PER_DEVICE: i64 = 4;

/// The store in one SQLite file: write-ahead, flushed at every commit.
#[derive(Debug)]
pub struct SqliteStore {
    db: Connection,
    /// Whether the write-ahead file may hold what was erased.
    unfolded: bool,
}

impl SqliteStore {
    /// Opens the file, or makes it. With `most_bytes` the file does not grow beyond; it is then full.
    ///
    /// # Errors
    /// When it cannot be opened or is not a hub's store.
    pub fn open(path: &Path, most_bytes: Option<u64>) -> Result<Self, StoreError> {
        Ok(Self { db: open_writer(path, most_bytes)?, unfolded: true })
    }

    fn change<T>(
        &mut self,
        action: &'static str,
        act: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let run = || {
            let change = self.db.transaction()?;
            let done = act(&change)?;
            change.commit()?;
            Ok(done)
        };
        run().map_err(|error| failed(action, &error))
    }
}

impl HubStore for SqliteStore {
    fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.change("append to the logs", |change| {
            insert_statements(change, &batch.statements)?;
            insert_leaves(change, &batch.leaves)?;
            fill(change, &batch.filled)?;
            erase(change, &batch.erased)
        })?;
        self.unfolded |= !batch.erased.is_empty();
        Ok(())
    }

    /// Folds the write-ahead file away.
    fn forget_erased(&mut self) -> Result<(), StoreError> {
        if !self.unfolded {
            return Ok(());
        }
        let busy = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        self.unfolded = busy.map_err(|error| failed("fold its write-ahead file", &error))? != 0;
        Ok(())
    }

    fn write_tiles(&mut self, log: LogKind, tiles: &[(Tile, Vec<u8>)]) -> Result<(), StoreError> {
        self.change("write tiles", |change| {
            let sql = "INSERT INTO tile (log, level, number, bytes) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET bytes = ?4 WHERE length(bytes) < length(?4)";
            let mut insert = change.prepare_cached(sql)?;
            for (tile, bytes) in tiles {
                insert.execute(params![number_of(log), tile.level(), int(tile.index()), bytes])?;
            }
            Ok(())
        })
    }

    fn replace_checkpoint(
        &mut self,
        log: LogKind,
        replaces: TreeHead,
        new: TreeHead,
        note: &str,
    ) -> Result<Swap, StoreError> {
        self.change("replace a checkpoint", |change| {
            let there: Option<(i64, [u8; 32])> = change
                .query_row("SELECT size, root FROM checkpoint WHERE log = ?1", [number_of(log)], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            let (size, root) =
                there.map_or((0, *TreeHead::EMPTY.root.as_bytes()), |(size, root)| (index(size), root));
            if (size, &root) != (replaces.size, replaces.root.as_bytes()) {
                return Ok(Swap::Differs { size });
            }
            change.execute(
                "REPLACE INTO checkpoint (log, size, root, note) VALUES (?1, ?2, ?3, ?4)",
                params![number_of(log), int(new.size), new.root.as_bytes(), note],
            )?;
            Ok(Swap::Stored)
        })
    }

    fn keep_cosigned(&mut self, log: LogKind, size: u64, note: &str) -> Result<(), StoreError> {
        self.change("keep a cosigned checkpoint", |change| {
            let sql = "INSERT INTO cosigned (log, size, note) VALUES (?1, ?2, ?3)
                ON CONFLICT DO UPDATE SET size = ?2, note = ?3 WHERE size <= ?2";
            change.execute(sql, params![number_of(log), int(size), note]).map(drop)
        })
    }

    fn keep_piece(&mut self, piece: &Piece, at: Timestamp) -> Result<(), StoreError> {
        self.change("keep a piece of an entry", |change| {
            let (entry, device) = (piece.entry.as_bytes(), piece.device.as_bytes());
            let (total, start) = (int(piece.total), int(piece.offset));
            if start == 0 {
                change.execute("DELETE FROM piece WHERE entry = ?1", [entry])?;
            }
            // Only what follows on what is there, from the device that began it.
            let sql = "INSERT INTO piece (entry, start, device, total, bytes, at)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?2 = (SELECT coalesce(max(start + length(bytes)), 0)
                FROM piece WHERE entry = ?1 AND device = ?3 AND total = ?4)";
            change.execute(sql, params![entry, start, device, total, piece.bytes, at.0])?;
            drop_oldest(change, piece.device)
        })
    }

    fn drop_pieces(&mut self, entry: EntryId) -> Result<(), StoreError> {
        self.change("drop the pieces of an entry", |change| {
            change.execute("DELETE FROM piece WHERE entry = ?1", [entry.as_bytes()]).map(drop)
        })
    }

    fn keep_obeyed(&mut self, statement: &[u8]) -> Result<(), StoreError> {
        self.change("keep a statement", |change| {
            let sql = "INSERT OR IGNORE INTO obeyed (id, bytes) VALUES (?1, ?2)";
            change.execute(sql, params![sha256(&[statement]), statement]).map(drop)
        })
    }

    fn note_fetched(&mut self, device: DeviceId, fetched: Fetched) -> Result<(), StoreError> {
        self.change("note what a device has fetched", |change| {
            let sql = "REPLACE INTO fetched (device, statements, journal, at) VALUES (?1, ?2, ?3, ?4)";
            let (statements, journal) = (int(fetched.statements), int(fetched.journal));
            change.execute(sql, params![device.as_bytes(), statements, journal, fetched.at.0]).map(drop)
        })
    }
}

/// Indices without gaps: the next row's is the number of rows there are.
fn insert_statements(change: &Transaction<'_>, statements: &[NewStatement]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO statement (idx, id, bytes, covers, covers_journal, at)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?1 = (SELECT coalesce(max(idx) + 1, 0) FROM statement)";
    let mut insert = change.prepare_cached(sql)?;
    for new in statements {
        let (statements, journal) =
            (new.covers.map(|c| int(c.statements)), new.covers.map(|c| int(c.journal)));
        let row = params![int(new.index), new.id, new.bytes, statements, journal, new.at.0];
        one(insert.execute(row)?)?;
    }
    Ok(())
}

fn insert_leaves(change: &Transaction<'_>, leaves: &[NewLeaf]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO leaf (idx, leaf, at)
        SELECT ?1, ?2, ?3 WHERE ?1 = (SELECT coalesce(max(idx) + 1, 0) FROM leaf)";
    let mut leaf = change.prepare_cached(sql)?;
    let mut bare = change.prepare_cached("INSERT OR IGNORE INTO bare (leaf, idx) VALUES (?1, ?2)")?;
    let mut lone = change.prepare_cached("INSERT OR IGNORE INTO lone (leaf, idx) VALUES (?1, ?2)")?;
    for new in leaves {
        let idx = int(new.index);
        one(leaf.execute(params![idx, new.leaf, new.at.0])?)?;
        match &new.body {
            LeafBody::Entry(of) => insert_entry(change, new.index, of)?,
            // Of two leaves of one entry the lower counts.
            LeafBody::Unknown if is_an_entrys(&new.leaf) => drop(bare.execute(params![new.leaf, idx])?),
            LeafBody::Unknown => drop(lone.execute(params![new.leaf, idx])?),
        }
    }
    Ok(())
}

/// What cannot be read is no other leaf that is known.
fn is_an_entrys(leaf: &[u8]) -> bool {
    JournalLeaf::parse(leaf).is_ok_and(|leaf| leaf.kind() == LeafType::Entry)
}

fn insert_entry(change: &Transaction<'_>, index: u64, of: &NewEntry) -> rusqlite::Result<()> {
    let sql = "INSERT INTO entry (idx, id, compartment, device, journal, seq, urgency, size)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    change.prepare_cached(sql)?.execute(params![
        int(index),
        of.id.as_bytes(),
        of.compartment.as_bytes(),
        of.device.as_bytes(),
        of.journal.as_bytes(),
        int(of.seq),
        of.urgency,
        int(of.bytes.len() as u64),
    ])?;
    let mut body = change.prepare_cached("INSERT INTO body (idx, bytes) VALUES (?1, ?2)")?;
    body.execute(params![int(index), of.bytes])?;
    if let Some(header) = of.guarded_header {
        let mut guarded = change.prepare_cached("INSERT INTO guarded (idx, header) VALUES (?1, ?2)")?;
        guarded.execute([int(index), int(header)])?;
    }
    Ok(())
}

/// Entries whose leaves stand already: only where such a leaf is bare.
fn fill(change: &Transaction<'_>, filled: &[Filled]) -> rusqlite::Result<()> {
    let mut bare = change.prepare_cached("DELETE FROM bare WHERE leaf = ?1 AND idx = ?2")?;
    for one_of in filled {
        one(bare.execute(params![one_of.leaf, int(one_of.index)])?)?;
        insert_entry(change, one_of.index, &one_of.entry)?;
    }
    Ok(())
}

/// A row that was not inserted has another index than the next one.
fn one(rows: usize) -> rusqlite::Result<()> {
    if rows == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(rows)) }
}

fn drop_oldest(change: &Transaction<'_>, device: DeviceId) -> rusqlite::Result<()> {
    let sql = "DELETE FROM piece WHERE device = ?1 AND entry NOT IN
        (SELECT entry FROM piece WHERE device = ?1 GROUP BY entry ORDER BY max(at) DESC, max(rowid) DESC LIMIT ?2)";
    change.execute(sql, params![device.as_bytes(), PIECES_PER_DEVICE]).map(drop)
}

//! The tables, and how a database is opened.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::rows::{failed, int};

/// "CShb": what `file` shows for the database.
const APPLICATION: i32 = 0x4353_6862;
const VERSION: i32 = 1;

/// Everything is in one file; `docs/spec/hub.md` says what each table is for.
const TABLES: &str = "
CREATE TABLE statement (
  idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL, covers INTEGER,
  covers_journal INTEGER, at INTEGER NOT NULL);
CREATE TABLE leaf (
  idx INTEGER PRIMARY KEY, leaf BLOB NOT NULL, at INTEGER NOT NULL);
CREATE INDEX statement_mark ON statement (idx) WHERE covers IS NOT NULL;
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, compartment BLOB NOT NULL, device BLOB NOT NULL,
  journal BLOB NOT NULL, seq INTEGER NOT NULL, urgency INTEGER NOT NULL, size INTEGER NOT NULL);
CREATE INDEX entry_order ON entry (urgency, idx, compartment, size);
CREATE INDEX entry_place ON entry (device, journal, seq);
CREATE TABLE body (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE tile (
  log INTEGER NOT NULL, level INTEGER NOT NULL, number INTEGER NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (log, level, number)) WITHOUT ROWID;
CREATE TABLE checkpoint (
  log INTEGER PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL);
CREATE TABLE cosigned (log INTEGER PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL);
CREATE TABLE piece (
  entry BLOB NOT NULL, start INTEGER NOT NULL, device BLOB NOT NULL, total INTEGER NOT NULL,
  bytes BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (entry, start));
CREATE INDEX piece_of ON piece (device, entry, at);
CREATE TABLE fetched (
  device BLOB PRIMARY KEY, statements INTEGER NOT NULL, journal INTEGER NOT NULL, at INTEGER NOT NULL)
  WITHOUT ROWID;
";

/// What a store of an earlier build lacks. `bare` names the leaves of the journal log whose entries are not here:
/// none but after a restore or a succession. `obeyed` holds what a hub heard about its own end.
const LATER: &str = "
CREATE TABLE IF NOT EXISTS obeyed (id BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE bare (leaf BLOB PRIMARY KEY, idx INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO bare SELECT leaf, idx FROM leaf
  WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.idx = leaf.idx) ORDER BY idx;
";

/// What a store of a still earlier build lacks. `lone` names leaves that are not entries': the hub never has what they
/// commit to, and gives one that comes again the index that it has. `guarded` names the entries that trustees ask
/// for, with the length of their signed headers; it begins empty, for earlier builds refused all guarded entries.
const FOR_TRUSTEES: &str = "
CREATE TABLE lone (leaf BLOB PRIMARY KEY, idx INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO lone SELECT leaf, idx FROM bare WHERE substr(leaf, 2, 1) <> x'01' ORDER BY idx;
DELETE FROM bare WHERE substr(leaf, 2, 1) <> x'01';
CREATE INDEX bare_order ON bare (idx);
CREATE TABLE guarded (idx INTEGER PRIMARY KEY, header INTEGER NOT NULL);
";

/// Opens for writing and makes the tables of a new file. `most_bytes` bounds the file.
pub(super) fn open_writer(path: &Path, most_bytes: Option<u64>) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let db = Connection::open(path)?;
        db.busy_timeout(Duration::from_secs(5))?;
        // WAL and FULL: a commit is one flush of the write-ahead file, and survives a loss of power.
        db.pragma_update(None, "journal_mode", "WAL")?;
        db.pragma_update(None, "synchronous", "FULL")?;
        db.pragma_update(None, "foreign_keys", true)?;
        // What was erased is overwritten, not only left out of the tables.
        db.pragma_update(None, "secure_delete", true)?;
        if let Some(bytes) = most_bytes {
            let page: i64 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
            db.pragma_update(None, "max_page_count", (int(bytes) / page.max(1)).max(1))?;
        }
        Ok(db)
    };
    let mut db = open().map_err(|error| failed("open its file", &error))?;
    make_tables(&mut db).map_err(|error| failed("make its tables", &error))?;
    check_kind(&db)?;
    Ok(db)
}

/// Opens for reading: sees whole commits, and never waits for the writer.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let open = || -> rusqlite::Result<Connection> {
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        db.busy_timeout(Duration::from_secs(5))?;
        Ok(db)
    };
    let db = open().map_err(|error| failed("open its file", &error))?;
    check_kind(&db)?;
    Ok(db)
}

fn make_tables(db: &mut Connection) -> rusqlite::Result<()> {
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let change = db.transaction()?;
    if tables == 0 {
        change.execute_batch(TABLES)?;
        change.pragma_update(None, "application_id", APPLICATION)?;
        change.pragma_update(None, "user_version", VERSION)?;
    }
    let kind: i32 = change.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if kind == APPLICATION && !change.table_exists(None, "bare")? {
        change.execute_batch(LATER)?;
    }
    if kind == APPLICATION && !change.table_exists(None, "guarded")? {
        change.execute_batch(FOR_TRUSTEES)?;
    }
    change.commit()
}

fn check_kind(db: &Connection) -> Result<(), StoreError> {
    let number = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let kind = number("application_id").and_then(|kind| Ok((kind, number("user_version")?)));
    match kind.map_err(|error| failed("read its file", &error))? {
        (APPLICATION, VERSION) => Ok(()),
        (APPLICATION, _) => Err(StoreError::Failed {
            action: "use its file",
            reason: "it was written by another version of this program".to_owned(),
        }),
        _ => Err(StoreError::Failed { action: "use its file", reason: "it is not a hub's store".to_owned() }),
    }
}

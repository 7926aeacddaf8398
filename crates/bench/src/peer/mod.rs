//! The peer of the store: SQLite or SQLCipher, used as an experienced programmer would, with the same
//! rows, the same secondary indexes, the same settings and the same number of rows a transaction.

mod rows;
mod schema;

use std::path::Path;

use rusqlite::Connection;

use crate::outcome::Outcome;
pub(crate) use rows::Writer;

/// Bytes in a page, as in our store.
const PAGE_SIZE: u32 = counterseal_node::PAGE_SIZE;

/// Pages of the write-ahead file after which SQLite folds it in: our store's 64 MiB.
const FOLD_AT: u32 = 256 * 1024 * 1024 / PAGE_SIZE;

/// How a peer's database is opened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// The raw key; without it the database is plain SQLite.
    pub(crate) key: Option<[u8; 32]>,
    /// The page cache, KiB. Our store has 65,536.
    pub(crate) cache_kib: u32,
}

/// The page cache of our store, KiB.
pub(crate) const CACHE_KIB: u32 = 262_144;

impl Settings {
    pub(crate) const PLAIN: Self = Self { key: None, cache_kib: CACHE_KIB };
    pub(crate) const SQLCIPHER: Self = Self { key: Some([7; 32]), cache_kib: CACHE_KIB };

    /// Opens or makes the database at `path`.
    pub(crate) fn open(self, path: &Path) -> Outcome<Connection> {
        let db = Connection::open(path)?;
        if let Some(key) = self.key {
            let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
            db.execute_batch(&format!(
                "PRAGMA key = \"x'{hex}'\"; PRAGMA cipher_log_level = NONE;
                 PRAGMA cipher_page_size = {PAGE_SIZE}; PRAGMA cipher_hmac_algorithm = HMAC_SHA256;"
            ))?;
        }
        db.execute_batch(&format!(
            "PRAGMA page_size = {PAGE_SIZE}; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;
             PRAGMA secure_delete = FAST; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -{};",
            self.cache_kib
        ))?;
        db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        db.execute_batch(&format!("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {FOLD_AT};"))?;
        db.set_prepared_statement_cache_capacity(64);
        Ok(db)
    }

    /// Makes a database with the peer's tables.
    pub(crate) fn create(self, path: &Path) -> Outcome<Connection> {
        let db = self.open(path)?;
        db.execute_batch(schema::TABLES)?;
        Ok(db)
    }
}

/// Folds the write-ahead file in, as closing our store does.
pub(crate) fn close(db: Connection) -> Outcome<()> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    db.close().map_err(|(_, error)| error.into())
}

//! A desk's own mirror of both logs, as files. It keeps leaves and no tiles.

use counterseal_ledger::{Bundle, LogPath, encode_bundle};
use counterseal_mirror::LogFiles;
use counterseal_model::StatementId;
use counterseal_register::{LogKind, sha256, statement_leaf};
use rusqlite::Connection;

use crate::desk::Desk;
use crate::error::NodeError;
use crate::logs::load_log;

/// What a desk has of both logs.
pub struct DeskFiles<'a>(&'a Desk);

impl<'a> DeskFiles<'a> {
    /// Of an unlocked desk.
    #[must_use]
    pub const fn new(desk: &'a Desk) -> Self {
        Self(desk)
    }
}

impl LogFiles for DeskFiles<'_> {
    type Error = NodeError;

    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, NodeError> {
        self.0.store.read(|db| {
            let file = |path: &LogPath| match path {
                LogPath::Checkpoint => Ok(load_log(db, log)?.map(|log| log.note)),
                LogPath::Entries(bundle) => read_bundle(db, log, bundle),
                LogPath::Tile(_) => Ok(None),
            };
            paths.iter().map(file).collect()
        })
    }

    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, NodeError> {
        self.0.store.read(|db| {
            let mut list = db.prepare_cached("SELECT bytes FROM statement WHERE length(bytes) > 65535")?;
            let mut rows = list.query([])?;
            while let Some(row) = rows.next()? {
                let bytes: Vec<u8> = row.get(0)?;
                if sha256(&[&bytes]) == *id.as_bytes() {
                    return Ok(Some(bytes));
                }
            }
            Ok(None)
        })
    }

    fn has_tiles(&self) -> bool {
        false
    }
}

fn read_bundle(db: &Connection, log: LogKind, bundle: &Bundle) -> Result<Option<Vec<u8>>, NodeError> {
    let sql = match log {
        LogKind::Statements => {
            "SELECT bytes FROM statement WHERE position >= ?1 AND position < ?2 ORDER BY position"
        }
        LogKind::Journal => "SELECT bytes FROM leaf WHERE no >= ?1 AND no < ?2 ORDER BY no",
    };
    let from = bundle.index() << 8;
    let to = from + u64::from(bundle.width());
    let mut list = db.prepare_cached(sql)?;
    let rows = list.query_map((from.cast_signed(), to.cast_signed()), |row| row.get::<_, Vec<u8>>(0))?;
    let items = rows.collect::<Result<Vec<_>, _>>()?;
    let leaves: Vec<_> = match log {
        LogKind::Statements => items.iter().map(|item| statement_leaf(item).into_owned()).collect(),
        LogKind::Journal => items,
    };
    Ok(if leaves.len() == usize::from(bundle.width()) { encode_bundle(&leaves).ok() } else { None })
}

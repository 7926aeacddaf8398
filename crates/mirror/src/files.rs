//! A log's files, wherever they are.

use counterseal_ledger::{Bundle, LogPath, MAX_ENTRY, MAX_NOTE, Tile};
use counterseal_model::StatementId;
use counterseal_register::LogKind;

use crate::error::MirrorError;

/// Most bytes of an entry bundle of the statement log.
const MAX_BUNDLE: usize = 256 * (2 + MAX_ENTRY);

/// A log's files (C2SP tlog-tiles), wherever they are. Nothing of them is believed.
pub trait LogFiles {
    /// Why they cannot be read.
    type Error: From<MirrorError>;

    /// The files at these paths, in order; `None` for each that is not there.
    ///
    /// # Errors
    /// When they cannot be reached, or one is longer than there can be.
    fn read(&mut self, log: LogKind, paths: &[LogPath]) -> Result<Vec<Option<Vec<u8>>>, Self::Error>;

    /// A statement that stands in the log by its id, because it is too long for a bundle.
    ///
    /// # Errors
    /// As `read`.
    fn statement(&mut self, id: StatementId) -> Result<Option<Vec<u8>>, Self::Error>;

    /// Whether there are tiles at all; else there are the leaves alone.
    fn has_tiles(&self) -> bool {
        true
    }
}

/// Most bytes that a file can have.
#[must_use]
pub fn most_of(path: &LogPath) -> usize {
    match path {
        LogPath::Checkpoint => MAX_NOTE,
        LogPath::Tile(tile) => usize::from(tile.width()) * 32,
        LogPath::Entries(_) => MAX_BUNDLE,
    }
}

/// Most bytes of a whole statement: what a session takes.
pub const MAX_STATEMENT: usize = 12 << 20;

/// One file. Of a partial tile or bundle that is not there any more, the full one is cut (tlog-tiles, "Partial
/// tiles").
///
/// # Errors
/// When the files cannot be read.
pub fn read_file<E: From<MirrorError>>(
    files: &mut dyn LogFiles<Error = E>,
    log: LogKind,
    path: LogPath,
) -> Result<Option<Vec<u8>>, E> {
    let found = files.read(log, &[path])?.pop().flatten();
    let (None, Some(full)) = (&found, full(&path)) else { return Ok(found) };
    let whole = files.read(log, &[full])?.pop().flatten();
    Ok(whole.and_then(|bytes| match path {
        LogPath::Tile(_) => bytes.get(..most_of(&path)).map(<[u8]>::to_vec),
        LogPath::Entries(bundle) => cut(&bytes, bundle.width()),
        LogPath::Checkpoint => None,
    }))
}

/// The full tile or bundle in place of a partial one.
fn full(path: &LogPath) -> Option<LogPath> {
    let of = |index: u64| (index + 1).checked_mul(256);
    let full = match path {
        LogPath::Checkpoint => return None,
        LogPath::Tile(tile) => {
            let size = of(tile.index())?.checked_shl(8 * u32::from(tile.level()))?;
            LogPath::Tile(Tile::of_tree(tile.level(), tile.index(), size)?)
        }
        LogPath::Entries(bundle) => LogPath::Entries(Bundle::of_tree(bundle.index(), of(bundle.index())?)?),
    };
    (full != *path).then_some(full)
}

/// The first entries of a bundle.
fn cut(bytes: &[u8], width: u16) -> Option<Vec<u8>> {
    let mut end = 0usize;
    for _ in 0..width {
        let length = bytes.get(end..)?.first_chunk::<2>()?;
        end = end.checked_add(2 + usize::from(u16::from_be_bytes(*length)))?;
    }
    bytes.get(..end).map(<[u8]>::to_vec)
}

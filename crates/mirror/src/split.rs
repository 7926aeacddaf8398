//! Two trees of one log, found by the files of the log itself.

use counterseal_ledger::{
    ConsistencyProof, Frontier, LogPath, Split, Tile, TileReader, TileRefusal, VerifiedCheckpoint,
};
use counterseal_register::LogKind;

use crate::error::MirrorError;
use crate::files::{LogFiles, read_file};

/// Whether the tree that the files show begins with the other one, by the files' own tiles; the proof if not.
/// What covers more than the files show says nothing yet.
///
/// # Errors
/// When the files cannot be read, or are no tiles of the tree that `shown` is of.
pub fn find_split<E: From<MirrorError> + std::fmt::Display>(
    files: &mut dyn LogFiles<Error = E>,
    log: LogKind,
    theirs: &VerifiedCheckpoint,
    shown: &VerifiedCheckpoint,
) -> Result<Option<Split>, E> {
    let (size, head) = (theirs.head().size, shown.head());
    if theirs.origin() != shown.origin() || size > head.size || size == 0 {
        return Ok(None);
    }
    if size == head.size {
        return Ok(Split::at_one_size(theirs, shown));
    }
    let mut read = |tile: &Tile| {
        read_file(files, log, LogPath::Tile(*tile))?
            .ok_or_else(|| MirrorError::Log("a tile is missing".to_owned()).into())
    };
    let unfit = |error: TileRefusal<E>| E::from(MirrorError::Log(error.to_string()));
    let mut tiles = TileReader::open(head, &mut read).map_err(unfit)?;
    let begins = Frontier::read(size, &mut tiles).map_err(unfit)?.root();
    if begins == theirs.head().root {
        return Ok(None);
    }
    let proof = ConsistencyProof::make(size, head.size, &mut tiles).map_err(unfit)?;
    Ok(Split::at_two_sizes(theirs.clone(), shown.clone(), begins, proof))
}

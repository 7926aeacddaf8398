//! A copy of the store, and a hub that begins from one.

use std::path::Path;

use counterseal_register::LogKind;
use counterseal_serve::{make_private_folder, sync_folder, write_private};

use super::OperationFailure;
use crate::config::HubConfig;
use crate::store::StoreReader;

/// Copies the store to a new file, consistently, while the hub runs. The keys are not in it: a backup that
/// is stolen signs nothing.
///
/// # Errors
/// When the store cannot be read or the file cannot be written.
pub fn back_up(config: &HubConfig, to: &Path) -> Result<(), OperationFailure> {
    if to.exists() {
        return Err(OperationFailure::Present { path: to.to_owned() });
    }
    let unwritable = |reason| OperationFailure::File { path: to.to_owned(), reason };
    // Only its owner reads it, also while it is being written.
    write_private(to, &[]).map_err(unwritable)?;
    StoreReader::open(&config.store())?.copy_to(to)?;
    std::fs::File::open(to).and_then(|file| file.sync_all()).map_err(unwritable)?;
    sync_folder(to).map_err(unwritable)
}

/// Puts a backup in the place of a store that is gone. Until the hub has what its witnesses have seen, it
/// takes nothing in: another leaf at an index that was cosigned would be a second tree (PROTOCOL section 9).
/// Gives the sizes of statement log and journal log in the backup.
///
/// # Errors
/// When there is a store, or the backup is none.
pub fn restore(config: &HubConfig, from: &Path) -> Result<[u64; 2], OperationFailure> {
    let store = config.store();
    if store.exists() {
        return Err(OperationFailure::Present { path: store });
    }
    // A failure on the way leaves a mark without a store, never a store without the mark.
    let mark = config.restoring();
    let unwritable = |reason| OperationFailure::File { path: mark.clone(), reason };
    make_private_folder(&config.folder).map_err(unwritable)?;
    if !mark.exists() {
        write_private(&mark, b"").map_err(unwritable)?;
    }
    let backup = StoreReader::open(from)?;
    let unwritable = |reason| OperationFailure::File { path: store.clone(), reason };
    write_private(&store, &[]).map_err(unwritable)?;
    backup.copy_to(&store)?;
    std::fs::File::open(&store).and_then(|file| file.sync_all()).map_err(unwritable)?;
    Ok([backup.size(LogKind::Statements)?, backup.size(LogKind::Journal)?])
}

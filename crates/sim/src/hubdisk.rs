//! The hub's store on a disk that fails: the store of the real hub, with a failure before, during or after any of
//! its writes.

use std::io;
use std::sync::Arc;

use counterseal_hub::{Batch, Fetched, HubStore, LeafBody, NewLeaf, Piece, SqliteStore, StoreError};
use counterseal_ledger::{Swap, Tile, TreeHead};
use counterseal_model::{DeviceId, EntryId, Timestamp};
use counterseal_register::LogKind;

use crate::disk::Disk;
use crate::plant::Plant;

/// The store, and its disk.
pub(crate) struct FailingStore {
    inner: SqliteStore,
    disk: Arc<Disk>,
    plant: Option<Plant>,
}

impl FailingStore {
    /// A store on a disk, with a planted bug if there is one.
    #[must_use]
    pub(crate) const fn new(inner: SqliteStore, disk: Arc<Disk>, plant: Option<Plant>) -> Self {
        Self { inner, disk, plant }
    }

    fn change<T>(
        &mut self,
        act: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.disk.enter().map_err(failed)?;
        let done = act(&mut self.inner)?;
        self.disk.leave().map_err(failed)?;
        Ok(done)
    }
}

fn failed(error: io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull => StoreError::Full,
        _ => StoreError::Failed { action: "write", reason: error.to_string() },
    }
}

impl HubStore for FailingStore {
    fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let doubled = (self.plant == Some(Plant::HubAppendsTwice)).then(|| double(batch));
        self.change(|store| store.append(doubled.as_ref().unwrap_or(batch)))
    }

    fn forget_erased(&mut self) -> Result<(), StoreError> {
        self.change(HubStore::forget_erased)
    }

    fn write_tiles(&mut self, log: LogKind, tiles: &[(Tile, Vec<u8>)]) -> Result<(), StoreError> {
        self.change(|store| store.write_tiles(log, tiles))
    }

    fn replace_checkpoint(
        &mut self,
        log: LogKind,
        replaces: TreeHead,
        new: TreeHead,
        note: &str,
    ) -> Result<Swap, StoreError> {
        self.change(|store| store.replace_checkpoint(log, replaces, new, note))
    }

    fn keep_cosigned(&mut self, log: LogKind, size: u64, note: &str) -> Result<(), StoreError> {
        self.change(|store| store.keep_cosigned(log, size, note))
    }

    fn keep_piece(&mut self, piece: &Piece, at: Timestamp) -> Result<(), StoreError> {
        self.change(|store| store.keep_piece(piece, at))
    }

    fn drop_pieces(&mut self, entry: EntryId) -> Result<(), StoreError> {
        self.change(|store| store.drop_pieces(entry))
    }

    fn keep_obeyed(&mut self, statement: &[u8]) -> Result<(), StoreError> {
        self.change(|store| store.keep_obeyed(statement))
    }

    fn note_fetched(&mut self, device: DeviceId, fetched: Fetched) -> Result<(), StoreError> {
        self.change(|store| store.note_fetched(device, fetched))
    }
}

/// A batch whose last leaf of the journal log is appended once more.
fn double(batch: &Batch) -> Batch {
    let mut doubled = batch.clone();
    if let Some(last) = batch.leaves.last() {
        let index = last.index + 1;
        doubled.leaves.push(NewLeaf { index, leaf: last.leaf, at: last.at, body: LeafBody::Unknown });
    }
    doubled
}

//! The writer, one step at a time and without a thread or a clock of its own: for the simulator, whose runs can
//! be repeated. What is decided, and what is durable when, is the writer's own code.

use std::sync::Arc;

use counterseal_ledger::{AddCheckpoint, TreeHead, VerifiedCheckpoint, VerifierKey};
use counterseal_model::{MissionId, Timestamp};
use counterseal_register::{LogKind, Moment};
use tokio::sync::watch;

use super::core::Core;
use super::{HubFailure, Outcome, Parts, Push, View};
use crate::cosign::{consistency, is_ours};
use crate::store::{Piece, StoreError, StoreReader};

/// A hub that does nothing by itself.
pub struct SteppedHub {
    core: Core,
    view: watch::Receiver<Arc<View>>,
    reader: StoreReader,
}

impl SteppedHub {
    /// Reads the store, makes what is missing of tiles and checkpoints, and waits for what it is told.
    ///
    /// # Errors
    /// As [`super::Sequencer::start`].
    pub fn open(parts: Parts) -> Result<Self, HubFailure> {
        let reader = parts.reader.clone();
        let mut core = Core::open(parts)?;
        core.checkpoint_all()?;
        let view = core.subscribe();
        Ok(Self { core, view, reader })
    }

    /// The mission.
    #[must_use]
    pub fn mission(&self) -> MissionId {
        self.core.mission()
    }

    /// What the hub knows now.
    #[must_use]
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.borrow())
    }

    /// The reading side of its store.
    #[must_use]
    pub const fn reader(&self) -> &StoreReader {
        &self.reader
    }

    /// The key of one of the logs.
    #[must_use]
    pub fn log_key(&self, log: LogKind) -> VerifierKey {
        let [statements, journal] = self.core.log_keys();
        match log {
            LogKind::Statements => statements,
            LogKind::Journal => journal,
        }
    }

    /// Gives pushes to the logs, in this order: they are durable or refused when this returns.
    pub fn push(&mut self, pushes: Vec<Push>) -> Vec<Outcome> {
        self.core.take(vec![pushes]).into_iter().flatten().collect()
    }

    /// Signs what was committed.
    ///
    /// # Errors
    /// When tiles or a checkpoint cannot be written; the next call tries again.
    pub fn sign(&mut self) -> Result<(), HubFailure> {
        self.core.checkpoint_all()
    }

    /// What a witness is asked that cosigned a log of `known` leaves last; none when there is nothing to ask.
    ///
    /// # Errors
    /// When the log's tiles cannot be read.
    pub fn request(&self, log: LogKind, known: u64) -> Result<Option<AddCheckpoint>, String> {
        let view = self.view();
        let Some(checkpoint) = view.log(log).checkpoint.clone() else { return Ok(None) };
        let head = checkpoint.head();
        if known > head.size {
            return Ok(None);
        }
        let proof = consistency(&self.reader, log, known, head)?;
        let checkpoint = checkpoint.signed().clone();
        Ok(Some(AddCheckpoint { old_size: known, proof, checkpoint }))
    }

    /// Keeps a checkpoint with a quorum's cosignatures and shows it.
    ///
    /// # Errors
    /// When it could not be kept.
    pub fn cosigned(&mut self, log: LogKind, size: u64, note: String) -> Result<(), StoreError> {
        self.core.keep_cosigned(log, size, note)
    }

    /// Sets the time mark that is due, if one is.
    pub fn mark(&mut self) {
        self.core.mark_if_due();
    }

    /// Whether a checkpoint of its log that a witness shows is part of what it has.
    ///
    /// # Errors
    /// When the log's tiles cannot be read.
    pub fn has(&self, log: LogKind, seen: TreeHead) -> Result<bool, String> {
        let ours = self.view().log(log).checkpoint.clone();
        is_ours(&self.reader, log, seen, ours.map_or(TreeHead::EMPTY, |ours| ours.head()))
    }

    /// Takes nothing in any more, or takes pushes in again.
    pub fn close(&mut self, code: Option<&'static str>) {
        self.core.close(code);
    }

    /// The newest checkpoint of a log that the hub has signed.
    #[must_use]
    pub fn checkpoint(&self, log: LogKind) -> Option<Arc<VerifiedCheckpoint>> {
        self.view().log(log).checkpoint.clone()
    }

    pub(crate) fn now(&self, clock: Timestamp) -> Moment {
        self.view().now(clock)
    }

    pub(crate) fn keep_piece(&mut self, piece: &Piece) -> Result<(), StoreError> {
        self.core.keep_piece(piece)
    }

    pub(crate) fn drop_pieces(&mut self, entry: counterseal_model::EntryId) {
        self.core.drop_pieces(entry);
    }
}

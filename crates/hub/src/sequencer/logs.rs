//! A log as the writer holds it, and what a start reads of both.

use std::sync::Arc;

use counterseal_ledger::{Edge, LogPath, LogSigner, SignedCheckpoint, Swap, VerifiedCheckpoint};
use counterseal_model::Timestamp;
use counterseal_register::{LogKind, LogPosition, Register, Sight, TimeMark};

use super::quorum::MarkedLog;
use super::{HubFailure, LogView};
use crate::store::{HubStore, LogRow, StoreError, StoreReader};

/// Leaves that one checkpoint adds at most: what a start finds is done in such steps.
const STEP: usize = 4096;
/// Bytes of statements that are read at a time.
const READ: usize = 4 * 1024 * 1024;

/// One log.
pub(super) struct Log {
    pub(super) kind: LogKind,
    pub(super) signer: LogSigner,
    pub(super) edge: Edge,
    pub(super) view: LogView,
}

impl Log {
    /// Reads the log's newest checkpoint and its edge, and checks one against the other.
    pub(super) fn open(kind: LogKind, signer: LogSigner, reader: &StoreReader) -> Result<Self, HubFailure> {
        let damaged = |reason: String| HubFailure::Damaged { reason };
        let (mut edge, mut checkpoint) = (Edge::new(), None);
        if let Some((head, note)) = reader.checkpoint(kind)? {
            let signed =
                SignedCheckpoint::parse(note.as_bytes()).map_err(|error| damaged(error.to_string()))?;
            let ours = std::slice::from_ref(signer.public());
            let verified = signed.verify(ours).map_err(|error| damaged(error.to_string()))?;
            if verified.head() != head {
                return Err(damaged("the checkpoint in the store is not the one its row names".to_owned()));
            }
            edge = Edge::load(head, |path| read_file(kind, path, reader))
                .map_err(|error| damaged(error.to_string()))?;
            checkpoint = Some(Arc::new(verified));
        }
        let cosigned = reader.cosigned(kind)?.map(|(size, note)| (size, Arc::from(note)));
        let view = LogView { size: reader.size(kind)?, checkpoint, cosigned };
        Ok(Self { kind, signer, edge, view })
    }

    /// The newest cosigned note.
    pub(super) fn cosigned_note(&self) -> Option<(u64, String)> {
        self.view.cosigned.as_ref().map(|(size, note)| (*size, note.as_ref().to_owned()))
    }

    /// Whether something durable is in no checkpoint.
    pub(super) const fn has_unsigned(&self) -> bool {
        self.edge.size() < self.view.size
    }

    /// Makes tiles and a checkpoint for the next leaves that have none. The order is the ledger's.
    pub(super) fn checkpoint(
        &mut self,
        store: &mut dyn HubStore,
        reader: &StoreReader,
    ) -> Result<(), HubFailure> {
        let damaged = |reason: String| HubFailure::Damaged { reason };
        let leaves = reader.log_leaves(self.kind, self.edge.size(), STEP)?;
        let growth = self.edge.grow(&leaves).map_err(|error| damaged(error.to_string()))?;
        let tiles = growth.files().iter().filter_map(|(path, bytes)| match path {
            LogPath::Tile(tile) => Some((*tile, bytes.clone())),
            // Bundles are made from the leaves, which are durable since their commit.
            LogPath::Entries(_) | LogPath::Checkpoint => None,
        });
        store.write_tiles(self.kind, &tiles.collect::<Vec<_>>())?;
        let head = growth.head();
        let unpublished = growth.durable().sign(&self.signer).map_err(|error| damaged(error.to_string()))?;
        let note = unpublished.to_store();
        match store.replace_checkpoint(self.kind, unpublished.replaces(), head, &note)? {
            Swap::Stored => {}
            Swap::Differs { size } => return self.adopt(size, reader),
        }
        let (checkpoint, edge) = unpublished.stored();
        self.edge = edge;
        self.view.checkpoint = Some(Arc::new(checkpoint));
        Ok(())
    }

    /// Another checkpoint is stored than the writer thought: an earlier attempt had succeeded though it was
    /// said to have failed. If it is this log's, it is taken over; a second writer's would not be.
    fn adopt(&mut self, size: u64, reader: &StoreReader) -> Result<(), HubFailure> {
        let reason = "another program writes to this hub's store; stop it".to_owned();
        if size <= self.edge.size() {
            return Err(HubFailure::Damaged { reason });
        }
        let (head, note) = reader.checkpoint(self.kind)?.ok_or(HubFailure::Damaged { reason })?;
        let damaged = |reason: String| HubFailure::Damaged { reason };
        let signed = SignedCheckpoint::parse(note.as_bytes()).map_err(|error| damaged(error.to_string()))?;
        let ours = std::slice::from_ref(self.signer.public());
        let verified = signed.verify(ours).map_err(|error| damaged(error.to_string()))?;
        self.edge = Edge::load(head, |path| read_file(self.kind, path, reader))
            .map_err(|error| damaged(error.to_string()))?;
        self.view.checkpoint = Some(Arc::<VerifiedCheckpoint>::new(verified));
        Ok(())
    }
}

fn read_file(kind: LogKind, path: &LogPath, reader: &StoreReader) -> Result<Vec<u8>, StoreError> {
    let found = match path {
        LogPath::Tile(tile) => reader.tile(kind, *tile)?,
        LogPath::Entries(bundle) => reader.bundle(kind, *bundle)?,
        LogPath::Checkpoint => None,
    };
    let missing = || StoreError::Failed { action: "find a file of a log", reason: path.to_string() };
    found.ok_or_else(missing)
}

/// The register after statements in the order of the log, each with the time that the hub took it.
/// A statement that the register refuses leaves no trace, as on every desk.
///
/// # Errors
/// When the first is not a founding.
pub fn replay<'a>(
    rows: impl IntoIterator<Item = (u64, &'a [u8], Timestamp)>,
    before: Option<Register>,
) -> Result<Option<Register>, counterseal_register::Refusal> {
    let mut register = before;
    for (index, bytes, at) in rows {
        if TimeMark::parse(bytes).is_some() {
            continue;
        }
        let position = LogPosition::new(index);
        match &mut register {
            None => register = Some(Register::found(position, bytes)?),
            Some(register) => {
                let since = at.max(register.last().time);
                let sight = Sight::Logged { cosigned: true, since };
                if let Err(refusal) = register.apply(position, bytes, sight) {
                    tracing::warn!(code = refusal.code(), "a statement in the log has no effect");
                }
            }
        }
    }
    Ok(register)
}

/// A store's statement log as desks take it.
pub(super) fn load_marked(reader: &StoreReader) -> Result<MarkedLog, HubFailure> {
    let (mut marked, mut next, size) = (MarkedLog::new(), 0, reader.size(LogKind::Statements)?);
    while next < size {
        let rows = reader.statements(next..size, READ)?;
        let last = rows.last().ok_or_else(|| HubFailure::Damaged {
            reason: "statements are missing in the store; restore it".to_owned(),
        })?;
        next = last.index + 1;
        for row in &rows {
            let taken = marked.take(row.index, &row.bytes);
            taken.map_err(|refusal| HubFailure::Damaged { reason: refusal.to_string() })?;
        }
    }
    Ok(marked)
}

/// The register by which a hub admits: of its log as desks take it, and what it obeyed on sight. No time in it is the
/// hub's own, but for what no mark covers yet: a clock that was wrong once would be wrong for ever.
pub(super) fn present_register(
    marked: &MarkedLog,
    reader: &StoreReader,
    now: Timestamp,
) -> Result<Register, HubFailure> {
    let mut register = marked.present(now).ok_or(HubFailure::NoMission)?;
    obey(&mut register, reader)?;
    Ok(register)
}

/// The register of a store, each statement as of when it was taken.
pub(crate) fn load_register(reader: &StoreReader) -> Result<Register, HubFailure> {
    let (mut register, mut next, size) = (None, 0, reader.size(LogKind::Statements)?);
    while next < size {
        let rows = reader.statements(next..size, READ)?;
        let last = rows.last().ok_or_else(|| HubFailure::Damaged {
            reason: "statements are missing in the store; restore it".to_owned(),
        })?;
        next = last.index + 1;
        let items = rows.iter().map(|row: &LogRow| (row.index, row.bytes.as_slice(), row.at));
        register =
            replay(items, register).map_err(|refusal| HubFailure::Damaged { reason: refusal.to_string() })?;
    }
    let mut register = register.ok_or(HubFailure::NoMission)?;
    obey(&mut register, reader)?;
    Ok(register)
}

fn obey(register: &mut Register, reader: &StoreReader) -> Result<(), HubFailure> {
    for statement in reader.obeyed()? {
        let at = register.last().position.next();
        if let Err(refusal) = register.apply(at, &statement, Sight::OnSight) {
            tracing::debug!(
                code = refusal.code(),
                "what was obeyed on sight is in the log, or refuted by it"
            );
        }
    }
    Ok(())
}

//! What a desk keeps of decoys in its store, by name, until it is not needed any more.

use counterseal_model::cbor::{Reader, Writer, from_bytes_strict, to_bytes};
use counterseal_model::{CompartmentId, EntryId};
use counterseal_register::{DecoyInstruction, Signed};

use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Instructions of this desk's, by id: what was asked, and what was planted.
pub(super) const SENT: &str = "decoy-sent/";
/// Instructions to this desk that are not carried out and reported yet.
pub(super) const TODO: &str = "decoy-todo/";
/// Instructions to this desk that were, without what came of them: an instruction that comes twice counts once.
pub(super) const DONE: &str = "decoy-done/";
/// Requests whose alarm the watch officer has seen to.
pub(super) const SEEN: &str = "decoy-seen/";

/// An instruction, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    /// As its watch officer signed it.
    pub(super) signed: Vec<u8>,
    /// Where its list is to stand; on the planting desk nowhere.
    pub(super) list: Option<CompartmentId>,
    /// Whether it left this desk.
    pub(super) sent: bool,
    /// Whether the list stands there.
    pub(super) listed: bool,
    /// What was planted.
    pub(super) entries: Vec<EntryId>,
}

impl Kept {
    pub(super) fn new(signed: Vec<u8>, list: Option<CompartmentId>) -> Self {
        Self { signed, list, sent: false, listed: false, entries: Vec::new() }
    }

    /// What was asked. It was verified when it was kept.
    pub(super) fn instruction(&self) -> Result<DecoyInstruction, NodeError> {
        let signed = Signed::parse(&self.signed).map_err(|e| NodeError::Verification(e.to_string()))?;
        Ok(from_bytes_strict(signed.payload())?)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let entries = to_bytes(&self.entries);
        let list = self.list.map_or_else(Vec::new, |id| id.as_bytes().to_vec());
        let state = u64::from(self.sent) + 2 * u64::from(self.listed);
        let mut w = Writer::with_capacity(self.signed.len() + entries.len() + 64);
        w.array(4).bytes(&self.signed).bytes(&list).uint(state).bytes(&entries);
        w.into_bytes()
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, NodeError> {
        let mut r = Reader::strict(bytes);
        r.array_of(4, "an instruction that is kept")?;
        let signed = r.bytes()?.to_vec();
        let list = CompartmentId::from_slice(r.bytes()?);
        let state = r.uint()?;
        let entries = from_bytes_strict(r.bytes()?)?;
        Ok(Self { signed, list, sent: state & 1 == 1, listed: state & 2 == 2, entries })
    }
}

impl Desk {
    pub(super) fn kept_decoys(&self, under: &str) -> Result<Vec<(String, Kept)>, NodeError> {
        let rows = self.store.read(|db| local::beginning(db, under))?;
        rows.into_iter().map(|(name, bytes)| Ok((name, Kept::read(&bytes)?))).collect()
    }

    pub(super) fn keep_decoys(&mut self, name: &str, kept: &Kept) -> Result<(), NodeError> {
        let bytes = kept.bytes();
        self.store.commit(|tx| local::set(tx, name, &bytes))
    }
}

pub(super) fn named(under: &str, id: &[u8]) -> String {
    format!("{under}{}", hex::encode(id))
}

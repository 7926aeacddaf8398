//! Drafts: what is being typed, kept in this desk's store, whose pages are encrypted, and in no journal: nobody else ever
//! gets it. A draft has the id of the record that it becomes, so that what is sent twice is written once.

use counterseal_model::cbor::{BodyError, Reader, Writer};
use counterseal_model::{CompartmentId, RecordId, Timestamp};
use rusqlite::Connection;

use super::ReportRefusal;
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Most drafts that a desk keeps.
pub const DRAFTS: usize = 100;
/// Longest draft, in bytes.
pub const DRAFT_BYTES: usize = 256 * 1024;
/// Under which they are kept; the compartment they are meant for and their id follow.
const PREFIX: &str = "draft/";

/// What is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The record that it becomes.
    pub record: RecordId,
    /// The compartment that it is meant for.
    pub compartment: CompartmentId,
    /// When it was kept last.
    pub kept: Timestamp,
    /// The fields of its form, as they were typed.
    pub fields: Vec<(String, String)>,
}

impl Desk {
    /// Keeps a draft in the place of the one of the same id. When this returns, it survives a loss of power.
    ///
    /// # Errors
    /// `DraftTooLong`, `TooManyDrafts`, or when the disk refuses; what was kept before stays then.
    pub fn keep_draft(
        &mut self,
        record: RecordId,
        compartment: CompartmentId,
        fields: &[(String, String)],
    ) -> Result<(), NodeError> {
        let draft = Draft { record, compartment, kept: self.now(), fields: fields.to_vec() };
        let value = draft.to_bytes();
        if value.len() > DRAFT_BYTES {
            return Err(ReportRefusal::DraftTooLong { bytes: value.len() }.into());
        }
        let others = self.drafts()?;
        if others.len() >= DRAFTS && !others.iter().any(|other| other.record == record) {
            return Err(ReportRefusal::TooManyDrafts.into());
        }
        self.store.commit(|tx| {
            forget(tx, record)?;
            local::set(tx, &name_of(compartment, record), &value)
        })
    }

    /// The drafts, the one kept last first. What has become a record is none any more.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, NodeError> {
        let mut drafts = Vec::new();
        for (name, value) in self.store.read(|db| local::beginning(db, PREFIX))? {
            // One that an older program kept otherwise is not shown, and stays.
            if let Some(draft) =
                Draft::read(&name, &value).filter(|draft| self.record_number(draft.record).is_err())
            {
                drafts.push(draft);
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse((draft.kept, draft.record)));
        Ok(drafts)
    }

    /// Discards a draft. The pages it stood on are overwritten.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn discard_draft(&mut self, record: RecordId) -> Result<(), NodeError> {
        self.store.commit_forgetting(|tx| forget(tx, record))
    }

    /// How many drafts are meant for one of these compartments.
    pub(in crate::desk) fn drafts_for(&self, of: &[CompartmentId]) -> Result<u64, NodeError> {
        Ok(self.drafts()?.iter().filter(|draft| of.contains(&draft.compartment)).count() as u64)
    }
}

/// Removes a draft, in a commit of the caller's.
pub(super) fn forget(tx: &Connection, record: RecordId) -> Result<(), NodeError> {
    let end = format!("/{record}");
    for (name, _) in local::beginning(tx, PREFIX)? {
        if name.ends_with(&end) {
            local::remove(tx, &name)?;
        }
    }
    Ok(())
}

/// That a row of `local` is no draft for one of these compartments: drafts do not travel further than what they are for.
pub(in crate::desk) fn is_for_none(leave: impl IntoIterator<Item = CompartmentId>) -> String {
    let clauses = leave.into_iter().map(|id| format!(" AND name NOT GLOB '{PREFIX}{id}/*'"));
    clauses.collect()
}

fn name_of(compartment: CompartmentId, record: RecordId) -> String {
    format!("{PREFIX}{compartment}/{record}")
}

impl Draft {
    /// A list: when it was kept, then names and values in turn.
    fn to_bytes(&self) -> Vec<u8> {
        let mut w = Writer::new();
        w.array(1 + 2 * self.fields.len()).int(self.kept.0);
        for (name, value) in &self.fields {
            w.text(name).text(value);
        }
        w.into_bytes()
    }

    fn read(name: &str, value: &[u8]) -> Option<Self> {
        let (compartment, record) = name.strip_prefix(PREFIX)?.split_once('/')?;
        let (compartment, record) = (compartment.parse().ok()?, record.parse().ok()?);
        let (kept, fields) = Self::fields_of(value).ok()?;
        Some(Self { record, compartment, kept, fields })
    }

    fn fields_of(value: &[u8]) -> Result<(Timestamp, Vec<(String, String)>), BodyError> {
        let mut r = Reader::new(value);
        let pairs = r.array()?.saturating_sub(1) / 2;
        let kept = Timestamp(r.int()?);
        let fields = (0..pairs).map(|_| Ok((r.text()?.to_owned(), r.text()?.to_owned())));
        Ok((kept, fields.collect::<Result<_, BodyError>>()?))
    }
}

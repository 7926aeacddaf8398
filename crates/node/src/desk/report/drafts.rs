//! Drafts: what is being typed, kept in this desk's store, whose pages are encrypted, and in no journal: nobody else ever
//! gets it. What is meant for a guarded compartment is kept in memory instead, and on no disk. A draft has the id of the
//! record that it becomes, so that what is sent twice is written once. Normative text: docs/spec/guarded.md, section 1.

use std::collections::BTreeMap;

use counterseal_model::cbor::{BodyError, Reader, Writer};
use counterseal_model::{CompartmentId, RecordId, Timestamp};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::{ReportRefusal, written};
use crate::desk::{Desk, local};
use crate::error::NodeError;

/// Most drafts that a desk keeps.
pub const DRAFTS: usize = 100;
/// Longest draft, in bytes.
pub const DRAFT_BYTES: usize = 256 * 1024;
/// Zeros before a draft in the store. SQLite keeps at most the first 2018 bytes of a row where its neighbours stand, and
/// moves them about with those; all that was typed stands in pages that are this draft's alone.
const BEFORE: usize = 2048;
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
    /// Whether it is in memory alone, and ends when the desk is locked.
    pub in_memory: bool,
    /// The fields of its form, as they were typed.
    pub fields: Vec<(String, String)>,
}

/// Where a draft is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptDraft {
    /// Nowhere: it was written already, or says nothing.
    Nowhere,
    /// In this desk's store: it survives a loss of power.
    InStore,
    /// In memory until the desk is locked: some of it is meant for a guarded compartment, whose plain text is on no disk.
    InMemory,
}

/// Drafts of which some is meant for guarded compartments, by the names they would have in the store. Wiped when they end,
/// and when the desk is locked.
#[derive(Default)]
pub(crate) struct DraftsInMemory(BTreeMap<String, Zeroizing<Vec<u8>>>);

impl DraftsInMemory {
    pub(super) fn forget(&mut self, record: RecordId) {
        self.0.retain(|name, _| !is_of(name, record));
    }

    /// How many there are, shown or not.
    #[cfg(test)]
    pub(in crate::desk) fn count(&self) -> usize {
        self.0.len()
    }
}

impl Desk {
    /// Keeps a draft in the place of the one of the same id; `apart` are the compartments that fields of it are moved to.
    /// When this returns `InStore`, it survives a loss of power. As soon as a guarded compartment is among those it is
    /// meant for, it is kept in memory, and what the store had of it is destroyed.
    ///
    /// # Errors
    /// `DraftTooLong`, `TooManyDrafts`, or when the disk refuses; what was kept before stays then.
    pub fn keep_draft(
        &mut self,
        record: RecordId,
        compartment: CompartmentId,
        apart: &[CompartmentId],
        fields: &[(String, String)],
    ) -> Result<KeptDraft, NodeError> {
        if self.is_written(record)? {
            return Ok(KeptDraft::Nowhere);
        }
        let value = to_bytes(self.now(), fields);
        if value.len() > DRAFT_BYTES {
            return Err(ReportRefusal::DraftTooLong { bytes: value.len() }.into());
        }
        let others = self.drafts()?;
        if others.len() >= DRAFTS && !others.iter().any(|other| other.record == record) {
            return Err(ReportRefusal::TooManyDrafts.into());
        }
        let name = name_of(compartment, record);
        if self.is_guarded(compartment) || apart.iter().any(|apart| self.is_guarded(*apart)) {
            self.discard_draft(record)?;
            self.drafts.0.insert(name, value);
            return Ok(KeptDraft::InMemory);
        }
        // What is replaced may be what should not stand here; the pages it stood on are overwritten.
        self.store.commit_overwriting(|tx| {
            forget(tx, record)?;
            local::set(tx, &name, &Zeroizing::new([&[0; BEFORE][..], value.as_slice()].concat()))
        })?;
        self.drafts.forget(record);
        Ok(KeptDraft::InStore)
    }

    /// The drafts, the one kept last first. What has become a record is none any more.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, NodeError> {
        let stored = self.store.read(|db| local::beginning(db, PREFIX))?;
        // One that an older program kept otherwise is not shown, and stays.
        let stored = stored.iter().filter_map(|(name, value)| {
            Draft::read(name, value.strip_prefix(&[0; BEFORE]).unwrap_or(value), false)
        });
        let here = self.drafts.0.iter().filter_map(|(name, value)| Draft::read(name, value, true));
        let mut drafts = Vec::new();
        for draft in stored.chain(here) {
            if !self.is_written(draft.record)? {
                drafts.push(draft);
            }
        }
        drafts.sort_by_key(|draft| std::cmp::Reverse((draft.kept, draft.record)));
        Ok(drafts)
    }

    /// Discards a draft. The pages it stood on are overwritten, and the write-ahead file is emptied.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn discard_draft(&mut self, record: RecordId) -> Result<(), NodeError> {
        if self.store.read(|db| is_stored(db, record))? {
            self.store.commit_forgetting(local::TABLE, |tx| forget(tx, record))?;
        }
        self.drafts.forget(record);
        Ok(())
    }

    /// How many drafts a desk that is made again without these compartments would not have: those that are meant for
    /// them, and those in memory.
    pub(in crate::desk) fn drafts_for(&self, of: &[CompartmentId]) -> Result<u64, NodeError> {
        let lost = |draft: &&Draft| draft.in_memory || of.contains(&draft.compartment);
        Ok(self.drafts()?.iter().filter(lost).count() as u64)
    }
}

/// Whether the store has a draft of this record.
pub(super) fn is_stored(db: &Connection, record: RecordId) -> Result<bool, NodeError> {
    Ok(local::beginning(db, PREFIX)?.iter().any(|(name, _)| is_of(name, record)))
}

/// Whether a draft of this name is this record's.
fn is_of(name: &str, record: RecordId) -> bool {
    name.strip_suffix(&record.to_string()).is_some_and(|before| before.ends_with('/'))
}

/// Removes a draft, in a commit of the caller's.
pub(super) fn forget(tx: &Connection, record: RecordId) -> Result<(), NodeError> {
    for (name, _) in local::beginning(tx, PREFIX)? {
        if is_of(&name, record) {
            local::remove(tx, &name)?;
        }
    }
    Ok(())
}

/// That a row of `local` is no draft for one of these compartments, nor says that something was written there: neither
/// travels further than what it is for.
pub(in crate::desk) fn is_for_none(leave: impl IntoIterator<Item = CompartmentId>) -> String {
    let clauses = leave.into_iter().map(|id| {
        format!(" AND name NOT GLOB '{PREFIX}{id}/*' AND name NOT GLOB '{}*/{id}'", written::PREFIX)
    });
    clauses.collect()
}

fn name_of(compartment: CompartmentId, record: RecordId) -> String {
    format!("{PREFIX}{compartment}/{record}")
}

/// A list: when it was kept, then names and values in turn.
fn to_bytes(kept: Timestamp, fields: &[(String, String)]) -> Zeroizing<Vec<u8>> {
    let mut w = Writer::new();
    w.array(1 + 2 * fields.len()).int(kept.0);
    for (name, value) in fields {
        w.text(name).text(value);
    }
    Zeroizing::new(w.into_bytes())
}

impl Draft {
    /// Where it is kept.
    #[must_use]
    pub fn kept_in(&self) -> KeptDraft {
        if self.in_memory { KeptDraft::InMemory } else { KeptDraft::InStore }
    }

    fn read(name: &str, value: &[u8], in_memory: bool) -> Option<Self> {
        let (compartment, record) = name.strip_prefix(PREFIX)?.split_once('/')?;
        let (compartment, record) = (compartment.parse().ok()?, record.parse().ok()?);
        let (kept, fields) = Self::fields_of(value).ok()?;
        Some(Self { record, compartment, kept, in_memory, fields })
    }

    fn fields_of(value: &[u8]) -> Result<(Timestamp, Vec<(String, String)>), BodyError> {
        let mut r = Reader::new(value);
        let pairs = r.array()?.saturating_sub(1) / 2;
        let kept = Timestamp(r.int()?);
        let fields = (0..pairs).map(|_| Ok((r.text()?.to_owned(), r.text()?.to_owned())));
        Ok((kept, fields.collect::<Result<_, BodyError>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_travels_only_with_the_compartment_that_it_is_for() {
        let (left, kept) = (CompartmentId::from_bytes([1; 16]), CompartmentId::from_bytes([2; 16]));
        let record = RecordId::from_bytes([3; 16]);
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE local (name TEXT PRIMARY KEY, value BLOB NOT NULL)").unwrap();
        let written = |compartment| written::name_of(record, compartment);
        let drafts = [name_of(left, record), name_of(kept, record)];
        for name in drafts.into_iter().chain([written(left), written(kept), "person".to_owned()]) {
            local::set(&db, &name, b"x").unwrap();
        }
        let sql = format!("SELECT name FROM local WHERE 1{} ORDER BY name", is_for_none([left]));
        let mut list = db.prepare(&sql).unwrap();
        let names: Vec<String> = list.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        assert_eq!(names, [name_of(kept, record), "person".to_owned(), written(kept)]);
        // And one is forgotten by its record alone, whatever it was meant for.
        forget(&db, record).unwrap();
        assert!(local::beginning(&db, PREFIX).unwrap().is_empty());
        assert!(local::get(&db, "person").unwrap().is_some());
    }
}

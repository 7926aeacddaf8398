//! Cases as this desk may see them without an opening: their open parts, and what it noted of those it wrote.

use std::collections::BTreeMap;

use counterseal_model::record::{Body, Case, Kind};
use counterseal_model::{CaseId, Classification, Code, CompartmentId, EntryId, RecordId};
use counterseal_register::PartRef;
use rusqlite::Connection;

use super::area::Area;
use super::written::named;
use super::{CaseworkRefusal, NamedPart};
use crate::desk::Desk;
use crate::desk::read::view;
use crate::error::NodeError;

/// The open part of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// Where it stands.
    pub compartment: CompartmentId,
    /// What it says.
    pub case: Case,
    /// How sensitive it is.
    pub class: Classification,
}

/// A case, as far as this desk sees it without an opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseView {
    /// The pseudonym that requests name.
    pub id: CaseId,
    /// The record.
    pub record: RecordId,
    /// What its officers call it.
    pub reference: Option<Code>,
    /// Its open part, if it has one that is here.
    pub open: Option<OpenCase>,
    /// Where this desk writes its guarded parts, if it does.
    pub guarded: Option<CompartmentId>,
    /// The guarded parts of the case itself that this desk wrote.
    pub own: Vec<NamedPart>,
    /// The guarded parts that belong to it.
    pub parts: Vec<NamedPart>,
    /// Whether newest versions of its open part disagree.
    pub conflict: bool,
}

impl CaseView {
    fn new(id: CaseId, record: RecordId) -> Self {
        let (own, parts) = (Vec::new(), Vec::new());
        Self { id, record, reference: None, open: None, guarded: None, own, parts, conflict: false }
    }
}

impl Desk {
    /// The cases that this desk knows of, in the order of their records.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn cases(&self) -> Result<Vec<CaseView>, NodeError> {
        let reader = self.reader();
        let mut all = self.store.read(noted)?;
        let shown = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT no FROM record WHERE kind = ?1")?;
            let numbers = list.query_map([Kind::Case.code()], |row| row.get(0))?;
            let numbers: Vec<i64> = numbers.collect::<Result<_, _>>()?;
            numbers.into_iter().map(|number| view(db, &reader, number)).collect::<Result<Vec<_>, NodeError>>()
        })?;
        for record in shown {
            // What stands in one compartment is not carried into another by an edit, so it is one that is shown.
            let Some(first) = record.shown.first() else { continue };
            let Body::Case(case) = &first.part.body else { continue };
            let known = all.entry(record.id()).or_insert_with(|| CaseView::new(case.case, record.id()));
            known.conflict = record.conflict || known.id != case.case;
            known.reference = known.reference.take().or_else(|| case.reference.clone());
            let belonging = case.parts.iter().filter_map(named).filter(|part| !known.parts.contains(part));
            let belonging: Vec<_> = belonging.collect();
            known.parts.extend(belonging);
            let (compartment, class) = (first.compartment, first.part.classification);
            known.open = Some(OpenCase { compartment, case: (**case).clone(), class });
        }
        Ok(all.into_values().collect())
    }

    /// A case, by its record.
    ///
    /// # Errors
    /// `NoCase`.
    pub fn case(&self, record: RecordId) -> Result<CaseView, NodeError> {
        let found = self.cases()?.into_iter().find(|case| case.record == record);
        found.ok_or_else(|| CaseworkRefusal::NoCase { text: record.short(), count: 0 }.into())
    }

    /// The one case that a text names: its reference, or the first digits, at least four, of its id or its record.
    ///
    /// # Errors
    /// `NoCase` when there is none, or there are several.
    pub fn find_case(&self, text: &str) -> Result<CaseView, NodeError> {
        let mut found = self.cases_called(text)?;
        match (found.pop(), found.len()) {
            (Some(only), 0) => Ok(only),
            (last, more) => {
                let count = more + usize::from(last.is_some());
                Err(CaseworkRefusal::NoCase { text: text.to_owned(), count }.into())
            }
        }
    }

    fn cases_called(&self, text: &str) -> Result<Vec<CaseView>, NodeError> {
        let digits = text.to_ascii_lowercase();
        let is_prefix = digits.len() >= 4 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let fits = |case: &CaseView| {
            let by_id = is_prefix
                && [case.id.to_string(), case.record.to_string()].iter().any(|id| id.starts_with(&digits));
            by_id || case.reference.as_ref().is_some_and(|reference| reference.as_str() == text)
        };
        Ok(self.cases()?.into_iter().filter(fits).collect())
    }

    /// The case that a request names: a case of this desk, or all 32 digits of one that it does not know. Several records
    /// of one case are no obstacle: whoever can write one could else keep its officers from naming it.
    ///
    /// # Errors
    /// As `find_case`, where several cases are meant.
    pub fn case_named(&self, text: &str) -> Result<CaseId, NodeError> {
        let mut ids: Vec<_> = self.cases_called(text)?.into_iter().map(|case| case.id).collect();
        ids.sort_unstable();
        ids.dedup();
        match (ids.as_slice(), text.parse()) {
            ([only], _) => Ok(*only),
            ([], Ok(id)) => Ok(id),
            (several, _) => {
                let count = several.len();
                Err(CaseworkRefusal::NoCase { text: text.to_owned(), count }.into())
            }
        }
    }

    /// The guarded parts of a case that this desk keeps and that can be asked for: those that belong to it, and its own.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parts_of_case(&self, case: &CaseView) -> Result<Vec<PartRef>, NodeError> {
        let mut parts: Vec<NamedPart> = case.own.iter().chain(&case.parts).copied().collect();
        parts.sort_unstable();
        parts.dedup();
        let at = self.moment();
        let can_be_asked_for = |named: &NamedPart| {
            let text = format!("{}/{}", named.part.entry, named.part.index);
            let here = self.guarded_parts(&text).is_ok_and(|found| found.len() == 1);
            let state = self.register.part_state(named.compartment, named.part, at);
            here && state.withdrawn.is_none() && state.erased.is_none()
        };
        Ok(parts.into_iter().filter(can_be_asked_for).map(|named| named.part).collect())
    }

    /// The cases whose open part names an incident, or another record with a place, in an area.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn cases_in(&self, area: &Area) -> Result<Vec<CaseView>, NodeError> {
        let mut all = self.cases()?;
        all.retain(|case| {
            let incidents = case.open.iter().flat_map(|open| &open.case.incidents);
            incidents.into_iter().any(|id| self.is_in(*id, area))
        });
        Ok(all)
    }
}

/// What this desk noted of cases, by record.
fn noted(db: &Connection) -> Result<BTreeMap<RecordId, CaseView>, NodeError> {
    let mut all = BTreeMap::new();
    let mut list = db.prepare_cached("SELECT record, id, compartment, reference FROM case_noted")?;
    type Columns = ([u8; 16], [u8; 16], [u8; 16], Option<String>);
    let rows = list.query_map([], |row| row.try_into() as rusqlite::Result<Columns>)?;
    for row in rows {
        let (record, id, compartment, reference) = row?;
        let record = RecordId::from_bytes(record);
        let mut case = CaseView::new(CaseId::from_bytes(id), record);
        case.guarded = Some(CompartmentId::from_bytes(compartment));
        case.reference = reference.as_deref().and_then(Code::parse);
        all.insert(record, case);
    }
    let mut list =
        db.prepare_cached("SELECT record, compartment, entry, idx, own FROM case_part ORDER BY entry, idx")?;
    type Part = ([u8; 16], [u8; 16], [u8; 32], u32, bool);
    for row in list.query_map([], |row| row.try_into() as rusqlite::Result<Part>)? {
        let (record, compartment, entry, index, own) = row?;
        let Some(case) = all.get_mut(&RecordId::from_bytes(record)) else { continue };
        let part = PartRef { entry: EntryId::from_bytes(entry), index };
        let named = NamedPart { compartment: CompartmentId::from_bytes(compartment), part };
        if own { case.own.push(named) } else { case.parts.push(named) }
    }
    Ok(all)
}

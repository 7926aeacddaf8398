//! Parts that leave the mission in a file: decided by the policy, marked, put down, and traced like every export.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use counterseal_model::record::Part;
use counterseal_model::{Classification, Code, CompartmentId, RecordId};
use counterseal_policy::Action;
use counterseal_register::{DisclosedAs, PartRef, sha256};
use rusqlite::Connection;

use super::disclosed::Leaving;
use super::export_approved::{Permitted, Wanted};
use super::plan::refusal_of;
use super::readable::Readable;
use super::refusal::ShareRefusal;
use crate::desk::Desk;
use crate::desk::casework::NamedPart;
use crate::desk::export::{ExportOptions, file_error, take_name};
use crate::desk::statements::random;
use crate::desk::write::INDEX_BITS;
use crate::error::NodeError;
use crate::index::versions_of;

/// Which parts are to leave, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsExport {
    /// The parts.
    pub parts: Vec<NamedPart>,
    /// What for, a purpose of the policy.
    pub purpose: Code,
    /// Whether it is for a case.
    pub case: bool,
    /// Where the trace is written.
    pub compartment: CompartmentId,
}

/// A file that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsExported {
    /// How many parts are in it.
    pub count: u64,
    /// Its mark.
    pub mark: String,
    /// The highest classification in it.
    pub classification: Classification,
}

/// Parts that an export would take out of compartments that the policy speaks of, by compartment.
pub(in crate::desk) type Guarded = BTreeMap<CompartmentId, Vec<PartRef>>;

impl Desk {
    /// Exports parts that are readable now into a new file, one line each as `line` writes it, after `head`. Both are
    /// given the mark as it stands in files; the head also the classification and whether anything is invented. What leaves is put down before the file has its name.
    ///
    /// # Errors
    /// As `plan_share`; `NotPermitted`, with what is missing and whom to ask; when the file is there already.
    pub fn export_parts(
        &mut self,
        what: &PartsExport,
        path: &Path,
        head: &dyn Fn(&str, Classification, bool) -> String,
        line: &dyn Fn(&str, &Part) -> String,
    ) -> Result<PartsExported, NodeError> {
        if path.exists() {
            return Err(file_error("write", path, io::Error::from(io::ErrorKind::AlreadyExists)));
        }
        let permitted = self.permit_export(&what.parts, &what.purpose, what.case)?;
        let mut parts = Vec::with_capacity(what.parts.len());
        for named in &what.parts {
            let Readable { part, .. } = self.readable(*named)?;
            parts.push(part);
        }
        let class =
            parts.iter().map(|part| part.classification).max().unwrap_or(Classification::Unclassified);
        let mark = hex::encode(random::<16>(&mut self.rng));
        let synthetic = parts.iter().any(|part| part.synthetic);
        let marked = format!("counterseal-export:{mark}");
        let mut text = zeroize::Zeroizing::new(format!("{}\n", head(&marked, class, synthetic)));
        for part in &parts {
            text.push_str(&line(&marked, part));
            text.push('\n');
        }
        let digest = sha256(&[text.as_bytes()]);
        let unfinished = self.note_unfinished(path, &mark)?;
        let made = self.write_parts(unfinished.path(), text.as_bytes()).and_then(|()| {
            self.put_down(by_compartment(&what.parts), (&what.purpose, &permitted), digest)?;
            self.trace_parts(what, &mark, class, digest)?;
            take_name(unfinished.path(), path).map_err(|error| file_error("name", path, error))
        });
        let forgotten = self.forget_unfinished(unfinished);
        made?;
        forgotten?;
        Ok(PartsExported { count: parts.len() as u64, mark, classification: class })
    }

    fn write_parts(&self, path: &Path, text: &[u8]) -> Result<(), NodeError> {
        let made = crate::store::private().create_new(true).write(true).open(path);
        let mut file = made.map_err(|error| file_error("make", path, error))?;
        let written = file.write_all(text).and_then(|()| file.sync_all());
        written.map_err(|error| file_error("write", path, error))
    }

    fn trace_parts(
        &mut self,
        what: &PartsExport,
        mark: &str,
        class: Classification,
        digest: [u8; 32],
    ) -> Result<(), NodeError> {
        let trace = counterseal_model::record::ExportMark {
            query: format!("{} parts for {}", what.parts.len(), what.purpose),
            format: "jsonl".to_owned(),
            count: what.parts.len() as u64,
            digest: counterseal_model::record::Digest(digest),
            mark: mark.to_owned(),
            extra: Default::default(),
        };
        let body = counterseal_model::record::Body::Export(Box::new(trace));
        self.record_new(what.compartment, body, class).map(drop)
    }

    /// Whether the policy permits these parts to leave, by the approvals that were given of exactly this; for whom.
    fn permit_export(&self, parts: &[NamedPart], purpose: &Code, case: bool) -> Result<Permitted, NodeError> {
        let (decision, recipient, _) = self.weigh(Action::Export, purpose, case, parts, Vec::new())?;
        let refused = || NodeError::from(ShareRefusal::NotPermitted { reasons: Vec::new(), ask: Vec::new() });
        let Some(refusal) = refusal_of(&decision) else {
            return Ok(Permitted { recipient: recipient.ok_or_else(refused)?, used: None });
        };
        let Some(recipient) = recipient else { return Err(refusal.into()) };
        let wanted = Wanted { parts, purpose, case, recipient: &recipient };
        let (approvals, used) = self.approvals_of(&wanted)?;
        let (decision, ..) = self.weigh(Action::Export, purpose, case, parts, approvals)?;
        match refusal_of(&decision) {
            Some(refusal) => Err(refusal.into()),
            None => Ok(Permitted { recipient, used }),
        }
    }

    /// Of what a question would export, the parts of compartments that the policy in force names with a label. They leave
    /// for a purpose that it permits, or not at all.
    ///
    /// # Errors
    /// `NoPurpose`, `NotPermitted`.
    pub(in crate::desk) fn check_export(
        &self,
        options: &ExportOptions,
    ) -> Result<(Guarded, Option<Permitted>), NodeError> {
        if self.policy_in_force()?.is_none() {
            return Ok((Guarded::new(), None));
        }
        self.check_leaving(self.asked_for(options)?, options)
    }

    /// Of parts that would leave in a file, those of compartments that the policy in force names with a label: as
    /// `check_export`.
    ///
    /// # Errors
    /// `NoPurpose`, `NotPermitted`.
    pub(in crate::desk) fn check_leaving(
        &self,
        named: Vec<NamedPart>,
        options: &ExportOptions,
    ) -> Result<(Guarded, Option<Permitted>), NodeError> {
        let named = self.spoken_of(named)?;
        if named.is_empty() {
            return Ok((Guarded::new(), None));
        }
        let Some(purpose) = &options.purpose else {
            return Err(ShareRefusal::NoPurpose { count: named.len() }.into());
        };
        let permitted = self.permit_export(&named, purpose, options.case)?;
        Ok((by_compartment(&named), Some(permitted)))
    }

    /// Of these parts, those of compartments that the policy in force names with a label.
    pub(super) fn spoken_of(&self, named: Vec<NamedPart>) -> Result<Vec<NamedPart>, NodeError> {
        let Some(policy) = self.policy_in_force()? else { return Ok(Vec::new()) };
        let labelled = |named: &NamedPart| !policy.table().labels(named.compartment).is_empty();
        Ok(named.into_iter().filter(labelled).collect())
    }

    /// The parts that a record is shown from on this desk: none of what is sealed twice is among them.
    ///
    /// # Errors
    /// `NoRecord`.
    pub fn record_parts(&self, record: RecordId) -> Result<Vec<NamedPart>, NodeError> {
        let number = self.record_number(record)?;
        self.store.read(|db| {
            let shown = db.query_row("SELECT part FROM record WHERE no = ?1", [number], |row| row.get(0))?;
            parts_of(db, number, shown)
        })
    }

    /// Puts down what leaves in a file, compartment by compartment. What approved it is used up first.
    pub(in crate::desk) fn put_down(
        &mut self,
        parts: Guarded,
        (purpose, permitted): (&Code, &Permitted),
        digest: [u8; 32],
    ) -> Result<(), NodeError> {
        self.use_up(permitted)?;
        let recipient = &permitted.recipient;
        for (compartment, parts) in parts {
            let (purpose, recipient) = (purpose.clone(), recipient.clone());
            let how = DisclosedAs::Exported;
            self.keep_disclosed(Leaving { how, compartment, parts, to: None, purpose, recipient, digest })?;
        }
        Ok(())
    }
}

fn by_compartment(parts: &[NamedPart]) -> Guarded {
    let mut all = Guarded::new();
    for named in parts {
        all.entry(named.compartment).or_default().push(named.part);
    }
    all.values_mut().for_each(|parts| {
        parts.sort_unstable();
        parts.dedup();
    });
    all
}

/// The parts that a record is shown from.
pub(super) fn parts_of(db: &Connection, record: i64, shown: i64) -> Result<Vec<NamedPart>, NodeError> {
    let versions = versions_of(db, record)?;
    let numbers = if versions.is_empty() { vec![shown] } else { crate::index::shown(&versions).parts };
    let mut find = db.prepare_cached("SELECT id, compartment FROM entry WHERE no = ?1")?;
    let mut all = Vec::with_capacity(numbers.len());
    for no in numbers {
        let (entry, compartment): ([u8; 32], [u8; 16]) =
            find.query_row([no >> INDEX_BITS], |row| row.try_into())?;
        let index = u32::try_from(no & ((1 << INDEX_BITS) - 1)).unwrap_or(u32::MAX);
        let part = PartRef { entry: counterseal_model::EntryId::from_bytes(entry), index };
        all.push(NamedPart { compartment: CompartmentId::from_bytes(compartment), part });
    }
    Ok(all)
}

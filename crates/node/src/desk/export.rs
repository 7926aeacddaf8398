//! Export: what a question shows goes into a file that carries its classification and a mark of its
//! own; who took it out stands, signed, in the journal before the file gets its name.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use aws_lc_rs::digest;
use counterseal_exchange::{ExportHead, ExportRow, Exporter, Format, Mark, find_marks};
use counterseal_model::record::{Body, Digest, ExportMark};
use counterseal_model::{Classification, Code, CompartmentId, DeviceId, RecordId, Timestamp};
use counterseal_register::Subject;
use rusqlite::Connection;

use super::Desk;
use super::chart::{self, Chart, Labels};
use super::read::{RecordView, view};
use super::sharing::{Guarded, Permitted};
use super::statements::random;
use crate::error::NodeError;
use crate::query::{self, Filter, Sort};

/// What is to be exported, and how.
#[derive(Debug, Clone)]
pub struct ExportOptions {
    /// Which incidents.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// At most how many.
    pub limit: Option<usize>,
    /// The file's format.
    pub format: Format,
    /// The question as it was asked, for the trace.
    pub query: String,
    /// Where the trace is written.
    pub compartment: CompartmentId,
    /// What for: needed for parts of compartments that the policy names with a label.
    pub purpose: Option<Code>,
    /// Whether it is for a case.
    pub case: bool,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReport {
    /// Incidents in the file.
    pub count: u64,
    /// SHA-256 of the file.
    pub digest: [u8; 32],
    /// The file's mark.
    pub mark: String,
    /// The highest classification in it.
    pub classification: Classification,
    /// The record of the export.
    pub record: RecordId,
}

/// An export that a file comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The mark found in the file.
    pub mark: String,
    /// Whether the file is byte for byte what was exported.
    pub unaltered: bool,
    /// The record of the export.
    pub record: RecordId,
    /// Whose desk it was, by name if this desk may know it.
    pub person: Option<String>,
    /// The device.
    pub device: DeviceId,
    /// When.
    pub made: Timestamp,
    /// The question.
    pub query: String,
    /// Incidents in the file.
    pub count: u64,
    /// The format.
    pub format: String,
}

impl Desk {
    /// Exports what a question shows into a new file at `path`. The trace is durable before the file
    /// has its name; when anything fails, there is no file.
    ///
    /// # Errors
    /// When the file is there already or cannot be written, or the trace cannot be kept.
    pub fn export(
        &mut self,
        options: &ExportOptions,
        path: &Path,
        progress: &mut dyn FnMut(u64),
    ) -> Result<ExportReport, NodeError> {
        if path.exists() {
            return Err(file_error("write", path, io::Error::from(io::ErrorKind::AlreadyExists)));
        }
        let mark = hex::encode(random::<16>(&mut self.rng));
        let unfinished = self.note_unfinished(path, &mark)?;
        let written = self.export_and_trace(options, mark, unfinished.path(), progress).and_then(|report| {
            take_name(unfinished.path(), path).map_err(|e| file_error("name", path, e))?;
            Ok(report)
        });
        // What is half written is of no use to anyone but a finder.
        let forgotten = self.forget_unfinished(unfinished);
        let report = written?;
        forgotten?;
        Ok(report)
    }

    /// As `export`, into memory: for what goes straight to another program. The trace is durable when
    /// this returns.
    ///
    /// # Errors
    /// When the trace cannot be kept.
    pub fn export_bytes(&mut self, options: &ExportOptions) -> Result<(Vec<u8>, ExportReport), NodeError> {
        let mark = hex::encode(random::<16>(&mut self.rng));
        let out = Hashing { out: Vec::new(), hash: sha256() };
        let leaving = self.check_export(options)?;
        let (count, classification, out) = self.write_export(options, &mark, out, &mut |_| {})?;
        let report = self.keep_trace(options, leaving, mark, (count, classification), out.hash)?;
        Ok((out.out, report))
    }

    fn export_and_trace(
        &mut self,
        options: &ExportOptions,
        mark: String,
        path: &Path,
        progress: &mut dyn FnMut(u64),
    ) -> Result<ExportReport, NodeError> {
        let leaving = self.check_export(options)?;
        let made = crate::store::private().create_new(true).write(true).open(path);
        let file = made.map_err(|e| file_error("make", path, e))?;
        let out = Hashing { out: BufWriter::new(file), hash: sha256() };
        let (count, classification, out) = self.write_export(options, &mark, out, progress)?;
        let file = out.out.into_inner().map_err(|e| file_error("write", path, e.into_error()))?;
        file.sync_all().map_err(|e| file_error("write", path, e))?;
        self.keep_trace(options, leaving, mark, (count, classification), out.hash)
    }

    /// Writes the trace of an export into the journal.
    pub(in crate::desk) fn keep_trace(
        &mut self,
        options: &ExportOptions,
        (leaving, permitted): (Guarded, Option<Permitted>),
        mark: String,
        (count, classification): (u64, Classification),
        hash: digest::Context,
    ) -> Result<ExportReport, NodeError> {
        let mut digest = [0; 32];
        digest.iter_mut().zip(hash.finish().as_ref()).for_each(|(slot, byte)| *slot = *byte);
        if let Some((purpose, permitted)) = options.purpose.as_ref().zip(permitted) {
            self.put_down(leaving, (purpose, &permitted), digest)?;
        }
        let trace = ExportMark {
            query: options.query.clone(),
            format: options.format.word().to_owned(),
            count,
            digest: Digest(digest),
            mark: mark.clone(),
            extra: Default::default(),
        };
        let body = Body::Export(Box::new(trace));
        let record = self.record_new(options.compartment, body, classification)?;
        Ok(ExportReport { count, digest, mark, classification, record })
    }

    fn write_export<W: Write>(
        &self,
        options: &ExportOptions,
        mark: &str,
        out: Hashing<W>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(u64, Classification, Hashing<W>), NodeError> {
        let mark = Mark::new(mark).map_err(|e| NodeError::Verification(e.to_string()))?;
        let reader = self.reader();
        self.store.read(|db| {
            let limit = options.limit.unwrap_or(i64::MAX as usize);
            let found = query::find_incidents(db, &options.filter, options.sort, limit)?;
            let chart = match options.format {
                Format::Graphml => Some(Chart::of(db, &reader, &found)?),
                _ => None,
            };
            // The head stands before the rows: it needs what all of them are.
            let labels = found.iter().try_fold(Labels::default(), |sum, found| {
                Ok::<_, NodeError>(sum.and(Labels::of_incident(db, found.record)?))
            })?;
            let Labels { classification, synthetic } =
                labels.and(chart.as_ref().map_or(labels, |c| c.labels));
            let head = ExportHead { mark, classification, synthetic };
            let mut exporter = Exporter::new(options.format, out, head)?;
            for (nth, found) in (1u64..).zip(&found) {
                let view = view(db, &reader, found.record)?;
                write_row(db, &mut exporter, &view, Labels::of_incident(db, found.record)?)?;
                if nth % 1000 == 0 {
                    progress(nth);
                }
            }
            if let Some(chart) = chart {
                chart.write(&mut exporter)?;
            }
            let (out, written) = exporter.finish()?;
            progress(written.incidents);
            Ok((written.incidents, classification, out))
        })
    }

    /// The exports that a file comes from, by the marks in it: whose copy is this?
    ///
    /// # Errors
    /// When the file or the store cannot be read.
    pub fn trace(&self, path: &Path) -> Result<Vec<Trace>, NodeError> {
        let failed = |e| file_error("read", path, e);
        let marks = find_marks(File::open(path).map_err(failed)?).map_err(failed)?;
        let mut hash = Hashing { out: io::sink(), hash: sha256() };
        io::copy(&mut File::open(path).map_err(failed)?, &mut hash).map_err(failed)?;
        let digest = hash.hash.finish();
        let known = self.exports()?;
        let traces = marks.iter().flat_map(|mark| known.iter().filter(move |trace| trace.0.mark == *mark));
        Ok(traces.map(|(trace, of)| Trace { unaltered: of == digest.as_ref(), ..trace.clone() }).collect())
    }

    /// Every export this desk knows of, newest first, each with its file's digest.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exports(&self) -> Result<Vec<(Trace, [u8; 32])>, NodeError> {
        let reader = self.reader();
        let views = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT record FROM export ORDER BY record DESC")?;
            let records = list.query_map([], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
            records.into_iter().map(|record| view(db, &reader, record)).collect::<Result<Vec<_>, NodeError>>()
        })?;
        Ok(views.iter().filter_map(|view| self.trace_of(view)).collect())
    }

    fn trace_of(&self, view: &RecordView) -> Option<(Trace, [u8; 32])> {
        let Body::Export(export) = &view.part.body else { return None };
        let device = view.shown.first()?.device;
        let person = self.register.device(device, self.moment()).map(|known| known.person);
        let person = person.and_then(|person| self.name_of(Subject::Person(person)));
        let trace = Trace {
            mark: export.mark.clone(),
            unaltered: true,
            record: view.id(),
            person: person.map(|name| name.to_string()),
            device,
            made: view.made(),
            query: export.query.clone(),
            count: export.count,
            format: export.format.clone(),
        };
        Some((trace, export.digest.0))
    }
}

/// Gives a finished file its name, unless the name was taken meanwhile.
pub(super) fn take_name(unfinished: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(unfinished, path) {
        Ok(()) => std::fs::remove_file(unfinished),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
        // Some sticks know no links.
        Err(_) => std::fs::rename(unfinished, path),
    }
}

/// A writer that hashes what passes.
pub(in crate::desk) struct Hashing<W> {
    pub(in crate::desk) out: W,
    pub(in crate::desk) hash: digest::Context,
}

impl<W> Hashing<W> {
    pub(in crate::desk) fn new(out: W) -> Self {
        Self { out, hash: sha256() }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn sha256() -> digest::Context {
    digest::Context::new(&digest::SHA256)
}

pub(in crate::desk) fn write_row<W: Write>(
    db: &Connection,
    exporter: &mut Exporter<W>,
    view: &RecordView,
    labels: Labels,
) -> Result<(), NodeError> {
    let Body::Incident(incident) = &view.part.body else { return Ok(()) };
    let mut actors = Vec::new();
    for involved in &incident.actors {
        let known = involved.entity.map(|id| chart::entity_of(db, id)).transpose()?.flatten();
        actors.push(known.map_or_else(String::new, |entity| entity.name));
    }
    let id = view.id().to_string();
    let Labels { classification, synthetic } = labels;
    Ok(exporter.row(&ExportRow { id: &id, incident, classification, synthetic, actors })?)
}

pub(super) fn file_error(doing: &'static str, path: &Path, source: io::Error) -> NodeError {
    NodeError::File { doing, path: path.display().to_string(), source }
}

//! `import`.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_lc_rs::digest;
use clap::Args;
use counterseal_exchange::{Import, Mapping, Rejected, RejectsWriter, sample, suggest_mapping};
use counterseal_model::Classification;
use counterseal_node::{Desk, Go, ImportOptions, ImportReport, NodeError};
use flate2::read::MultiGzDecoder;
use serde_json::json;

use super::record::classification;
use crate::clean::{clean, shorten};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;
use crate::progress::Bar;

/// Rejected rows shown when they are not written into a file.
const SHOWN: usize = 10;
/// Rows looked at for a suggested mapping.
const SAMPLED: usize = 200;

/// Import incidents from CSV, GeoJSON or JSON Lines: UCDP GED, ACLED, our own exports, or by a mapping
#[derive(Debug, Args)]
#[command(after_help = "\
A row is the same record each time it is imported; one that says nothing new makes no version. An
import that was stopped goes on where it was. Files may be compressed with gzip.
Exit code 3: some rows were rejected; correct them in the rejects file and import that.

Examples:
  counterseal import ged231.csv.gz
  counterseal import sage.csv --mapping sage.toml \\
      --rejects sage-rejects.csv --class confidential
  counterseal import sage.csv --suggest-mapping > sage.toml
  counterseal import acled.csv --dry-run --format json")]
pub(crate) struct ImportArgs {
    /// The file
    file: PathBuf,
    /// How the file's columns become fields
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Print a mapping to begin with, and import nothing
    #[arg(long, conflicts_with_all = ["mapping", "dry_run", "rejects"])]
    suggest_mapping: bool,
    /// Read and check everything, write nothing
    #[arg(long)]
    dry_run: bool,
    /// Compartment, by name or id, where you work in several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// Classification of rows that carry none
    #[arg(long, value_name = "CLASS", value_parser = classification)]
    class: Option<Classification>,
    /// Write rows that cannot be read into this new file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// How to show what came of it
    #[arg(long, default_value = "table", value_parser = ["table", "json"])]
    format: String,
}

impl ImportArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if self.suggest_mapping {
            let (input, _) = open(&self.file)?;
            let sample = sample(input, SAMPLED).map_err(|e| NodeError::Import(Box::new(e)))?;
            ctx.write(&clean(&suggest_mapping(&sample.columns, &sample.rows), false))?;
            return Ok(Done::Well);
        }
        let text = match &self.mapping {
            Some(path) => Some(std::fs::read_to_string(path).map_err(|e| Failure::file("read", path, e))?),
            None => None,
        };
        let mapping = text.as_deref().map(Mapping::parse).transpose();
        let mapping = mapping.map_err(|error| Failure::Asked(error.to_string()))?;
        let source = digest_of(&self.file, text.as_deref().unwrap_or_default())?;
        ctx.with_desk(|ctx, desk| self.import(ctx, desk, mapping, source))
    }

    fn import(
        &self,
        ctx: &Context,
        desk: &mut Desk,
        mapping: Option<Mapping>,
        source: [u8; 32],
    ) -> Result<Done, Failure> {
        let compartment = ctx.compartment(desk, self.compartment.as_deref())?;
        let classification = self.class.unwrap_or_else(|| desk.default_class(compartment));
        let options = ImportOptions {
            compartment,
            classification,
            dry_run: self.dry_run,
            commit_rows: ImportOptions::COMMIT_ROWS,
            source: Some(source),
        };
        let (input, read) = open(&self.file)?;
        let import = Import::open(input, mapping).map_err(|e| NodeError::Import(Box::new(e)))?;
        let layout = import.layout().to_string();
        let rejects = RefCell::new(self.rejects_file(import.columns())?);
        let length = std::fs::metadata(&self.file).map_or(0, |of| of.len());
        let bar = Bar::bytes(length, &ctx.words.text("import-bar"));
        let report = desk.import(import, &options, &mut |row| rejects.borrow_mut().take(row), &mut |_| {
            bar.set(read.load(Ordering::Relaxed));
            if ctx.is_asked_to_lock() { Go::Stop } else { Go::On }
        })?;
        drop(bar);
        let shown = rejects.into_inner().finish(self.rejects.as_deref())?;
        self.report(ctx, desk, &report, &layout, &shown)?;
        if !report.finished {
            return Err(NodeError::Locked.into());
        }
        Ok(if report.rejected > 0 { Done::Attention } else { Done::Well })
    }

    fn rejects_file(&self, columns: &[String]) -> Result<Rejects, Failure> {
        let file = match &self.rejects {
            Some(path) => {
                // Rejected rows hold what the import was meant to keep safe.
                counterseal_node::write_new_private(path, &[])?;
                let file =
                    File::options().append(true).open(path).map_err(|e| Failure::file("write", path, e))?;
                Some(RejectsWriter::new(BufWriter::new(file), columns))
            }
            None => None,
        };
        Ok(Rejects { file, shown: Vec::new() })
    }

    fn report(
        &self,
        ctx: &Context,
        desk: &Desk,
        report: &ImportReport,
        layout: &str,
        shown: &[String],
    ) -> Result<(), Failure> {
        if self.format == "json" {
            return ctx.line(&pretty(&report_json(report, layout, desk, self.dry_run)));
        }
        ctx.mark_synthetic(desk)?;
        if self.dry_run {
            ctx.say("import-dry-run", &[])?;
        }
        let n = |number: u64| number.to_string().into();
        if report.resumed_at > 0 {
            ctx.say("import-resumed", &[("row", n(report.resumed_at))])?;
        }
        ctx.say("import-rows", &[("rows", n(report.rows)), ("layout", layout.into())])?;
        ctx.say(
            "import-records",
            &[
                ("new", n(report.new)),
                ("changed", n(report.changed)),
                ("unchanged", n(report.unchanged)),
                ("entities", n(report.entities)),
            ],
        )?;
        if report.duplicate_count > 0 {
            ctx.say("import-duplicates", &[("count", n(report.duplicate_count))])?;
            for duplicate in report.duplicates.iter().take(SHOWN) {
                let (a, b) = (duplicate.record.short(), duplicate.other.short());
                ctx.line(&format!("  {a} = {b}?  {:.0} %", duplicate.score * 100.0))?;
            }
        }
        if report.concern_count > 0 {
            ctx.say("import-concerns", &[("count", n(report.concern_count))])?;
            for found in report.concerns.iter().take(SHOWN) {
                let (text, field) = (shorten(&found.concern.text, 50), found.concern.field);
                ctx.line(&format!("  {}  {field}  {}  {text}", found.record.short(), found.concern.rule))?;
            }
        }
        if report.rejected > 0 {
            ctx.note("import-rejected", &[("count", n(report.rejected))]);
            shown.iter().for_each(|line| ctx.note_line(&format!("  {line}")));
            if self.rejects.is_none() {
                ctx.note("import-rejects-hint", &[]);
            }
        }
        Ok(())
    }
}

fn report_json(report: &ImportReport, layout: &str, desk: &Desk, dry_run: bool) -> serde_json::Value {
    let duplicates: Vec<_> = report
        .duplicates
        .iter()
        .map(|d| json!({ "row": d.row, "record": d.record.to_string(), "other": d.other.to_string(), "score": d.score }))
        .collect();
    let concerns: Vec<_> = report
        .concerns
        .iter()
        .map(|c| {
            json!({ "row": c.row, "record": c.record.to_string(), "field": c.concern.field,
                "span": [c.concern.span.start, c.concern.span.end], "text": c.concern.text, "rule": c.concern.rule })
        })
        .collect();
    json!({
        "synthetic": desk.register().is_synthetic(), "dryRun": dry_run, "layout": layout, "rows": report.rows,
        "resumedAt": report.resumed_at, "new": report.new, "changed": report.changed,
        "unchanged": report.unchanged, "rejected": report.rejected, "entities": report.entities,
        "committedRows": report.committed_rows, "finished": report.finished,
        "duplicateCount": report.duplicate_count, "duplicates": duplicates,
        "concernCount": report.concern_count, "concerns": concerns,
    })
}

/// Rejected rows: into a file, or the first few for the terminal.
struct Rejects {
    file: Option<RejectsWriter<BufWriter<File>>>,
    shown: Vec<String>,
}

impl Rejects {
    fn take(&mut self, row: &Rejected) -> io::Result<()> {
        if self.shown.len() < SHOWN {
            self.shown.push(shorten(&row.to_string(), 160));
        }
        self.file.as_mut().map_or(Ok(()), |file| file.write(row))
    }

    fn finish(self, path: Option<&Path>) -> Result<Vec<String>, Failure> {
        if let (Some(file), Some(path)) = (self.file, path) {
            file.finish().map_err(|e| Failure::file("write", path, e))?;
        }
        Ok(self.shown)
    }
}

/// Counts what has been read of a file.
struct Counting<R> {
    inner: R,
    read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

type Input = (Box<dyn Read + Send>, Arc<AtomicU64>);

/// Opens a file, compressed or not, and counts what is read of it on the disk.
fn open(path: &Path) -> Result<Input, Failure> {
    let failed = |e| Failure::file("read", path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut magic = Vec::new();
    file.by_ref().take(2).read_to_end(&mut magic).map_err(failed)?;
    file.rewind().map_err(failed)?;
    let read = Arc::new(AtomicU64::new(0));
    let counting = BufReader::with_capacity(1 << 18, Counting { inner: file, read: Arc::clone(&read) });
    let input: Box<dyn Read + Send> =
        if magic == [0x1f, 0x8b] { Box::new(MultiGzDecoder::new(counting)) } else { Box::new(counting) };
    Ok((input, read))
}

/// What a file and its mapping are known by when a stopped import is taken up again.
fn digest_of(path: &Path, mapping: &str) -> Result<[u8; 32], Failure> {
    let failed = |e| Failure::file("read", path, e);
    let mut file = File::open(path).map_err(failed)?;
    let mut of_file = digest::Context::new(&digest::SHA256);
    let mut buffer = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        of_file.update(bytes);
    }
    Ok(counterseal_register::sha256(&[of_file.finish().as_ref(), mapping.as_bytes()]))
}

//! `export`: files out, with a trace of who took them.

mod parts;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_exchange::Format as FileFormat;
use counterseal_model::{Code, CompartmentId};
use counterseal_node::{Desk, ExportOptions, Trace, write_new_private};
use serde_json::{Value, json};

use crate::clean::clean;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::filters::{FilterArgs, OrderArgs};
use crate::listing::{Format, Listing};
use crate::progress::Bar;
use crate::verbs::opening::{WhereArgs, case_of};
use parts::{Wanted, export_parts};

/// Export incidents into a file; trace a file back to who exported it
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Every file carries its classification and a mark. The trace, with the question and the file's digest,
is written before the file gets its name. Words come after the file's name.
Parts of which the mission's policy speaks leave for a purpose that it permits: a refusal says what is missing. With
--part, parts are exported by name, as JSON Lines; what is sealed twice has to be open, or is opened with --open.
Where the policy asks for a second person, --ask-approval writes down what they approve at their own desk, with
'share approve'. Their approval is good for exactly this, once, and for seven days.

Examples:
  counterseal export bria.csv --place Bria
  counterseal export 2021.geojson --from 2021 --to 2021 --verified
  counterseal export wells.xml --to-format graphml --actor 'seven wells'
  counterseal export file.jsonl --part 5f0c2a9d41b8e377/0 --purpose court-referral
  counterseal export file.jsonl --part 5f0c2a9d41b8e377/0 \\
      --purpose court-referral --ask-approval export.asked
  counterseal export file.jsonl --part 5f0c2a9d41b8e377/0 \\
      --purpose court-referral --approval export.approval
  counterseal export trace found-on-a-stick.csv
  counterseal export list")]
pub(crate) struct ExportArgs {
    #[command(subcommand)]
    action: Option<Action>,
    /// The file to make
    #[arg(required = true, value_name = "FILE")]
    file: Option<PathBuf>,
    /// csv, hxl, jsonl, geojson or graphml (default: as the file's name ends)
    #[arg(long, value_name = "FORMAT", value_parser = file_format)]
    to_format: Option<FileFormat>,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    order: OrderArgs,
    /// Compartment the trace is written to, where you work in several
    #[arg(long, value_name = "NAME")]
    compartment: Option<String>,
    /// What for: a purpose of the policy
    #[arg(long, value_name = "CODE")]
    purpose: Option<Code>,
    /// The case: its reference, or the digits of its id
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// These parts instead, as ENTRY/INDEX; may be given several times
    #[arg(long = "part", value_name = "PART", requires = "purpose")]
    parts: Vec<String>,
    /// With --part: open what is sealed twice for this purpose first; stands in the log
    #[arg(long, requires = "parts")]
    open: bool,
    /// Write what a second person is to approve into this new file, and export nothing
    #[arg(long, value_name = "FILE", requires = "purpose")]
    ask_approval: Option<PathBuf>,
    /// A second person's approval, from 'share approve'. May be given several times
    #[arg(long = "approval", value_name = "FILE", requires = "purpose", conflicts_with = "ask_approval")]
    approvals: Vec<PathBuf>,
    #[command(flatten)]
    place: WhereArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Say which export a file comes from
    #[command(
        after_help = "Examples:\n  counterseal export trace found-on-a-stick.csv\n  counterseal export trace found.csv --format json"
    )]
    Trace {
        /// The file, or a part of it
        file: PathBuf,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List the exports this desk knows of
    #[command(after_help = "Examples:\n  counterseal export list\n  counterseal export list --format json")]
    List {
        /// How to show them
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

fn file_format(text: &str) -> Result<FileFormat, String> {
    FileFormat::from_word(text).ok_or_else(|| "write csv, hxl, jsonl, geojson or graphml".to_owned())
}

impl ExportArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match (&self.action, &self.file) {
            (Some(Action::Trace { file, format }), _) => {
                ctx.with_desk(|ctx, desk| trace(ctx, desk, file, *format))
            }
            (Some(Action::List { format }), _) => {
                ctx.with_desk(|ctx, desk| {
                    let known: Vec<_> = desk.exports()?.into_iter().map(|(trace, _)| trace).collect();
                    show(ctx, desk, &known, *format, false)
                })?;
                Ok(Done::Well)
            }
            (None, Some(file)) => ctx.with_desk(|ctx, desk| self.export(ctx, desk, file)),
            (None, None) => Ok(Done::Well),
        }
    }

    fn export(&self, ctx: &Context, desk: &mut Desk, file: &Path) -> Result<Done, Failure> {
        for path in &self.approvals {
            let approval = std::fs::read(path).map_err(|error| Failure::file("read", path, error))?;
            desk.take_export_approval(&approval)?;
        }
        if let (Some(purpose), false) = (&self.purpose, self.parts.is_empty()) {
            let wanted = Wanted {
                parts: &self.parts,
                purpose,
                case: case_of(desk, self.case.as_deref())?,
                open: self.open.then_some(&self.place),
                compartment: self.compartment.as_deref(),
                ask: self.ask_approval.as_deref(),
            };
            return export_parts(ctx, desk, file, &wanted);
        }
        let by_name = || file.extension().and_then(|end| FileFormat::from_word(&end.to_string_lossy()));
        let format = self.to_format.or_else(by_name).ok_or_else(|| ctx.refuse("export-format", &[]))?;
        let compartment = ctx.compartment(desk, self.compartment.as_deref())?;
        let mut options = options_of((&self.filter, &self.order), format, compartment);
        (options.purpose, options.case) = (self.purpose.clone(), self.case.is_some());
        if let Some(path) = &self.ask_approval {
            return write_asked(ctx, path, &desk.ask_export_of(&options)?.bytes);
        }
        let bar = Bar::items(0, &ctx.words.text("export-bar"));
        let report = desk.export(&options, file, &mut |done| bar.set_of(done, done))?;
        drop(bar);
        ctx.mark_synthetic(desk)?;
        ctx.say(
            "export-done",
            &[
                ("count", report.count.to_string().into()),
                ("path", file.display().to_string().into()),
                ("class", report.classification.word().into()),
                ("mark", report.mark.into()),
            ],
        )?;
        Ok(Done::Well)
    }
}

/// What a second person is to approve, for them to carry to their desk.
fn write_asked(ctx: &Context, path: &Path, asked: &[u8]) -> Result<Done, Failure> {
    write_new_private(path, asked)?;
    ctx.note("share-asked", &[("path", path.display().to_string().into())]);
    Ok(Done::Well)
}

fn options_of(
    (filter, order): (&FilterArgs, &OrderArgs),
    format: FileFormat,
    compartment: CompartmentId,
) -> ExportOptions {
    let query = filter.query(order);
    ExportOptions {
        filter: filter.filter(),
        sort: order.sort(),
        limit: order.limit,
        format,
        query,
        compartment,
        purpose: None,
        case: false,
    }
}

/// Exports to standard output, with a trace like any other. It is put together in memory: a file, even
/// for a moment, could stay behind in clear.
pub(super) fn export_to_stdout(
    ctx: &Context,
    desk: &mut Desk,
    question: (&FilterArgs, &OrderArgs),
    format: FileFormat,
    compartment: CompartmentId,
) -> Result<(), Failure> {
    let (bytes, report) = desk.export_bytes(&options_of(question, format, compartment))?;
    put_out(ctx, &bytes)?;
    ctx.note("export-traced", &[("count", report.count.to_string().into()), ("mark", report.mark.into())]);
    Ok(())
}

/// Writes to standard output, byte for byte; a terminal gets nothing it would obey.
fn put_out(ctx: &Context, bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        drop(out);
        return ctx.write(&clean(&String::from_utf8_lossy(bytes), false));
    }
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::terminal(error)),
        _ => Ok(()),
    }
}

fn trace(ctx: &Context, desk: &Desk, file: &Path, format: Format) -> Result<Done, Failure> {
    let traces = desk.trace(file)?;
    if traces.is_empty() && format == Format::Table {
        ctx.say("trace-none", &[("path", file.display().to_string().into())])?;
        return Ok(Done::Well);
    }
    show(ctx, desk, &traces, format, true)?;
    Ok(Done::Well)
}

fn show(ctx: &Context, desk: &Desk, traces: &[Trace], format: Format, of_file: bool) -> Result<(), Failure> {
    let mut columns = vec!["made", "by", "device", "count", "format", "query", "mark"];
    columns.extend(of_file.then_some("unaltered"));
    columns.push("record");
    let mut listing = Listing::new("exports", &columns);
    let table = format == Format::Table;
    for trace in traces {
        let (device, record) = match table {
            true => (trace.device.short(), trace.record.short()),
            false => (trace.device.to_string(), trace.record.to_string()),
        };
        let unaltered: Option<Value> = of_file.then(|| json!(trace.unaltered));
        let cells = [
            json!(trace.made.rfc3339()),
            json!(trace.person),
            json!(device),
            json!(trace.count),
            json!(trace.format),
            json!(trace.query),
            json!(trace.mark),
        ];
        listing.row(cells.into_iter().chain(unaltered).chain([json!(record)]));
    }
    listing.show(ctx, desk, format)
}

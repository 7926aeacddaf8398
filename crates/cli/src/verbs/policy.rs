//! `policy`: the table by which trustees decide, in words; trying it, explaining it, preparing a new one.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use counterseal_model::record::BasisKind;
use counterseal_model::{Code, CompartmentId, SectionId};
use counterseal_node::{Desk, Supposed, SupposedFact, engine_code, write_new_private};
use counterseal_policy::{Policy, Table, Verdict, try_examples};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing, pretty};
use crate::refused::sentences_of_verdict;

/// Show, try, explain and prepare the policy: who may open, share and export what, for which purpose
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show the policy in force, or a table in a file, row by row in words
    #[command(after_help = "\
Examples:
  counterseal policy show
  counterseal policy show --default > policy.csv
  counterseal policy show --table policy.csv --cedar
  counterseal policy show --format json")]
    Show {
        /// This table instead of the one in force
        #[arg(long, value_name = "FILE")]
        table: Option<PathBuf>,
        /// The table that comes with the program, as its file
        #[arg(long, conflicts_with = "table")]
        default: bool,
        /// What the table compiles to, in the engine's own language
        #[arg(long)]
        cedar: bool,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Try a table: decide example requests by it and compare with what should be decided
    #[command(after_help = "\
How an example is written stands in docs/spec/policy.md, section 9. Exit code 3: some are decided otherwise.

Examples:
  counterseal policy test policy.csv policy.expect
  counterseal policy test policy.csv policy.expect --format json")]
    Test {
        /// The table
        table: PathBuf,
        /// The examples
        examples: PathBuf,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Explain what would be said of a request of yours, before anything is asked or logged
    #[command(after_help = "\
Your section and offices are the register's word. Trainings, roles and what others said of a part are known to trustees
and not to this desk: suppose them with --suppose. Exit code 3: it would be refused.

Examples:
  counterseal policy explain 5f0c2a9d41b8e377/0 --purpose verification --case
  counterseal policy explain 5f0c2a9d41b8e377 --purpose audit \\
      --suppose training device
  counterseal policy explain 5f0c2a9d41b8e377 --purpose verification \\
      --suppose role:human-rights-officer basis:consent")]
    Explain(Explain),
    /// Check a table, give its sections and labels their ids, and write it as governors sign it
    #[command(after_help = "\
Refused while a section or a label has no id: rows that name them would mean nothing. Governors sign the file that is
written, and it comes into force after the mission's waiting days.

Examples:
  counterseal policy propose policy.csv --section 'protection=Officer Sparrow' \\
      --compartment 'cases=protection cases' --out proposed.csv")]
    Propose(Propose),
}

#[derive(Debug, Args)]
struct Explain {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// What for: a purpose of the table
    #[arg(long)]
    purpose: Code,
    /// To do what
    #[arg(long, value_enum, default_value = "open")]
    action: Act,
    /// A case would be named
    #[arg(long)]
    case: bool,
    /// It would be an emergency
    #[arg(long)]
    emergency: bool,
    /// Suppose that this is proved: training, device, agreement, role:NAME, contingent:NAME, basis:KIND
    #[arg(long, num_args = 1.., value_name = "FACT")]
    suppose: Vec<String>,
    /// By this table instead of the one in force
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// What somebody wants to do with parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Act {
    /// Open them
    Open,
    /// Make parts of another compartment from them
    Share,
    /// Take them out of the mission
    Export,
}

#[derive(Debug, Args)]
struct Propose {
    /// The table
    table: PathBuf,
    /// A section's id, or a person of the section, as NAME=ID; may be given several times
    #[arg(long = "section", value_name = "NAME=ID")]
    sections: Vec<String>,
    /// A compartment of a label, as LABEL=COMPARTMENT; may be given several times
    #[arg(long = "compartment", value_name = "LABEL=COMPARTMENT")]
    compartments: Vec<String>,
    /// The file to make, for 'mission policy'
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl PolicyArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Show { default: true, .. } => ctx.write(Table::DEFAULT).map(|()| Done::Well),
            Action::Show { table, cedar, format, .. } => ctx.with_desk(|ctx, desk| {
                let policy = policy_of(ctx, desk, table.as_deref())?;
                if cedar { ctx.write(&policy.cedar()) } else { show(ctx, desk, policy.table(), format) }?;
                Ok(Done::Well)
            }),
            Action::Test { table, examples, format } => test(ctx, &table, &examples, format),
            Action::Explain(args) => ctx.with_desk(|ctx, desk| args.run(ctx, desk)),
            Action::Propose(args) => ctx.with_desk(|ctx, desk| args.run(ctx, desk)),
        }
    }
}

fn read_table(path: &Path) -> Result<Table, Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::file("read", path, e))?;
    Table::read(&path.display().to_string(), &bytes).map_err(|error| Failure::Asked(error.to_string()))
}

/// A file's policy, or the one in force.
fn policy_of(ctx: &Context, desk: &Desk, table: Option<&Path>) -> Result<Policy, Failure> {
    match table {
        Some(path) => Policy::new(read_table(path)?).map_err(|error| Failure::Asked(error.to_string())),
        None => desk.policy_in_force()?.ok_or_else(|| ctx.refuse("policy-none", &[])),
    }
}

fn show(ctx: &Context, desk: &Desk, table: &Table, format: Format) -> Result<(), Failure> {
    let columns =
        ["row", "effect", "who", "action", "what", "purpose", "basis", "needs", "emergency", "words"];
    // The words say what the other columns say: they are enough on a screen.
    let mut listing = match format {
        Format::Table => Listing::new("rows", &["row", "effect", "who", "needs", "words"]),
        _ => Listing::new("rows", &columns),
    };
    for row in table.rows() {
        let cells = row.cells();
        let shown = columns.iter().zip(&cells);
        match format {
            Format::Table => {
                let few = ["row", "effect", "who", "needs", "words"];
                listing.row(shown.filter(|(column, _)| few.contains(*column)).map(|(_, cell)| json!(cell)));
            }
            _ => listing.row(cells.iter().map(|cell| json!(cell))),
        }
    }
    listing.show(ctx, desk, format)?;
    if format == Format::Table {
        let purposes = table.purposes().iter();
        for (code, purpose) in purposes {
            ctx.line(&format!("{code} ({}): {}", purpose.recipient, purpose.words))?;
        }
    }
    let unnamed: Vec<_> = table.unnamed().into_iter().map(Code::as_str).collect();
    if !unnamed.is_empty() {
        ctx.note("policy-unnamed", &[("names", unnamed.join(", ").into())]);
    }
    Ok(())
}

fn test(ctx: &Context, table: &Path, examples: &Path, format: Format) -> Result<Done, Failure> {
    let asked = |error: String| Failure::Asked(error);
    let policy = read_table(table)?.for_examples().map_err(|error| asked(error.to_string()))?;
    let text = std::fs::read_to_string(examples).map_err(|e| Failure::file("read", examples, e))?;
    let outcomes = try_examples(&policy, &examples.display().to_string(), &text)
        .map_err(|error| asked(error.to_string()))?;
    let wrong: Vec<_> = outcomes.iter().filter(|outcome| !outcome.is_right()).collect();
    if format == Format::Table {
        for outcome in &wrong {
            let values =
                [("line", outcome.line.to_string().into()), ("title", outcome.title.as_str().into())];
            ctx.say("policy-test-wrong", &values)?;
            outcome.expected.iter().try_for_each(|line| ctx.line(&format!("  - {line}")))?;
            outcome.found.iter().try_for_each(|line| ctx.line(&format!("  + {line}")))?;
        }
        let (right, all) = (outcomes.len() - wrong.len(), outcomes.len());
        ctx.say("policy-tested", &[("right", right.to_string().into()), ("all", all.to_string().into())])?;
    } else {
        let one = |outcome: &counterseal_policy::Outcome| {
            json!({"line": outcome.line, "title": outcome.title, "right": outcome.is_right(),
                "expected": outcome.expected, "found": outcome.found})
        };
        ctx.line(&pretty(&json!({ "examples": outcomes.iter().map(one).collect::<Vec<_>>() })))?;
    }
    Ok(if wrong.is_empty() { Done::Well } else { Done::Attention })
}

impl Explain {
    fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<Done, Failure> {
        let policy = policy_of(ctx, desk, self.table.as_deref())?;
        let mut parts = Vec::new();
        for text in &self.parts {
            parts.extend(desk.named_parts(text, None)?);
        }
        let facts = self.suppose.iter().map(|text| supposed(ctx, text)).collect::<Result<_, _>>()?;
        let (case, emergency, purpose) = (self.case, self.emergency, self.purpose.clone());
        let action = match self.action {
            Act::Open => counterseal_policy::Action::Open,
            Act::Share => counterseal_policy::Action::Share,
            Act::Export => counterseal_policy::Action::Export,
        };
        let decision =
            desk.explain(&policy, &parts, &Supposed { action, purpose, case, emergency, facts })?;
        if self.format == Format::Table {
            ctx.mark_synthetic(desk)?;
            for (verdict, count) in decision.verdicts() {
                ctx.say("policy-verdict", &[("count", count.to_string().into())])?;
                let reasons = sentences_of_verdict(verdict, ctx.words);
                reasons.iter().try_for_each(|line| ctx.line(&format!("  {line}")))?;
            }
        } else {
            let one = |(verdict, count): (&Verdict, usize)| {
                let permitted = matches!(verdict, Verdict::Permit(_));
                json!({"parts": count, "permitted": permitted, "reasons": verdict.to_string().lines().collect::<Vec<_>>()})
            };
            let verdicts: Vec<_> = decision.verdicts().map(one).collect();
            let synthetic = desk.register().is_synthetic();
            ctx.line(&pretty(&json!({
                "synthetic": synthetic, "permitted": decision.is_permitted(), "verdicts": verdicts,
            })))?;
        }
        Ok(if decision.is_permitted() { Done::Well } else { Done::Attention })
    }
}

/// A fact to suppose.
fn supposed(ctx: &Context, text: &str) -> Result<SupposedFact, Failure> {
    let bad = || ctx.refuse("policy-suppose-bad", &[("text", text.to_owned().into())]);
    match text.split_once(':') {
        None if text == "training" => Ok(SupposedFact::Training),
        None if text == "device" => Ok(SupposedFact::Device),
        None if text == "agreement" => Ok(SupposedFact::Agreement),
        Some(("role", name)) => Code::parse(name).map(SupposedFact::Role).ok_or_else(bad),
        Some(("contingent", name)) => Code::parse(name).map(SupposedFact::Contingent).ok_or_else(bad),
        Some(("basis", kind)) => BasisKind::from_word(kind).map(SupposedFact::Basis).ok_or_else(bad),
        _ => Err(bad()),
    }
}

impl Propose {
    fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<Done, Failure> {
        let mut table = read_table(&self.table)?;
        let undeclared = |code: Code| ctx.refuse("policy-undeclared", &[("name", code.to_string().into())]);
        for text in &self.sections {
            let (code, id) = pair(ctx, text)?;
            table.name_section(&code, section(ctx, desk, id)?).map_err(undeclared)?;
        }
        for text in &self.compartments {
            let (code, name) = pair(ctx, text)?;
            let id: CompartmentId = desk.find_compartment(name)?;
            table.label_compartment(&code, id).map_err(undeclared)?;
        }
        let unnamed: Vec<_> = table.unnamed().into_iter().map(Code::to_string).collect();
        if !unnamed.is_empty() {
            return Err(ctx.refuse("policy-unnamed-refused", &[("names", unnamed.join(", ").into())]));
        }
        let bytes = table.to_bytes();
        let policy = Policy::new(table).map_err(|error| Failure::Asked(error.to_string()))?;
        write_new_private(&self.out, &bytes)?;
        let values = [
            ("path", self.out.display().to_string().into()),
            ("rows", policy.table().rows().len().to_string().into()),
            ("engine", engine_code().into()),
        ];
        ctx.say("policy-proposed", &values)?;
        Ok(Done::Well)
    }
}

fn pair<'a>(ctx: &Context, text: &'a str) -> Result<(Code, &'a str), Failure> {
    let found = text.split_once('=').and_then(|(code, rest)| Some((Code::parse(code)?, rest)));
    found.ok_or_else(|| ctx.refuse("policy-pair-bad", &[("text", text.to_owned().into())]))
}

/// A section by its id, or as the one of a person.
fn section(ctx: &Context, desk: &Desk, text: &str) -> Result<SectionId, Failure> {
    let id = hex::decode(text).ok().and_then(|bytes| SectionId::from_slice(&bytes));
    if let Some(id) = id {
        return Ok(id);
    }
    let person = desk.find_person(text)?;
    let of = desk.register().section_of(person, desk.moment());
    of.ok_or_else(|| ctx.refuse("policy-no-section", &[("person", text.to_owned().into())]))
}

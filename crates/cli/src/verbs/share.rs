//! `share`: a part for another compartment that tells less; what was released, and cannot be recalled.

mod approve;
mod list;
mod plan;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use counterseal_model::{Code, CompartmentId};
use counterseal_node::{Desk, NamedPart, NodeError, ShareRefusal, ShareTerms, write_new_private};
use counterseal_policy::{DateLevel, Generalise, PlaceLevel};

use super::opening::{WhereArgs, case_of, open_first};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::Format;
use crate::whom::say_whom;

pub(crate) use list::say_released;

/// Share a part with another compartment, telling less of it; list what was released
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_help = "\
Makes a part of its own in the other compartment, which says what it was made of, by whom, what for and on which
basis. The mission's policy decides; a refusal names the row, what is missing and whom to ask. Without --yes it is
only shown: what the receivers would read, what is left out, and how many persons could read it. What is sealed
twice has to be open, or is opened for this with --open. What was shared cannot be recalled.
Exit code 3: without --yes, and the policy would refuse.

Examples:
  counterseal share 5f0c2a9d41b8e377/0 --to partners --purpose mediation
  counterseal share 5f0c2a9d41b8e377/0 --to partners --purpose mediation \\
      --generalise place=admin2,date=month --pseudonym --yes
  counterseal share 5f0c2a9d41b8e377/0 --to partners --purpose court-referral \\
      --ask-approval share.asked
  counterseal share list 5f0c2a9d41b8e377/0")]
pub(crate) struct ShareArgs {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    what: What,
}

#[derive(Debug, Args)]
struct What {
    /// The part, as ENTRY/INDEX; or a record, for the part of it that is open here
    #[arg(required = true, value_name = "PART")]
    part: Option<String>,
    /// The compartment that gets it
    #[arg(long, required = true, value_name = "COMPARTMENT")]
    to: Option<String>,
    /// What for: a purpose of the policy
    #[arg(long, required = true, value_name = "CODE")]
    purpose: Option<Code>,
    /// The case: its reference, or the digits of its id
    #[arg(long, value_name = "CASE")]
    case: Option<String>,
    /// Tell less: place=admin2, admin1 or country; date=month or year
    #[arg(long, value_delimiter = ',', value_name = "FIELD=LEVEL", value_parser = level)]
    generalise: Vec<Level>,
    /// Give pseudonyms for names: one person, one pseudonym in that compartment, another in every other
    #[arg(long)]
    pseudonym: bool,
    /// Leave counts of people below this out (always below 5 of what was sealed twice)
    #[arg(long, value_name = "NUMBER")]
    small_counts: Option<u64>,
    /// Only show what it would do, as without --yes
    #[arg(long, conflicts_with = "yes")]
    explain: bool,
    /// Do it
    #[arg(long)]
    yes: bool,
    /// Open the part for this purpose first, if it is sealed twice and not open: stands in the log
    #[arg(long)]
    open: bool,
    /// With --open: who else must approve the opening. May be given several times
    #[arg(long = "approver", value_name = "PERSON", requires = "open")]
    approvers: Vec<String>,
    /// Write what a second person is to approve into this new file, and do no more
    #[arg(long, value_name = "FILE", conflicts_with = "yes")]
    ask_approval: Option<PathBuf>,
    /// A second person's approval, from 'share approve'. May be given several times
    #[arg(long = "approval", value_name = "FILE")]
    approvals: Vec<PathBuf>,
    #[command(flatten)]
    place: WhereArgs,
    /// How to show it
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List what was shared, exported and opened, to whom, when and what for: none of it can be recalled
    #[command(after_help = "\
As far as this desk knows: what it did itself, what others shared with compartments that it reads, and openings of
which trustees told it.

Examples:
  counterseal share list
  counterseal share list 5f0c2a9d41b8e377/0 --format json")]
    List {
        /// Of this part alone, as ENTRY/INDEX, or of a record's open parts
        part: Option<String>,
        /// The part's compartment, where this desk has no entries of it
        #[arg(long)]
        compartment: Option<String>,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Read what another person wants to share, and with --yes approve it
    #[command(after_help = "\
Examples:
  counterseal share approve share.asked
  counterseal share approve share.asked --yes --out share.approval")]
    Approve {
        /// The file from 'share --ask-approval'
        file: PathBuf,
        /// Approve it; without this it is only shown
        #[arg(long, requires = "out")]
        yes: bool,
        /// The file to make, for the one who asks
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

/// What is told less of.
#[derive(Debug, Clone, Copy)]
enum Level {
    Place(PlaceLevel),
    Date(DateLevel),
}

fn level(text: &str) -> Result<Level, String> {
    let found = text.split_once('=').and_then(|(field, level)| match field {
        "place" => PlaceLevel::from_word(level).map(Level::Place),
        "date" => DateLevel::from_word(level).map(Level::Date),
        _ => None,
    });
    found.ok_or_else(|| "write place=admin2, place=admin1, place=country, date=month or date=year".to_owned())
}

impl ShareArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match &self.action {
            Some(Action::List { part, compartment, format }) => {
                list::list(ctx, desk, part.as_deref(), compartment.as_deref(), *format).map(|()| Done::Well)
            }
            Some(Action::Approve { file, yes, out }) => {
                approve::approve(ctx, desk, file, out.as_deref().filter(|_| *yes)).map(|()| Done::Well)
            }
            None => self.what.run(ctx, desk),
        })
    }
}

impl What {
    fn run(&self, ctx: &Context, desk: &mut Desk) -> Result<Done, Failure> {
        let terms = self.terms(ctx, desk)?;
        if self.open {
            self.open_it(ctx, desk, &terms)?;
        }
        let plan = desk.plan_share(&terms);
        let plan = plan.inspect_err(|error| hint(ctx, error))?;
        if let Some(path) = &self.ask_approval {
            plan::show(ctx, desk, &terms, &plan, &self.format)?;
            write_new_private(path, &desk.ask_share(&terms)?.bytes)?;
            ctx.note("share-asked", &[("path", path.display().to_string().into())]);
            return Ok(Done::Well);
        }
        if !self.yes {
            plan::show(ctx, desk, &terms, &plan, &self.format)?;
            let refusal = plan.refusal();
            self.say_ask(ctx, desk, &terms, refusal.as_ref());
            ctx.note("share-not-done", &[]);
            return Ok(if refusal.is_some() { Done::Attention } else { Done::Well });
        }
        if let Some(refusal) = plan.refusal() {
            self.say_ask(ctx, desk, &terms, Some(&refusal));
            return Err(NodeError::from(refusal).into());
        }
        let shared = desk.share(&terms)?;
        plan::done(ctx, desk, &terms, &plan, &shared, &self.format)?;
        Ok(Done::Well)
    }

    fn say_ask(&self, ctx: &Context, desk: &Desk, terms: &ShareTerms, refusal: Option<&ShareRefusal>) {
        if let Some(ShareRefusal::NotPermitted { ask, .. }) = refusal {
            say_whom(ctx, desk, ask.iter().copied(), Some(terms.part.compartment));
        }
    }

    fn terms(&self, ctx: &Context, desk: &Desk) -> Result<ShareTerms, Failure> {
        let (Some(part), Some(to), Some(purpose)) = (&self.part, &self.to, &self.purpose) else {
            return Err(ctx.refuse("share-incomplete", &[]));
        };
        let parts = parts_named(desk, part, None)?;
        let [part]: [NamedPart; 1] = parts
            .as_slice()
            .try_into()
            .map_err(|_| ctx.refuse("part-one", &[("count", parts.len().to_string().into())]))?;
        let mut generalise = Generalise { pseudonyms: self.pseudonym, ..Generalise::default() };
        for level in &self.generalise {
            match level {
                Level::Place(level) => generalise.place = Some(*level),
                Level::Date(level) => generalise.date = Some(*level),
            }
        }
        let read = |path: &PathBuf| std::fs::read(path).map_err(|error| Failure::file("read", path, error));
        Ok(ShareTerms {
            part,
            to: desk.find_compartment(to)?,
            purpose: purpose.clone(),
            case: self.case.is_some(),
            generalise,
            small: self.small_counts,
            approvals: self.approvals.iter().map(read).collect::<Result<_, _>>()?,
        })
    }

    fn open_it(&self, ctx: &Context, desk: &mut Desk, terms: &ShareTerms) -> Result<(), Failure> {
        let text = format!("{}/{}", terms.part.part.entry, terms.part.part.index);
        if desk.guarded_parts(&text).is_err() {
            return Ok(()); // An open part is open.
        }
        let approvers = self.approvers.iter().map(|name| desk.find_person(name));
        let approvers = approvers.collect::<Result<Vec<_>, NodeError>>()?;
        let why = (&terms.purpose, case_of(desk, self.case.as_deref())?);
        open_first(ctx, desk, &self.place, terms.part.part, why, &approvers)
    }
}

/// Parts by ENTRY/INDEX, or the open parts of a record.
fn parts_named(
    desk: &Desk,
    text: &str,
    compartment: Option<CompartmentId>,
) -> Result<Vec<NamedPart>, NodeError> {
    match (desk.named_parts(text, compartment), desk.find_record(text)) {
        (Err(NodeError::Casework(_)), Ok(record)) => desk.record_parts(record),
        (parts, _) => parts,
    }
}

fn hint(ctx: &Context, error: &NodeError) {
    if matches!(error, NodeError::Share(ShareRefusal::NotOpen { .. })) {
        ctx.note("share-open-first", &[]);
    }
}

//! `part`: withdrawing, holding and erasing parts; what two persons sign.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_model::{Code, PersonId};
use counterseal_node::{Desk, NamedPart, Paper, PaperAct, write_new_private};
use counterseal_register::{PartRef, Subject};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};
use crate::verbs::share::say_released;

/// Withdraw, hold and erase guarded parts; see how they stand
#[derive(Debug, Args)]
#[command(after_help = "\
A withdrawn part is opened by nobody, from when trustees hear of it. It can be erased when its cooling-off is over and
no hold stands on it. Lifting and erasing are said by two persons, a manager of the compartment and a data-protection
officer: the first makes a paper, the second reads it and signs it at their own desk with 'part cosign'.
A part is named as ENTRY/INDEX, or ENTRY for all of an entry.")]
pub(crate) struct PartArgs {
    #[command(subcommand)]
    action: Action,
}

/// Which parts.
#[derive(Debug, Args)]
struct Which {
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
    /// Their compartment, where this desk has no entries of it; the entry's id is then given in full
    #[arg(long)]
    compartment: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show how parts stand: withdrawn, held, erased, and from when they can be erased
    #[command(after_help = "\
Examples:
  counterseal part show 5f0c2a9d41b8e377/0
  counterseal part show 5f0c2a9d41b8e377 --format json")]
    Show {
        #[command(flatten)]
        which: Which,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Withdraw parts: nobody opens them any more; members and data-protection officers do it, at once
    #[command(after_help = "\
Examples:
  counterseal part withdraw 5f0c2a9d41b8e377/0 --reason consent-withdrawn")]
    Withdraw {
        #[command(flatten)]
        which: Which,
        /// Why: a code, as in consent-withdrawn or given-in-error
        #[arg(long)]
        reason: Code,
    },
    /// Begin to lift the newest withdrawal of a part: makes the paper for the second person
    #[command(after_help = "Examples:\n  counterseal part lift 5f0c2a9d41b8e377/0 --out lift.paper")]
    Lift(Begun),
    /// Hold parts, so that they are not erased; managers and data-protection officers do it, at once
    #[command(after_help = "Examples:\n  counterseal part hold 5f0c2a9d41b8e377/0 --reason investigation")]
    Hold {
        #[command(flatten)]
        which: Which,
        /// Why: a code, as in investigation or court-request
        #[arg(long)]
        reason: Code,
    },
    /// Begin to lift the newest hold of a part: makes the paper for the second person
    #[command(after_help = "Examples:\n  counterseal part unhold 5f0c2a9d41b8e377/0 --out unhold.paper")]
    Unhold(Begun),
    /// Begin to erase withdrawn parts for ever: makes the paper for the second person
    #[command(after_help = "\
Refused in words while a part is held, not withdrawn, or in its cooling-off: somebody who is forced to withdraw must
not be able to destroy evidence in a hurry. Once erased, trustees delete their pads, hub and desks the ciphertext; the
tombstone and the hash stay, and every journal still verifies.

Examples:
  counterseal part erase 5f0c2a9d41b8e377/0 5f0c2a9d41b8e377/1 --out erase.paper")]
    Erase(Begun),
    /// Read a paper, and with --yes sign it as the second person
    #[command(after_help = "\
Examples:
  counterseal part cosign erase.paper
  counterseal part cosign erase.paper --yes")]
    Cosign {
        /// The paper
        paper: PathBuf,
        /// Sign it; without this it is only shown
        #[arg(long)]
        yes: bool,
    },
}

/// Parts, and where the paper goes.
#[derive(Debug, Args)]
struct Begun {
    #[command(flatten)]
    which: Which,
    /// The paper to make
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl PartArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| self.action.run(ctx, desk))?;
        Ok(Done::Well)
    }
}

impl Which {
    fn find(&self, desk: &Desk) -> Result<Vec<NamedPart>, Failure> {
        let compartment = self.compartment.as_deref().map(|name| desk.find_compartment(name)).transpose()?;
        let mut all = Vec::new();
        for text in &self.parts {
            all.extend(desk.named_parts(text, compartment)?);
        }
        Ok(all)
    }

    /// The first, for what is said of one part.
    fn one(&self, ctx: &Context, desk: &Desk) -> Result<NamedPart, Failure> {
        match self.find(desk)?[..] {
            [only] => Ok(only),
            ref several => Err(ctx.refuse("part-one", &[("count", several.len().to_string().into())])),
        }
    }
}

impl Action {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        match self {
            Self::Show { which, format } => show(ctx, desk, &which.find(desk)?, format),
            Self::Withdraw { which, reason } => {
                let parts = which.find(desk)?;
                desk.withdraw_parts(&parts, &reason)?;
                say_withdrawn(ctx, desk, &parts)?;
                say_released(ctx, desk, &parts)
            }
            Self::Hold { which, reason } => {
                let parts = which.find(desk)?;
                desk.hold_parts(&parts, &reason)?;
                ctx.say("parts-held", &[("count", parts.len().to_string().into())])
            }
            Self::Lift(begun) => {
                let paper = desk.lift_withdrawal_paper(begun.which.one(ctx, desk)?)?;
                write(ctx, desk, &paper, &begun.out)
            }
            Self::Unhold(begun) => {
                let paper = desk.lift_hold_paper(begun.which.one(ctx, desk)?)?;
                write(ctx, desk, &paper, &begun.out)
            }
            Self::Erase(begun) => {
                let parts = begun.which.find(desk)?;
                let paper = desk.erase_paper(&parts)?;
                write(ctx, desk, &paper, &begun.out)
            }
            Self::Cosign { paper, yes } => cosign(ctx, desk, &paper, yes),
        }
    }
}

fn cosign(ctx: &Context, desk: &mut Desk, path: &Path, yes: bool) -> Result<(), Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::file("read", path, e))?;
    say_paper(ctx, desk, &desk.read_paper(&bytes)?)?;
    if !yes {
        ctx.note("paper-not-signed", &[]);
        return Ok(());
    }
    desk.cosign_paper(&bytes)?;
    ctx.say("paper-cosigned", &[])
}

/// What a paper does, in words: the second person signs what they have read.
fn say_paper(ctx: &Context, desk: &Desk, paper: &Paper) -> Result<(), Failure> {
    let compartment = desk.name_of(Subject::Compartment(paper.compartment));
    let compartment = compartment.map_or_else(|| paper.compartment.short(), |name| name.to_string());
    let by = name_of(desk, paper.by);
    match &paper.act {
        PaperAct::Erase(parts) => {
            let values = [
                ("count", parts.len().to_string().into()),
                ("compartment", compartment.into()),
                ("by", by.into()),
            ];
            ctx.say("paper-erase", &values)?;
            parts.iter().try_for_each(|part| ctx.line(&format!("  {}", part_of(*part, true))))?;
            let named = |part: &PartRef| NamedPart { compartment: paper.compartment, part: *part };
            say_released(ctx, desk, &parts.iter().map(named).collect::<Vec<_>>())
        }
        PaperAct::LiftWithdrawal(id) => {
            let values = [("id", id.short().into()), ("compartment", compartment.into()), ("by", by.into())];
            ctx.say("paper-lift", &values)
        }
        PaperAct::LiftHold(id) => {
            let values = [("id", id.short().into()), ("compartment", compartment.into()), ("by", by.into())];
            ctx.say("paper-unhold", &values)
        }
    }
}

fn write(ctx: &Context, desk: &Desk, paper: &Paper, out: &Path) -> Result<(), Failure> {
    write_new_private(out, &paper.bytes)?;
    say_paper(ctx, desk, paper)?;
    ctx.say("paper-written", &[("path", out.display().to_string().into())])
}

fn say_withdrawn(ctx: &Context, desk: &Desk, parts: &[NamedPart]) -> Result<(), Failure> {
    ctx.say("parts-withdrawn", &[("count", parts.len().to_string().into())])?;
    let from = parts.iter().filter_map(|part| desk.part_view(*part).erasable_from).max();
    match from {
        Some(from) => ctx.say("parts-erasable", &[("from", from.rfc3339().into())]),
        None => Ok(()),
    }
}

fn show(ctx: &Context, desk: &Desk, parts: &[NamedPart], format: Format) -> Result<(), Failure> {
    let mut listing =
        Listing::new("parts", &["part", "compartment", "withdrawn", "on-hold", "erasable", "erased"]);
    let time = |at: Option<counterseal_model::Timestamp>| at.map_or(Value::Null, |at| json!(at.rfc3339()));
    for named in parts {
        let view = desk.part_view(*named);
        let compartment = desk.name_of(Subject::Compartment(named.compartment)).map(|name| name.to_string());
        listing.row([
            json!(part_of(named.part, format != Format::Table)),
            json!(compartment.unwrap_or_else(|| named.compartment.short())),
            time(view.withdrawn),
            json!(view.held),
            time(view.erasable_from.filter(|_| view.erased.is_none() && !view.held)),
            time(view.erased),
        ]);
    }
    listing.show(ctx, desk, format)
}

/// A part as people name it: in full for programs and papers.
pub(crate) fn part_of(part: PartRef, full: bool) -> String {
    let entry = part.entry.to_string();
    let digits = if full { entry.as_str() } else { entry.get(..16).unwrap_or_default() };
    format!("{digits}/{}", part.index)
}

fn name_of(desk: &Desk, person: PersonId) -> String {
    desk.name_of(Subject::Person(person)).map_or_else(|| person.short(), |name| name.to_string())
}

//! `fact`: what trustees decide by, said by those who may.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use counterseal_model::{Code, Timestamp};
use counterseal_node::{Desk, FactTerms, FactView, write_new_private};
use counterseal_register::{FactAbout, FactKind, Subject, consent_of};
use serde_json::json;

use super::casework::record_named;
use super::part::part_of;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// State facts for trustees, and see which of them have taken yours
#[derive(Debug, Args)]
pub(crate) struct FactArgs {
    #[command(subcommand)]
    action: Action,
}

/// What kind of fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A person's training is valid; training officers say so
    Training,
    /// A device is attested; attestation officers say so
    Attested,
    /// A person belongs to a contingent; registrars say so
    Contingent,
    /// A person has a role; registrars say so
    Role,
    /// The basis on which parts are held; members and data-protection officers say so
    Basis,
    /// Consent to purposes and recipients; members and data-protection officers say so
    Consent,
    /// An agreement covers parts; data-protection officers say so
    Agreement,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// State a fact, or with --ends the end of one
    #[command(after_help = "\
It is kept on this desk and goes to the trustees until each has taken it. What permits counts once it stands in the
log; what ends, as a consent that was withdrawn, counts as soon as a trustee hears of it.

Examples:
  counterseal fact state training --person 'Officer Sparrow' \\
      --value data-protection --until 2027-03-31
  counterseal fact state attested --device 5f0c2a9d
  counterseal fact state basis --part 5f0c2a9d41b8e377/0 \\
      --value mandate --purpose verification
  counterseal fact state consent --part 5f0c2a9d41b8e377/0 --ends")]
    State(Box<State>),
    /// Write a fact that this desk stated into a file, for the desk of whom it concerns
    #[command(after_help = "\
Trustees have it anyway. With the file a desk knows it too, and can tell before it asks, shares or exports.

Examples:
  counterseal fact copy 0a1b2c3d --out training.fact")]
    Copy {
        /// The fact, by the first digits of its id
        fact: String,
        /// The file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take a fact that somebody else stated: who signed it must be one who may say it
    #[command(after_help = "Examples:\n  counterseal fact take training.fact")]
    Take {
        /// The file
        file: PathBuf,
    },
    /// List the facts that this desk stated, and how many trustees have yet to take them
    #[command(after_help = "Examples:\n  counterseal fact list\n  counterseal fact list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

#[derive(Debug, Args)]
struct State {
    /// What
    #[arg(value_enum)]
    kind: Kind,
    /// Of this person, by name or id
    #[arg(long, conflicts_with_all = ["device", "parts"])]
    person: Option<String>,
    /// Of this device
    #[arg(long, conflicts_with = "parts")]
    device: Option<String>,
    /// Of these parts of one compartment, as ENTRY/INDEX
    #[arg(long = "part", num_args = 1.., value_name = "PART")]
    parts: Vec<String>,
    /// The parts' compartment, where this desk has no entries of it
    #[arg(long)]
    compartment: Option<String>,
    /// Which training, contingent, role, basis or agreement: a code
    #[arg(long)]
    value: Option<Code>,
    /// A purpose that it covers; may be given several times
    #[arg(long = "purpose")]
    purposes: Vec<Code>,
    /// A recipient that it covers; may be given several times; the compartment's own members when left out
    #[arg(long = "recipient")]
    recipients: Vec<Code>,
    /// Since when; now when left out
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    since: Option<crate::dates::Typed>,
    /// Until the end of when
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    until: Option<crate::dates::Typed>,
    /// It ends what was said before: obeyed on sight
    #[arg(long)]
    ends: bool,
    /// Of a consent: the record of the person whose it is; everybody's when left out, which only an end may be
    #[arg(long, value_name = "RECORD", requires = "parts")]
    subject: Option<String>,
}

impl FactArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::State(state) => state.run(ctx, desk),
            Action::Copy { fact, out } => {
                write_new_private(&out, &desk.fact_file(&fact)?)?;
                ctx.say("fact-copied", &[("path", out.display().to_string().into())])
            }
            Action::Take { file } => {
                let bytes = std::fs::read(&file).map_err(|error| Failure::file("read", &file, error))?;
                let fact = desk.take_fact(&bytes)?;
                let kind = ctx.words.text(&format!("thing-{}", fact.kind.word()));
                ctx.say("fact-taken", &[("kind", kind.into())])
            }
            Action::List { format } => list(ctx, desk, &desk.facts_said()?, format),
        })?;
        Ok(Done::Well)
    }
}

impl State {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let about = self.about(ctx, desk)?;
        let whose = match (&self.subject, &about) {
            (Some(subject), FactAbout::Parts(_, parts)) => {
                let (mission, subject) = (desk.mission(), record_named(desk, subject)?);
                parts.iter().map(|part| consent_of(mission, subject, *part)).collect()
            }
            _ => Vec::new(),
        };
        let terms = FactTerms {
            about,
            kind: kind_of(self.kind),
            value: self.value,
            purposes: self.purposes,
            recipients: self.recipients,
            since: self.since.map(|typed| typed.at),
            until: self.until.map(|typed| Timestamp(typed.end().0)),
            ends: self.ends,
            whose,
        };
        let said = desk.state_fact(terms)?;
        ctx.say("fact-stated", &[("count", said.missing.to_string().into())])
    }

    fn about(&self, ctx: &Context, desk: &Desk) -> Result<FactAbout, Failure> {
        if let Some(person) = &self.person {
            return Ok(FactAbout::Person(desk.find_person(person)?));
        }
        if let Some(device) = &self.device {
            return Ok(FactAbout::Device(desk.find_device(device)?.1));
        }
        let compartment = self.compartment.as_deref().map(|name| desk.find_compartment(name)).transpose()?;
        let mut parts = Vec::new();
        for text in &self.parts {
            parts.extend(desk.named_parts(text, compartment)?);
        }
        parts.sort_unstable();
        parts.dedup();
        let Some(first) = parts.first() else { return Err(ctx.refuse("fact-about-nothing", &[])) };
        let compartment = first.compartment;
        if parts.iter().any(|named| named.compartment != compartment) {
            return Err(ctx.refuse("fact-several-compartments", &[]));
        }
        Ok(FactAbout::Parts(compartment, parts.iter().map(|named| named.part).collect()))
    }
}

const fn kind_of(kind: Kind) -> FactKind {
    match kind {
        Kind::Training => FactKind::Training,
        Kind::Attested => FactKind::Attested,
        Kind::Contingent => FactKind::Contingent,
        Kind::Role => FactKind::Role,
        Kind::Basis => FactKind::Basis,
        Kind::Consent => FactKind::Consent,
        Kind::Agreement => FactKind::Agreement,
    }
}

fn list(ctx: &Context, desk: &Desk, facts: &[FactView], format: Format) -> Result<(), Failure> {
    let columns =
        ["id", "kind", "about", "value", "purposes", "recipients", "until", "ends", "leaf", "missing"];
    let mut listing = Listing::new("facts", &columns);
    let full = format != Format::Table;
    for view in facts {
        let id = hex::encode(view.hash);
        let about = match &view.fact.about {
            FactAbout::Person(person) => {
                let name = desk.name_of(Subject::Person(*person)).filter(|_| !full);
                json!(name.map_or_else(|| person.to_string(), |name| name.to_string()))
            }
            FactAbout::Device(device) if full => json!(device.to_string()),
            FactAbout::Device(device) => json!(device.short()),
            FactAbout::Parts(_, parts) => json!(parts.iter().map(|p| part_of(*p, full)).collect::<Vec<_>>()),
        };
        let codes = |codes: &[Code]| json!(codes.iter().map(Code::as_str).collect::<Vec<_>>());
        listing.row([
            json!(if full { id.as_str() } else { id.get(..8).unwrap_or_default() }),
            json!(view.fact.kind.word()),
            about,
            json!(view.fact.value.as_ref().map(Code::as_str)),
            codes(&view.fact.purposes),
            codes(&view.fact.recipients),
            json!(view.fact.until.map(Timestamp::rfc3339)),
            json!(view.fact.ends),
            json!(view.leaf),
            json!(view.missing),
        ]);
    }
    listing.show(ctx, desk, format)
}

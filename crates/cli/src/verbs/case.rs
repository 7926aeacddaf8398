//! `case`: what happened to somebody, who follows it up, and what belongs to it.

use clap::{Args, Subcommand, ValueEnum};
use counterseal_model::record::{CaseRole, CaseStatus, Concerned};
use counterseal_model::{Code, Timestamp};
use counterseal_node::Desk;

use super::casework::parts_named;
use crate::context::Context;
use crate::failure::{Done, Failure};

mod change;
mod list;
mod new;
mod show;

/// Write cases, follow them up, and see what is due
#[derive(Debug, Args)]
#[command(after_help = "\
A case is written into a guarded compartment. With --open-in a part of it stands in an open one too: its pseudonym,
reference, status, what is to be done, its incidents and which guarded parts belong to it, and nothing of people. Lists show
what is open. Changes go into the open part where there is one, else they are added as guarded parts: nothing has to
be opened for that. Requests to open name a case by its pseudonym ('counterseal open --case').")]
pub(crate) struct CaseArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(Box<new::NewArgs>),
    List(list::ListArgs),
    Show(show::ShowArgs),
    SetStatus(change::SetStatus),
    AddPart(change::AddPart),
    AddIncident(change::AddIncident),
    AddPerson(change::AddPerson),
    FollowUp(change::FollowUpArgs),
    Done(change::DoneArgs),
    TakeUp(change::TakeUp),
}

impl CaseArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::New(args) => args.run(ctx, desk),
            Action::List(args) => args.run(ctx, desk),
            Action::Show(args) => args.run(ctx, desk),
            Action::SetStatus(args) => args.run(ctx, desk),
            Action::AddPart(args) => args.run(ctx, desk),
            Action::AddIncident(args) => args.run(ctx, desk),
            Action::AddPerson(args) => args.run(ctx, desk),
            Action::FollowUp(args) => args.run(ctx, desk),
            Action::Done(args) => args.run(ctx, desk),
            Action::TakeUp(args) => args.run(ctx, desk),
        })?;
        Ok(Done::Well)
    }
}

/// How far a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Status {
    /// It is worked on
    Open,
    /// What was reported is being checked
    UnderVerification,
    /// What was reported was found to be so
    Verified,
    /// Others look after it now
    Referred,
    /// Nothing is left to do
    Closed,
}

impl Status {
    const fn value(self) -> CaseStatus {
        match self {
            Self::Open => CaseStatus::Open,
            Self::UnderVerification => CaseStatus::UnderVerification,
            Self::Verified => CaseStatus::Verified,
            Self::Referred => CaseStatus::Referred,
            Self::Closed => CaseStatus::Closed,
        }
    }
}

/// What somebody is in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    /// Harmed
    Victim,
    /// Saw it, or knows of it
    Witness,
    /// Said to have done it
    AllegedPerpetrator,
    /// A guardian, a relative, an intermediary
    Other,
}

impl Role {
    const fn value(self) -> CaseRole {
        match self {
            Self::Victim => CaseRole::Victim,
            Self::Witness => CaseRole::Witness,
            Self::AllegedPerpetrator => CaseRole::AllegedPerpetrator,
            Self::Other => CaseRole::Other,
        }
    }
}

/// What is to be done and by when, as typed: `WHAT=DATE`.
fn due(text: &str) -> Result<(Code, Timestamp), String> {
    let (what, date) = text.split_once('=').ok_or("write WHAT=DATE")?;
    let what = what.parse::<Code>().map_err(|error| error.to_string())?;
    Ok((what, crate::dates::read(date)?.at))
}

/// Somebody, by a guarded part (ENTRY/INDEX) or a pseudonym.
fn concerned(desk: &Desk, role: CaseRole, text: &str) -> Result<Concerned, Failure> {
    if text.contains('/') {
        let named = parts_named(desk, &[text.to_owned()], None)?.pop();
        let part = named.map(|named| {
            counterseal_model::record::PartAt::new(named.compartment, named.part.entry, named.part.index)
        });
        return Ok(Concerned { role, part, pseudonym: None, extra: Default::default() });
    }
    let pseudonym = text.parse::<Code>().map_err(|error| Failure::Asked(error.to_string()))?;
    Ok(Concerned { role, part: None, pseudonym: Some(pseudonym), extra: Default::default() })
}

//! What changes of a case, or is added to it.

use clap::Args;
use counterseal_model::record::FollowUp;
use counterseal_model::{CaseId, Classification, Code, RecordId};
use counterseal_node::{CaseChange, Desk};

use super::{Role, Status, concerned};
use crate::context::Context;
use crate::failure::Failure;
use crate::verbs::casework::parts_named;

/// Of people and of what is sealed; an open part keeps the classification that it has.
const CLASS: Classification = Classification::StrictlyConfidential;

fn change(ctx: &Context, desk: &mut Desk, case: &str, changes: Vec<CaseChange>) -> Result<(), Failure> {
    for change in changes {
        let case = desk.find_case(case)?;
        let done = desk.change_case(&case, &change, CLASS)?;
        let sealed = done.places.first().is_some_and(|place| Some(place.compartment) == case.guarded);
        let key = if sealed { "case-added-sealed" } else { "case-changed" };
        ctx.say(key, &[("case", case.id.short().into())])?;
    }
    Ok(())
}

/// Say how far a case is
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal case set-status bria-017 referred")]
pub(super) struct SetStatus {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// How far it is
    #[arg(value_enum)]
    status: Status,
}

impl SetStatus {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        change(ctx, desk, &self.case, vec![CaseChange::Status(self.status.value())])
    }
}

/// Say that guarded parts belong to a case
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal case add-part bria-017 5f0c2a9d41b8e377/0")]
pub(super) struct AddPart {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// The parts, as ENTRY/INDEX
    #[arg(required = true, value_name = "PART")]
    parts: Vec<String>,
}

impl AddPart {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let parts = parts_named(desk, &self.parts, None)?;
        change(ctx, desk, &self.case, parts.into_iter().map(CaseChange::Part).collect())
    }
}

/// Say that a case concerns incidents
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal case add-incident bria-017 0a1b2c3d")]
pub(super) struct AddIncident {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// The incidents
    #[arg(required = true, value_name = "RECORD")]
    incidents: Vec<String>,
}

impl AddIncident {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let found = self.incidents.iter().map(|text| desk.find_record(text).map(CaseChange::Incident));
        let found = found.collect::<Result<Vec<_>, _>>()?;
        change(ctx, desk, &self.case, found)
    }
}

/// Say whom a case is about, by a guarded part or a pseudonym: always sealed
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  counterseal case add-person bria-017 --role witness 5f0c2a9d41b8e377/0
  counterseal case add-person bria-017 --role alleged-perpetrator grey-heron")]
pub(super) struct AddPerson {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// Who: a guarded part as ENTRY/INDEX, or a pseudonym
    who: String,
    /// What they are in it
    #[arg(long, value_enum)]
    role: Role,
}

impl AddPerson {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let one = concerned(desk, self.role.value(), &self.who)?;
        change(ctx, desk, &self.case, vec![CaseChange::Concerned(one)])
    }
}

/// Say what is to be done, and by when
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  counterseal case follow-up bria-017 medical-visit --due 2026-12-03")]
pub(super) struct FollowUpArgs {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// What: a code
    what: Code,
    /// By when
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    due: crate::dates::Typed,
    /// Who does it; you when left out
    #[arg(long, value_name = "PERSON")]
    by: Option<String>,
}

impl FollowUpArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let by = self.by.as_deref().map(|name| desk.find_person(name)).transpose()?;
        let one = FollowUp {
            what: self.what,
            due: self.due.at,
            done: None,
            by: Some(by.unwrap_or_else(|| desk.person())),
            extra: Default::default(),
        };
        change(ctx, desk, &self.case, vec![CaseChange::FollowUp(one)])
    }
}

/// Say that something was done
#[derive(Debug, Args)]
#[command(after_help = "\
Of a case without an open part name with --due when it was due: what stands sealed is not opened for this.

Examples:
  counterseal case done bria-017 medical-visit
  counterseal case done kaga-3 call --due 2026-12-03")]
pub(super) struct DoneArgs {
    /// The case: its reference, or the first digits of its id
    case: String,
    /// What: its code
    what: Code,
    /// When it was due
    #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
    due: Option<crate::dates::Typed>,
}

impl DoneArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let (due, at) = (self.due.map(|typed| typed.at), desk.now());
        change(ctx, desk, &self.case, vec![CaseChange::Done { what: self.what, due, at }])
    }
}

/// Go on with a case that another desk wrote, as an opening showed it
#[derive(Debug, Args)]
#[command(after_help = "\
What was opened stands nowhere on this desk. This notes the case's pseudonym and where its guarded parts are written.

Examples:
  counterseal case take-up 000102030405060708090a0b0c0d0e0f \\
      --record 101112131415161718191a1b1c1d1e1f --compartment cases \\
      --reference kaga-3")]
pub(super) struct TakeUp {
    /// The case's pseudonym, 32 digits
    case: CaseId,
    /// Its record, 32 digits
    #[arg(long, value_name = "RECORD")]
    record: RecordId,
    /// The guarded compartment that it is written in
    #[arg(long, value_name = "NAME")]
    compartment: String,
    /// What its officers call it: a code, no name
    #[arg(long, value_name = "CODE")]
    reference: Option<Code>,
}

impl TakeUp {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let compartment = desk.find_compartment(&self.compartment)?;
        let case = desk.take_up_case(self.case, self.record, compartment, self.reference)?;
        ctx.say("case-taken-up", &[("case", case.id.short().into())])
    }
}

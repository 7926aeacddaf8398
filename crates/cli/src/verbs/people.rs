//! `people`: many at once.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_node::{
    Desk, ROTATION_BYTES, RotationFault, RotationPlan, RotationReport, RotationRow, StepState,
};
use counterseal_refused::{sentence_of_fault, sentence_of_rotation};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing, pretty};
use crate::progress::Bar;

/// Many people at once: rotate a contingent
#[derive(Debug, Args)]
pub(crate) struct PeopleArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Rotate(RotateArgs),
}

/// Bring people in and out from a CSV file, with one new epoch per compartment
#[derive(Debug, Args)]
#[command(after_help = "\
Columns, in any order; empty where they do not apply:
  action        in or out
  person        a name or an id; may be empty beside an invitation of this desk
  device        out: only this device, by the first digits of its id
  invitation    in: the first digits of the invitation's id ('counterseal invite list'), whose
                request was answered; names come from the invitation
  string        in: the string that the person read out. Three wrong ones end an invitation
  compartments  names or ids, with ';' between; out: only out of these. Without any, 'in' enrols
                and 'out' revokes
  role          in: member (if empty) or manager of these compartments
  from          the first day; before it the row waits for a later run
  until         in: the assignment's last day; out: it ends then, and nobody is revoked now

All that is wrong is named at once, and then nothing is done. What this desk may not say is left to a registrar
or to the compartment's manager, who run the same file; what is done already is not repeated.

Examples:
  counterseal people rotate july.csv --dry-run
  counterseal people rotate july.csv
  counterseal people rotate july.csv --format json")]
struct RotateArgs {
    /// The CSV file
    file: PathBuf,
    /// Only show what would be done
    #[arg(long)]
    dry_run: bool,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl PeopleArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        let Action::Rotate(args) = self.action;
        ctx.with_desk(|ctx, desk| rotate(ctx, desk, &args))
    }
}

fn rotate(ctx: &Context, desk: &mut Desk, args: &RotateArgs) -> Result<Done, Failure> {
    let bytes = bytes_of(&args.file)?;
    let read = desk.read_rotation(&bytes);
    let (rows, mut faults) =
        read.map_err(|error| Failure::Asked(sentence_of_rotation(&error, ctx.words.refusals())))?;
    let plan = desk.plan_rotation(&rows)?;
    faults.extend(plan.problems.iter().copied().map(RotationFault::from));
    faults.sort_by(|a, b| (a.row, a.field).cmp(&(b.row, b.field)));
    if !faults.is_empty() {
        return refuse(ctx, &args.file, &faults, args.format);
    }
    if args.format != Format::Json {
        show(ctx, desk, &plan, args.format)?;
    }
    if !args.dry_run {
        let wrong = desk.compare_strings(&rows, &plan)?;
        let faults: Vec<_> = wrong.into_iter().map(RotationFault::from).collect();
        if !faults.is_empty() {
            return refuse(ctx, &args.file, &faults, args.format);
        }
    }
    if args.dry_run {
        if args.format == Format::Json {
            return tell(ctx, desk, &plan, None);
        }
        ctx.note("rotate-dry-run", &[("epochs", plan.epochs.len().to_string().into())]);
        return Ok(Done::Well);
    }
    let report = carry_out(ctx, desk, &rows)?;
    if args.format == Format::Json {
        return tell(ctx, desk, &plan, Some(report));
    }
    let values = [
        ("statements", report.statements.to_string().into()),
        ("epochs", report.epochs.to_string().into()),
        ("wraps", report.wraps.to_string().into()),
    ];
    ctx.note("rotate-done", &values);
    Ok(Done::Well)
}

/// The file, unless it is larger than any that is read.
fn bytes_of(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| Failure::file("read", path, error);
    if std::fs::metadata(path).map_err(failed)?.len() > ROTATION_BYTES {
        return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
    }
    std::fs::read(path).map_err(failed)
}

fn carry_out(ctx: &Context, desk: &mut Desk, rows: &[RotationRow]) -> Result<RotationReport, Failure> {
    let bar = Bar::items(rows.len() as u64, &ctx.words.text("rotate-bar"));
    Ok(desk.rotate(rows, &mut |done, total| bar.set_of(done, total))?)
}

/// All that is wrong, each with file, row and field.
fn refuse(ctx: &Context, file: &Path, faults: &[RotationFault], format: Format) -> Result<Done, Failure> {
    let path = file.display().to_string();
    let reason = |fault: &RotationFault| sentence_of_fault(&fault.why, ctx.words.refusals());
    if format == Format::Json {
        let faults: Vec<_> = faults
            .iter()
            .map(
                |fault| json!({"file": path, "row": fault.row, "field": fault.field, "reason": reason(fault)}),
            )
            .collect();
        ctx.line(&pretty(&json!({ "faults": faults })))?;
    } else {
        for fault in faults {
            let values = [
                ("path", path.as_str().into()),
                ("row", fault.row.to_string().into()),
                ("field", fault.field.into()),
                ("reason", reason(fault).into()),
            ];
            ctx.note("rotate-fault", &values);
        }
    }
    Err(ctx.refuse("rotate-refused", &[("count", faults.len().to_string().into())]))
}

fn names(desk: &Desk, plan: &RotationPlan) -> Vec<(u64, &'static str, Value, Value, &'static str)> {
    let (people, compartments) = (desk.people(), desk.compartments());
    let row = |step: &counterseal_node::RotationStep| {
        let person = people.iter().find(|person| person.id == step.person);
        let person = person.and_then(|person| person.name.clone()).unwrap_or_else(|| step.person.short());
        let compartment = step.compartment.map(|id| {
            let view = compartments.iter().find(|view| view.id == id);
            view.and_then(|view| view.name.clone()).unwrap_or_else(|| id.short())
        });
        (step.row, step.what, json!(person), json!(compartment), word(step.state))
    };
    plan.steps.iter().map(row).collect()
}

const fn word(state: StepState) -> &'static str {
    match state {
        StepState::Due => "now",
        StepState::Done => "done",
        StepState::NotYet => "not-yet",
        StepState::ForRegistrar => "for-a-registrar",
        StepState::ForManager => "for-its-manager",
        StepState::AfterEnrolment => "after-enrolment",
    }
}

fn show(ctx: &Context, desk: &Desk, plan: &RotationPlan, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("steps", &["row", "step", "person", "compartment", "status"]);
    for (row, what, person, compartment, state) in names(desk, plan) {
        listing.row([json!(row), json!(what), person, compartment, json!(state)]);
    }
    listing.show(ctx, desk, format)
}

fn tell(
    ctx: &Context,
    desk: &Desk,
    plan: &RotationPlan,
    report: Option<RotationReport>,
) -> Result<Done, Failure> {
    let steps: Vec<_> = names(desk, plan)
        .into_iter()
        .map(|(row, what, person, compartment, state)| {
            json!({"row": row, "step": what, "person": person, "compartment": compartment, "status": state})
        })
        .collect();
    let epochs: Vec<_> = plan
        .epochs
        .iter()
        .map(|(id, (come, go))| json!({"compartment": id.to_string(), "come": come, "go": go}))
        .collect();
    let done = report.map(|report| {
        json!({"statements": report.statements, "epochs": report.epochs, "wraps": report.wraps,
               "wrapBytes": report.wrap_bytes})
    });
    let synthetic = desk.register().is_synthetic();
    ctx.line(&pretty(&json!({"synthetic": synthetic, "steps": steps, "epochs": epochs, "done": done})))?;
    Ok(Done::Well)
}

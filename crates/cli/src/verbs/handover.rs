//! `handover`: the end of a tour.

mod trust;

use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_model::PersonId;
use counterseal_node::{Desk, Duty, Go, HandoverPlan, PouchOptions, Stays, SyncOptions};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};
use crate::progress::Bar;
use trust::Settle;

/// Hand over to a successor at the end of a tour: unsent work, management, incidents to be verified
#[derive(Debug, Args)]
#[command(after_help = "\
Passes on: the management of your compartments, and every incident that you check, or wrote and nobody checked
yet, as a new version that names the successor. What you answered for before stays in its history, and the
successor can hand it back in the same way. Work that is not sent goes out first, through the hub or in a pouch.
What cannot pass is listed: compartments the successor is not in, the office of registrar, conflicts.
What people trusted to you alone passes by no default: the guarded parts that you wrote, sources that you handle and
consents that you stated are listed, and for each you say whether it is sealed off until somebody can ask,
handed to the successor with the person's knowledge, or asked again before a date.
Exit code 3: something stays, or is not settled.

Examples:
  counterseal handover 'Officer Sparrow'
  counterseal handover 'Officer Sparrow' --yes
  counterseal handover 'Officer Sparrow' --yes --seal-off 5f0c2a9d41b8e377/0
  counterseal handover 'Officer Sparrow' --yes --hand-over 5f0c2a9d41b8e377/0 \\
      --open --purpose source-contact --case 000102030405060708090a0b0c0d0e0f
  counterseal handover 'Officer Sparrow' --yes --ask-again 5f0c2a9d41b8e377/0 \\
      --before 2027-01-31
  counterseal handover 'Officer Sparrow' --yes --pouch end-of-tour.pouch")]
pub(crate) struct HandoverArgs {
    /// The successor, by name or id
    to: String,
    /// Do it; without this it is only shown
    #[arg(long)]
    yes: bool,
    /// Write what is not sent into this new pouch, instead of syncing
    #[arg(long, value_name = "FILE")]
    pouch: Option<PathBuf>,
    #[command(flatten)]
    settle: Settle,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl HandoverArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| self.hand_over(ctx, desk))
    }

    fn hand_over(&self, ctx: &Context, desk: &mut Desk) -> Result<Done, Failure> {
        let to = desk.find_person(&self.to)?;
        if !self.yes {
            let plan = plan(ctx, desk, to)?;
            show(ctx, desk, &plan, self.format)?;
            ctx.note("handover-not-done", &[]);
            return Ok(Done::Well);
        }
        self.settle.run(ctx, desk, to)?;
        if self.pouch.is_none() {
            send(ctx, desk)?;
        }
        let bar = Bar::items(0, &ctx.words.text("handover-bar"));
        let plan = desk.hand_over(to, &mut |done, total| bar.set_of(done, total))?;
        drop(bar);
        show(ctx, desk, &plan, self.format)?;
        match &self.pouch {
            Some(path) => write_pouch(ctx, desk, path)?,
            None => send(ctx, desk)?,
        }
        let (passed, left) = (plan.passes.len().to_string(), plan.stays.len().to_string());
        let values = [("to", self.to.as_str().into()), ("passed", passed.into()), ("left", left.into())];
        ctx.note("handover-done", &values);
        let open = trust::unsettled(&plan);
        if open > 0 {
            ctx.note("handover-trust-open", &[("count", open.to_string().into())]);
        }
        Ok(if plan.stays.is_empty() && open == 0 { Done::Well } else { Done::Attention })
    }
}

fn plan(ctx: &Context, desk: &mut Desk, to: PersonId) -> Result<HandoverPlan, Failure> {
    let bar = Bar::items(0, &ctx.words.text("handover-bar"));
    Ok(desk.plan_handover(to, &mut |done, total| bar.set_of(done, total))?)
}

/// Sends what no hub has confirmed.
fn send(ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
    if desk.count_unsent()? == (0, 0) {
        return Ok(());
    }
    let address = desk.hub_address()?.ok_or_else(|| ctx.refuse("handover-no-hub", &[]))?;
    let bar = Bar::bytes(0, &ctx.words.text("sync-bar"));
    let sent = desk.sync(&address, &SyncOptions::default(), &mut |report| {
        bar.set_of(report.progress.entry_bytes_in, report.progress.bytes_due);
        if ctx.is_asked_to_lock() { Go::Stop } else { Go::On }
    });
    drop(bar);
    sent.map_err(|error| Failure::Asked(error.to_string()))?;
    match desk.count_unsent()? {
        (0, 0) => Ok(()),
        (entries, statements) => {
            let values =
                [("entries", entries.to_string().into()), ("statements", statements.to_string().into())];
            Err(ctx.refuse("handover-unsent", &values))
        }
    }
}

fn write_pouch(ctx: &Context, desk: &mut Desk, path: &Path) -> Result<(), Failure> {
    let bar = Bar::items(0, &ctx.words.text("handover-bar"));
    desk.write_pouch(path, &PouchOptions::default(), &mut |done, total| bar.set_of(done, total))?;
    drop(bar);
    ctx.note("handover-pouch", &[("path", path.display().to_string().into())]);
    Ok(())
}

fn show(ctx: &Context, desk: &Desk, plan: &HandoverPlan, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("duties", &["duty", "compartment", "record", "passes", "reason"]);
    let compartments = desk.compartments();
    let name_of = |id| {
        let view = compartments.iter().find(|view| view.id == id);
        json!(view.and_then(|view| view.name.clone()).unwrap_or_else(|| id.short()))
    };
    let cells = |duty: &Duty| match duty {
        Duty::Manager(id) => ("manager", name_of(*id), Value::Null),
        Duty::Registrar => ("registrar", Value::Null, Value::Null),
        Duty::Member(id) => ("member", name_of(*id), Value::Null),
        Duty::Verify(record, id) => {
            let record = if format == Format::Table { record.short() } else { record.to_string() };
            ("verify", name_of(*id), json!(record))
        }
    };
    let passes = plan.passes.iter().map(|duty| (duty, None));
    let stays = plan.stays.iter().map(|(duty, reason)| (duty, Some(*reason)));
    for (duty, reason) in passes.chain(stays) {
        let (what, compartment, record) = cells(duty);
        let reason_text = reason.map(|reason| ctx.words.text(key(reason)));
        listing.row([json!(what), compartment, record, json!(reason.is_none()), json!(reason_text)]);
    }
    for one in &plan.trust {
        listing.row(trust::cells(ctx, desk, one, name_of(one.part.compartment), format));
    }
    listing.show(ctx, desk, format)?;
    if plan.unsent_entries + plan.unsent_statements > 0 {
        let (entries, statements) = (plan.unsent_entries.to_string(), plan.unsent_statements.to_string());
        ctx.note("travel-unsent", &[("entries", entries.into()), ("statements", statements.into())]);
    }
    Ok(())
}

const fn key(reason: Stays) -> &'static str {
    match reason {
        Stays::Governors => "stays-governors",
        Stays::NotIn => "stays-not-in",
        Stays::Conflict => "stays-conflict",
        Stays::CannotWrite => "stays-cannot-write",
    }
}

//! `travel`: a desk that forgets compartments before a trip, and comes back to them.

use clap::{Args, Subcommand};
use counterseal_node::{Desk, Openable, TravelPlan};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};
use crate::progress::Bar;

/// Leave compartments behind before a trip, so that nobody can make you open them; come back to them
#[derive(Debug, Args)]
pub(crate) struct TravelArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show what this desk can open, and with --compartment what a trip without it would take away
    #[command(after_help = "\
Examples:
  counterseal travel show
  counterseal travel show --compartment protection --compartment sources")]
    Show {
        /// A compartment to leave, by name or id
        #[arg(long = "compartment", value_name = "NAME")]
        compartments: Vec<String>,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Make this desk forget compartments: secrets, index and every text of theirs
    #[command(after_help = "\
Afterwards nothing on this desk opens them, and nothing that the hub or anyone else sends it does, until a
manager of each, another person, brings the desk back with 'counterseal travel back'. The desk is made anew
under other keys; it can be locked with another passphrase. Send your work first: 'counterseal sync'.
Sync afterwards too, so that others learn of it. Backups of the old home still open everything.

Examples:
  counterseal travel prepare --compartment protection
  counterseal travel prepare --compartment protection --yes")]
    Prepare {
        /// A compartment to leave, by name or id
        #[arg(long = "compartment", value_name = "NAME", required = true)]
        compartments: Vec<String>,
        /// Do it; without this it is only shown
        #[arg(long)]
        yes: bool,
        /// Leave even with work that no hub has confirmed
        #[arg(long)]
        anyway: bool,
    },
    /// Bring a person's devices back into a compartment that they left; for its managers
    #[command(after_help = "\
Examples:
  counterseal travel back 'Officer Inkwell' --compartment protection")]
    Back {
        /// The person, by name or id
        person: String,
        /// The compartment, by name or id
        #[arg(long, value_name = "NAME")]
        compartment: String,
    },
}

impl TravelArgs {
    /// Whether another desk takes the place of the one that is unlocked.
    pub(crate) fn makes_a_desk(&self) -> bool {
        matches!(self.action, Action::Prepare { yes: true, .. })
    }

    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Show { compartments, format } => {
                ctx.with_desk(|ctx, desk| show(ctx, desk, &compartments, format))
            }
            Action::Prepare { compartments, yes, anyway } => prepare(ctx, &compartments, yes, anyway),
            Action::Back { person, compartment } => {
                ctx.with_desk(|ctx, desk| back(ctx, desk, &person, &compartment))
            }
        }
    }
}

fn plan(desk: &Desk, compartments: &[String]) -> Result<TravelPlan, Failure> {
    let leave = compartments.iter().map(|name| desk.find_compartment(name)).collect::<Result<Vec<_>, _>>()?;
    Ok(desk.plan_travel(&leave)?)
}

fn show(ctx: &Context, desk: &Desk, compartments: &[String], format: Format) -> Result<Done, Failure> {
    let plan = plan(desk, compartments)?;
    list(ctx, desk, &plan, format)?;
    if format == Format::Table {
        warn(ctx, &plan)?;
    }
    Ok(Done::Well)
}

fn list(ctx: &Context, desk: &Desk, plan: &TravelPlan, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new(
        "openable",
        &["compartment", "secrets", "epochs", "open", "sealed-twice", "held", "entries", "away", "leaves"],
    );
    let leaves = plan.leaves.iter().map(|leaving| (&leaving.openable, true));
    for (openable, leaves) in leaves.chain(plan.stays.iter().map(|openable| (openable, false))) {
        let Openable { id, name, secrets, epochs, open, guarded, held, entries, away } = openable;
        let name = name.clone().unwrap_or_else(|| id.short());
        listing.row([
            json!(name),
            json!(secrets),
            json!(epochs),
            json!(open),
            json!(guarded),
            json!(held),
            json!(entries),
            json!(away),
            json!(leaves),
        ]);
    }
    listing.show(ctx, desk, format)
}

/// What a plan does not do, and what stands in its way.
fn warn(ctx: &Context, plan: &TravelPlan) -> Result<(), Failure> {
    for leaving in plan.leaves.iter().filter(|leaving| !leaving.returns) {
        let name = leaving.openable.name.clone().unwrap_or_else(|| leaving.openable.id.short());
        ctx.say("travel-nobody-back", &[("compartment", name.into())])?;
    }
    if plan.unsent_entries + plan.unsent_statements > 0 {
        let (entries, statements) = (plan.unsent_entries.to_string(), plan.unsent_statements.to_string());
        ctx.say("travel-unsent", &[("entries", entries.into()), ("statements", statements.into())])?;
    }
    if plan.exports > 0 {
        ctx.say("travel-exports", &[("count", plan.exports.to_string().into())])?;
    }
    Ok(())
}

fn prepare(ctx: &mut Context, compartments: &[String], yes: bool, anyway: bool) -> Result<Done, Failure> {
    let home = ctx.home()?;
    let prepared = ctx.with_desk(|ctx, desk| {
        let plan = plan(desk, compartments)?;
        list(ctx, desk, &plan, Format::Table)?;
        warn(ctx, &plan)?;
        if !yes {
            ctx.say("travel-not-done", &[])?;
            return Ok(None);
        }
        let file = ctx.global.passphrase_file.clone();
        let passphrase = ctx.ask_new_passphrase("passphrase-road", file.as_deref())?;
        let leave: Vec<_> = plan.leaves.iter().map(|leaving| leaving.openable.id).collect();
        let bar = Bar::items(0, &ctx.words.text("travel-bar"));
        let mut progress = |done, total| bar.set_of(done, total);
        Ok(Some(desk.prepare_travel(&home, &leave, anyway, &passphrase, ctx.randomness(), &mut progress)?))
    })?;
    if let Some(prepared) = prepared {
        ctx.lock()?;
        prepared.settle(&home)?;
        ctx.say("travel-done", &[("compartments", compartments.join(", ").into())])?;
    }
    Ok(Done::Well)
}

fn back(ctx: &Context, desk: &mut Desk, person: &str, compartment: &str) -> Result<Done, Failure> {
    let (who, id) = (desk.find_person(person)?, desk.find_compartment(compartment)?);
    let mut devices = desk.away(id);
    let theirs: Vec<_> =
        desk.people().into_iter().filter(|view| view.id == who).flat_map(|p| p.devices).collect();
    devices.retain(|device| theirs.iter().any(|(known, _)| known == device));
    let values = [("person", person.into()), ("compartment", compartment.into())];
    if devices.is_empty() {
        return Err(ctx.refuse("travel-not-away", &values));
    }
    for device in devices {
        desk.bring_back(id, device)?;
    }
    ctx.say("travel-back", &values)?;
    Ok(Done::Well)
}

//! `decoy`: decoy records, for watch officers.

use clap::{Args, Subcommand};
use counterseal_model::PersonId;
use counterseal_node::{DecoyState, Desk, PlannedDecoys};
use counterseal_register::Subject;
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Decoy records, for watch officers: guarded parts about nobody, whose opening raises an alarm
#[derive(Debug, Args)]
pub(crate) struct DecoyArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Args)]
struct What {
    /// The guarded compartment, by name or id
    compartment: String,
    /// How many
    #[arg(long, value_name = "NUMBER")]
    count: usize,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show which desks would plant how many; nothing is sent
    #[command(after_help = "\
Desks of members whose section you review, so that trustees tell you of every opening there.

Examples:
  counterseal decoy plan sources --count 20
  counterseal decoy plan sources --count 20 --format json")]
    Plan {
        #[command(flatten)]
        what: What,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Have ordinary desks plant decoys into their journals, like any other record
    #[command(after_help = "\
The instructions leave with the next sync; the desks carry them out with theirs, and report to this one alone.

Examples:
  counterseal decoy plant sources --count 20
  counterseal decoy plant sources --count 20 --list 'watch office'")]
    Plant {
        #[command(flatten)]
        what: What,
        /// Keep the list in this compartment too, in which only watch officers are
        #[arg(long, value_name = "COMPARTMENT")]
        list: Option<String>,
    },
    /// List the decoys that you know of
    #[command(after_help = "\
'unseen': the entry has not reached this desk. 'wrong': whoever reported it named somebody else's entry.

Examples:
  counterseal decoy list
  counterseal decoy list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// List who asked to open a decoy, the newest first
    #[command(after_help = "\
From trustees' notices, with or without the hub; fetch them with 'counterseal openings list'. One decoy among
hundreds of parts is a bulk opening; one among two is a search. Exit code 3: an alarm nobody has seen to.

Examples:
  counterseal decoy alarms
  counterseal decoy alarms --seen 0a1b2c3d
  counterseal decoy alarms --format json")]
    Alarms {
        /// You have seen to this alarm, by the first digits of its request
        #[arg(long, value_name = "REQUEST")]
        seen: Option<String>,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

impl DecoyArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| match self.action {
            Action::Plan { what, format } => {
                let compartment = desk.find_compartment(&what.compartment)?;
                let plan = desk.plan_decoys(compartment, what.count)?;
                show_plan(ctx, desk, &plan, format)?;
                Ok(Done::Well)
            }
            Action::Plant { what, list } => {
                let compartment = desk.find_compartment(&what.compartment)?;
                let list = list.map(|name| desk.find_compartment(&name)).transpose()?;
                let plan = desk.plan_decoys(compartment, what.count)?;
                desk.instruct_decoys(compartment, &plan, list)?;
                let desks = plan.len().to_string();
                ctx.say(
                    "decoy-instructed",
                    &[("count", what.count.to_string().into()), ("desks", desks.into())],
                )?;
                Ok(Done::Well)
            }
            Action::List { format } => list(ctx, desk, format),
            Action::Alarms { seen, format } => {
                if let Some(request) = seen {
                    desk.see_to_alarm(&request)?;
                }
                alarms(ctx, desk, format)
            }
        })
    }
}

fn show_plan(ctx: &Context, desk: &Desk, plan: &[PlannedDecoys], format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("plan", &["person", "device", "decoys"]);
    for one in plan {
        listing.row([json!(name_of(desk, one.person)), json!(one.device.short()), json!(one.lengths.len())]);
    }
    listing.show(ctx, desk, format)
}

fn list(ctx: &Context, desk: &mut Desk, format: Format) -> Result<Done, Failure> {
    desk.share_decoys()?;
    let mut listing = Listing::new("decoys", &["entry", "compartment", "device", "state"]);
    let decoys = desk.decoys()?;
    for decoy in &decoys {
        let name = desk.name_of(Subject::Compartment(decoy.compartment)).map(|name| name.to_string());
        let entry = if format == Format::Table { decoy.entry.short() } else { decoy.entry.to_string() };
        listing.row([
            json!(entry),
            json!(name.unwrap_or_else(|| decoy.compartment.short())),
            json!(decoy.planter.short()),
            json!(decoy.state.word()),
        ]);
    }
    listing.show(ctx, desk, format)?;
    let (count, desks) = desk.decoys_awaited()?;
    if desks > 0 {
        ctx.note(
            "decoy-awaited",
            &[("count", count.to_string().into()), ("desks", desks.to_string().into())],
        );
    }
    let wrong = decoys.iter().any(|decoy| decoy.state == DecoyState::Wrong);
    Ok(if wrong { Done::Attention } else { Done::Well })
}

fn alarms(ctx: &Context, desk: &Desk, format: Format) -> Result<Done, Failure> {
    let columns = [
        "request",
        "time",
        "person",
        "purpose",
        "decoys",
        "asked",
        "ahead",
        "emergency",
        "released",
        "logged",
        "seen",
    ];
    let mut listing = Listing::new("alarms", &columns);
    let mut open = false;
    for alarm in desk.decoy_alarms()? {
        open |= !alarm.seen;
        let id = hex::encode(alarm.request);
        let id = if format == Format::Table { id.get(..8).unwrap_or_default().to_owned() } else { id };
        let decoys: Vec<_> = alarm.decoys.iter().map(counterseal_model::EntryId::short).collect();
        listing.row([
            json!(id),
            json!(alarm.time.rfc3339()),
            json!(alarm.reader.map(|person| name_of(desk, person))),
            json!(alarm.purpose.to_string()),
            json!(decoys),
            json!(alarm.asked),
            json!(alarm.ahead),
            json!(alarm.emergency),
            json!(format!("{}/{}", alarm.released.0, alarm.released.1)),
            json!(alarm.logged),
            json!(alarm.seen),
        ]);
    }
    listing.show(ctx, desk, format)?;
    let known = desk.openings_known()?;
    if !known.fresh {
        let time = known.known_to.map_or_else(|| "-".to_owned(), |time| time.rfc3339());
        let values = [("time", time.into()), ("needed", known.needed.to_string().into())];
        ctx.note("openings-may-be-unseen", &values);
    }
    Ok(if open { Done::Attention } else { Done::Well })
}

fn name_of(desk: &Desk, person: PersonId) -> String {
    desk.name_of(Subject::Person(person)).map_or_else(|| person.short(), |name| name.to_string())
}

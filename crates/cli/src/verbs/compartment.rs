//! `compartment`: need-to-know groups.

use clap::{Args, Subcommand};
use counterseal_node::Desk;
use serde_json::json;

use super::person::until;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

mod new;

/// List and create compartments; admit and remove members
#[derive(Debug, Args)]
pub(crate) struct CompartmentArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List every compartment
    #[command(
        after_help = "Examples:\n  counterseal compartment list\n  counterseal compartment list --format json"
    )]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    New(new::NewArgs),
    /// Admit all active devices of a person
    #[command(after_help = "Examples:\n  counterseal compartment admit protection 'Officer Inkwell'")]
    Admit {
        /// The compartment, by name or id
        compartment: String,
        /// The person, by name or id
        person: String,
    },
    /// Remove a person's devices: a new epoch begins without them
    #[command(after_help = "Examples:\n  counterseal compartment remove protection 'Officer Inkwell'")]
    Remove {
        /// The compartment, by name or id
        compartment: String,
        /// The person, by name or id
        person: String,
    },
    /// Begin a new epoch with the present members
    #[command(after_help = "Examples:\n  counterseal compartment rekey protection")]
    Rekey {
        /// The compartment, by name or id
        compartment: String,
    },
    /// Publish an epoch's secret again for devices whose wrap is wrong or missing; any member may
    #[command(after_help = "\
Without a person: for everyone in an epoch whose wraps were never published. 'counterseal verify' says on a desk
which epochs it cannot open.

Examples:
  counterseal compartment repair protection 'Officer Inkwell'
  counterseal compartment repair protection")]
    Repair {
        /// The compartment, by name or id
        compartment: String,
        /// The person whose devices need it, by name or id
        person: Option<String>,
    },
    /// Appoint or dismiss a manager
    #[command(subcommand)]
    Manager(Manager),
    /// List the devices that have its newest epoch's secret
    #[command(after_help = "Examples:\n  counterseal compartment members protection")]
    Members {
        /// The compartment, by name or id
        compartment: String,
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

#[derive(Debug, Subcommand)]
enum Manager {
    /// Appoint a manager
    #[command(
        after_help = "Examples:\n  counterseal compartment manager appoint protection \\\n      'Officer Inkwell'"
    )]
    Appoint {
        /// The compartment, by name or id
        compartment: String,
        /// The person, by name or id
        person: String,
        /// When the appointment ends
        #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
        until: Option<crate::dates::Typed>,
    },
    /// Dismiss a manager
    #[command(
        after_help = "Examples:\n  counterseal compartment manager dismiss protection \\\n      'Officer Inkwell'"
    )]
    Dismiss {
        /// The compartment, by name or id
        compartment: String,
        /// The person, by name or id
        person: String,
    },
}

impl CompartmentArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| self.action.run(ctx, desk))?;
        Ok(Done::Well)
    }
}

impl Action {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let (key, compartment, person) = match self {
            Self::List { format } => return list(ctx, desk, format),
            Self::Members { compartment, format } => return members(ctx, desk, &compartment, format),
            Self::New(args) => return args.run(ctx, desk),
            Self::Admit { compartment, person } => {
                desk.admit(desk.find_compartment(&compartment)?, desk.find_person(&person)?)?;
                ("compartment-admitted", compartment, person)
            }
            Self::Remove { compartment, person } => {
                desk.remove(desk.find_compartment(&compartment)?, desk.find_person(&person)?)?;
                ("compartment-removed", compartment, person)
            }
            Self::Rekey { compartment } => {
                desk.rekey(desk.find_compartment(&compartment)?)?;
                return ctx.say("compartment-rekeyed", &[("compartment", compartment.into())]);
            }
            Self::Repair { compartment, person } => {
                return repair(ctx, desk, &compartment, person.as_deref());
            }
            Self::Manager(Manager::Appoint { compartment, person, until: end }) => {
                let (id, who) = (desk.find_compartment(&compartment)?, desk.find_person(&person)?);
                desk.appoint_manager(id, who, until(end))?;
                ("manager-appointed", compartment, person)
            }
            Self::Manager(Manager::Dismiss { compartment, person }) => {
                desk.dismiss_manager(desk.find_compartment(&compartment)?, desk.find_person(&person)?)?;
                ("manager-dismissed", compartment, person)
            }
        };
        ctx.say(key, &[("compartment", compartment.into()), ("person", person.into())])
    }
}

fn repair(ctx: &Context, desk: &mut Desk, compartment: &str, person: Option<&str>) -> Result<(), Failure> {
    let id = desk.find_compartment(compartment)?;
    let mut devices = Vec::new();
    if let Some(person) = person {
        let who = desk.find_person(person)?;
        devices = desk.people().into_iter().filter(|view| view.id == who).flat_map(|p| p.devices).collect();
    }
    let devices: Vec<_> = devices.into_iter().map(|(device, _)| device).collect();
    let count = desk.repair(id, &devices)?.to_string();
    ctx.say("compartment-repaired", &[("compartment", compartment.into()), ("count", count.into())])
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let columns = ["id", "name", "rule", "history", "managers", "members", "yours", "everyone"];
    let mut listing = Listing::new("compartments", &columns);
    let people = desk.people();
    for view in desk.compartments() {
        let name_of =
            |id| people.iter().find(|person| person.id == id).and_then(|person| person.name.clone());
        let managers: Vec<_> =
            view.managers.iter().map(|id| name_of(*id).unwrap_or_else(|| id.short())).collect();
        let id = if format == Format::Table { view.id.short() } else { view.id.to_string() };
        listing.row([
            json!(id),
            json!(view.name),
            json!(view.charter.rule.word()),
            json!(view.charter.history.word()),
            json!(managers),
            json!(view.members.len()),
            json!(view.mine),
            json!(view.everyone),
        ]);
    }
    listing.show(ctx, desk, format)
}

fn members(ctx: &Context, desk: &Desk, compartment: &str, format: Format) -> Result<(), Failure> {
    let id = desk.find_compartment(compartment)?;
    let mut listing = Listing::new("members", &["id", "person", "name"]);
    let people = desk.people();
    let members = desk.compartments().into_iter().find(|view| view.id == id).map(|view| view.members);
    for device in members.unwrap_or_default() {
        let owner = people.iter().find(|person| person.devices.iter().any(|(known, _)| *known == device));
        let (person, name) = owner.map_or((None, None), |owner| (Some(owner.id.short()), owner.name.clone()));
        let device = if format == Format::Table { device.short() } else { device.to_string() };
        listing.row([json!(device), json!(person), json!(name)]);
    }
    listing.show(ctx, desk, format)
}

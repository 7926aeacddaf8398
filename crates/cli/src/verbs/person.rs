//! `person`: who belongs to the mission.

use clap::{Args, Subcommand};
use counterseal_model::Timestamp;
use counterseal_node::Desk;
use counterseal_register::{Frozen, PersonStatus, Subject};
use serde_json::json;

use crate::context::Context;
use crate::dates::Typed;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

mod office;

/// List, revoke and name persons ('invite' enrols them)
#[derive(Debug, Args)]
pub(crate) struct PersonArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List everyone ever enrolled
    #[command(after_help = "Examples:\n  counterseal person list\n  counterseal person list --format csv")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Revoke a person for good; new epochs begin without their devices
    #[command(after_help = "Examples:\n  counterseal person revoke 'Officer Inkwell'")]
    Revoke {
        /// The person, by name or id
        person: String,
    },
    /// Freeze a person: nothing their devices say counts until a registrar lifts it; obeyed on sight
    #[command(after_help = "\
A registrar may, a manager of a compartment the person is in, and the person: 'my laptop is gone'.

Examples:
  counterseal person freeze 'Officer Inkwell'")]
    Freeze {
        /// The person, by name or id
        person: String,
    },
    /// Lift the freezes of a person that this desk knows of; for registrars
    #[command(after_help = "Examples:\n  counterseal person unfreeze 'Officer Inkwell'")]
    Unfreeze {
        /// The person, by name or id
        person: String,
    },
    /// Set when a person's assignment ends; without a date it has no end
    #[command(after_help = "Examples:\n  counterseal person extend 'Officer Inkwell' --until 2027-12-31")]
    Extend {
        /// The person, by name or id
        person: String,
        /// When it ends
        #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
        until: Option<Typed>,
    },
    /// Give a person another name
    #[command(after_help = "Examples:\n  counterseal person name 'Officer Inkwell' 'Captain Inkwell'")]
    Name {
        /// The person, by name or id
        person: String,
        /// The new name
        name: String,
    },
    #[command(subcommand)]
    Office(office::OfficeAction),
    Section(office::SectionArgs),
}

/// The first moment after a date that was typed.
pub(super) fn until(typed: Option<Typed>) -> Option<Timestamp> {
    typed.map(Typed::end)
}

impl PersonArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        if let Action::Office(action) = self.action {
            action.run(ctx)?;
            return Ok(Done::Well);
        }
        ctx.with_desk(|ctx, desk| match self.action {
            Action::Office(_) => Ok(()), // run above: governors' keys are opened before the desk
            Action::Section(args) => args.run(ctx, desk),
            Action::List { format } => list(ctx, desk, format),
            Action::Revoke { person } => {
                let id = desk.find_person(&person)?;
                desk.revoke_person(id)?;
                ctx.say("person-revoked", &[("person", person.into())])
            }
            Action::Freeze { person } => {
                let id = desk.find_person(&person)?;
                desk.freeze(Frozen::Person(id))?;
                ctx.say("person-frozen", &[("person", person.into())])
            }
            Action::Unfreeze { person } => {
                let id = desk.find_person(&person)?;
                desk.unfreeze(Frozen::Person(id))?;
                ctx.say("person-unfrozen", &[("person", person.into())])
            }
            Action::Extend { person, until: end } => {
                let id = desk.find_person(&person)?;
                desk.extend_appointment(id, until(end))?;
                ctx.say("person-extended", &[("person", person.into())])
            }
            Action::Name { person, name } => {
                let id = desk.find_person(&person)?;
                desk.set_name(Subject::Person(id), &name)?;
                ctx.say("person-named", &[("person", id.short().into()), ("name", name.into())])
            }
        })?;
        Ok(Done::Well)
    }
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let mut listing =
        Listing::new("people", &["id", "name", "status", "since", "ends", "registrar", "devices", "you"]);
    for person in desk.people() {
        let (status, since) = match person.status {
            Some(PersonStatus::Active) => ("active", None),
            Some(PersonStatus::Frozen { since }) => ("frozen", Some(since.time)),
            Some(PersonStatus::Expired { since }) => ("expired", Some(since)),
            Some(PersonStatus::Revoked { since }) => ("revoked", Some(since.time)),
            None => ("unknown", None),
        };
        let devices = person.devices.len();
        let (you, since) = (person.id == desk.person(), since.map(Timestamp::rfc3339));
        let id = if format == Format::Table { person.id.short() } else { person.id.to_string() };
        listing.row([
            json!(id),
            json!(person.name),
            json!(status),
            json!(since),
            json!(person.until.map(Timestamp::rfc3339)),
            json!(person.registrar),
            json!(devices),
            json!(you),
        ]);
    }
    listing.show(ctx, desk, format)
}

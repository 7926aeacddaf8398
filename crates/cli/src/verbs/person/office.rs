//! `person office` and `person section`: who answers for what, and where they belong.

use clap::{Args, Subcommand, ValueEnum};
use counterseal_model::SectionId;
use counterseal_node::Desk;
use counterseal_register::Office;
use serde_json::json;

use super::until;
use crate::context::Context;
use crate::dates::Typed;
use crate::failure::Failure;
use crate::listing::{Format, Listing};
use crate::verbs::mission::{Governors, secrets_of};

/// An office, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Named {
    DataProtection,
    Watch,
    Training,
    Review,
    Attestation,
}

impl From<Named> for Office {
    fn from(named: Named) -> Self {
        match named {
            Named::DataProtection => Self::DataProtection,
            Named::Watch => Self::Watch,
            Named::Training => Self::Training,
            Named::Review => Self::Review,
            Named::Attestation => Self::Attestation,
        }
    }
}

/// Whose, which, and who signs.
#[derive(Debug, Args)]
pub(super) struct Held {
    /// The person, by name or id
    person: String,
    /// The office
    #[arg(value_enum)]
    office: Named,
    /// The section, of a reviewer: by the first digits of its id, or somebody who belongs to it
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    #[command(flatten)]
    governors: Governors,
}

/// Give and end offices; governors sign
#[derive(Debug, Subcommand)]
pub(super) enum OfficeAction {
    /// Give a person an office
    #[command(after_help = "\
Examples:
  counterseal person office appoint 'Officer Inkwell' data-protection \\
      --until 2027-12-31 --governor-key governor-1.key
  counterseal person office appoint 'Officer Sparrow' review \\
      --section 'Officer Inkwell' --governor-key governor-1.key")]
    Appoint {
        #[command(flatten)]
        held: Held,
        /// When it ends; with the assignment unless given
        #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
        until: Option<Typed>,
    },
    /// End a person's office
    #[command(after_help = "\
Examples:
  counterseal person office dismiss 'Officer Inkwell' data-protection \\
      --governor-key governor-1.key")]
    Dismiss {
        #[command(flatten)]
        held: Held,
    },
    /// List who holds which office
    #[command(
        after_help = "Examples:\n  counterseal person office list\n  counterseal person office list --format csv"
    )]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

impl OfficeAction {
    pub(super) fn run(self, ctx: &mut Context) -> Result<(), Failure> {
        let (held, appoint) = match self {
            Self::List { format } => return ctx.with_desk(|ctx, desk| list(ctx, desk, format)),
            Self::Appoint { held, until: end } => (held, Some(until(end))),
            Self::Dismiss { held } => (held, None),
        };
        let governors = held.governors.open(ctx)?;
        ctx.with_desk(|ctx, desk| {
            let person = desk.find_person(&held.person)?;
            let section = held.section.as_deref().map(|text| desk.find_section(text)).transpose()?;
            let (office, signers) = (Office::from(held.office), secrets_of(&governors));
            let values = [("person", held.person.as_str().into()), ("office", office.word().into())];
            match appoint {
                Some(end) => {
                    desk.appoint_officer(person, office, section, end, &signers)?;
                    ctx.say("office-given", &values)
                }
                None => {
                    desk.dismiss_officer(person, office, section, &signers)?;
                    ctx.say("office-ended", &values)
                }
            }
        })
    }
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let (register, at) = (desk.register(), desk.moment());
    let mut listing = Listing::new("offices", &["person", "name", "office", "section"]);
    for person in desk.people() {
        for (office, section) in register.offices_of(person.id, at) {
            let id = if format == Format::Table { person.id.short() } else { person.id.to_string() };
            let section = section.map(|id| shown(id, format));
            listing.row([json!(id), json!(person.name), json!(office.word()), json!(section)]);
        }
    }
    listing.show(ctx, desk, format)
}

fn shown(section: SectionId, format: Format) -> String {
    if format == Format::Table { section.short() } else { section.to_string() }
}

/// Say to which section people belong; registrars may
#[derive(Debug, Args)]
#[command(after_help = "\
A section has no name in the register: only a random id. Name it by its first digits, or by somebody who belongs
to it. Whoever approves an opening may have to be of another section than who asks.

Examples:
  counterseal person section 'Officer Inkwell' 'Officer Sparrow' --new
  counterseal person section 'Officer Heron' --of 'Officer Inkwell'
  counterseal person section 'Officer Heron' --none
  counterseal person section --format json")]
#[command(group(clap::ArgGroup::new("which").requires("people")))]
pub(super) struct SectionArgs {
    /// The people, by name or id; none: list everyone's
    people: Vec<String>,
    /// A new section
    #[arg(long, group = "which")]
    new: bool,
    /// The section, by the first digits of its id, or somebody who belongs to it
    #[arg(long, value_name = "SECTION", group = "which")]
    of: Option<String>,
    /// None any more
    #[arg(long, group = "which")]
    none: bool,
    /// How to show it
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

impl SectionArgs {
    pub(super) fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let section = match (&self.of, self.new, self.none) {
            (Some(text), ..) => Some(desk.find_section(text)?),
            (None, true, _) => Some(desk.make_section_id()),
            (None, false, true) => None,
            (None, false, false) if self.people.is_empty() => return sections(ctx, desk, self.format),
            (None, false, false) => return Err(ctx.refuse("section-which", &[])),
        };
        let people: Result<Vec<_>, _> = self.people.iter().map(|name| desk.find_person(name)).collect();
        let people = people?;
        desk.assign_section(&people, section)?;
        let count = people.len().to_string();
        match section {
            Some(section) => {
                let id = section.short();
                ctx.say("section-assigned", &[("count", count.into()), ("section", id.into())])
            }
            None => ctx.say("section-left", &[("count", count.into())]),
        }
    }
}

fn sections(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let (register, at) = (desk.register(), desk.moment());
    let mut listing = Listing::new("sections", &["person", "name", "section"]);
    for person in desk.people() {
        let Some(section) = register.section_of(person.id, at) else { continue };
        let id = if format == Format::Table { person.id.short() } else { person.id.to_string() };
        listing.row([json!(id), json!(person.name), json!(shown(section, format))]);
    }
    listing.show(ctx, desk, format)
}

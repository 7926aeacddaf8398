//! `freeze`, `unfreeze` and `site`: stopping a person, or everyone at a place, at once.

use clap::{Args, Subcommand};
use counterseal_node::Desk;
use counterseal_register::{Frozen, Subject};
use serde_json::json;

use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::{Format, Listing};

/// Freeze a person or a site: nothing its devices say counts until a registrar lifts it
#[derive(Debug, Args)]
#[command(after_help = "\
Obeyed on sight, with or without the hub. A person is frozen by a registrar, by a manager of a compartment
they are in, or by themself: 'my laptop is gone'. A site, by a registrar: everyone who is assigned to it.

Examples:
  counterseal freeze 'Officer Inkwell'
  counterseal freeze 'Bouca team site'")]
pub(crate) struct FreezeArgs {
    /// The person or the site, by name or id
    subject: String,
}

/// Lift the freezes of a person or a site that this desk knows of; for registrars
#[derive(Debug, Args)]
#[command(after_help = "\
People at a frozen site can be let out one by one: lift the freeze of the person.

Examples:
  counterseal unfreeze 'Bouca team site'
  counterseal unfreeze 'Officer Inkwell'")]
pub(crate) struct UnfreezeArgs {
    /// The person or the site, by name or id
    subject: String,
}

/// List sites and assign people to them; for registrars
#[derive(Debug, Args)]
pub(crate) struct SiteArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the sites, and who is assigned to them
    #[command(after_help = "Examples:\n  counterseal site list\n  counterseal site list --format json")]
    List {
        /// How to show it
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Assign people, with all their devices, to a site
    #[command(after_help = "\
Where a site is stands nowhere in the register, and only members can read its name.

Examples:
  counterseal site assign 'Bouca team site' 'Officer Inkwell' --new
  counterseal site assign 'Bouca team site' 'Officer Wren'")]
    Assign {
        /// The site, by name or id; with --new its name
        site: String,
        /// The people, by name or id
        #[arg(required = true)]
        people: Vec<String>,
        /// There is no such site yet
        #[arg(long)]
        new: bool,
    },
    /// Assign people to no site; who is frozen with one stays frozen
    #[command(after_help = "Examples:\n  counterseal site leave 'Officer Inkwell'")]
    Leave {
        /// The people, by name or id
        #[arg(required = true)]
        people: Vec<String>,
    },
    /// Give a site another name
    #[command(after_help = "Examples:\n  counterseal site name 'Bouca team site' 'Bouca'")]
    Name {
        /// The site, by name or id
        site: String,
        /// The new name
        name: String,
    },
}

impl FreezeArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let frozen = desk.find_frozen(&self.subject)?;
            desk.freeze(frozen)?;
            match frozen {
                Frozen::Person(_) => ctx.say("person-frozen", &[("person", self.subject.into())]),
                Frozen::Site(site) => {
                    let people = desk.sites().into_iter().find(|view| view.id == site);
                    let count = people.map_or(0, |view| view.people.len()).to_string();
                    ctx.say("site-frozen", &[("site", self.subject.into()), ("count", count.into())])
                }
            }
        })?;
        Ok(Done::Well)
    }
}

impl UnfreezeArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| {
            let frozen = desk.find_frozen(&self.subject)?;
            desk.unfreeze(frozen)?;
            ctx.say("person-unfrozen", &[("person", self.subject.into())])
        })?;
        Ok(Done::Well)
    }
}

impl SiteArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        ctx.with_desk(|ctx, desk| self.action.run(ctx, desk))?;
        Ok(Done::Well)
    }
}

impl Action {
    fn run(self, ctx: &Context, desk: &mut Desk) -> Result<(), Failure> {
        let ids = |desk: &Desk, people: &[String]| {
            people.iter().map(|person| desk.find_person(person)).collect::<Result<Vec<_>, _>>()
        };
        match self {
            Self::List { format } => list(ctx, desk, format),
            Self::Assign { site, people, new } => {
                let who = ids(desk, &people)?;
                match new {
                    true if desk.sites().iter().any(|view| view.name.as_ref() == Some(&site)) => {
                        return Err(ctx.refuse("site-exists", &[("site", site.into())]));
                    }
                    true => desk.make_site(&site, &who).map(|_| ())?,
                    false => desk.assign_site(&who, Some(desk.find_site(&site)?))?,
                }
                ctx.say("site-assigned", &[("people", people.join(", ").into()), ("site", site.into())])
            }
            Self::Leave { people } => {
                desk.assign_site(&ids(desk, &people)?, None)?;
                ctx.say("site-left", &[("people", people.join(", ").into())])
            }
            Self::Name { site, name } => {
                desk.set_name(Subject::Site(desk.find_site(&site)?), &name)?;
                ctx.say("site-named", &[("site", site.into()), ("name", name.into())])
            }
        }
    }
}

fn list(ctx: &Context, desk: &Desk, format: Format) -> Result<(), Failure> {
    let mut listing = Listing::new("sites", &["id", "name", "frozen", "people"]);
    let known = desk.people();
    for view in desk.sites() {
        let name_of = |id| {
            let person = known.iter().find(|person| person.id == id);
            person.and_then(|person| person.name.clone()).unwrap_or_else(|| id.short())
        };
        let people: Vec<_> = view.people.iter().map(|id| name_of(*id)).collect();
        let id = if format == Format::Table { view.id.short() } else { view.id.to_string() };
        listing.row([json!(id), json!(view.name), json!(view.frozen), json!(people)]);
    }
    listing.show(ctx, desk, format)
}

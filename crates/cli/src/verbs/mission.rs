//! `mission`: founding one, showing it, its statements, and what its governors say.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use counterseal_node::{Desk, GovernorFile};
use counterseal_register::LogKind;
use counterseal_seal::GovernorSecrets;
use serde_json::json;

use super::person::until;
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;

pub(crate) use counterseal_model::fingerprint;

mod found;
mod governors;
mod hub;
mod lost;
mod policy;
mod state;
mod succeed;
mod trustees;

pub(super) use found::History;
pub(super) use succeed::show_crossing;

/// Found a mission, show it, exchange its statements, set its rules
#[derive(Debug, Args)]
pub(crate) struct MissionArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    New(found::NewArgs),
    /// Show the mission and its fingerprint, which its members compare
    #[command(after_help = "Examples:\n  counterseal mission show\n  counterseal mission show --format json")]
    Show {
        /// table or json
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
    /// Write the mission's statements into a file, for desks that join or have been away
    #[command(after_help = "Examples:\n  counterseal mission statements --out blue-heron.statements")]
    Statements {
        /// The file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Write both logs of the mission's hub as this desk holds them: for a standby hub, or another desk
    #[command(after_help = "Examples:\n  counterseal mission logs --out blue-heron.logs")]
    Logs {
        /// The file to make
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take in statements, or both logs and a succession of the hub, from a file
    #[command(
        after_help = "Examples:\n  counterseal mission take blue-heron.statements\n  counterseal mission take blue-heron.succession"
    )]
    Take {
        /// The file
        file: PathBuf,
    },
    /// Show the guard's rules in use, or replace them by a file of a higher version
    #[command(
        after_help = "Examples:\n  counterseal mission guard\n  counterseal mission guard --set our-rules.toml"
    )]
    Guard {
        /// The new rules
        #[arg(long, value_name = "FILE")]
        set: Option<PathBuf>,
    },
    /// Show the taxonomies in use, one as its file, or replace one by a file of a higher version
    #[command(
        after_help = "Examples:\n  counterseal mission taxonomy\n  counterseal mission taxonomy incident-type\n  counterseal mission taxonomy --set our-incident-types.json"
    )]
    Taxonomy {
        /// The taxonomy to print
        id: Option<String>,
        /// The new taxonomy, for the whole mission
        #[arg(long, value_name = "FILE", conflicts_with = "id")]
        set: Option<PathBuf>,
    },
    /// Raise the least suite that is accepted; governors sign
    #[command(after_help = "Examples:\n  counterseal mission minimum-suite 1 --governor-key governor-1.key")]
    MinimumSuite {
        /// The suite's number
        suite: u64,
        #[command(flatten)]
        governors: Governors,
    },
    /// Appoint or dismiss a registrar; governors sign
    #[command(subcommand)]
    Registrar(Registrar),
    /// Name the recovery officers, who together give somebody a new device; governors sign
    #[command(after_help = "\
They are named anew as a whole. What loosens waits for the mission's waiting days.

Examples:
  counterseal mission recovery --officer 'Officer Quillfeather' \\
      --officer 'Officer Inkwell' --threshold 2 --governor-key governor-1.key")]
    Recovery {
        /// An officer, by name or id; as many as there are to be
        #[arg(long = "officer", value_name = "PERSON", required = true)]
        officers: Vec<String>,
        /// How many of them must sign
        #[arg(long, value_name = "NUMBER")]
        threshold: u64,
        #[command(flatten)]
        governors: Governors,
    },
    Governors(governors::GovernorsArgs),
    Hub(hub::HubArgs),
    Trustees(trustees::TrusteesArgs),
    Policy(policy::PolicyArgs),
    Lost(lost::LostArgs),
    Succeed(succeed::SucceedArgs),
}

#[derive(Debug, Subcommand)]
enum Registrar {
    /// Appoint a registrar
    #[command(
        after_help = "Examples:\n  counterseal mission registrar appoint 'Officer Inkwell' \\\n      --governor-key governor-1.key"
    )]
    Appoint {
        /// The person, by name or id
        person: String,
        /// When the appointment ends
        #[arg(long, value_name = "DATE", value_parser = crate::dates::read)]
        until: Option<crate::dates::Typed>,
        #[command(flatten)]
        governors: Governors,
    },
    /// Dismiss a registrar
    #[command(
        after_help = "Examples:\n  counterseal mission registrar dismiss 'Officer Inkwell' \\\n      --governor-key governor-1.key"
    )]
    Dismiss {
        /// The person, by name or id
        person: String,
        #[command(flatten)]
        governors: Governors,
    },
}

/// The governors who sign.
#[derive(Debug, Args)]
pub(super) struct Governors {
    /// A governor's key file; as many as must sign
    #[arg(long = "governor-key", value_name = "FILE", required = true)]
    keys: Vec<PathBuf>,
    /// File with the governors' passphrase
    #[arg(long, value_name = "FILE")]
    governor_passphrase_file: Option<PathBuf>,
}

impl MissionArgs {
    /// Whether it is about another desk than the one that is unlocked.
    pub(crate) fn makes_a_desk(&self) -> bool {
        matches!(self.action, Action::New(_))
    }

    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::New(args) => args.run(ctx)?,
            Action::Governors(args) => args.run(ctx)?,
            Action::Hub(args) => args.run(ctx)?,
            Action::Trustees(args) => {
                if args.run(ctx)? {
                    return Ok(Done::Attention);
                }
            }
            Action::Policy(args) => args.run(ctx)?,
            Action::Lost(args) => ctx.with_desk(|ctx, desk| args.run(ctx, desk))?,
            Action::Show { format } => ctx.with_desk(|ctx, desk| show(ctx, desk, &format))?,
            Action::Statements { out } => ctx.with_desk(|ctx, desk| write_statements(ctx, desk, &out))?,
            Action::Succeed(args) => args.run(ctx)?,
            Action::Logs { out } => ctx.with_desk(|ctx, desk| succeed::write_logs(ctx, desk, &out))?,
            Action::Take { file } => ctx.with_desk(|ctx, desk| succeed::take(ctx, desk, &file))?,
            Action::Guard { set } => ctx.with_desk(|ctx, desk| guard(ctx, desk, set.as_deref()))?,
            Action::Taxonomy { id, set } => {
                ctx.with_desk(|ctx, desk| taxonomy(ctx, desk, id.as_deref(), set.as_deref()))?;
            }
            Action::MinimumSuite { suite, governors } => {
                let governors = governors.open(ctx)?;
                ctx.with_desk(|ctx, desk| {
                    desk.set_minimum_suite(suite, &secrets_of(&governors))?;
                    ctx.say("mission-suite", &[("suite", suite.to_string().into())])
                })?;
            }
            Action::Registrar(Registrar::Appoint { person, until: end, governors }) => {
                let governors = governors.open(ctx)?;
                ctx.with_desk(|ctx, desk| {
                    let id = desk.find_person(&person)?;
                    desk.appoint_registrar(id, until(end), &secrets_of(&governors))?;
                    ctx.say("registrar-appointed", &[("person", person.as_str().into())])
                })?;
            }
            Action::Registrar(Registrar::Dismiss { person, governors }) => {
                let governors = governors.open(ctx)?;
                ctx.with_desk(|ctx, desk| {
                    let id = desk.find_person(&person)?;
                    desk.dismiss_registrar(id, &secrets_of(&governors))?;
                    ctx.say("registrar-dismissed", &[("person", person.as_str().into())])
                })?;
            }
            Action::Recovery { officers, threshold, governors } => {
                let governors = governors.open(ctx)?;
                ctx.with_desk(|ctx, desk| {
                    let found: Result<Vec<_>, _> =
                        officers.iter().map(|name| desk.find_person(name)).collect();
                    desk.set_recovery_officers(found?, threshold, &secrets_of(&governors))?;
                    let days = desk.register().waiting_days(desk.moment()).to_string();
                    ctx.say("recovery-set", &[("days", days.into())])
                })?;
            }
        }
        Ok(Done::Well)
    }
}

impl Governors {
    fn of(keys: Vec<PathBuf>, governor_passphrase_file: Option<PathBuf>) -> Self {
        Self { keys, governor_passphrase_file }
    }

    pub(super) fn open(&self, ctx: &Context) -> Result<Vec<GovernorFile>, Failure> {
        let file = self.governor_passphrase_file.as_deref();
        let mut governors = Vec::new();
        for path in &self.keys {
            let bytes = std::fs::read(path).map_err(|e| Failure::file("read", path, e))?;
            let passphrase = match file {
                Some(file) => ctx.read_passphrase(file)?,
                None => {
                    ctx.note("governor-key", &[("path", path.display().to_string().into())]);
                    ctx.ask_passphrase("passphrase-governor")?
                }
            };
            governors.push(GovernorFile::open(bytes, &passphrase)?);
        }
        Ok(governors)
    }
}

pub(super) fn secrets_of(governors: &[GovernorFile]) -> Vec<&GovernorSecrets> {
    governors.iter().map(|governor| &governor.secrets).collect()
}

fn show(ctx: &Context, desk: &Desk, format: &str) -> Result<(), Failure> {
    let (register, at) = (desk.register(), desk.moment());
    let name = desk.compartments().into_iter().find(|view| view.everyone).and_then(|view| view.name);
    let governors = register.governors(at).map_or((0, 0), |all| (all.keys.len() as u64, all.threshold));
    let totals = desk.totals()?;
    if format == "json" {
        let age = desk.log(LogKind::Statements)?.map(|log| desk.now().0 - log.cosigned.0);
        let totals: serde_json::Map<_, _> =
            totals.iter().map(|(kind, count)| (kind.word().to_owned(), json!(count))).collect();
        let state = state::to_json(desk)?;
        let mut shown = json!({
            "mission": desk.mission().to_string(), "name": name, "synthetic": register.is_synthetic(),
            "governors": governors.0, "threshold": governors.1,
            "singleGovernor": register.marked_single_governor(at), "waitingDays": register.waiting_days(at),
            "minimumSuite": register.minimum_suite(at), "statements": register.last().position.index + 1,
            "person": desk.person().to_string(), "device": desk.device().to_string(), "records": totals,
            "checkpointAge": age, "twoHistories": !desk.two_trees()?.is_empty(),
            "register": state,
        });
        if let Some(shown) = shown.as_object_mut() {
            shown.extend(crate::alarm::as_json(desk)?.map(|(name, value)| (name.to_owned(), value)));
        }
        return ctx.line(&pretty(&shown));
    }
    ctx.mark_synthetic(desk)?;
    let id = desk.mission().to_string();
    ctx.say("mission-name", &[("name", crate::clean::clean(&name.unwrap_or_default(), true).into())])?;
    ctx.say("mission-fingerprint", &[("id", fingerprint(&id).into())])?;
    let (count, threshold) = (governors.0.to_string(), governors.1.to_string());
    ctx.say("mission-governors", &[("count", count.into()), ("threshold", threshold.into())])?;
    if register.marked_single_governor(at) {
        ctx.say("mission-single-governor", &[])?;
    }
    let days = register.waiting_days(at).to_string();
    let suite = register.minimum_suite(at).to_string();
    ctx.say("mission-rules", &[("days", days.into()), ("suite", suite.into())])?;
    let statements = (register.last().position.index + 1).to_string();
    ctx.say("mission-desk", &[("device", desk.device().short().into()), ("statements", statements.into())])?;
    if register.marked_weak_quorum(at) {
        ctx.say("mission-weak-quorum", &[])?;
    }
    super::show_state(ctx, desk)?;
    state::show(ctx, desk)?;
    crate::alarm::show(ctx, desk)?;
    for (kind, count) in totals {
        ctx.line(&format!("  {:<10} {count:>9}", kind.word()))?;
    }
    Ok(())
}

fn write_statements(ctx: &Context, desk: &Desk, out: &Path) -> Result<(), Failure> {
    counterseal_node::write_new_private(out, &desk.statements_file()?)?;
    let id = fingerprint(&desk.mission().to_string());
    ctx.say("mission-statements", &[("path", out.display().to_string().into()), ("id", id.into())])
}

fn taxonomy(ctx: &Context, desk: &mut Desk, id: Option<&str>, set: Option<&Path>) -> Result<(), Failure> {
    if let Some(file) = set {
        let json = std::fs::read_to_string(file).map_err(|e| Failure::file("read", file, e))?;
        desk.set_taxonomy(&json)?;
    }
    if let Some(id) = id {
        let known = desk.taxonomy(id)?.ok_or_else(|| ctx.refuse("taxonomy-unknown", &[("id", id.into())]))?;
        return ctx.write(&format!("{}\n", known.to_json()));
    }
    for known in desk.taxonomies()? {
        let version = known.version().to_string();
        ctx.say("mission-taxonomy", &[("id", known.id().into()), ("version", version.into())])?;
    }
    Ok(())
}

fn guard(ctx: &Context, desk: &mut Desk, set: Option<&Path>) -> Result<(), Failure> {
    if let Some(path) = set {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::file("read", path, e))?;
        desk.set_guard_rules(&text)?;
    }
    ctx.say("mission-guard", &[("version", desk.guard()?.version().to_string().into())])
}

//! `hub`: the server that relays, keeps and logs, and can open nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use counterseal_hub::{HubConfig, LogStatus};
use serde_json::json;

mod succeed;

use super::serving::{asked, new_public_file, serve, stopped};
use crate::context::Context;
use crate::failure::{Done, Failure};
use crate::listing::pretty;

/// Run the mission's hub, which relays ciphertext and keeps the logs
#[derive(Debug, Args)]
pub(crate) struct HubArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make the hub's keys, and the file of its public keys for the governors
    #[command(after_help = "Examples:\n  counterseal hub init --config hub.toml --public hub.json")]
    Init {
        #[command(flatten)]
        config: Config,
        /// The file to make for 'mission hub'
        #[arg(long, value_name = "FILE")]
        public: PathBuf,
    },
    /// Give the hub the mission's statements, as 'mission hub' wrote them
    #[command(after_help = "\
Prints the keys of both logs: every witness must be given them ('witness add-log').

Examples:
  counterseal hub seed blue-heron.seed --config hub.toml")]
    Seed {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Run until it is stopped
    #[command(after_help = "Examples:\n  counterseal hub run --config hub.toml")]
    Run {
        #[command(flatten)]
        config: Config,
    },
    /// Copy the hub's store while it runs
    #[command(after_help = "Examples:\n  counterseal hub backup --config hub.toml --to monday.db")]
    Backup {
        #[command(flatten)]
        config: Config,
        /// The file to make
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Put a backup in place of the store; the hub takes nothing in before it has caught up with its witnesses
    #[command(after_help = "Examples:\n  counterseal hub restore --config hub.toml --from monday.db")]
    Restore {
        #[command(flatten)]
        config: Config,
        /// The backup
        #[arg(long, value_name = "FILE")]
        from: PathBuf,
    },
    /// Take over from a hub that is lost, with its logs as a desk holds them and the governors' statement
    #[command(after_help = "\
Asks the witnesses what they have cosigned of the old logs, checks every leaf, and prints the keys of the new
ones: every witness must be given them ('witness add-log'). Of a file without a succession it says only how far
the logs go, and what the witnesses have seen: do that before governors sign.
Shown to the hub that is replaced, with its own configuration, it has that hub take nothing in any more.

Examples:
  counterseal hub succeed blue-heron.logs --config standby.toml
  counterseal hub succeed blue-heron.succession --config standby.toml
  counterseal hub succeed blue-heron.succession --config standby.toml --lost")]
    Succeed {
        /// The file, as 'mission succeed' or 'mission logs' wrote it
        file: PathBuf,
        #[command(flatten)]
        config: Config,
        /// Go on although witnesses have cosigned leaves that no desk has: they are lost with the old hub
        #[arg(long)]
        lost: bool,
    },
    /// Show how far the logs are, and which generation of the hub this is
    #[command(after_help = "Examples:\n  counterseal hub status --config hub.toml --format json")]
    Status {
        #[command(flatten)]
        config: Config,
        /// table or json
        #[arg(long, default_value = "table", value_parser = ["table", "json"])]
        format: String,
    },
}

/// The configuration.
#[derive(Debug, Args)]
struct Config {
    /// The hub's configuration file
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

impl Config {
    fn read(&self) -> Result<HubConfig, Failure> {
        HubConfig::read(&self.config).map_err(asked)
    }
}

impl HubArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Init { config, public } => {
                let made = counterseal_hub::init(&config.read()?, &mut ctx.randomness()).map_err(asked)?;
                let keys = json!({
                    "statementsKey": hex::encode(made.statements_key),
                    "journalKey": hex::encode(made.journal_key), "pin": hex::encode(made.pin),
                });
                new_public_file(&public, &keys)?;
                ctx.say("hub-made", &[("path", public.display().to_string().into())])?;
            }
            Action::Seed { file, config } => seed(ctx, &file, &config.read()?)?,
            Action::Run { config } => run(ctx, &config.read()?)?,
            Action::Backup { config, to } => {
                counterseal_hub::back_up(&config.read()?, &to).map_err(asked)?;
                ctx.say("hub-backed-up", &[("path", to.display().to_string().into())])?;
            }
            Action::Restore { config, from } => {
                counterseal_hub::restore(&config.read()?, &from).map_err(asked)?;
                ctx.say("hub-restored", &[])?;
            }
            Action::Succeed { file, config, lost } => {
                return succeed::succeed(ctx, &file, &config.read()?, lost);
            }
            Action::Status { config, format } => status(ctx, &config.read()?, &format)?,
        }
        Ok(Done::Well)
    }
}

fn seed(ctx: &Context, file: &Path, config: &HubConfig) -> Result<(), Failure> {
    let statements = counterseal_hub::read_statements(file).map_err(asked)?;
    let seeded = counterseal_hub::seed(config, &statements, ctx.outside.clock.as_ref()).map_err(asked)?;
    ctx.say("hub-seeded", &[("statements", seeded.statements.to_string().into())])?;
    seeded.keys.iter().try_for_each(|key| ctx.line(&key.to_string()))
}

fn run(ctx: &Context, config: &HubConfig) -> Result<(), Failure> {
    let clock = Arc::clone(&ctx.outside.clock);
    serve(async {
        let hub = counterseal_hub::run_hub(config, clock).await.map_err(asked)?;
        ctx.say("hub-runs", &[("address", hub.address().to_string().into())])?;
        stopped().await;
        hub.stop().await;
        ctx.say("hub-stopped", &[])
    })
}

fn status(ctx: &Context, config: &HubConfig, format: &str) -> Result<(), Failure> {
    let status = counterseal_hub::status(config).map_err(asked)?;
    let log = |log: LogStatus| json!({"leaves": log.leaves, "signed": log.signed, "cosigned": log.cosigned});
    if format == "json" {
        return ctx.line(&pretty(&json!({
            "mission": status.mission.to_string(), "statements": log(status.statements),
            "journal": log(status.journal), "restoring": status.restoring,
            "generation": status.generation, "supersededBy": status.superseded_by,
            "entriesMissing": status.bare,
        })));
    }
    let n = |number: u64| number.to_string().into();
    match status.generation {
        Some(generation) => ctx.say("hub-generation", &[("generation", n(generation))])?,
        None => ctx.say("hub-not-named", &[])?,
    }
    if let Some(generation) = status.superseded_by {
        ctx.say("hub-is-superseded", &[("generation", n(generation))])?;
    }
    for (name, log) in [("statements", status.statements), ("journal", status.journal)] {
        let values = [
            ("log", name.into()),
            ("leaves", n(log.leaves)),
            ("signed", n(log.signed)),
            ("cosigned", n(log.cosigned)),
        ];
        ctx.say("hub-log", &values)?;
    }
    if status.bare > 0 {
        ctx.say("hub-bare", &[("count", n(status.bare))])?;
    }
    if status.restoring { ctx.say("hub-restoring", &[]) } else { Ok(()) }
}

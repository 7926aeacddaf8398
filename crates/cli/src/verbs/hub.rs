//! `hub`: the server that relays, keeps and logs, and can open nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use counterseal_hub::{HubConfig, LogStatus};
use serde_json::json;

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
    /// Show how far the logs are
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
        })));
    }
    for (name, log) in [("statements", status.statements), ("journal", status.journal)] {
        let n = |number: u64| number.to_string().into();
        let values = [
            ("log", name.into()),
            ("leaves", n(log.leaves)),
            ("signed", n(log.signed)),
            ("cosigned", n(log.cosigned)),
        ];
        ctx.say("hub-log", &values)?;
    }
    if status.restoring { ctx.say("hub-restoring", &[]) } else { Ok(()) }
}

//! `trustee`: a server that holds shares, and releases them when register, policy and logs say so.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use counterseal_ledger::KeyName;
use counterseal_register::WitnessUrl;
use counterseal_trustee::{NotRetired, OperationFailure, TrusteeConfig, TrusteeKeys};

use super::serving::{asked, serve, stopped};
use crate::context::Context;
use crate::failure::{Done, Failure};

mod init;
mod restore;
mod status;

/// Run a trustee, which holds shares of what is guarded, releases them by the rules, and witnesses both logs
#[derive(Debug, Args)]
pub(crate) struct TrusteeArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a trustee's keys, store and configuration, and the files of its public keys for the governors
    #[command(after_help = "\
The key file is locked by a passphrase: with it stolen alone, nothing opens. Somebody types it at each start, or the
configuration's passphrase_file names a file that the system brings from elsewhere.
--unattended makes a passphrase that nobody knows and writes it beside the keys, readable by their owner alone: the
trustee starts by itself, and whoever takes the disk has both. The witness's key and the key of TLS are such files
in either case; neither opens anything guarded.

Examples:
  counterseal trustee init --folder trustee --second /mnt/other/trustee \\
      --name trustee-geneva --listen 0.0.0.0:7450 \\
      --url https://trustee.example:7450 --hub https://hub.example:7443 \\
      --public geneva.json --witness-public geneva-witness.json
  counterseal trustee init --folder one --second one-second \\
      --name trustee-one --unattended --listen 127.0.0.1:7450 \\
      --hub https://127.0.0.1:7443 --public one.json \\
      --witness-public one-witness.json --witness-listen 127.0.0.1:7451")]
    Init(Box<init::InitArgs>),
    /// Give the trustee its mission: the statements, as 'mission hub' wrote them, or later 'mission statements'
    #[command(after_help = "Examples:\n  counterseal trustee seed blue-heron.seed --config trustee.toml\n  \
        counterseal trustee seed blue-heron.statements --config trustee.toml")]
    Seed {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        config: Config,
    },
    /// Run until it is stopped
    #[command(after_help = "Examples:\n  counterseal trustee run --config trustee.toml")]
    Run {
        #[command(flatten)]
        config: Config,
    },
    /// Copy the store of a trustee that does not run
    #[command(after_help = "\
The copy opens nothing without the segments' keys, which are written into a file of their own in the place of the
last ones: keep one such file, and write it again after each erasure. Both open only with the trustee's key file.

Examples:
  counterseal trustee backup --config trustee.toml --to monday.db \\
      --segments segments.keys")]
    Backup {
        #[command(flatten)]
        config: Config,
        /// The file to make
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// The file of the segments' keys
        #[arg(long, value_name = "FILE")]
        segments: PathBuf,
    },
    /// Make a lost store anew, from its other place or from a backup
    #[command(after_help = "\
A restored trustee releases and cosigns nothing before both logs are mirrored to fresh checkpoints, what was erased is
erased, the other witnesses have shown the same logs, and it is known how far its release log had come: ask the
desks ('openings list') for the largest counter that this trustee has signed, and give it with --head. If its own
log has not come as far, governors put another trustee in its place.
A second place that is lost is made anew from the first, and nothing waits.

Examples:
  counterseal trustee restore --config trustee.toml --first --head 214
  counterseal trustee restore --config trustee.toml --second
  counterseal trustee restore --config trustee.toml --from monday.db \\
      --segments segments.keys --head 214")]
    Restore(restore::RestoreArgs),
    /// Destroy the shares and keys of a trustee whose successor has everything
    #[command(after_help = "\
Only after the governors named a successor ('succeeds' in the file of 'mission trustees') whose waiting days are over,
and after the successor said that it holds everything: let both run until 'trustee status' of the successor shows
nothing missing, then stop this one. Desks that were offline may still bring what they sealed for it before: keep it
as long as such desks are out. It cannot be undone.

Examples:
  counterseal trustee retire --config trustee.toml")]
    Retire {
        #[command(flatten)]
        config: Config,
    },
    /// Show how far it has mirrored, what it has decided, and what is missing after a restore
    #[command(after_help = "\
A trustee that runs is asked at the address of its metrics.
Exit code 3: it releases nothing now, for it was restored or a log has signed two histories.

Examples:
  counterseal trustee status --config trustee.toml
  counterseal trustee status --config trustee.toml --format json")]
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
    /// The trustee's configuration file
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

impl Config {
    fn read(&self) -> Result<TrusteeConfig, Failure> {
        TrusteeConfig::read(&self.config).map_err(asked)
    }

    /// The configuration, and the keys that its passphrase opens.
    fn open(&self, ctx: &Context) -> Result<(TrusteeConfig, TrusteeKeys), Failure> {
        let config = self.read()?;
        let passphrase = match &config.passphrase_file {
            Some(file) => ctx.read_passphrase(file)?,
            None => ctx.ask_passphrase("passphrase-trustee")?,
        };
        let keys = TrusteeKeys::load(&config, &passphrase).map_err(asked)?;
        Ok((config, keys))
    }
}

fn url(text: &str) -> Result<WitnessUrl, String> {
    WitnessUrl::parse(text).ok_or_else(|| WitnessUrl::EXPECTED.to_owned())
}

fn name(text: &str) -> Result<KeyName, String> {
    KeyName::parse(text).map_err(|malformed| malformed.to_string())
}

impl TrusteeArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Init(args) => args.run(ctx)?,
            Action::Seed { file, config } => seed(ctx, &file, &config.read()?)?,
            Action::Run { config } => run(ctx, &config)?,
            Action::Backup { config, to, segments } => {
                let (config, keys) = config.open(ctx)?;
                let rng = ctx.randomness();
                let absolute =
                    |path: &Path| std::path::absolute(path).map_err(|e| Failure::file("find", path, e));
                let (to, segments) = (absolute(&to)?, absolute(&segments)?);
                counterseal_trustee::back_up(&config, &keys, &to, &segments, rng).map_err(asked)?;
                let [to, segments] = [&to, &segments].map(|path| path.display().to_string().into());
                ctx.say("trustee-backed-up", &[("path", to), ("segments", segments)])?;
            }
            Action::Restore(args) => args.run(ctx)?,
            Action::Retire { config } => retire(ctx, &config)?,
            Action::Status { config, format } => return status::show(ctx, &config, &format),
        }
        Ok(Done::Well)
    }
}

fn seed(ctx: &Context, file: &Path, config: &TrusteeConfig) -> Result<(), Failure> {
    let seeded =
        counterseal_trustee::give_mission(config, file, ctx.outside.clock.as_ref()).map_err(asked)?;
    let mission = seeded.mission.to_string();
    ctx.say(
        "trustee-seeded",
        &[("mission", mission.into()), ("statements", seeded.statements.to_string().into())],
    )
}

fn retire(ctx: &Context, config: &Config) -> Result<(), Failure> {
    let (config, keys) = config.open(ctx)?;
    let (clock, randomness) = (Arc::clone(&ctx.outside.clock), ctx.outside.randomness);
    let retired =
        counterseal_trustee::retire(&config, keys, clock, randomness).map_err(|error| match error {
            OperationFailure::NotRetired(NotRetired::NoSuccessor) => ctx.refuse("trustee-no-successor", &[]),
            OperationFailure::NotRetired(NotRetired::NotTaken { successor }) => {
                let successor = successor.to_string().chars().take(8).collect::<String>();
                ctx.refuse("trustee-not-taken", &[("successor", successor.into())])
            }
            error => asked(error),
        })?;
    let [entries, pads, keys] =
        [retired.entries, retired.pads, retired.keys].map(|number| number.to_string().into());
    ctx.say("trustee-retired", &[("entries", entries), ("pads", pads), ("keys", keys)])
}

fn run(ctx: &Context, config: &Config) -> Result<(), Failure> {
    let (config, keys) = config.open(ctx)?;
    let (clock, randomness) = (Arc::clone(&ctx.outside.clock), ctx.outside.randomness);
    serve(async {
        let running = counterseal_trustee::run_trustee(&config, keys, clock, randomness).await;
        let running = running.map_err(asked)?;
        ctx.say("trustee-runs", &[("address", running.address().to_string().into())])?;
        let failed = tokio::select! {
            () = stopped() => false,
            () = running.failed() => true,
        };
        running.stop().await;
        match failed {
            // Whoever watches over it starts it again, and the start finishes what the failure met.
            true => Err(ctx.refuse("trustee-store-failed", &[])),
            false => ctx.say("trustee-stopped", &[]),
        }
    })
}

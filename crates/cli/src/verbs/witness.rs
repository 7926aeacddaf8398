//! `witness`: a server that cosigns what it has seen to continue.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use counterseal_ledger::{KeyName, VerifierKey};
use counterseal_register::WitnessUrl;
use counterseal_witness::{WitnessConfig, WitnessKeys};
use serde_json::json;

use super::serving::{asked, new_public_file, serve, stopped};
use crate::context::Context;
use crate::failure::{Done, Failure};

/// Run a witness, which cosigns the checkpoints of logs that it has seen to continue
#[derive(Debug, Args)]
pub(crate) struct WitnessArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Make a witness's keys and configuration, and the file of its public keys for the governors
    #[command(after_help = "\
Examples:
  counterseal witness init --folder witness --name witness-one \\
      --listen 127.0.0.1:7490 --public one.json
  counterseal witness init --folder witness --name witness-two \\
      --listen 0.0.0.0:7490 --url https://two.example --public two.json")]
    Init {
        /// The folder to make
        #[arg(long, value_name = "FOLDER")]
        folder: PathBuf,
        /// The name under which it signs
        #[arg(long)]
        name: String,
        /// Where it listens
        #[arg(long, value_name = "ADDRESS:PORT")]
        listen: SocketAddr,
        /// Where desks poll it, by https; unless given, where it listens if that is this machine alone
        #[arg(long, value_name = "URL", value_parser = url)]
        url: Option<WitnessUrl>,
        /// The file to make for 'mission hub'
        #[arg(long, value_name = "FILE")]
        public: PathBuf,
    },
    /// Have it cosign a log, by the key that 'hub seed' printed
    #[command(after_help = "\
Examples:
  counterseal witness add-log --folder witness \\
      'counterseal/0a1b2c3d/journal/1+12345678+AbCd'")]
    AddLog {
        /// The witness's folder
        #[arg(long, value_name = "FOLDER")]
        folder: PathBuf,
        /// The log's verifier key
        key: String,
    },
    /// Have it cosign a log no more: that of a hub which another has replaced
    #[command(after_help = "\
Examples:
  counterseal witness drop-log --folder witness \\
      'counterseal/0a1b2c3d/journal/1+12345678+AbCd'")]
    DropLog {
        /// The witness's folder
        #[arg(long, value_name = "FOLDER")]
        folder: PathBuf,
        /// The log's verifier key
        key: String,
    },
    /// Run until it is stopped
    #[command(after_help = "Examples:\n  counterseal witness run --folder witness")]
    Run {
        /// The witness's folder
        #[arg(long, value_name = "FOLDER")]
        folder: PathBuf,
    },
}

fn url(text: &str) -> Result<WitnessUrl, String> {
    WitnessUrl::parse(text).ok_or_else(|| WitnessUrl::EXPECTED.to_owned())
}

const CONFIG: &str = "witness.toml";

impl WitnessArgs {
    pub(crate) fn run(self, ctx: &mut Context) -> Result<Done, Failure> {
        match self.action {
            Action::Init { folder, name, listen, url, public } => {
                let url = url.or_else(|| WitnessUrl::parse(&format!("http://{listen}")));
                let parsed = KeyName::parse(&name).map_err(asked)?;
                let folder = std::path::absolute(&folder).map_err(|e| Failure::file("find", &folder, e))?;
                let config = WitnessConfig::new(folder.clone(), listen, &[]);
                let keys =
                    WitnessKeys::make(&config.key_file(), parsed, &mut ctx.randomness()).map_err(asked)?;
                let cosigner = keys.cosigner().map_err(asked)?;
                let witness = cosigner.public();
                new_public_file(
                    &public,
                    &json!({
                        "name": name, "ed25519": hex::encode(witness.ed25519().key().as_bytes()),
                        "mlDsa44": hex::encode(witness.ml_dsa_44().key().as_bytes()),
                        "url": url.as_ref().map(WitnessUrl::as_str),
                    }),
                )?;
                let text = format!(
                    "# Configuration of 'counterseal witness'.\nfolder = {:?}\nlisten = \"{listen}\"\n",
                    folder.display().to_string()
                );
                let path = folder.join(CONFIG);
                counterseal_node::write_new_private(&path, text.as_bytes())?;
                ctx.say("witness-made", &[("path", public.display().to_string().into())])?;
                if url.is_none() {
                    ctx.note("witness-without-url", &[]);
                }
            }
            Action::AddLog { folder, key } => {
                VerifierKey::parse(&key).map_err(asked)?;
                let path = folder.join(CONFIG);
                let mut text = std::fs::read_to_string(&path).map_err(|e| Failure::file("read", &path, e))?;
                if !text.contains(&key) {
                    // Writing to a string cannot fail.
                    let _written = write!(text, "\n[[log]]\nkey = \"{key}\"\n");
                    WitnessConfig::parse(&text).map_err(asked)?;
                    std::fs::write(&path, text).map_err(|e| Failure::file("write", &path, e))?;
                }
                ctx.say("witness-log-added", &[])?;
            }
            Action::DropLog { folder, key } => {
                let path = folder.join(CONFIG);
                let text = std::fs::read_to_string(&path).map_err(|e| Failure::file("read", &path, e))?;
                let without = text.replace(&format!("[[log]]\nkey = \"{key}\"\n"), "");
                if without == text {
                    return Err(ctx.refuse("witness-log-unknown", &[]));
                }
                WitnessConfig::parse(&without).map_err(asked)?;
                std::fs::write(&path, without).map_err(|e| Failure::file("write", &path, e))?;
                ctx.say("witness-log-dropped", &[])?;
            }
            Action::Run { folder } => {
                let config = WitnessConfig::read(&folder.join(CONFIG)).map_err(asked)?;
                let clock = Arc::clone(&ctx.outside.clock);
                serve(async {
                    let witness = counterseal_witness::run_witness(&config, clock).await.map_err(asked)?;
                    ctx.say("witness-runs", &[("address", witness.address().to_string().into())])?;
                    stopped().await;
                    witness.stop().await;
                    ctx.say("witness-stopped", &[])
                })?;
            }
        }
        Ok(Done::Well)
    }
}

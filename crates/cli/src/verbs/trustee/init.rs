//! `trustee init`.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use counterseal_ledger::KeyName;
use counterseal_register::WitnessUrl;
use counterseal_seal::{KdfParameters, Passphrase};
use counterseal_trustee::{NamedTrustee, TrusteeConfig};
use rand_core::Rng;
use serde_json::json;
use zeroize::Zeroizing;

use super::super::serving::{asked, new_public_file};
use super::{name, url};
use crate::context::Context;
use crate::failure::Failure;

const CONFIG: &str = "trustee.toml";
const PASSPHRASE: &str = "trustee.passphrase";

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The folder to make, for keys, configuration and the first place of the store
    #[arg(long, value_name = "FOLDER")]
    folder: PathBuf,
    /// The folder of the second place, on another disk
    #[arg(long, value_name = "FOLDER")]
    second: PathBuf,
    /// The name under which it signs as a witness
    #[arg(long, value_parser = name)]
    name: KeyName,
    /// Where it listens
    #[arg(long, value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
    /// Where desks reach it, by https; unless given, where it listens
    #[arg(long, value_name = "URL", value_parser = url)]
    url: Option<WitnessUrl>,
    /// The hub's address, by https
    #[arg(long, value_name = "URL")]
    hub: String,
    /// Where its witness listens in the clear as well
    #[arg(long, value_name = "ADDRESS:PORT")]
    witness_listen: Option<SocketAddr>,
    /// Where desks poll its witness; unless given, where that listens if it is this machine alone
    #[arg(long, value_name = "URL", value_parser = url)]
    witness_url: Option<WitnessUrl>,
    /// Where this machine reads its metrics and its status: a loopback address
    #[arg(long, value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// The file to make for 'mission trustees'
    #[arg(long, value_name = "FILE")]
    public: PathBuf,
    /// The file to make for 'mission hub', if its witness is to be one of the mission's
    #[arg(long, value_name = "FILE")]
    witness_public: Option<PathBuf>,
    /// Start without anybody typing a passphrase
    #[arg(long)]
    unattended: bool,
}

impl InitArgs {
    pub(super) fn run(self, ctx: &Context) -> Result<(), Failure> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(|e| Failure::file("find", path, e));
        let (folder, second) = (absolute(&self.folder)?, absolute(&self.second)?);
        let mut config = TrusteeConfig::new(folder, second, self.listen, self.hub.clone());
        if self.unattended {
            config.passphrase_file = Some(config.keys().join(PASSPHRASE));
        }
        let text = self.config_text(&config);
        // What could not be read again is not made.
        TrusteeConfig::parse(&text).map_err(asked)?;
        let (passphrase, typed_by_nobody) = match self.unattended {
            true => make_passphrase(ctx).map(|(passphrase, text)| (passphrase, Some(text)))?,
            false => {
                let file = ctx.global.passphrase_file.as_deref();
                (ctx.ask_new_passphrase("passphrase-new-trustee", file)?, None)
            }
        };
        let made = counterseal_trustee::init(
            &config,
            self.name.clone(),
            &passphrase,
            KdfParameters::DEFAULT,
            ctx.randomness(),
        );
        let made = made.map_err(asked)?;
        if let Some((path, text)) = config.passphrase_file.as_ref().zip(typed_by_nobody) {
            counterseal_node::write_new_private(path, text.as_bytes())?;
        }
        counterseal_node::write_new_private(&config.folder.join(CONFIG), text.as_bytes())?;
        self.write_public(&made)?;
        ctx.say("trustee-made", &[("path", self.public.display().to_string().into())])?;
        if let Some(path) = &self.witness_public {
            ctx.say("witness-made", &[("path", path.display().to_string().into())])?;
        }
        let protection = if self.unattended { "trustee-unattended" } else { "trustee-locked" };
        ctx.say(protection, &[("path", config.keys().display().to_string().into())])
    }

    fn config_text(&self, config: &TrusteeConfig) -> String {
        let quoted = |path: &Path| format!("{:?}", path.display().to_string());
        let mut text = format!(
            "# Configuration of 'counterseal trustee'. docs/trustee.toml shows every key.\n\
             folder = {}\nsecond = {}\nlisten = \"{}\"\nhub = {:?}\n",
            quoted(&config.folder),
            quoted(&config.second),
            config.listen,
            config.hub,
        );
        let mut more = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                // Writing to a string cannot fail.
                let _written = writeln!(text, "{key} = {value}");
            }
        };
        more("witness_listen", self.witness_listen.map(|address| format!("\"{address}\"")));
        more("metrics", self.metrics.map(|address| format!("\"{address}\"")));
        more("passphrase_file", config.passphrase_file.as_deref().map(quoted));
        text
    }

    fn write_public(&self, made: &NamedTrustee) -> Result<(), Failure> {
        let url = self.url.clone().or_else(|| WitnessUrl::parse(&format!("https://{}", self.listen)));
        new_public_file(
            &self.public,
            &json!({
                "ed25519": hex::encode(made.identity.ed25519),
                "mlDsa44": hex::encode(made.identity.ml_dsa_44.as_slice()),
                "requests": hex::encode(made.requests.as_slice()),
                "pin": hex::encode(made.pin),
                "url": url.as_ref().map(WitnessUrl::as_str),
            }),
        )?;
        let Some(path) = &self.witness_public else { return Ok(()) };
        let beside = || WitnessUrl::parse(&format!("http://{}", self.witness_listen?));
        let url = self.witness_url.clone().or_else(beside);
        new_public_file(
            path,
            &json!({
                "name": made.witness, "group": "trustees",
                "ed25519": hex::encode(&made.witness_ed25519),
                "mlDsa44": hex::encode(&made.witness_ml_dsa_44),
                "url": url.as_ref().map(WitnessUrl::as_str),
            }),
        )
    }
}

/// A passphrase of 32 random bytes, and its text.
fn make_passphrase(ctx: &Context) -> Result<(Passphrase, Zeroizing<String>), Failure> {
    let mut random = Zeroizing::new([0; 32]);
    ctx.randomness().fill_bytes(random.as_mut_slice());
    let text = Zeroizing::new(hex::encode(random.as_slice()));
    let passphrase = Passphrase::new(&text).map_err(asked)?;
    Ok((passphrase, text))
}

//! Three trustees for the demo, on loopback, in this program. Their folders are those that 'trustee run' works with.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_ledger::KeyName;
use counterseal_node::write_new_private;
use counterseal_register::{Bytes, SetTrustees, Trustee, WitnessUrl};
use counterseal_seal::KdfParameters;
use counterseal_trustee::{NamedTrustee, RunningTrustee, TrusteeConfig, TrusteeKeys};
use tokio::runtime::Runtime;

use super::super::serving::asked;
use super::make;
use super::served::runtime;
use crate::context::Context;
use crate::failure::Failure;

/// Their folders, in the order of their places.
pub(super) const TRUSTEES: [&str; 3] = ["trustee-one", "trustee-two", "trustee-three"];
/// How many must release.
pub(super) const MUST_RELEASE: usize = 2;
/// Between two looks at the hub's logs, in milliseconds.
const LOOKS: u64 = 250;
/// Any free port of this machine.
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// The trustees. What is dropped without `stop` ends as by a lost power line.
pub(super) struct Trustees {
    base: PathBuf,
    runtime: Runtime,
    running: Vec<RunningTrustee>,
}

impl Trustees {
    /// Makes trustees in `base` for the mission of these statements, and starts them. What comes back beside them is
    /// what governors name: they run before, so that the register names the address at which they are reached.
    pub(super) fn start(
        ctx: &Context,
        base: &Path,
        statements: &[Vec<u8>],
        hub: &str,
    ) -> Result<(Self, SetTrustees), Failure> {
        let base = std::path::absolute(base).map_err(|e| Failure::file("find", base, e))?;
        let seed = base.join("trustees.seed");
        counterseal_hub::write_statements(&seed, statements).map_err(asked)?;
        let mut trustees = Self { base, runtime: runtime()?, running: Vec::new() };
        let mut named = Vec::new();
        for (name, x) in TRUSTEES.into_iter().zip(1..) {
            named.push(trustees.start_one(ctx, name, x, &seed, hub)?);
        }
        std::fs::remove_file(&seed).map_err(|e| Failure::file("remove", &seed, e))?;
        named.sort_by_key(Trustee::id);
        let act = SetTrustees {
            threshold: MUST_RELEASE as u64,
            trustees: named,
            single: false,
            extra: Default::default(),
        };
        Ok((trustees, act))
    }

    fn start_one(
        &mut self,
        ctx: &Context,
        name: &str,
        x: u64,
        seed: &Path,
        hub: &str,
    ) -> Result<Trustee, Failure> {
        let (first, second) = (self.base.join(name), self.base.join(format!("{name}-second")));
        let mut config = TrusteeConfig::new(first, second, ANY, format!("https://{hub}"));
        config.poll_milliseconds = LOOKS;
        let (witness, passphrase) = (KeyName::parse(name).map_err(asked)?, make::passphrase(ctx)?);
        // The demo's passphrase protects nothing, however long it takes to try another.
        let made =
            counterseal_trustee::init(&config, witness, &passphrase, KdfParameters::FLOOR, ctx.randomness());
        let made = made.map_err(asked)?;
        let clock = Arc::clone(&ctx.outside.clock);
        counterseal_trustee::give_mission(&config, seed, clock.as_ref()).map_err(asked)?;
        let keys = TrusteeKeys::load(&config, &passphrase).map_err(asked)?;
        let running = counterseal_trustee::run_trustee(&config, keys, clock, ctx.outside.randomness);
        let running = self.runtime.block_on(running).map_err(asked)?;
        config.listen = running.address();
        write_config(&config)?;
        self.running.push(running);
        Ok(named(&made, x, config.listen))
    }

    /// Stops one of them, and leaves the others alone.
    pub(super) fn stop_one(&mut self) {
        if let Some(one) = self.running.pop() {
            self.runtime.block_on(one.stop());
        }
    }

    /// Stops them in good order.
    pub(super) fn stop(self) {
        for one in self.running {
            self.runtime.block_on(one.stop());
        }
    }

    /// Their folders, both places of each.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        TRUSTEES.iter().flat_map(|name| [self.base.join(name), self.base.join(format!("{name}-second"))])
    }

    /// Their configuration files.
    pub(super) fn configs(base: &Path) -> impl Iterator<Item = PathBuf> {
        TRUSTEES.iter().map(|name| base.join(name).join("trustee.toml"))
    }
}

/// How governors name it.
fn named(made: &NamedTrustee, x: u64, address: SocketAddr) -> Trustee {
    Trustee {
        key: made.identity.clone(),
        x,
        requests: Bytes(*made.requests),
        pins: vec![Bytes(made.pin)],
        url: WitnessUrl::parse(&format!("https://{address}")),
        succeeds: None,
        extra: Default::default(),
    }
}

fn write_config(config: &TrusteeConfig) -> Result<(), Failure> {
    let file = config.folder.join(make::PASSPHRASE_FILE);
    write_new_private(&file, format!("{}\n", super::PASSPHRASE).as_bytes())?;
    let quoted = |path: &Path| format!("{:?}", path.display().to_string());
    let text = format!(
        "# Configuration of 'counterseal trustee'. docs/trustee.toml shows every key.\nfolder = {}\nsecond = {}\n\
         listen = \"{}\"\nhub = {:?}\npoll_milliseconds = {}\npassphrase_file = {}\n",
        quoted(&config.folder),
        quoted(&config.second),
        config.listen,
        config.hub,
        config.poll_milliseconds,
        quoted(&file),
    );
    Ok(write_new_private(&config.folder.join("trustee.toml"), text.as_bytes())?)
}

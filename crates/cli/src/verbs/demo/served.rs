//! A hub and four witnesses for the demo, on loopback, in this program. Their folders are those that
//! 'hub run' and 'witness run' work with.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use counterseal_hub::{HubConfig, RunningHub, Status, WitnessPlace};
use counterseal_ledger::{KeyName, VerifierKey};
use counterseal_model::Clock;
use counterseal_node::{Desk, GovernorFile, write_new_private};
use counterseal_register::{
    Bytes, HybridKey, SetHub, SetWitnesses, Witness, WitnessGroup, WitnessName, WitnessUrl,
};
use counterseal_witness::{RunningWitness, WitnessConfig, WitnessKeys};
use tokio::runtime::Runtime;

use super::super::serving::asked;
use crate::context::Context;
use crate::failure::Failure;

/// The witnesses' names, in order.
const WITNESSES: [&str; 4] = ["witness-four", "witness-one", "witness-three", "witness-two"];
/// How many of them must cosign, so that one may be corrupt.
const MUST_COSIGN: u64 = 3;
/// Any free port of this machine.
const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
/// How long the connections of a hub that is killed have to be gone.
const GONE: Duration = Duration::from_secs(2);
/// How long the logs may take to be cosigned.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
pub(super) const PAUSE: Duration = Duration::from_millis(100);

type SharedClock = Arc<dyn Clock + Send + Sync>;

/// The servers. What is dropped without `stop` ends as by a lost power line.
pub(super) struct Served {
    base: PathBuf,
    config: HubConfig,
    clock: SharedClock,
    hub: Option<(Runtime, RunningHub)>,
    beside: Runtime,
    witnesses: Vec<RunningWitness>,
    seed: Vec<Vec<u8>>,
}

impl Served {
    /// Makes hub and witnesses in `base`, has the governor name them, and starts them. The desk's mission
    /// has no hub yet.
    pub(super) fn start(
        ctx: &Context,
        base: &Path,
        desk: &mut Desk,
        governor: &GovernorFile,
    ) -> Result<Self, Failure> {
        let base = std::path::absolute(base).map_err(|e| Failure::file("find", base, e))?;
        let mut config = HubConfig::new(base.join("hub"), ANY);
        (config.batch_milliseconds, config.mark_seconds) = (50, 1);
        let hub = counterseal_hub::init(&config, &mut ctx.randomness()).map_err(asked)?;
        let places = free_places()?;
        let witnesses =
            WITNESSES.iter().zip(&places).map(|(name, place)| make_witness(ctx, &base, name, *place));
        let rule = SetWitnesses {
            witnesses: witnesses.collect::<Result<_, _>>()?,
            trustees: 0,
            independents: MUST_COSIGN,
            faults: 1,
            weak: false,
            extra: Default::default(),
        };
        let named = SetHub {
            generation: 1,
            statements_key: Bytes(hub.statements_key),
            journal_key: Bytes(hub.journal_key),
            pins: vec![Bytes(hub.pin)],
            extra: Default::default(),
        };
        desk.name_hub(named, rule, &[&governor.secrets])?;
        let clock = Arc::clone(&ctx.outside.clock);
        let seed = desk.statements()?;
        let seeded = counterseal_hub::seed(&config, &seed, clock.as_ref()).map_err(asked)?;
        let beside = runtime()?;
        let mut running = Vec::new();
        for (name, address) in WITNESSES.into_iter().zip(places) {
            let place = WitnessConfig::new(base.join(name), address, &seeded.keys);
            let witness = beside.block_on(counterseal_witness::run_witness(&place, Arc::clone(&clock)));
            let witness = witness.map_err(asked)?;
            write_witness_config(&place, witness.address(), &seeded.keys)?;
            let url = format!("http://{}/", witness.address());
            config.witnesses.push(WitnessPlace { name: name.to_owned(), url, certificate: None });
            running.push(witness);
        }
        let mut served = Self { base, config, clock, hub: None, beside, witnesses: running, seed };
        served.start_hub()?;
        write_hub_config(&served.config)?;
        served.wait_for_mark(ctx, seeded.statements)?;
        Ok(served)
    }

    /// Waits until a time mark over the first statements is cosigned: only then do they say since when the
    /// hub is the mission's, and desks can follow its logs.
    fn wait_for_mark(&self, ctx: &Context, statements: u64) -> Result<(), Failure> {
        let elapsed = (ctx.outside.stopwatch)();
        while self.status()?.statements.cosigned <= statements {
            if elapsed() > PATIENCE {
                let seconds = PATIENCE.as_secs().to_string();
                return Err(ctx.refuse("check-sync-never", &[("seconds", seconds.into())]));
            }
            std::thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Starts the hub over what its folder holds, where it was before if it ever ran.
    pub(super) fn start_hub(&mut self) -> Result<(), Failure> {
        let runtime = runtime()?;
        let hub = runtime.block_on(counterseal_hub::run_hub(&self.config, Arc::clone(&self.clock)));
        let hub = hub.map_err(asked)?;
        self.config.listen = hub.address();
        self.hub = Some((runtime, hub));
        Ok(())
    }

    /// Ends the hub without telling it: what it has not made durable is gone.
    pub(super) fn kill_hub(&mut self) {
        if let Some((runtime, hub)) = self.hub.take() {
            // The port and the connections first, in the middle of whatever they do.
            runtime.shutdown_timeout(GONE);
            drop(hub);
        }
    }

    /// Stops everything in good order.
    pub(super) fn stop(mut self) {
        if let Some((runtime, hub)) = self.hub.take() {
            runtime.block_on(hub.stop());
        }
        for witness in self.witnesses {
            self.beside.block_on(witness.stop());
        }
    }

    /// Where desks reach the hub.
    pub(super) fn address(&self) -> String {
        self.config.listen.to_string()
    }

    /// How the hub's logs stand.
    pub(super) fn status(&self) -> Result<Status, Failure> {
        counterseal_hub::status(&self.config).map_err(asked)
    }

    /// The hub's folder.
    pub(super) fn hub_folder(&self) -> &Path {
        &self.config.folder
    }

    /// The witnesses' folders.
    pub(super) fn witness_folders(&self) -> impl Iterator<Item = PathBuf> {
        WITNESSES.iter().map(|name| self.base.join(name))
    }

    /// The statements that the hub was given to begin with; trustees are given the same.
    pub(super) fn seed(&self) -> &[Vec<u8>] {
        &self.seed
    }

    /// The hub's configuration file.
    pub(super) fn hub_config(&self) -> PathBuf {
        self.config.folder.join("hub.toml")
    }
}

/// Threads for servers.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(Failure::terminal)
}

/// An address for each witness, free a moment ago: the register names them before they run.
fn free_places() -> Result<Vec<SocketAddr>, Failure> {
    let held = WITNESSES.map(|_| TcpListener::bind(ANY));
    let held = held.into_iter().collect::<Result<Vec<_>, _>>().map_err(Failure::terminal)?;
    held.iter().map(|listener| listener.local_addr().map_err(Failure::terminal)).collect()
}

/// A witness's keys in its folder, and how the governors name them.
fn make_witness(ctx: &Context, base: &Path, name: &str, address: SocketAddr) -> Result<Witness, Failure> {
    let place = WitnessConfig::new(base.join(name), ANY, &[]);
    let signed_as = KeyName::parse(name).map_err(asked)?;
    let keys = WitnessKeys::make(&place.key_file(), signed_as, &mut ctx.randomness()).map_err(asked)?;
    let cosigner = keys.cosigner().map_err(asked)?;
    let public = cosigner.public();
    let unfit = || asked(name);
    Ok(Witness {
        name: WitnessName::parse(name).ok_or_else(unfit)?,
        key: HybridKey {
            ed25519: public.ed25519().key().as_bytes().try_into().map_err(|_| unfit())?,
            ml_dsa_44: Box::new(public.ml_dsa_44().key().as_bytes().try_into().map_err(|_| unfit())?),
        },
        group: WitnessGroup::Independent,
        url: WitnessUrl::parse(&format!("http://{address}")),
        extra: Default::default(),
    })
}

fn write_witness_config(
    place: &WitnessConfig,
    address: SocketAddr,
    keys: &[VerifierKey],
) -> Result<(), Failure> {
    let folder = place.folder.display().to_string();
    let mut text =
        format!("# Configuration of 'counterseal witness'.\nfolder = {folder:?}\nlisten = \"{address}\"\n");
    text.extend(keys.iter().map(|key| format!("\n[[log]]\nkey = \"{key}\"\n")));
    Ok(write_new_private(&place.folder.join("witness.toml"), text.as_bytes())?)
}

fn write_hub_config(config: &HubConfig) -> Result<(), Failure> {
    let (folder, address) = (config.folder.display().to_string(), config.listen);
    let mut text = format!(
        "# Configuration of 'counterseal hub'.\nfolder = {folder:?}\nlisten = \"{address}\"\n\
         batch_milliseconds = {}\nmark_seconds = {}\n",
        config.batch_milliseconds, config.mark_seconds
    );
    let witness =
        |place: &WitnessPlace| format!("\n[[witness]]\nname = \"{}\"\nurl = \"{}\"\n", place.name, place.url);
    text.extend(config.witnesses.iter().map(witness));
    Ok(write_new_private(&config.folder.join("hub.toml"), text.as_bytes())?)
}

//! A hub and four witnesses beside it, as a mission runs them: their folders are made for a founder's desk,
//! and they run wherever the bench wants them.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use counterseal_hub::{HubConfig, RunningHub, WitnessPlace};
use counterseal_ledger::{KeyName, VerifierKey};
use counterseal_node::{Desk, GovernorFile};
use counterseal_register::{Bytes, HybridKey, SetHub, SetWitnesses, Witness, WitnessGroup, WitnessName};
use counterseal_witness::{RunningWitness, WitnessConfig, WitnessKeys};
use tokio::runtime::Runtime;

use crate::home;
use crate::outcome::Outcome;

/// The witnesses' names, in order; three of them must cosign, so that one may be corrupt.
const WITNESSES: [&str; 4] = ["witness-four", "witness-one", "witness-three", "witness-two"];
const MUST_COSIGN: u64 = 3;
/// Any free port of this machine.
pub(crate) const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// The folders of hub and witnesses.
pub(crate) struct Place(PathBuf);

impl Place {
    /// Where they are, or shall be.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Makes them: keys, the governor's word, and the mission's statements so far.
    pub(crate) fn make(&self, desk: &mut Desk, governor: &GovernorFile) -> Outcome<()> {
        let config = self.config(ANY);
        let hub = counterseal_hub::init(&config, &mut home::fresh()?)?;
        let witnesses = WITNESSES.iter().map(|name| make_witness(&self.0, name));
        let rule = SetWitnesses {
            witnesses: witnesses.collect::<Outcome<_>>()?,
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
        let seeded = counterseal_hub::seed(&config, &desk.statements()?, home::clock().as_ref())?;
        let keys: String = seeded.keys.iter().map(|key| format!("{key}\n")).collect();
        Ok(std::fs::write(self.log_keys(), keys)?)
    }

    /// The hub's configuration: what `counterseal hub run` does unless told otherwise.
    pub(crate) fn config(&self, listen: SocketAddr) -> HubConfig {
        HubConfig::new(self.0.join("hub"), listen)
    }

    /// Runs them; `change` is applied to the hub's configuration.
    pub(crate) fn run(&self, listen: SocketAddr, change: impl FnOnce(&mut HubConfig)) -> Outcome<Served> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let text = std::fs::read_to_string(self.log_keys())?;
        let keys = text.lines().map(VerifierKey::parse).collect::<Result<Vec<_>, _>>()?;
        let (mut config, mut witnesses) = (self.config(listen), Vec::new());
        for name in WITNESSES {
            let place = WitnessConfig::new(self.0.join(name), ANY, &keys);
            let witness = runtime.block_on(counterseal_witness::run_witness(&place, home::clock()))?;
            let url = format!("http://{}/", witness.address());
            config.witnesses.push(WitnessPlace { name: name.to_owned(), url, certificate: None });
            witnesses.push(witness);
        }
        change(&mut config);
        let hub = runtime.block_on(counterseal_hub::run_hub(&config, home::clock()))?;
        Ok(Served { runtime, hub, witnesses })
    }

    fn log_keys(&self) -> PathBuf {
        self.0.join("log-keys")
    }
}

/// Hub and witnesses while they run.
pub(crate) struct Served {
    runtime: Runtime,
    hub: RunningHub,
    witnesses: Vec<RunningWitness>,
}

impl Served {
    pub(crate) fn address(&self) -> SocketAddr {
        self.hub.address()
    }

    /// Leaves of both logs.
    pub(crate) fn sizes(&self) -> (u64, u64) {
        let view = self.hub.sequencer().view();
        (view.statements.size, view.journal.size)
    }

    /// Whether all that the logs hold is cosigned.
    pub(crate) fn is_cosigned(&self) -> bool {
        let view = self.hub.sequencer().view();
        [&view.statements, &view.journal]
            .iter()
            .all(|log| log.size == 0 || log.cosigned.as_ref().is_some_and(|(size, _)| *size == log.size))
    }

    /// Stops them in good order.
    pub(crate) fn stop(self) {
        self.runtime.block_on(self.hub.stop());
        for witness in self.witnesses {
            self.runtime.block_on(witness.stop());
        }
    }
}

/// A witness's keys in its folder, and how the governors name them.
fn make_witness(base: &Path, name: &str) -> Outcome<Witness> {
    let place = WitnessConfig::new(base.join(name), ANY, &[]);
    let keys = WitnessKeys::make(&place.key_file(), KeyName::parse(name)?, &mut home::fresh()?)?;
    let cosigner = keys.cosigner()?;
    let public = cosigner.public();
    Ok(Witness {
        name: WitnessName::parse(name).ok_or("a witness's name is none")?,
        key: HybridKey {
            ed25519: public.ed25519().key().as_bytes().try_into()?,
            ml_dsa_44: Box::new(public.ml_dsa_44().key().as_bytes().try_into()?),
        },
        group: WitnessGroup::Independent,
        url: None,
        extra: Default::default(),
    })
}

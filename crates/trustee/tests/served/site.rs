//! A hub, two witnesses that run by themselves, and three trustees or more of whom two witness as well; all on loopback.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use counterseal_hub::{HubConfig, HubPublic, RunningHub};
use counterseal_ledger::KeyName;
use counterseal_model::{Clock, Timestamp};
use counterseal_register::*;
use counterseal_seal::{KdfParameters, Passphrase};
use counterseal_trustee::*;
use counterseal_witness::{RunningWitness, WitnessConfig, WitnessKeys, run_witness};
use tempfile::TempDir;

use crate::mission::{Mission, START, rng};
pub(crate) use crate::ports::port;

/// A clock that stands where it is put.
#[derive(Debug)]
pub(crate) struct TestClock(pub(crate) AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

pub(crate) fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

pub(crate) fn phrase() -> Passphrase {
    Passphrase::new("a passphrase of tests").unwrap()
}

fn randomness() -> Randomness {
    Box::new(rng(port().into()))
}

pub(crate) struct Site {
    _folder: TempDir,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) mission: Mission,
    pub(crate) hub_config: HubConfig,
    pub(crate) hub_public: HubPublic,
    pub(crate) configs: Vec<TrusteeConfig>,
    pub(crate) named: Vec<NamedTrustee>,
    /// One trustee more, the last, which no set names yet.
    pub(crate) spare: Trustee,
    /// How many statements the log began with.
    pub(crate) begun_with: usize,
    _witnesses: Vec<RunningWitness>,
}

fn registered(name: &str, ed25519: &[u8], ml_dsa_44: &[u8], group: WitnessGroup, port: u16) -> Witness {
    Witness {
        name: WitnessName::parse(name).unwrap(),
        key: HybridKey {
            ed25519: ed25519.try_into().unwrap(),
            ml_dsa_44: Box::new(ml_dsa_44.try_into().unwrap()),
        },
        group,
        url: WitnessUrl::parse(&format!("http://127.0.0.1:{port}")),
        extra: Default::default(),
    }
}

impl Site {
    pub(crate) async fn new() -> Self {
        Self::of(3).await
    }

    /// With so many trustees, of whom two must release, and the spare one.
    pub(crate) async fn of(count: u8) -> Self {
        let (folder, clock) = (TempDir::new().unwrap(), Arc::new(TestClock(START.into())));
        let hub_port = port();
        let mut hub_config = HubConfig::new(folder.path().join("hub"), loopback(hub_port));
        (hub_config.batch_milliseconds, hub_config.mark_seconds) = (30, 0);
        let hub_public = counterseal_hub::init(&hub_config, &mut rng(7)).unwrap();
        let (mut configs, mut named, mut witnesses, mut trustees) = (vec![], vec![], vec![], vec![]);
        let mut places = Vec::new();
        for n in 0..=count {
            let at = |what: &str| folder.path().join(format!("trustee-{n}-{what}"));
            let hub = format!("https://127.0.0.1:{hub_port}/");
            let mut config = TrusteeConfig::new(at("first"), at("second"), loopback(port()), hub);
            config.metrics = Some(loopback(0));
            config.poll_milliseconds = 100;
            let name = format!("trustee-{n}");
            let key = KeyName::parse(&name).unwrap();
            let made = init(&config, key, &phrase(), KdfParameters::FLOOR, randomness()).unwrap();
            if n < 2 {
                let port = port();
                config.witness_listen = Some(loopback(port));
                let (ed, ml) = (&made.witness_ed25519, &made.witness_ml_dsa_44);
                witnesses.push(registered(&name, ed, ml, WitnessGroup::Trustee, port));
                places.push((name, port));
            }
            trustees.push(Trustee {
                key: made.identity.clone(),
                x: 40 + u64::from(n),
                requests: Bytes(*made.requests),
                pins: vec![Bytes(made.pin)],
                url: WitnessUrl::parse(&format!("https://{}", config.listen)),
                succeeds: None,
                extra: Default::default(),
            });
            configs.push(config);
            named.push(made);
        }
        let spare = trustees.pop().unwrap();
        trustees.sort_by_key(Trustee::id);
        let mut alone = Vec::new();
        for n in 0..2u8 {
            let (name, port) = (format!("witness-{n}"), port());
            let at = folder.path().join(&name);
            let path = at.join("witness.key");
            let keys = WitnessKeys::make(&path, KeyName::parse(&name).unwrap(), &mut rng(90 + u64::from(n)));
            let cosigner = keys.unwrap().cosigner().unwrap();
            let (ed, ml) = (cosigner.public().ed25519(), cosigner.public().ml_dsa_44());
            let (ed, ml) = (ed.key().as_bytes(), ml.key().as_bytes());
            witnesses.push(registered(&name, ed, ml, WitnessGroup::Independent, port));
            places.push((name, port));
            alone.push((at, port));
        }
        for (name, port) in places {
            let url = format!("http://127.0.0.1:{port}/");
            hub_config.witnesses.push(counterseal_hub::WitnessPlace { name, url, certificate: None });
        }
        let mission = Mission::new(hub_public, witnesses, trustees);
        let begun_with = mission.statements.len();
        let file = folder.path().join("mission.seed");
        counterseal_hub::write_statements(&file, &mission.statements).unwrap();
        let seeded = counterseal_hub::seed(&hub_config, &mission.statements, clock.as_ref()).unwrap();
        for config in &configs {
            assert_eq!(give_mission(config, &file, clock.as_ref()).unwrap().keys, seeded.keys);
        }
        let mut witnesses = Vec::new();
        for (at, port) in alone {
            let config = WitnessConfig::new(at, loopback(port), &seeded.keys);
            witnesses.push(run_witness(&config, Arc::clone(&clock) as _).await.unwrap());
        }
        Self {
            _folder: folder,
            clock,
            mission,
            hub_config,
            hub_public,
            configs,
            named,
            spare,
            begun_with,
            _witnesses: witnesses,
        }
    }

    pub(crate) async fn hub(&self) -> RunningHub {
        counterseal_hub::run_hub(&self.hub_config, Arc::clone(&self.clock) as _).await.unwrap()
    }

    /// Leaves of the statement log when all that was said has its time: the statements, and a mark.
    pub(crate) fn mirrored(&self) -> u64 {
        self.mission.statements.len() as u64 + 1
    }

    pub(crate) fn keys(&self, n: usize) -> TrusteeKeys {
        TrusteeKeys::load(&self.configs[n], &phrase()).unwrap()
    }

    pub(crate) async fn trustee(&self, n: usize) -> RunningTrustee {
        let clock = Arc::clone(&self.clock) as _;
        run_trustee(&self.configs[n], self.keys(n), clock, randomness).await.unwrap()
    }

    /// The trustees that the first set names.
    pub(crate) fn in_the_set(&self) -> std::ops::Range<usize> {
        0..self.named.len() - 1
    }

    pub(crate) async fn trustees(&self) -> Vec<RunningTrustee> {
        let mut running = Vec::new();
        for n in self.in_the_set() {
            running.push(self.trustee(n).await);
        }
        running
    }
}

/// Waits for something to come true, up to twenty seconds.
pub(crate) async fn eventually(what: &str, holds: impl FnMut() -> bool) {
    within(20, what, holds).await;
}

/// The same, up to so many seconds: for what takes many calls.
pub(crate) async fn within(seconds: u32, what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..seconds * 50 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("in vain: {what}");
}

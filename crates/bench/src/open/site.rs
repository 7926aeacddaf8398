//! A mission with three trustees, a hub and four witnesses, a desk that sealed parts and another that may open them;
//! made once, and started from its folders for each pass.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use counterseal_ledger::KeyName;
use counterseal_model::EntryId;
use counterseal_model::record::Part;
use counterseal_node::{Desk, Go, GovernorFile, Home, Invited, Randomness, SyncOptions};
use counterseal_register::{Bytes, Charter, Code, HistoryRule, KeyId, PartRef, Rule, SetTrustees, Trustee};
use counterseal_seal::KdfParameters;
use counterseal_trustee::{NamedTrustee, RunningTrustee, TrusteeConfig, TrusteeKeys};
use tokio::runtime::Runtime;

use crate::home;
use crate::measure::Watch;
use crate::outcome::Outcome;
use crate::served::{ANY, Place, Served};

pub(super) const TRUSTEES: [&str; 3] = ["trustee-one", "trustee-two", "trustee-three"];
pub(super) const MUST_RELEASE: u8 = 2;
pub(super) const PURPOSE: &str = "source-contact";
/// The file with the entries that were sealed.
const PARTS: &str = "parts";
const COMPARTMENT: &str = "sources";
const POLICY: &str = "engine,cedar 4.14.1 table 1
time,utc+00:00
purpose,source-contact,mission,Meeting a source or warning one
row,effect,who,action,what,purpose,basis,needs,emergency,words
1,permit,anyone,open,*,source-contact,-,-,-,Whoever is in the compartment meets its sources
";
/// Parts written in one commit.
const CHUNK: usize = 256;
/// For so long, at most, until all is level.
const PATIENCE: f64 = 1200.0;
/// Between two looks.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(200);

/// The nth part that is sealed.
pub(super) fn part(n: usize) -> Part {
    super::bare::note(n)
}

fn random() -> Randomness {
    Box::new(rand::rand_core::UnwrapErr(getrandom::SysRng))
}

/// Everything that runs.
pub(super) struct Running {
    served: Served,
    runtime: Runtime,
    trustees: Vec<(KeyId, RunningTrustee)>,
    pub(super) reader: Desk,
}

/// Makes the mission in a folder, and stops it again.
pub(super) fn make(folder: &Path, parts: usize, seed: u64) -> Outcome<()> {
    let watch = Watch::start();
    let (mut author, governor) = home::found_with_governor(&folder.join("author"), seed)?;
    let mut rng: Randomness = Box::new(home::fresh()?);
    let home = Home::open(&folder.join("reader"))?;
    let invited = Invited::NewPerson { name: "Officer Inkwell".into(), until: None };
    let asked = author.invite_at_hand(&home, invited, &home::passphrase()?, &mut rng)?;
    let place = Place::new(folder.join("served"));
    place.make(&mut author, &governor)?;
    counterseal_hub::write_statements(&folder.join("seed"), &author.statements()?)?;
    let named = TRUSTEES.iter().map(|name| make_trustee(folder, name)).collect::<Outcome<Vec<_>>>()?;
    let served = place.run(ANY, |config| config.mark_seconds = 1)?;
    let (runtime, trustees) = start(folder, &served)?;
    author.set_trustees(set(&named, &trustees), &[&governor.secrets])?;
    set_policy(&mut author, &governor)?;
    let address = served.address().to_string();
    until(&mut author, &address, |desk| desk.register().trustees(desk.moment()).is_some())?;
    let charter = Charter::new(Rule::TwoSeal, HistoryRule::Full);
    let sources = author.create_compartment(COMPARTMENT, charter)?;
    let members = |desk: &Desk, count| {
        desk.compartments().into_iter().any(|view| view.id == sources && view.members.len() == count)
    };
    until(&mut author, &address, |desk| members(desk, 1))?;
    author.admit(sources, asked.person)?;
    until(&mut author, &address, |desk| {
        members(desk, 2) && desk.waiting_statements().is_ok_and(|s| s.is_empty())
    })?;
    let statements = author.statements_file()?;
    let mut reader =
        Desk::join(&home, &asked.place, &statements, &home::passphrase()?, home::clock(), random())?;
    until(&mut reader, &address, |desk| members(desk, 2))?;
    eprintln!("  the mission was made in {:.0} s", watch.seconds());
    let mut written = 0;
    while written < parts {
        let chunk: Vec<_> = (written..parts.min(written + CHUNK)).map(part).collect();
        match author.write(sources, chunk) {
            Ok(()) => written = parts.min(written + CHUNK),
            // The trustees' keys for this desk come with a sync.
            Err(_) if watch.seconds() < PATIENCE => drop(sync(&mut author, &address)),
            Err(error) => return Err(error.into()),
        }
    }
    eprintln!("  {parts} parts were sealed in {:.0} s", watch.seconds());
    author.release_all_guarded()?;
    until(&mut author, &address, |desk| {
        let entries = desk.guarded_entries(parts + 1).unwrap_or_default();
        entries.len() == parts && entries.iter().all(|one| one.have() == TRUSTEES.len() as u64)
    })?;
    until(&mut reader, &address, |desk| {
        desk.parts_of_compartment(sources).is_ok_and(|all| all.len() >= parts)
    })?;
    eprintln!("  and taken by all trustees in {:.0} s", watch.seconds());
    // The reader cannot tell parts from covers before they are open.
    let entries = author.guarded_entries(parts)?.into_iter().map(|one| format!("{}\n", one.entry));
    std::fs::write(folder.join(PARTS), entries.collect::<String>())?;
    reader.close()?;
    author.close()?;
    Running::stop_servers(served, &runtime, trustees);
    Ok(())
}

fn set_policy(author: &mut Desk, governor: &GovernorFile) -> Outcome<()> {
    let engine = Code::parse("cedar-4-14-1-table-1").ok_or("the engine is no code")?;
    Ok(author.set_policy(engine, POLICY.as_bytes().to_vec(), &[&governor.secrets])?)
}

fn sync(desk: &mut Desk, address: &str) -> Outcome<()> {
    let report = desk.sync(address, &SyncOptions::default(), &mut |_| Go::On)?;
    report.ended.map_or(Ok(()), |code| Err(format!("the hub ended a session: {code}").into()))
}

fn until(desk: &mut Desk, address: &str, holds: impl Fn(&Desk) -> bool) -> Outcome<()> {
    let watch = Watch::start();
    loop {
        sync(desk, address)?;
        if holds(desk) {
            return Ok(());
        }
        if watch.seconds() > PATIENCE {
            return Err("a desk never came to where it should be".into());
        }
        std::thread::sleep(PAUSE);
    }
}

fn config(folder: &Path, name: &str, hub: &str) -> TrusteeConfig {
    let second: PathBuf = folder.join(format!("{name}-second"));
    TrusteeConfig::new(folder.join(name), second, ANY, format!("https://{hub}"))
}

fn make_trustee(folder: &Path, name: &str) -> Outcome<NamedTrustee> {
    // Where the hub is, each start says.
    let config = config(folder, name, "127.0.0.1:1");
    let (key, passphrase) = (KeyName::parse(name)?, home::passphrase()?);
    let made = counterseal_trustee::init(&config, key, &passphrase, KdfParameters::FLOOR, random())?;
    counterseal_trustee::give_mission(&config, &folder.join("seed"), home::clock().as_ref())?;
    Ok(made)
}

/// The parts that were sealed, each in an entry of its own.
pub(super) fn parts(folder: &Path) -> Outcome<Vec<PartRef>> {
    let text = std::fs::read_to_string(folder.join(PARTS))?;
    let entry = |line: &str| -> Outcome<PartRef> {
        let id: [u8; 32] = hex::decode(line)?.try_into().map_err(|_| "an entry's id is none")?;
        Ok(PartRef { entry: EntryId::from_bytes(id), index: 0 })
    };
    text.lines().map(entry).collect()
}

/// Starts the trustees that a folder has, as 'counterseal trustee run' does unless told otherwise.
fn start(folder: &Path, served: &Served) -> Outcome<(Runtime, Vec<(KeyId, RunningTrustee)>)> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut trustees = Vec::new();
    for name in TRUSTEES {
        let config = config(folder, name, &served.address().to_string());
        let keys = TrusteeKeys::load(&config, &home::passphrase()?)?;
        let id = keys.public()?.identity.id();
        let running = counterseal_trustee::run_trustee(&config, keys, home::clock(), random);
        trustees.push((id, runtime.block_on(running)?));
    }
    Ok((runtime, trustees))
}

fn set(named: &[NamedTrustee], running: &[(KeyId, RunningTrustee)]) -> SetTrustees {
    let one = |((made, (_, running)), x): ((&NamedTrustee, &(KeyId, RunningTrustee)), u64)| Trustee {
        key: made.identity.clone(),
        x,
        requests: Bytes(*made.requests),
        pins: vec![Bytes(made.pin)],
        url: counterseal_register::WitnessUrl::parse(&format!("https://{}", running.address())),
        succeeds: None,
        extra: Default::default(),
    };
    let mut trustees: Vec<_> = named.iter().zip(running).zip(1..).map(one).collect();
    trustees.sort_by_key(Trustee::id);
    SetTrustees { threshold: MUST_RELEASE.into(), trustees, single: false, extra: Default::default() }
}

impl Running {
    /// Starts what `make` made, at other ports, and unlocks the reader's desk.
    pub(super) fn start(folder: &Path) -> Outcome<Self> {
        let served = Place::new(folder.join("served")).run(ANY, |_| {})?;
        let (runtime, trustees) = start(folder, &served)?;
        let mut running = Self { served, runtime, trustees, reader: home::unlock(&folder.join("reader"))? };
        let options = SyncOptions { trustees: running.elsewhere()?, ..SyncOptions::default() };
        running.reader.sync(&running.served.address().to_string(), &options, &mut |_| Go::On)?;
        Ok(running)
    }

    pub(super) fn hub(&self) -> String {
        self.served.address().to_string()
    }

    /// Where the trustees are, for the register names other ports.
    pub(super) fn elsewhere(&self) -> Outcome<BTreeMap<KeyId, String>> {
        Ok(self.trustees.iter().map(|(id, one)| (*id, one.address().to_string())).collect())
    }

    pub(super) fn stop(self) -> Outcome<()> {
        let closed = self.reader.close();
        Self::stop_servers(self.served, &self.runtime, self.trustees);
        Ok(closed?)
    }

    fn stop_servers(served: Served, runtime: &Runtime, trustees: Vec<(KeyId, RunningTrustee)>) {
        for (_, one) in trustees {
            runtime.block_on(one.stop());
        }
        served.stop();
    }
}

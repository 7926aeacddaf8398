//! Homes for benches: founded with keys that follow from a seed, so that they can be opened again
//! without paying Argon2id each time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_model::record::{Body, Part};
use counterseal_model::{Clock, Timestamp};
use counterseal_node::{Desk, Founding, GovernorFile, Home, Randomness};
use counterseal_register::HistoryRule;
use counterseal_seal::{DeviceSecrets, Passphrase};
use counterseal_synth::World;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use crate::outcome::Outcome;

/// Parts sealed into one entry, as an import does it.
pub(crate) const PARTS: usize = 512;

/// The system's clock.
struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the composition root holds the only real clock")]
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp(since.map_or(0, |since| since.as_secs().cast_signed()))
    }
}

pub(crate) fn clock() -> Arc<dyn Clock + Send + Sync> {
    Arc::new(SystemClock)
}

/// Randomness from the operating system.
pub(crate) fn fresh() -> Outcome<ChaCha20Rng> {
    Ok(ChaCha20Rng::try_from_rng(&mut getrandom::SysRng)?)
}

pub(crate) fn passphrase() -> Outcome<Passphrase> {
    Ok(Passphrase::new("seven wells and a blue heron")?)
}

/// Founds a mission in `dir`; the device's secrets are the first that `seed` gives.
pub(crate) fn found(dir: &Path, seed: u64) -> Outcome<Desk> {
    Ok(found_with_governor(dir, seed)?.0)
}

/// As `found`; gives the governor too, who names a hub.
pub(crate) fn found_with_governor(dir: &Path, seed: u64) -> Outcome<(Desk, GovernorFile)> {
    let founding = Founding {
        mission_name: "Mission of the Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    };
    let mut rng: Randomness = Box::new(fresh()?);
    let governor = GovernorFile::make(&mut rng, &passphrase()?)?;
    let rng: Randomness = Box::new(ChaCha20Rng::seed_from_u64(seed));
    let governors = [governor];
    let desk = Desk::found(&Home::open(dir)?, &founding, &governors, &passphrase()?, clock(), rng)?;
    let [governor] = governors;
    Ok((desk, governor))
}

/// Unlocks the only desk of a home with the passphrase, paying Argon2id.
pub(crate) fn unlock(dir: &Path) -> Outcome<Desk> {
    let place = Home::open(dir)?.choose(None)?;
    Ok(Desk::unlock(place, &passphrase()?, clock(), Box::new(fresh()?))?)
}

/// The device's secrets of a home founded with this seed.
pub(crate) fn secrets(seed: u64) -> Outcome<DeviceSecrets> {
    Ok(DeviceSecrets::make(&mut ChaCha20Rng::seed_from_u64(seed))?)
}

/// Opens the only desk of a home founded with this seed; the key file is left aside.
pub(crate) fn open(dir: &Path, seed: u64) -> Outcome<Desk> {
    let place = Home::open(dir)?.choose(None)?;
    Ok(Desk::open(place, secrets(seed)?, clock(), Box::new(fresh()?))?)
}

/// Every part of a synthetic mission: entities, links, then incidents.
pub(crate) fn parts(world: &World) -> impl Iterator<Item = Part> + '_ {
    let made = world.plan().start;
    let invented = move |record, body| Part {
        synthetic: true,
        ..Part::first(record, body, made, counterseal_model::Classification::Unclassified)
    };
    let entities = world.entities().into_iter().map(move |(id, e)| invented(id, Body::Entity(Box::new(e))));
    let links = world.links().into_iter().map(move |(id, l)| invented(id, Body::Link(Box::new(l))));
    entities.chain(links).chain((0..world.plan().incidents).map(|n| world.part(n)))
}

/// Writes a synthetic mission to a desk.
pub(crate) fn write_world(desk: &mut Desk, world: &World) -> Outcome<u64> {
    let compartment = desk.find_compartment("incidents")?;
    let mut parts = parts(world).peekable();
    let mut written = 0;
    while parts.peek().is_some() {
        let chunk: Vec<_> = parts.by_ref().take(PARTS).collect();
        written += chunk.len() as u64;
        desk.write(compartment, chunk)?;
    }
    Ok(written)
}

/// Every file under a folder, in order of their paths.
pub(crate) fn files(dir: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            files.append(&mut self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Outcome<()> {
    for file in files(from)? {
        let target = to.join(file.strip_prefix(from)?);
        fs::create_dir_all(target.parent().unwrap_or(to))?;
        fs::copy(&file, target)?;
    }
    Ok(())
}

//! What the tests of the desk share.
#![allow(dead_code, reason = "each test file uses some of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use counterseal_model::{FixedClock, Timestamp};
use counterseal_node::{Desk, Founding, GovernorFile, Home, Randomness};
use counterseal_register::HistoryRule;
use counterseal_seal::Passphrase;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

pub(crate) const NOW: Timestamp = Timestamp(1_790_000_000);

pub(crate) fn passphrase() -> Passphrase {
    Passphrase::new("seven wells and a goat").unwrap()
}

pub(crate) fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock(NOW))
}

pub(crate) fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

pub(crate) fn founding() -> Founding {
    Founding {
        mission_name: "Mission of the Blue Heron".into(),
        person_name: "Officer Quillfeather".into(),
        compartment_name: "incidents".into(),
        history: HistoryRule::Full,
        threshold: 1,
        waiting_days: 7,
        synthetic: true,
        until: None,
    }
}

/// Founds a mission in `dir`.
pub(crate) fn found(dir: &Path, seed: u64) -> Desk {
    let home = Home::open(dir).unwrap();
    let governor = GovernorFile::make(&mut rng(seed + 1_000_000), &passphrase()).unwrap();
    Desk::found(&home, &founding(), &[governor], &passphrase(), clock(), rng(seed)).unwrap()
}

/// Unlocks the only desk in `dir`.
pub(crate) fn unlock(dir: &Path, seed: u64) -> Desk {
    let place = Home::open(dir).unwrap().choose(None).unwrap();
    Desk::unlock(place, &passphrase(), clock(), rng(seed)).unwrap()
}

/// A real file under shared/data, if it is there. Without it a test passes at home and fails in CI.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("COUNTERSEAL_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let file = root.join("data").join(path);
    if file.exists() {
        println!("real data: {path}");
        return Some(file);
    }
    println!("real data not found: {path}");
    assert!(std::env::var_os("CI").is_none(), "{path} is needed in CI");
    None
}

/// Bytes that do not compress.
pub(crate) fn rng_bytes(seed: u64, count: usize) -> Vec<u8> {
    use rand::Rng;
    let mut bytes = vec![0; count];
    ChaCha20Rng::seed_from_u64(seed).fill_bytes(&mut bytes);
    bytes
}

//! A trustee's store in two temporary folders, and what it holds there.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, StatementId, Timestamp};
use counterseal_register::sha256;
use counterseal_seal::StoreRoot;
use counterseal_trustee::*;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;
use zeroize::Zeroizing;

pub(crate) const NOON: Timestamp = Timestamp(1_704_715_200);

/// Two folders, and what opens them.
pub(crate) struct Site {
    pub(crate) folder: TempDir,
    pub(crate) places: Places,
}

pub(crate) fn places_in(folder: &Path) -> Places {
    Places { first: folder.join("first"), second: folder.join("second"), most_bytes: None }
}

/// Hands with randomness of their own: a start never draws again what was drawn before.
pub(crate) fn hands_with(faults: Box<dyn Faults>) -> Hands {
    static STARTS: AtomicU64 = AtomicU64::new(1);
    let rng = ChaCha20Rng::seed_from_u64(STARTS.fetch_add(1, Ordering::Relaxed));
    Hands { root: StoreRoot::from_bytes(&[9; 32]), rng: Box::new(rng), faults }
}

pub(crate) fn hands() -> Hands {
    hands_with(Box::new(NoFaults))
}

/// A folder, in memory where the system has one: hundreds of starts flush thousands of files.
fn folder() -> TempDir {
    let memory = Path::new("/dev").join("shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

impl Site {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let places = places_in(folder.path());
        drop(Store::create(&places, hands()).unwrap());
        Self { folder, places }
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.places, hands()).unwrap().0
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

pub(crate) fn entry(n: u8) -> EntryId {
    EntryId::from_bytes(sha256(&[b"entry", &[n]]))
}

pub(crate) fn device() -> DeviceId {
    DeviceId::from_bytes([4; 32])
}

pub(crate) fn compartment() -> CompartmentId {
    CompartmentId::from_bytes([5; 16])
}

pub(crate) fn journal() -> JournalId {
    JournalId::from_bytes([6; 16])
}

pub(crate) fn part(n: u8, index: u32) -> PartRef {
    PartRef { entry: entry(n), index }
}

pub(crate) fn pad_bytes(part: PartRef) -> [u8; 32] {
    sha256(&[b"pad", part.entry.as_bytes(), &part.index.to_be_bytes()])
}

pub(crate) fn pad(part: PartRef) -> NewPad {
    NewPad { part, pad: Zeroizing::new(pad_bytes(part)) }
}

pub(crate) fn key(generation: u64) -> SeedRef {
    SeedRef { device: device(), compartment: compartment(), generation }
}

pub(crate) fn seed_bytes(generation: u64) -> [u8; 32] {
    sha256(&[b"seed", &generation.to_be_bytes()])
}

pub(crate) fn seed(generation: u64) -> NewSeed {
    let signed = format!("key {generation}").into_bytes();
    NewSeed { key: key(generation), signed, seed: Zeroizing::new(seed_bytes(generation)) }
}

/// An entry of the journal, with pads for its parts.
pub(crate) fn delivered(n: u8, generation: u64, parts: u32) -> Batch {
    let row = EntryRow {
        id: entry(n),
        device: device(),
        compartment: compartment(),
        journal: journal(),
        seq: n.into(),
        prev: if n == 0 { EntryId::from_bytes([0; 32]) } else { entry(n - 1) },
        continues: None,
        generation,
        refused: None,
        contiguous: true,
        header: vec![n; 300],
        answer: b"acknowledged".to_vec(),
        at: NOON,
    };
    let pads = (0..parts).map(|index| pad(part(n, index))).collect();
    Batch { entries: vec![row], pads, ..Batch::default() }
}

pub(crate) fn request(counter: u64) -> [u8; 32] {
    sha256(&[b"request", &counter.to_be_bytes()])
}

fn signed(counter: u64) -> Vec<u8> {
    format!("release {counter}").into_bytes()
}

pub(crate) fn release(counter: u64) -> Release {
    Release {
        counter,
        decision: sha256(&[b"decision", &counter.to_be_bytes()]),
        request: request(counter),
        outcome: "released".to_owned(),
        prev: if counter == 1 { [0; 32] } else { sha256(&[&signed(counter - 1)]) },
        signed: signed(counter),
        detail: b"detail".to_vec(),
        at: NOON,
    }
}

/// A decision with all that belongs to it.
pub(crate) fn decided(counter: u64, parts: Vec<PartRef>) -> Batch {
    let (bytes, not_after) = (b"sealed pads".to_vec(), Timestamp(NOON.0 + 600));
    let release = release(counter);
    let notice =
        NewNotice { device: device(), decision: release.decision, bytes: b"notice".to_vec(), due: NOON };
    Batch {
        releases: vec![release],
        responses: vec![CachedResponse { request: request(counter), not_after, bytes, parts }],
        notices: vec![notice],
        quotas: vec![QuotaUse { who: b"person".to_vec(), day: 19_730, parts: 2 }],
        ..Batch::default()
    }
}

pub(crate) fn tombstone(part: PartRef) -> Tombstone {
    Tombstone { part, statement: StatementId::from_bytes([8; 32]), at: NOON }
}

/// The release log is whole: counters from 1 without a gap, each entry on the one before.
pub(crate) fn check_release_log(store: &Store) {
    let releases = store.releases(1, 1000).unwrap();
    for (at, found) in (1..).zip(&releases) {
        assert_eq!(found.counter, at, "a gap in the release log");
        assert_eq!(found.signed, signed(at));
    }
    let head = store.release_head().unwrap();
    assert_eq!(head.counter, releases.len() as u64);
    assert_eq!(head.hash, releases.last().map_or([0; 32], |last| sha256(&[&last.signed])));
}

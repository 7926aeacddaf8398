//! Keys, logs and a naive tree for the tests.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;

use counterseal_ledger::*;

pub(crate) fn name(text: &str) -> KeyName {
    KeyName::parse(text).unwrap()
}

pub(crate) const ORIGIN: &str = "mission.example/statements";

pub(crate) fn log_signer(origin: &str, seed: u8) -> LogSigner {
    LogSigner::new(name(origin), &Seed::from_bytes([seed; 32])).unwrap()
}

pub(crate) fn cosigner(witness: &str, seed: u8) -> Cosigner {
    let other = Seed::from_bytes([seed ^ 0x80; 32]);
    Cosigner::new(&name(witness), &Seed::from_bytes([seed; 32]), &other).unwrap()
}

/// Entries that differ in content and length.
pub(crate) fn entries(count: u64) -> Vec<Vec<u8>> {
    (0..count).map(|n| format!("entry {n} {}", "x".repeat((n % 7) as usize)).into_bytes()).collect()
}

/// RFC 6962, section 2.1, word by word.
pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::EMPTY_ROOT,
        [leaf] => *leaf,
        _ => {
            let k = leaves.len().next_power_of_two() / 2;
            Hash::node(&naive_root(&leaves[..k]), &naive_root(&leaves[k..]))
        }
    }
}

pub(crate) struct Naive(pub(crate) Vec<Hash>);

impl Naive {
    pub(crate) fn of(entries: &[Vec<u8>]) -> Self {
        Self(entries.iter().map(|entry| Hash::leaf(entry)).collect())
    }

    pub(crate) fn head(&self, size: u64) -> TreeHead {
        TreeHead { size, root: naive_root(&self.0[..size as usize]) }
    }
}

impl NodeReader for Naive {
    type Error = Infallible;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, Infallible> {
        let range = (index << level) as usize..((index + 1) << level) as usize;
        Ok(naive_root(&self.0[range]))
    }
}

/// A log with its files, as a hub keeps it.
pub(crate) struct Log {
    pub(crate) signer: LogSigner,
    pub(crate) edge: Edge,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) entries: Vec<Vec<u8>>,
}

impl Log {
    pub(crate) fn new(origin: &str, seed: u8) -> Self {
        let signer = log_signer(origin, seed);
        Self { signer, edge: Edge::new(), files: BTreeMap::new(), entries: Vec::new() }
    }

    pub(crate) fn with(count: u64) -> (Self, VerifiedCheckpoint) {
        let mut log = Self::new(ORIGIN, 1);
        let checkpoint = log.append(&entries(count));
        (log, checkpoint)
    }

    pub(crate) fn append(&mut self, entries: &[Vec<u8>]) -> VerifiedCheckpoint {
        let growth = self.edge.grow(entries).unwrap();
        for (path, bytes) in growth.files() {
            self.files.insert(path.to_string(), bytes.clone());
        }
        let (checkpoint, edge) = growth.durable().sign(&self.signer).unwrap().stored();
        self.files.insert("checkpoint".to_owned(), checkpoint.to_string().into_bytes());
        self.edge = edge;
        self.entries.extend_from_slice(entries);
        checkpoint
    }

    pub(crate) fn key(&self) -> VerifierKey {
        self.signer.public().clone()
    }

    pub(crate) fn naive(&self) -> Naive {
        Naive::of(&self.entries)
    }

    pub(crate) fn consistency(&self, old: u64, new: u64) -> ConsistencyProof {
        ConsistencyProof::make(old, new, &mut self.naive()).unwrap()
    }
}

/// A checkpoint that a log signs though its tree is another: what only a corrupt log does.
pub(crate) fn forked(size: u64, seed: u8) -> (Log, VerifiedCheckpoint) {
    let mut log = Log::new(ORIGIN, 1);
    let mut other = entries(size);
    other[0] = vec![seed];
    let checkpoint = log.append(&other);
    (log, checkpoint)
}

/// A witness's store in memory, which can be made to fail.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) latest: RefCell<BTreeMap<KeyName, VerifiedCheckpoint>>,
    pub(crate) broken: bool,
}

impl WitnessStore for Memory {
    type Error = &'static str;

    fn compare_and_set(&self, old: Option<TreeHead>, new: &VerifiedCheckpoint) -> Result<Swap, &'static str> {
        if self.broken {
            return Err("the disk is full");
        }
        let mut latest = self.latest.borrow_mut();
        let there = latest.get(new.origin()).map(VerifiedCheckpoint::head);
        if there != old {
            return Ok(Swap::Differs { size: there.map_or(0, |head| head.size) });
        }
        latest.insert(new.origin().clone(), new.clone());
        Ok(Swap::Stored)
    }
}

impl Memory {
    pub(crate) fn of(&self, origin: &str) -> Option<VerifiedCheckpoint> {
        self.latest.borrow().get(&name(origin)).cloned()
    }
}

/// Cosigns a checkpoint as a witness that has not seen the log before.
pub(crate) fn cosign(
    checkpoint: &VerifiedCheckpoint,
    key: &VerifierKey,
    by: &Cosigner,
    now: u64,
) -> [SignatureLine; 2] {
    let request = AddCheckpoint {
        old_size: 0,
        proof: ConsistencyProof::from_hashes(Vec::new()).unwrap(),
        checkpoint: checkpoint.signed().clone(),
    };
    let witness = Witness::new(vec![key.clone()]);
    witness.decide(request, None).unwrap().commit(&Memory::default(), by, now).unwrap()
}

pub(crate) fn shared(path: &str) -> Option<std::path::PathBuf> {
    let root = std::env::var("COUNTERSEAL_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = std::path::Path::new(&root).join(path);
    if path.exists() {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
    println!("skipped: {} is missing", path.display());
    None
}

//! The witness's fault table: every durable write × every way to fail. Afterwards it is opened again: it never
//! cosigns two trees, and has all that it answered.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use counterseal_ledger::*;
use counterseal_witness::*;

use crate::common::*;

/// What becomes of one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is not made, and said to have failed.
    Failed,
    /// It is made, and said to have failed.
    FailedButMade,
    /// There is no room.
    Full,
    /// The machine stops before it.
    KilledBefore,
    /// The machine stops when it is made, before anyone hears of it.
    KilledAfter,
}

const FAULTS: [Fault; 5] =
    [Fault::Failed, Fault::FailedButMade, Fault::Full, Fault::KilledBefore, Fault::KilledAfter];

/// The durable writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Write {
    CompareAndSet,
    KeepCosigned,
    KeepSplit,
}

const WRITES: [Write; 3] = [Write::CompareAndSet, Write::KeepCosigned, Write::KeepSplit];

#[derive(Debug)]
struct Plan {
    write: Write,
    fault: Fault,
    /// Writes of that kind before the one that goes wrong.
    left: Mutex<usize>,
    /// Where the disk is as it was when the machine stopped.
    stopped: PathBuf,
}

/// A store whose n-th write of a kind goes wrong.
struct Faulty {
    inner: WitnessDatabase,
    folder: PathBuf,
    plan: Arc<Plan>,
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

impl Faulty {
    fn write<T>(
        &self,
        write: Write,
        act: impl FnOnce(&WitnessDatabase) -> Result<T, WitnessStoreError>,
    ) -> Result<T, WitnessStoreError> {
        let mut left = self.plan.left.lock().unwrap();
        if write != self.plan.write || *left == usize::MAX {
            return act(&self.inner);
        }
        if *left > 0 {
            *left -= 1;
            return act(&self.inner);
        }
        *left = usize::MAX;
        match self.plan.fault {
            Fault::Failed => Err(self.error("input/output error")),
            Fault::Full => Err(self.error("database or disk is full")),
            Fault::FailedButMade => act(&self.inner).and_then(|_| Err(self.error("input/output error"))),
            Fault::KilledBefore => {
                copy(&self.folder, &self.plan.stopped);
                Err(self.error("killed"))
            }
            Fault::KilledAfter => {
                drop(act(&self.inner));
                copy(&self.folder, &self.plan.stopped);
                Err(self.error("killed"))
            }
        }
    }

    /// A planted failure of the store's own kind.
    fn error(&self, reason: &str) -> WitnessStoreError {
        WitnessStoreError::new("write", reason)
    }
}

impl WitnessStore for Faulty {
    type Error = WitnessStoreError;

    fn compare_and_set(
        &self,
        old: Option<TreeHead>,
        new: &VerifiedCheckpoint,
    ) -> Result<Swap, WitnessStoreError> {
        self.write(Write::CompareAndSet, |store| store.compare_and_set(old, new))
    }
}

impl WitnessRecords for Faulty {
    fn latest(
        &self,
        origin: &str,
        keys: &[VerifierKey],
    ) -> Result<Option<VerifiedCheckpoint>, WitnessStoreError> {
        self.inner.latest(origin, keys)
    }

    fn keep_cosigned(&self, origin: &str, size: u64, note: &str) -> Result<(), WitnessStoreError> {
        self.write(Write::KeepCosigned, |store| store.keep_cosigned(origin, size, note))
    }

    fn keep_split(&self, origin: &str, proof: &[u8]) -> Result<(), WitnessStoreError> {
        self.write(Write::KeepSplit, |store| store.keep_split(origin, proof))
    }

    fn cosigned(&self, origin: &str) -> Result<Option<String>, WitnessStoreError> {
        self.inner.cosigned(origin)
    }
}

/// The checkpoints of one honest log, and of one that shares its first leaf and goes another way.
struct Story {
    log: Log,
    fork: Log,
    honest: Vec<VerifiedCheckpoint>,
    forked: Vec<VerifiedCheckpoint>,
}

impl Story {
    fn new() -> Self {
        let (mut log, mut fork) = (Log::new(), Log::new());
        let honest = (0..6).map(|n| log.append(&format!("leaf {n}"))).collect();
        let forked = (0..6).map(|n| fork.append(&format!("{} {n}", if n == 0 { "leaf" } else { "another" })));
        let forked = forked.collect();
        Self { log, fork, honest, forked }
    }

    fn ask(&self, old: u64, to: usize, fork: bool) -> String {
        let (log, checkpoints) = if fork { (&self.fork, &self.forked) } else { (&self.log, &self.honest) };
        post(&log.request(old, &checkpoints[to - 1]))
    }
}

/// Asks for the sizes in turn as a hub does, with a fork thrown in; gives the greatest size that was cosigned.
async fn drive(story: &Story, witness: &TestWitness, sizes: std::ops::Range<u64>) -> u64 {
    let (mut known, mut cosigned) = (sizes.start, sizes.start);
    for size in sizes.start + 1..=sizes.end {
        for _ in 0..4 {
            let (status, body) = plain(witness.address, story.ask(known, size as usize, false)).await;
            match status {
                200 => {
                    (known, cosigned) = (size, size);
                    break;
                }
                409 => known = String::from_utf8(body).unwrap().trim().parse().unwrap(),
                500..=599 => {}
                other => panic!("{other}"),
            }
        }
        if size > 1 {
            let (status, _) = plain(witness.address, story.ask(known, size as usize, true)).await;
            assert_ne!(status, 200, "a fork at {size}");
        }
    }
    cosigned
}

/// Whatever happened: what was answered is there, no other tree is cosigned, and the true one goes on.
async fn check(story: &Story, folder: &Path, answered: u64, case: &str) {
    let keys = [story.log.signer.public().clone()];
    let store = WitnessDatabase::open(&folder.join("witness.db")).unwrap();
    let latest = store.latest("example/log", &keys).unwrap();
    let head = latest.map_or(TreeHead::EMPTY, |latest| latest.head());
    assert!(head.size >= answered, "{case}: {answered} was answered and {} is there", head.size);
    if head.size > 0 {
        assert_eq!(head, story.honest[head.size as usize - 1].head(), "{case}: not a tree of the log");
    }
    let cosigned = store.cosigned("example/log").unwrap();
    if let Some(note) = cosigned {
        let note = SignedCheckpoint::parse(note.as_bytes()).unwrap();
        let size = note.claims().head().size;
        assert!(size <= head.size, "{case}: a note is served that is ahead of what is kept");
        assert_eq!(note.claims().head(), story.honest[size as usize - 1].head(), "{case}");
    }
    for proof in store.splits("example/log").unwrap() {
        Split::check(&proof, &keys).unwrap();
    }
    drop(store);
    let clock = TestClock::new();
    let config = WitnessConfig::new(folder.to_owned(), ([127, 0, 0, 1], 0).into(), &keys);
    let running = run_witness(&config, Arc::clone(&clock) as _).await.unwrap();
    // With one leaf the two logs are one; from the second on no tree of the other's may be cosigned.
    for (old, to) in (0..=head.size).flat_map(|old| (old.max(2)..=6).map(move |to| (old, to))) {
        if head.size > 1 {
            let (status, _) = plain(running.address(), story.ask(old, to as usize, true)).await;
            assert_ne!(status, 200, "{case}: the fork from {old} to {to} is cosigned");
        }
    }
    let (status, _) = plain(running.address(), story.ask(head.size, 6, false)).await;
    assert_eq!(status, 200, "{case}: it goes on");
    running.stop().await;
}

#[test]
fn a_checkpoint_replaces_the_one_that_it_was_checked_against_and_no_other() {
    let (story, folder) = (Story::new(), tempfile::tempdir().unwrap());
    let open = || WitnessDatabase::open(&folder.path().join("witness.db")).unwrap();
    // Two programs, or two requests that were decided on at once.
    let (one, other) = (open(), open());
    let head = |size: usize| Some(story.honest[size - 1].head());
    assert_eq!(one.compare_and_set(None, &story.honest[0]).unwrap(), Swap::Stored);
    assert_eq!(other.compare_and_set(None, &story.forked[1]).unwrap(), Swap::Differs { size: 1 });
    assert_eq!(other.compare_and_set(head(1), &story.honest[2]).unwrap(), Swap::Stored);
    assert_eq!(one.compare_and_set(head(1), &story.forked[3]).unwrap(), Swap::Differs { size: 3 });
    let same_size = Some(story.forked[2].head());
    assert_eq!(one.compare_and_set(same_size, &story.forked[3]).unwrap(), Swap::Differs { size: 3 });
    let keys = [story.log.signer.public().clone()];
    assert_eq!(one.latest("example/log", &keys).unwrap().unwrap().head(), story.honest[2].head());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_of_a_witness_may_fail_in_every_way() {
    let story = Story::new();
    let keys = [story.log.signer.public().clone()];
    for (write, fault) in WRITES.into_iter().flat_map(|write| FAULTS.map(|fault| (write, fault))) {
        for at in 0..3 {
            let case = format!("{write:?} number {at} {fault:?}");
            let (mut witness, stopped) = (TestWitness::new(1), tempfile::tempdir().unwrap());
            let folder = witness.folder.path().to_owned();
            let stopped_at = stopped.path().to_owned();
            let plan = Plan { write, fault, left: Mutex::new(at), stopped: stopped_at.clone() };
            let plan = Arc::new(plan);
            let inner = WitnessDatabase::open(&folder.join("witness.db")).unwrap();
            let store = Faulty { inner, folder: folder.clone(), plan: Arc::clone(&plan) };
            let config = WitnessConfig::new(folder.clone(), witness.address, &keys);
            let running = run_witness_with(&config, TestClock::new() as _, Box::new(store)).await.unwrap();
            witness.address = running.address();
            let was_stopped = || stopped_at.join("witness.db").exists();
            let mut answered = 0;
            for size in 0..4 {
                let cosigned = drive(&story, &witness, size..size + 1).await;
                // What is answered after the machine stopped is another life's.
                if !was_stopped() {
                    answered = answered.max(cosigned);
                }
            }
            assert_eq!(*plan.left.lock().unwrap(), usize::MAX, "{case}: never reached");
            running.stop().await;
            let (disk, due) = if was_stopped() { (&stopped_at, answered) } else { (&folder, 4) };
            check(&story, disk, due, &case).await;
        }
    }
}

//! Disks that fail, fill up or lose power: what was acknowledged is there, and the logs are consistent.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use counterseal_hub::*;
use counterseal_ledger::*;
use counterseal_model::{DeviceId, EntryId, Timestamp};
use counterseal_register::{Entry, JournalLeaf, LeafType, LogKind};

use crate::client::*;
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
}

/// A store whose n-th write goes wrong.
struct Faulty {
    inner: SqliteStore,
    left: Arc<AtomicI64>,
    fault: Fault,
    full: Arc<Mutex<bool>>,
}

impl Faulty {
    fn write<T>(
        &mut self,
        act: impl FnOnce(&mut SqliteStore) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if *self.full.lock().unwrap() {
            return Err(StoreError::Full);
        }
        if self.left.fetch_sub(1, Ordering::SeqCst) != 0 {
            return act(&mut self.inner);
        }
        let failed = StoreError::Failed { action: "write", reason: "a planted fault".to_owned() };
        match self.fault {
            Fault::Failed => Err(failed),
            Fault::FailedButMade => act(&mut self.inner).and(Err(failed)),
            Fault::Full => Err(StoreError::Full),
        }
    }
}

impl HubStore for Faulty {
    fn append(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.write(|store| store.append(batch))
    }
    fn forget_erased(&mut self) -> Result<(), StoreError> {
        self.write(HubStore::forget_erased)
    }
    fn write_tiles(&mut self, log: LogKind, tiles: &[(Tile, Vec<u8>)]) -> Result<(), StoreError> {
        self.write(|store| store.write_tiles(log, tiles))
    }
    fn replace_checkpoint(
        &mut self,
        log: LogKind,
        replaces: TreeHead,
        new: TreeHead,
        note: &str,
    ) -> Result<Swap, StoreError> {
        self.write(|store| store.replace_checkpoint(log, replaces, new, note))
    }
    fn keep_cosigned(&mut self, log: LogKind, size: u64, note: &str) -> Result<(), StoreError> {
        self.write(|store| store.keep_cosigned(log, size, note))
    }
    fn keep_piece(&mut self, piece: &Piece, at: Timestamp) -> Result<(), StoreError> {
        self.write(|store| store.keep_piece(piece, at))
    }
    fn drop_pieces(&mut self, entry: EntryId) -> Result<(), StoreError> {
        self.write(|store| store.drop_pieces(entry))
    }
    fn keep_obeyed(&mut self, statement: &[u8]) -> Result<(), StoreError> {
        self.write(|store| store.keep_obeyed(statement))
    }
    fn note_fetched(&mut self, device: DeviceId, fetched: Fetched) -> Result<(), StoreError> {
        self.write(|store| store.note_fetched(device, fetched))
    }
}

pub(crate) fn checked(site: &Site, entry: &Entry) -> Push {
    Push::Entry(Box::new(CheckedEntry::check(&site.world.register, entry.to_bytes(), 1).unwrap()))
}

/// Everything a store must hold: the acknowledged at their index, and checkpoints that fit the leaves.
pub(crate) fn check(site: &Site, acknowledged: &[(EntryId, u64)]) {
    let reader = StoreReader::open(&site.config.store()).unwrap();
    for (id, index) in acknowledged {
        assert_eq!(reader.entry_index(*id).unwrap(), Some(*index), "acknowledged and lost, or moved");
    }
    for log in LogKind::ALL {
        let leaves = reader.log_leaves(*log, 0, usize::MAX >> 1).unwrap();
        assert_eq!(leaves.len() as u64, reader.size(*log).unwrap());
        let Some((head, _)) = reader.checkpoint(*log).unwrap() else { continue };
        assert!(head.size <= leaves.len() as u64, "a checkpoint of what is not there");
        let mut frontier = Frontier::new();
        leaves[..head.size as usize].iter().for_each(|leaf| frontier.push(Hash::leaf(leaf)));
        assert_eq!(frontier.head(), head, "{log:?}");
        Edge::load(head, |path| {
            match path {
                LogPath::Tile(tile) => reader.tile(*log, *tile),
                LogPath::Entries(bundle) => reader.bundle(*log, *bundle),
                LogPath::Checkpoint => Ok(None),
            }
            .map(Option::unwrap)
        })
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_may_fail_in_every_way() {
    for fault in [Fault::Failed, Fault::FailedButMade, Fault::Full] {
        for at in 0..10 {
            let site = Site::new(0).await;
            let left = Arc::new(AtomicI64::new(i64::MAX));
            let inner = SqliteStore::open(&site.config.store(), None).unwrap();
            let store = Faulty { inner, left: Arc::clone(&left), fault, full: Arc::default() };
            let clock = Arc::clone(&site.clock) as _;
            let hub = run_hub_with(&site.config, clock, Box::new(store)).await.unwrap();
            left.store(at, Ordering::SeqCst);
            let mut acknowledged = Vec::new();
            let expected = if fault == Fault::Full { "hub-full" } else { "hub-store-failed" };
            let push = async |make: &dyn Fn() -> Push| {
                for _ in 0..5 {
                    match hub.sequencer().push(vec![make()]).await[0] {
                        Outcome::Accepted { index } => return Some(index),
                        Outcome::Refused { code } => assert_eq!(code, expected, "write {at}"),
                    }
                }
                None
            };
            for (n, entry) in (0..).zip(site.world.journal(&site.world.ana, 1).entries(4)) {
                if let Some(index) = push(&|| checked(&site, &entry)).await {
                    acknowledged.push((entry.id(), index));
                }
                tokio::time::sleep(Duration::from_millis(35)).await;
                let leaf = JournalLeaf::committing(LeafType::Opening, 1, [n; 32]).unwrap();
                let index = push(&|| Push::Leaf { device: site.world.ana.device.id(), leaf }).await;
                let reader = StoreReader::open(&site.config.store()).unwrap();
                assert_eq!(reader.lone_index(&leaf.to_bytes()).unwrap(), index, "{fault:?} at write {at}");
            }
            assert_eq!(acknowledged.len(), 4, "{fault:?} at write {at}: it goes on by itself");
            check(&site, &acknowledged);
            hub.stop().await;
            check(&site, &acknowledged);
            let reader = StoreReader::open(&site.config.store()).unwrap();
            let (head, _) = reader.checkpoint(LogKind::Journal).unwrap().unwrap();
            assert_eq!(head.size, 8, "{fault:?} at write {at}: all of it is signed, and nothing twice");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_writes_serves_reads_and_recovers() {
    let site = Site::new(0).await;
    let full = Arc::new(Mutex::new(false));
    let inner = SqliteStore::open(&site.config.store(), None).unwrap();
    let left = Arc::new(AtomicI64::new(i64::MAX));
    let store = Faulty { inner, left, fault: Fault::Full, full: Arc::clone(&full) };
    let hub = run_hub_with(&site.config, Arc::clone(&site.clock) as _, Box::new(store)).await.unwrap();
    let mut journal = site.world.journal(&site.world.ana, 1);
    let before = journal.entries(2);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&before).await;
    assert_eq!(desk.finish().await.accepted.len(), 2);
    *full.lock().unwrap() = true;
    let later = journal.entries(2);
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&later).await;
    desk.push(&before).await;
    let got = desk.finish().await;
    assert!(got.refused.iter().all(|(_, code)| code == "hub-full") && got.refused.len() == 2, "{got:?}");
    assert_eq!(got.accepted.len(), 2, "what is there is acknowledged again");
    let mut ben = Desk::open(&site, hub.address(), &site.world.ben, |_| {}).await;
    assert_eq!(ben.finish().await.entries.len(), 2, "and served");
    *full.lock().unwrap() = false;
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&later).await;
    assert_eq!(desk.finish().await.accepted.len(), 2);
    hub.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_may_not_grow_is_full_and_loses_nothing() {
    let mut site = Site::new(0).await;
    let there = std::fs::metadata(site.config.store()).unwrap().len();
    site.config.store_bytes = Some(there + 400_000);
    let hub = site.run().await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let (mut acknowledged, mut refused) = (Vec::new(), None);
    for n in 0..40 {
        let entry = journal.entry(50_000, n);
        match hub.sequencer().push(vec![checked(&site, &entry)]).await[0] {
            Outcome::Accepted { index } => acknowledged.push((entry.id(), index)),
            Outcome::Refused { code } => {
                refused = Some((code, entry));
                break;
            }
        }
    }
    let (code, entry) = refused.expect("400 kB do not hold 2 MB");
    assert_eq!(code, "hub-full");
    assert!(!acknowledged.is_empty());
    hub.stop().await;
    check(&site, &acknowledged);
    site.config.store_bytes = None;
    let hub = site.run().await;
    let outcome = hub.sequencer().push(vec![checked(&site, &entry)]).await[0];
    assert_eq!(outcome, Outcome::Accepted { index: acknowledged.len() as u64 });
    hub.stop().await;
    check(&site, &acknowledged);
}

/// Not a test of its own: the hub that another test kills. It runs until then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hub_to_be_killed() {
    let Ok(folder) = std::env::var("COUNTERSEAL_TEST_HUB") else { return };
    let folder = std::path::PathBuf::from(folder);
    let mut config = HubConfig::new(folder.clone(), SocketAddr::from(([127, 0, 0, 1], 0)));
    config.batch_milliseconds = 5;
    config.limits.sessions_per_device = 300;
    let hub = run_hub(&config, TestClock::new()).await.unwrap();
    std::fs::write(folder.join("address.new"), hub.address().to_string()).unwrap();
    std::fs::rename(folder.join("address.new"), folder.join("address")).unwrap();
    std::future::pending::<()>().await;
}

/// A hub in a process of its own, which ends with the test.
pub(crate) struct Process(pub(crate) Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _reaped = self.0.wait();
    }
}

/// Runs the hub of a site in a process of its own.
pub(crate) async fn spawn(site: &Site) -> (Process, SocketAddr) {
    let file = site.config.folder.join("address");
    drop(std::fs::remove_file(&file));
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "faults::a_hub_to_be_killed", "--nocapture"])
        .env("COUNTERSEAL_TEST_HUB", &site.config.folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    eventually("the child runs", || file.exists()).await;
    (Process(child), std::fs::read_to_string(&file).unwrap().parse().unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_in_the_middle_the_hub_has_all_that_it_acknowledged() {
    let site = Site::new(0).await;
    let mut journal = site.world.journal(&site.world.ana, 1);
    let (mut acknowledged, mut pushed) = (Vec::new(), Vec::new());
    for round in 0..3 {
        let (child, address) = spawn(&site).await;
        let mut desk = Desk::open(&site, address, &site.world.ana, |_| {}).await;
        let mut got = Got::default();
        let (until, entries) = (60 + round * 25, journal.entries(400));
        pushed.extend(entries.iter().cloned());
        for chunk in entries.chunks(20) {
            desk.push(chunk).await;
            desk.talk(&mut got, |got, session| got.accepted.len() >= until || session.may_push()).await;
            if got.accepted.len() >= until {
                break;
            }
        }
        desk.talk(&mut got, |got, _| got.accepted.len() >= until).await;
        drop(child);
        let mut ids = got.accepted.iter().map(|one| match one.what {
            counterseal_sync::Pushed::Entry(id) => (id, one.index),
            counterseal_sync::Pushed::Statement(_) => panic!("no statement was pushed"),
        });
        acknowledged.extend(&mut ids);
        assert!(got.accepted.len() >= until);
        check(&site, &acknowledged);
    }
    let hub = site.run().await;
    let mut desk = Desk::open(&site, hub.address(), &site.world.ana, |_| {}).await;
    desk.push(&pushed).await;
    let got = desk.finish().await;
    assert_eq!(got.accepted.len(), pushed.len(), "the rest is pushed again, and nothing twice");
    assert_eq!(hub.sequencer().view().journal.size, pushed.len() as u64);
    hub.stop().await;
    check(&site, &acknowledged);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_and_store_lie_where_only_their_owner_comes_and_status_reads_them() {
    let site = Site::new(3).await;
    assert!(init(&site.config, &mut rng(8)).is_err(), "keys are not replaced");
    let seeded = seed(&site.config, &site.world.statements, site.clock.as_ref()).unwrap();
    assert_eq!(seeded.statements as usize, site.world.statements.len(), "seeding again changes nothing");
    let file = site.folder.path().join("statements");
    write_statements(&file, &site.world.statements).unwrap();
    assert_eq!(read_statements(&file).unwrap(), site.world.statements);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&site.config.folder), mode(&site.config.keys())), (0o700, 0o700));
        assert_eq!(mode(&site.config.keys().join("statements.key")), 0o600);
    }
    let hub = site.run().await;
    eventually("cosigned", || hub.sequencer().view().statements.cosigned.is_some()).await;
    cosigned(&hub).await;
    let now = status(&site.config).unwrap();
    assert_eq!(now.mission, site.world.mission());
    assert_eq!((now.journal.leaves, now.restoring), (0, false));
    assert_eq!(now.statements.leaves, now.statements.cosigned);
    hub.stop().await;
    let key = std::fs::read(site.config.keys().join("statements.key")).unwrap();
    let backup = site.folder.path().join("backup");
    std::fs::create_dir(&backup).unwrap();
    back_up(&site.config, &backup.join("db")).unwrap();
    assert!(!holds(&backup, &key) && !holds(&backup, &hex::decode(key.trim_ascii()).unwrap()));
}

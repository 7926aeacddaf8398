//! The store against crashes, failing disks, and people who change its files.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use counterseal_model::{FixedClock, Timestamp};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::*;

const SCHEMA: &str = "CREATE TABLE t (k INTEGER PRIMARY KEY, v BLOB); CREATE INDEX i ON t (v);";

fn keys() -> StoreKeys {
    StoreKeys { database: Zeroizing::new([7; 32]), freshness: Zeroizing::new([8; 32]) }
}

fn clock() -> Arc<FixedClock> {
    Arc::new(FixedClock(Timestamp(1_700_000_000)))
}

fn create(dir: &Path, faults: Arc<dyn Faults>) -> Store {
    Store::create(dir, &keys(), SCHEMA, clock(), faults).unwrap()
}

fn open(dir: &Path) -> Result<(Store, Opened), StoreError> {
    Store::open(dir, &keys(), clock(), Arc::new(NoFaults))
}

fn put(store: &mut Store, key: i64) -> Result<(), StoreError> {
    store.commit(|tx| {
        let value = vec![u8::try_from(key % 251).unwrap(); 3000];
        tx.execute("INSERT OR REPLACE INTO t VALUES (?1, ?2)", (key, value))?;
        Ok(())
    })
}

fn stored(store: &Store) -> Vec<i64> {
    let keys = store.read(|db| {
        let mut statement = db.prepare("SELECT k FROM t ORDER BY k")?;
        let keys = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>();
        keys.map_err(StoreError::from)
    });
    keys.unwrap()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn what_was_committed_is_there_after_closing_and_after_a_crash() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    drop(store); // no close: as after a crash
    let (mut store, opened) = open(dir.path()).unwrap();
    assert_eq!((opened.clean, opened.replayed), (false, 1));
    put(&mut store, 2).unwrap();
    assert_eq!(store.last_commit(), 2);
    store.close().unwrap();
    let (store, opened) = open(dir.path()).unwrap();
    assert!(opened.clean);
    assert_eq!(stored(&store), [1, 2]);
    store.check_every_page().unwrap();
}

#[test]
fn a_store_whose_logs_were_cut_off_does_not_look_closed() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    store.close().unwrap();
    let (mut store, _) = open(dir.path()).unwrap();
    put(&mut store, 2).unwrap();
    drop(store);
    std::fs::write(dir.path().join("store.commits"), []).unwrap();
    std::fs::remove_file(dir.path().join("store.db-wal")).unwrap();
    let (store, opened) = open(dir.path()).unwrap();
    assert_eq!(stored(&store), [1]);
    assert!(!opened.clean, "a new journal must begin, or a place in the old one would be used twice");
}

#[test]
fn half_a_page_that_a_fold_left_is_no_damage_and_half_a_page_more_is() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    (0..20).for_each(|key| put(&mut store, key).unwrap());
    drop(store);
    let append = |bytes: usize| {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().append(true).open(dir.path().join("store.db")).unwrap();
        file.write_all(&vec![7; bytes]).unwrap();
    };
    append(4096); // the disk was full in the middle of the fold
    let (store, _) = open(dir.path()).unwrap();
    assert_eq!(stored(&store).len(), 20);
    store.close().unwrap();
    append(4096); // somebody's
    assert!(matches!(open(dir.path()), Err(StoreError::Damaged { .. })));
}

#[test]
fn commits_cannot_be_dropped_by_shortening_their_file() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    (0..5).for_each(|key| put(&mut store, key).unwrap());
    drop(store);
    let commits = std::fs::read(dir.path().join("store.commits")).unwrap();
    let record = commits.len() / 5;
    for kept in 0..4 {
        std::fs::write(dir.path().join("store.commits"), &commits[..kept * record]).unwrap();
        let error = open(dir.path()).err().expect("refused").to_string();
        assert!(error.contains("store.db-wal"), "{error}");
    }
    std::fs::remove_file(dir.path().join("store.commits")).unwrap();
    assert!(open(dir.path()).err().expect("refused").to_string().contains("missing"));
    // Zeros that a crash left at the end were never acknowledged.
    std::fs::write(dir.path().join("store.commits"), [commits.as_slice(), &vec![0; record]].concat())
        .unwrap();
    assert_eq!(stored(&open(dir.path()).unwrap().0).len(), 5);
}

#[test]
fn a_commit_record_of_which_one_sector_reached_the_disk_was_never_acknowledged() {
    // The fifth record lies across the first boundary of sectors.
    for (from, to) in [(512, 520), (416, 512)] {
        let dir = TempDir::new().unwrap();
        let mut store = create(dir.path(), Arc::new(NoFaults));
        (0..5).for_each(|key| put(&mut store, key).unwrap());
        drop(store);
        let path = dir.path().join("store.commits");
        let whole = std::fs::read(&path).unwrap();
        let mut torn = whole.clone();
        torn[from..to].fill(0);
        std::fs::write(&path, &torn).unwrap();
        let (store, opened) = open(dir.path()).unwrap();
        assert_eq!((stored(&store), opened.replayed), (vec![0, 1, 2, 3], 4), "{from}");
    }
    // Anything else is no crash's doing.
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    (0..5).for_each(|key| put(&mut store, key).unwrap());
    drop(store);
    let path = dir.path().join("store.commits");
    let mut changed = std::fs::read(&path).unwrap();
    changed[514] ^= 1;
    std::fs::write(&path, &changed).unwrap();
    assert!(matches!(open(dir.path()), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_page_that_a_fold_left_half_written_is_no_damage_while_its_whole_self_is_in_the_write_ahead_file() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    (0..20).for_each(|key| put(&mut store, key).unwrap());
    store.close().unwrap();
    let (mut store, _) = open(dir.path()).unwrap();
    (0..20).for_each(|key| put(&mut store, key + 100).unwrap());
    drop(store);
    let path = dir.path().join("store.db");
    let whole = std::fs::read(&path).unwrap();
    let mut torn = whole.clone();
    torn[100..600].fill(7); // the first page is in every commit
    std::fs::write(&path, &torn).unwrap();
    let (store, _) = open(dir.path()).unwrap();
    assert_eq!(stored(&store).len(), 40);
    store.check_every_page().unwrap();
    store.close().unwrap();
    let mut torn = std::fs::read(&path).unwrap();
    torn[100..600].fill(7);
    std::fs::write(&path, &torn).unwrap();
    let found = open(dir.path()).and_then(|(store, _)| store.check_every_page());
    assert!(matches!(found, Err(StoreError::Damaged { .. })), "now it is");
}

#[test]
fn reading_alone_writes_nothing() {
    let dir = TempDir::new().unwrap();
    create(dir.path(), Arc::new(NoFaults)).close().unwrap();
    let head = std::fs::read(dir.path().join("store.head")).unwrap();
    let (store, opened) = open(dir.path()).unwrap();
    assert!(opened.clean);
    stored(&store);
    store.close().unwrap();
    assert_eq!(std::fs::read(dir.path().join("store.head")).unwrap(), head);
}

#[test]
fn work_that_fails_changes_nothing_and_the_store_goes_on() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    let refused = store.commit(|tx| {
        tx.execute("INSERT INTO t VALUES (1, x'00')", [])?;
        Err::<(), _>(StoreError::Full)
    });
    assert!(matches!(refused, Err(StoreError::Full)));
    put(&mut store, 2).unwrap();
    assert_eq!(stored(&store), [2]);
}

#[test]
fn a_large_transaction_that_rolled_back_leaves_no_trace_in_the_next_commit() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    store.db.execute_batch("PRAGMA cache_size = 10").unwrap(); // makes the transaction spill
    let refused = store.commit(|tx| {
        for key in 0..500 {
            tx.execute("INSERT INTO t VALUES (?1, zeroblob(3000))", [key])?;
        }
        Err::<(), _>(StoreError::Full)
    });
    assert!(refused.is_err());
    put(&mut store, 1000).unwrap();
    drop(store);
    let (store, _) = open(dir.path()).unwrap();
    assert_eq!(stored(&store), [1000]);
}

#[test]
fn two_programs_cannot_have_it_at_once() {
    let dir = TempDir::new().unwrap();
    let _store = create(dir.path(), Arc::new(NoFaults));
    assert!(matches!(open(dir.path()), Err(StoreError::InUse)));
}

/// Fails one step at its nth occurrence, before or after it was done, and keeps a copy of the files
/// as a crash at that moment would leave them.
struct FailAt {
    step: Step,
    after: bool,
    left: Mutex<u32>,
    dir: Mutex<Option<(std::path::PathBuf, std::path::PathBuf)>>,
}

impl FailAt {
    fn maybe(&self, step: Step, after: bool) -> io::Result<()> {
        let mut left = self.left.lock().unwrap();
        if step != self.step || after != self.after || self.dir.lock().unwrap().is_none() {
            return Ok(());
        }
        *left -= 1;
        if *left > 0 {
            return Ok(());
        }
        if let Some((from, to)) = self.dir.lock().unwrap().take() {
            copy(&from, &to);
        }
        Err(io::Error::other("injected"))
    }
}

impl Faults for FailAt {
    fn enter(&self, step: Step) -> io::Result<()> {
        self.maybe(step, false)
    }
    fn leave(&self, step: Step) -> io::Result<()> {
        self.maybe(step, true)
    }
}

/// Every durable write x {failed, failed but done, killed before, killed after}: reopened, the store
/// holds everything acknowledged, at most one thing more, and goes on.
#[test]
fn every_write_that_fails_or_is_cut_off_loses_nothing_acknowledged() {
    for step in Step::ALL {
        for after in [false, true] {
            for nth in [1, 2] {
                fault_case(step, after, nth);
            }
        }
    }
}

fn fault_case(step: Step, after: bool, nth: u32) {
    let (dir, killed) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let faults = Arc::new(FailAt { step, after, left: Mutex::new(nth), dir: Mutex::new(None) });
    let mut store = create(dir.path(), faults.clone());
    store.set_fold_at(60_000); // folds every few commits
    *faults.dir.lock().unwrap() = Some((dir.path().to_owned(), killed.path().to_owned()));
    let mut acknowledged = Vec::new();
    let mut failed = None;
    for key in 0..60 {
        match put(&mut store, key) {
            Ok(()) => acknowledged.push(key),
            Err(_) => {
                failed = Some(key);
                break;
            }
        }
    }
    let failed = failed.unwrap_or_else(|| panic!("{step:?} was never reached"));
    assert!(matches!(put(&mut store, 99), Err(StoreError::Poisoned)), "a failed write poisons");
    drop(store);
    for home in [dir.path(), killed.path()] {
        let (mut store, _) = open(home).unwrap_or_else(|e| panic!("{step:?} after={after}: {e}"));
        let mut found = stored(&store);
        if found.last() == Some(&failed) {
            found.pop();
        }
        assert_eq!(found, acknowledged, "{step:?} after={after}");
        put(&mut store, 1000).unwrap();
        store.check_every_page().unwrap();
        store.close().unwrap();
        let (store, opened) = open(home).unwrap();
        assert!(opened.clean);
        assert!(stored(&store).contains(&1000));
    }
}

#[test]
fn an_old_page_put_back_is_found_and_named() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    (0..20).for_each(|key| put(&mut store, key).unwrap());
    store.close().unwrap();
    let database = dir.path().join("store.db");
    let old = std::fs::read(&database).unwrap();
    let (mut store, _) = open(dir.path()).unwrap();
    (0..20).for_each(|key| put(&mut store, key + 7).unwrap());
    store.close().unwrap();
    let new = std::fs::read(&database).unwrap();
    let page = PAGE_SIZE as usize;
    let mut tried = 0;
    for at in (0..old.len()).step_by(page) {
        if old[at..at + page] == new[at..at + page] {
            continue;
        }
        tried += 1;
        let mut mixed = new.clone();
        mixed[at..at + page].copy_from_slice(&old[at..at + page]);
        std::fs::write(&database, &mixed).unwrap();
        let error = open(dir.path()).err().expect("an old page is refused").to_string();
        assert!(error.contains(&format!("page {}", at / page + 1)), "{error}");
    }
    assert!(tried > 3, "only {tried} pages differed");
}

#[test]
fn an_old_database_with_all_its_pages_is_found() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    store.close().unwrap();
    let old = std::fs::read(dir.path().join("store.db")).unwrap();
    let (mut store, _) = open(dir.path()).unwrap();
    put(&mut store, 2).unwrap();
    store.close().unwrap();
    std::fs::write(dir.path().join("store.db"), old).unwrap();
    assert!(matches!(open(dir.path()), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_database_and_its_head_put_back_under_newer_commits_are_found() {
    let (dir, earlier) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    store.close().unwrap();
    copy(dir.path(), earlier.path());
    let (mut store, _) = open(dir.path()).unwrap();
    put(&mut store, 2).unwrap();
    store.close().unwrap();
    let (mut store, _) = open(dir.path()).unwrap();
    put(&mut store, 3).unwrap();
    drop(store);
    for file in ["store.db", "store.head"] {
        std::fs::copy(earlier.path().join(file), dir.path().join(file)).unwrap();
    }
    let error = open(dir.path()).err().expect("refused").to_string();
    assert!(error.contains("store.head"), "{error}");
}

#[test]
fn a_write_ahead_file_from_an_earlier_time_is_not_replayed() {
    let (dir, earlier) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    copy(dir.path(), earlier.path());
    put(&mut store, 2).unwrap();
    drop(store);
    // The write-ahead file alone put back: acknowledged frames are missing.
    std::fs::copy(earlier.path().join("store.db-wal"), dir.path().join("store.db-wal")).unwrap();
    let error = open(dir.path()).err().expect("refused").to_string();
    assert!(error.contains("store.db-wal"), "{error}");
}

/// Every byte of every file flipped in turn, closed and unclosed: refused, or the same answers.
#[test]
fn a_flipped_byte_never_changes_an_answer() {
    for clean in [true, false] {
        let dir = TempDir::new().unwrap();
        let mut store = create(dir.path(), Arc::new(NoFaults));
        (0..4).for_each(|key| put(&mut store, key).unwrap());
        if clean {
            store.close().unwrap()
        } else {
            drop(store)
        }
        let work = TempDir::new().unwrap();
        let mut refused = 0;
        for name in ["store.db", "store.head", "store.commits", "store.db-wal"] {
            let Ok(bytes) = std::fs::read(dir.path().join(name)) else { continue };
            // All of the small files; the page tails and a stride of the large ones.
            let stride = if bytes.len() < 4096 { 1 } else { 257 };
            for at in (0..bytes.len()).step_by(stride) {
                copy(dir.path(), work.path());
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << (at % 8);
                std::fs::write(work.path().join(name), flipped).unwrap();
                refused += u32::from(!answers_as_before(work.path(), name, at));
            }
        }
        assert!(refused > 100, "only {refused} flips were refused");
    }
}

/// Whether the store opened and answered; panics if it answered differently.
fn answers_as_before(dir: &Path, name: &str, at: usize) -> bool {
    let Ok((store, _)) = open(dir) else { return false };
    let answer = store.read(|db| {
        let mut statement = db.prepare("SELECT k, v FROM t ORDER BY v")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        rows.collect::<Result<Vec<_>, _>>().map_err(StoreError::from)
    });
    let Ok(rows) = answer else { return false };
    let expected: Vec<_> = (0..4).map(|k| (k, vec![u8::try_from(k).unwrap(); 3000])).collect();
    assert!(rows == expected, "{name} byte {at}: another answer");
    true
}

#[test]
fn a_full_database_refuses_clearly_and_loses_nothing() {
    let dir = TempDir::new().unwrap();
    let mut store = create(dir.path(), Arc::new(NoFaults));
    put(&mut store, 1).unwrap();
    store.db.execute_batch("PRAGMA max_page_count = 12").unwrap();
    let refused = (2..40).map(|key| put(&mut store, key)).find_map(Result::err);
    assert!(matches!(refused, Some(StoreError::Full)), "{refused:?}");
    let before = stored(&store);
    drop(store);
    let (mut store, _) = open(dir.path()).unwrap();
    assert_eq!(stored(&store), before);
    put(&mut store, 1000).unwrap();
}

//! A log's own side: growing it, file by file, and opening it again.

use std::collections::BTreeMap;

use counterseal_ledger::*;

use crate::common::*;

/// What a tree of this size has, by the specification: all tiles and bundles in their widest form.
fn expected(entries: &[Vec<u8>]) -> BTreeMap<String, Vec<u8>> {
    let size = entries.len() as u64;
    let mut files = BTreeMap::new();
    let mut row: Vec<Hash> = Naive::of(entries).0;
    for level in 0..8 {
        for (index, hashes) in row.chunks(256).enumerate() {
            let tile = Tile::of_tree(level, index as u64, size).unwrap();
            let bytes = hashes.iter().flat_map(|hash| *hash.as_bytes()).collect();
            files.insert(LogPath::Tile(tile).to_string(), bytes);
        }
        row = row.chunks_exact(256).map(naive_root).collect();
    }
    for (index, bundle) in entries.chunks(256).enumerate() {
        let path = LogPath::Entries(Bundle::of_tree(index as u64, size).unwrap()).to_string();
        let mut bytes = Vec::new();
        for entry in bundle {
            bytes.extend(u16::try_from(entry.len()).unwrap().to_be_bytes());
            bytes.extend(entry);
        }
        files.insert(path, bytes);
    }
    files
}

#[test]
fn a_growth_writes_exactly_what_has_changed() {
    let mut log = Log::new(ORIGIN, 1);
    let all = entries(1400);
    let mut size = 0;
    for step in [0_usize, 1, 1, 200, 53, 1, 0, 1, 255, 256, 632] {
        let before = expected(&all[..size]);
        let growth = log.edge.grow(&all[size..size + step]).unwrap();
        assert_eq!(growth.old(), log.naive().head(size as u64));
        let mut files: Vec<_> = growth.files().iter().map(|(path, _)| path.to_string()).collect();
        let checkpoint = log.append(&all[size..size + step]);
        size += step;
        assert_eq!(checkpoint.head(), log.naive().head(size as u64));
        let after = expected(&all[..size]);
        let mut changed: Vec<_> = after.keys().filter(|path| !before.contains_key(*path)).cloned().collect();
        changed.sort();
        files.sort();
        assert_eq!(files, changed, "growing to {size}");
        for (path, bytes) in after {
            assert_eq!(log.files.get(&path), Some(&bytes), "{path} at {size}");
        }
        assert_eq!(log.edge.frontier().head(), checkpoint.head());
        assert_eq!(log.edge.size(), size as u64);
    }
    assert_eq!(size, 1400);
}

fn load(log: &Log, head: TreeHead) -> Result<Edge, EdgeRefusal<&'static str>> {
    Edge::load(head, |path| log.files.get(&path.to_string()).cloned().ok_or("not there"))
}

#[test]
fn a_log_opens_again_from_its_files_and_grows_on() {
    let mut log = Log::new(ORIGIN, 1);
    for step in [1, 255, 1, 300, 211, 0] {
        let head = log.append(&entries(step)).head();
        assert_eq!(load(&log, head).unwrap(), log.edge, "{}", head.size);
    }
    assert_eq!(load(&log, TreeHead::EMPTY).unwrap(), Edge::new());
}

#[test]
fn what_a_crash_left_beyond_the_checkpoint_is_written_again() {
    let (mut log, checkpoint) = Log::with(300);
    let lost = log.edge.grow(&[b"never signed".to_vec()]).unwrap();
    for (path, bytes) in lost.files() {
        log.files.insert(path.to_string(), bytes.clone());
    }
    // Killed here: the files are there, the checkpoint is not.
    log.edge = load(&log, checkpoint.head()).unwrap();
    let next = log.append(&[b"other".to_vec()]);
    assert_eq!(load(&log, next.head()).unwrap(), log.edge);
    assert_eq!(next.head(), log.naive().head(301));
}

#[test]
fn changed_files_are_not_grown_from() {
    let (mut log, checkpoint) = Log::with(300);
    let intact = log.files.clone();
    for path in ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"] {
        log.files.remove(path).unwrap();
        assert!(matches!(load(&log, checkpoint.head()), Err(EdgeRefusal::Unreadable { .. })), "{path}");
        for change in [0, 5] {
            log.files = intact.clone();
            log.files.get_mut(path).unwrap()[change] ^= 1;
            assert!(load(&log, checkpoint.head()).is_err(), "{path}");
        }
        log.files = intact.clone();
        log.files.get_mut(path).unwrap().pop();
        assert!(load(&log, checkpoint.head()).is_err(), "{path}");
        log.files = intact.clone();
    }
    let wrong = TreeHead { root: Hash::leaf(b"x"), ..checkpoint.head() };
    assert_eq!(load(&log, wrong), Err(EdgeRefusal::WrongRoot { size: 300 }));
    let swapped = encode_bundle(&entries(44)).unwrap();
    log.files.insert("tile/entries/001.p/44".to_owned(), swapped);
    assert!(matches!(load(&log, checkpoint.head()), Err(EdgeRefusal::WrongEntries { .. })));
}

#[test]
fn an_entry_that_no_bundle_can_hold_is_refused() {
    let edge = Edge::new();
    let refused = edge.grow(&[vec![], vec![0; MAX_ENTRY + 1]]).unwrap_err();
    assert_eq!(refused, GrowthRefusal::EntryTooLong { number: 1, bytes: MAX_ENTRY + 1 });
    assert!(edge.grow(&[vec![0; MAX_ENTRY]]).is_ok());
}

#[test]
fn a_checkpoint_says_what_it_replaces() {
    let (log, checkpoint) = Log::with(3);
    let unpublished = log.edge.grow(&entries(2)).unwrap().durable().sign(&log.signer).unwrap();
    assert_eq!(unpublished.replaces(), checkpoint.head());
    let stored = unpublished.to_store();
    let (published, edge) = unpublished.stored();
    assert_eq!(published.to_string(), stored);
    assert_eq!(edge.head(), published.head());
    assert_eq!(published.head().size, 5);
}

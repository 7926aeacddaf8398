//! Tiles: their names, their bytes, and reading a tree out of them.

use std::collections::BTreeMap;

use counterseal_ledger::*;

use crate::common::*;

#[test]
fn paths_are_those_of_the_specification() {
    // tlog-tiles, "Merkle Tree": index 1234067 is x001/x234/067.
    let tile = Tile::of_tree(0, 1_234_067, 1_234_068 * 256).unwrap();
    assert_eq!(LogPath::Tile(tile).to_string(), "tile/0/x001/x234/067");
    for path in [
        "checkpoint",
        "tile/0/000",
        "tile/0/999.p/1",
        "tile/7/000.p/127",
        "tile/1/x001/000",
        "tile/0/x036/x028/x797/x018/x963/967",
        "tile/entries/000",
        "tile/entries/x001/x234/067.p/255",
    ] {
        assert_eq!(LogPath::parse(path).unwrap().to_string(), path);
    }
}

#[test]
fn other_paths_are_refused() {
    for path in [
        "",
        "Checkpoint",
        "/checkpoint",
        "checkpoint/",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile//000",
        "tile/00/000",
        "tile/01/000",
        "tile/8/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/1000",
        "tile/0/+01",
        "tile/0/x000/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/x001/x001",
        "tile/0/X001/001",
        "tile/0/001.p",
        "tile/0/001.p/",
        "tile/0/001.p/0",
        "tile/0/001.p/01",
        "tile/0/001.p/+1",
        "tile/0/001.p/256",
        "tile/0/001.p/1.p/1",
        "tile/0/001.p/1/",
        "tile/0/001 ",
        "tile/0/٠٠١",
        "tile/data/000",
        "tile/entries/",
        "tile/8/0/000",
        "tile/0/../000",
        // 2^55 tiles of level 0 are 2^63 leaves.
        "tile/0/x036/x028/x797/x018/x963/968",
        "tile/0/x999/x999/x999/x999/x999/x999/x999",
    ] {
        assert!(LogPath::parse(path).is_err(), "{path}");
    }
}

#[test]
fn a_log_of_70_000_entries_has_the_tiles_of_the_specification() {
    // tlog-tiles, "Partial Tiles".
    let tiles = Tile::right_edge(70_000);
    let shape: Vec<_> = tiles.iter().map(|tile| (tile.level(), tile.index(), tile.width())).collect();
    assert_eq!(shape, [(0, 273, 112), (1, 1, 17), (2, 0, 1)]);
    let shape = |size| Tile::right_edge(size).iter().map(|t| (t.level(), t.width())).collect::<Vec<_>>();
    assert_eq!(shape(256), [(1, 1)]);
    assert_eq!(shape(65_536), [(2, 1)]);
    assert_eq!(shape(0), []);
    assert_eq!(Tile::of_tree(0, 273, 70_000).unwrap().width(), 112);
    assert_eq!(Tile::of_tree(0, 272, 70_000).unwrap().width(), 256);
    assert_eq!(Tile::of_tree(0, 274, 70_000), None);
    assert_eq!(Tile::of_tree(3, 0, 70_000), None);
    assert_eq!(Tile::of_tree(8, 0, u64::MAX), None);
    assert_eq!(Tile::of_tree(0, u64::MAX, u64::MAX), None);
}

type Opened<F> = Result<TileReader<F>, TileRefusal<String>>;

fn open(log: &Log, head: TreeHead) -> Opened<impl FnMut(&Tile) -> Result<Vec<u8>, String>> {
    let files = log.files.clone();
    TileReader::open(head, move |tile| {
        let path = LogPath::Tile(*tile).to_string();
        files.get(&path).cloned().ok_or_else(|| format!("no {path}"))
    })
}

#[test]
fn proofs_out_of_tiles_are_those_of_the_naive_tree() {
    let mut log = Log::new(ORIGIN, 1);
    for (count, total) in [(1, 1), (254, 255), (1, 256), (1, 257), (255, 512), (700, 1212)] {
        let new: Vec<_> = entries(total).split_off((total - count) as usize);
        let head = log.append(&new).head();
        let mut naive = log.naive();
        assert_eq!(head, naive.head(total));
        let mut reader = open(&log, head).unwrap();
        for index in (0..total).step_by(37) {
            let proof = InclusionProof::make(index, total, &mut reader).unwrap();
            assert_eq!(proof, InclusionProof::make(index, total, &mut naive).unwrap());
            assert_eq!(reader.leaf(index).unwrap(), naive.0[index as usize]);
        }
        for old in (1..total).step_by(53) {
            let proof = ConsistencyProof::make(old, total, &mut reader).unwrap();
            assert_eq!(proof.verify(&naive.head(old), &head), Ok(()));
            assert_eq!(Frontier::read(old, &mut reader).unwrap().head(), naive.head(old));
        }
        let beyond = reader.leaf(total);
        assert!(matches!(beyond, Err(TileRefusal::NoSuchNode { .. })), "{beyond:?}");
        assert!(reader.node(1, total / 2).is_err() && reader.node(64, 0).is_err());
        assert!(reader.node(5, u64::MAX).is_err());
    }
}

#[test]
fn a_changed_tile_is_never_used() {
    let (mut log, checkpoint) = Log::with(1212);
    let intact = log.files.clone();
    let tiles: Vec<_> = intact.keys().filter(|path| path.starts_with("tile/")).cloned().collect();
    let mut refused = BTreeMap::new();
    for path in tiles.iter().filter(|path| !path.starts_with("tile/entries")) {
        let length = intact[path].len();
        for change in 0..3 {
            log.files = intact.clone();
            let bytes = log.files.get_mut(path).unwrap();
            match change {
                0 => bytes[length / 2] ^= 1,
                1 => bytes.truncate(length - 32),
                _ => bytes.push(0),
            }
            // Reading every leaf meets the change: on opening, or at the tile.
            let outcome = open(&log, checkpoint.head())
                .and_then(|mut reader| (0..1212).step_by(64).try_for_each(|n| reader.leaf(n).map(drop)));
            assert!(outcome.is_err(), "{path} changed by {change}");
            *refused.entry(outcome.unwrap_err().to_string()).or_insert(0) += 1;
        }
        log.files = intact.clone();
        log.files.remove(path);
        let outcome = open(&log, checkpoint.head())
            .and_then(|mut reader| (0..1212).step_by(64).try_for_each(|n| reader.leaf(n).map(drop)));
        assert!(matches!(outcome, Err(TileRefusal::Unreadable { .. })), "{path}");
    }
    assert!(refused.len() > 6, "{refused:?}");
}

#[test]
fn tiles_of_another_tree_are_refused() {
    let (log, checkpoint) = Log::with(300);
    let wrong = TreeHead { root: Hash::leaf(b"x"), ..checkpoint.head() };
    assert!(matches!(open(&log, wrong).err(), Some(TileRefusal::WrongRoot { size: 300 })));
    let wrong = TreeHead { size: 0, root: Hash::leaf(b"x") };
    assert!(matches!(open(&log, wrong).err(), Some(TileRefusal::WrongRoot { size: 0 })));
    assert!(open(&log, TreeHead::EMPTY).is_ok());
}

#[test]
fn bundles_hold_exactly_their_entries() {
    let list = [b"".to_vec(), b"a".to_vec(), vec![7; MAX_ENTRY]];
    let bytes = encode_bundle(&list).unwrap();
    assert_eq!(&bytes[..6], [0, 0, 0, 1, b'a', 0xff]);
    assert_eq!(decode_bundle(&bytes, 3).unwrap(), list);
    assert_eq!(decode_bundle(&bytes, 2), Err(BundleRefusal::Width { found: 3, expected: 2 }));
    assert_eq!(decode_bundle(&bytes, 4), Err(BundleRefusal::Width { found: 3, expected: 4 }));
    for cut in [1, 3, 4, 6, bytes.len() - 1] {
        assert!(decode_bundle(&bytes[..cut], 3).is_err(), "{cut}");
    }
    let more = [&bytes[..], &[0]].concat();
    assert_eq!(decode_bundle(&more, 3), Err(BundleRefusal::CutOff { entry: 3 }));
    let long = [vec![0; MAX_ENTRY + 1]];
    assert_eq!(encode_bundle(&long), Err(BundleRefusal::EntryTooLong { bytes: MAX_ENTRY + 1 }));
}

#[test]
fn tiles_made_again_from_the_leaves_are_the_logs_own() {
    // 70,000 leaves fill a tile of the second level, and leave three tiles unfinished.
    let (log, checkpoint) = Log::with(70_000);
    let mut maker = TileMaker::new();
    let mut made: Vec<(Tile, Vec<Hash>)> = Vec::new();
    for entry in &log.entries {
        made.extend(maker.push(Hash::leaf(entry)));
    }
    made.extend(maker.unfinished());
    assert_eq!(maker.head(), checkpoint.head());
    for (tile, row) in &made {
        let bytes: Vec<u8> = row.iter().flat_map(|hash| *hash.as_bytes()).collect();
        assert_eq!(log.files.get(&LogPath::Tile(*tile).to_string()), Some(&bytes), "{tile:?}");
    }
    let of_the_log = log.files.keys().filter(|path| path.starts_with("tile/") && !path.contains("entries"));
    assert_eq!(made.len(), of_the_log.count());
}

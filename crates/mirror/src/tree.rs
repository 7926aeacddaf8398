//! A log's leaves and tiles: read once, in order, and held against each other.

use std::collections::BTreeMap;

use counterseal_ledger::{Bundle, Hash, LogPath, Tile, TileMaker, TreeHead, decode_bundle};
use counterseal_register::{JournalLeaf, LogKind};

use crate::error::MirrorError;
use crate::files::{LogFiles, most_of, read_file};
use crate::finding::{Finding, FindingCode};

/// Bundles that are asked for at a time: a round trip to a satellite and back costs most of a second.
const AHEAD: u64 = 64;
/// Findings of one log after which nothing more is listed: it is another log altogether.
const ENOUGH: usize = 100;

/// What was read.
pub struct Tree {
    /// Size and root of what the leaves give.
    pub head: TreeHead,
    /// Tiles that were made again and compared.
    pub tiles: u64,
    /// The statement log's leaves; of the journal log nothing is kept.
    pub leaves: Vec<Vec<u8>>,
    /// The roots at the sizes that were asked for.
    pub roots: BTreeMap<u64, Hash>,
}

/// Reads all leaves that `head` covers and makes every tile again.
///
/// # Errors
/// When the files cannot be read, or what `progress` says: it hears of leaves done and leaves there are.
pub fn read_tree<E: From<MirrorError>>(
    log: LogKind,
    head: TreeHead,
    files: &mut dyn LogFiles<Error = E>,
    wanted: &[u64],
    progress: &mut dyn FnMut(LogKind, u64, u64) -> Result<(), E>,
    findings: &mut Vec<Finding>,
) -> Result<Tree, E> {
    let mut reading = Reading {
        log,
        size: head.size,
        maker: TileMaker::new(),
        tiles: 0,
        leaves: Vec::new(),
        roots: wanted.iter().filter(|size| **size == 0).map(|size| (*size, Hash::EMPTY_ROOT)).collect(),
        findings: Vec::new(),
    };
    let mut wanted: Vec<u64> = wanted.to_vec();
    wanted.sort_unstable();
    let bundles = head.size.div_ceil(256);
    let mut number = 0;
    while number < bundles && reading.findings.len() < ENOUGH {
        let to = (number + AHEAD).min(bundles);
        if !reading.read(files, number..to, &wanted)? {
            break; // what comes after a bundle that is not there has no place in the tree
        }
        number = to;
        progress(log, (number * 256).min(head.size), head.size)?;
    }
    for (tile, row) in reading.maker.unfinished() {
        reading.compare(files, tile, &row)?;
    }
    let made = reading.maker.head();
    if made != head {
        reading.findings.push(Finding::new(FindingCode::Root, log, head.size));
    }
    findings.append(&mut reading.findings);
    Ok(Tree { head: made, tiles: reading.tiles, leaves: reading.leaves, roots: reading.roots })
}

struct Reading {
    log: LogKind,
    size: u64,
    maker: TileMaker,
    tiles: u64,
    leaves: Vec<Vec<u8>>,
    roots: BTreeMap<u64, Hash>,
    findings: Vec<Finding>,
}

impl Reading {
    /// Some bundles and their tiles; whether all bundles were there.
    fn read<E: From<MirrorError>>(
        &mut self,
        files: &mut dyn LogFiles<Error = E>,
        numbers: std::ops::Range<u64>,
        wanted: &[u64],
    ) -> Result<bool, E> {
        let size = self.size;
        let bundles: Vec<Bundle> = numbers.clone().filter_map(|n| Bundle::of_tree(n, size)).collect();
        let paths: Vec<_> = bundles.iter().map(|bundle| LogPath::Entries(*bundle)).collect();
        let mut found = files.read(self.log, &paths)?;
        let mut tiles = match files.has_tiles() {
            true => {
                let tiles = numbers.filter_map(|n| Tile::of_tree(0, n, size)).map(LogPath::Tile);
                files.read(self.log, &tiles.collect::<Vec<_>>())?
            }
            false => Vec::new(),
        }
        .into_iter();
        for (bundle, path) in bundles.iter().zip(&paths) {
            let bytes = match found.drain(..1).next().flatten() {
                Some(bytes) => Some(bytes),
                None => read_file(files, self.log, *path)?,
            };
            let tile = tiles.next();
            let Some(bytes) = bytes else {
                self.findings.push(Finding::new(FindingCode::Missing, self.log, path));
                return Ok(false);
            };
            let entries = match decode_bundle(&bytes, bundle.width()) {
                Ok(entries) => entries,
                Err(error) => {
                    let finding = Finding::new(FindingCode::Malformed, self.log, path);
                    self.findings.push(finding.because(error));
                    return Ok(false);
                }
            };
            for entry in entries {
                self.leaf(files, entry, wanted, &tile)?;
            }
            if bundle.width() < 256
                && let (Some(tile), Some(read)) = (Tile::of_tree(0, bundle.index(), size), tile)
            {
                let rows = self.maker.unfinished();
                let row = rows.into_iter().find(|(made, _)| *made == tile).map(|(_, row)| row);
                self.compare_with(files, tile, &row.unwrap_or_default(), read)?;
            }
        }
        Ok(true)
    }

    fn leaf<E: From<MirrorError>>(
        &mut self,
        files: &mut dyn LogFiles<Error = E>,
        entry: &[u8],
        wanted: &[u64],
        read: &Option<Option<Vec<u8>>>,
    ) -> Result<(), E> {
        let index = self.maker.size();
        match self.log {
            LogKind::Statements => self.leaves.push(entry.to_vec()),
            LogKind::Journal => {
                if let Err(refusal) = JournalLeaf::parse(entry) {
                    let finding = Finding::new(FindingCode::Leaf, self.log, index);
                    self.findings.push(finding.because(refusal));
                }
            }
        }
        for (tile, row) in self.maker.push(Hash::leaf(entry)) {
            match read {
                Some(bytes) if tile.level() == 0 => self.compare_with(files, tile, &row, bytes.clone())?,
                _ => self.compare(files, tile, &row)?,
            }
        }
        if wanted.binary_search(&(index + 1)).is_ok() {
            self.roots.insert(index + 1, self.maker.head().root);
        }
        Ok(())
    }

    /// A tile that was made again, against the file; those of level 0 were read with their bundle.
    fn compare<E: From<MirrorError>>(
        &mut self,
        files: &mut dyn LogFiles<Error = E>,
        tile: Tile,
        row: &[Hash],
    ) -> Result<(), E> {
        if !files.has_tiles() || (tile.level() == 0 && tile.width() < 256) {
            return Ok(());
        }
        let read = read_file(files, self.log, LogPath::Tile(tile))?;
        self.compare_with(files, tile, row, read)
    }

    fn compare_with<E: From<MirrorError>>(
        &mut self,
        files: &mut dyn LogFiles<Error = E>,
        tile: Tile,
        row: &[Hash],
        read: Option<Vec<u8>>,
    ) -> Result<(), E> {
        let path = LogPath::Tile(tile);
        let read = match read {
            Some(read) => Some(read),
            None => read_file(files, self.log, path)?,
        };
        let Some(read) = read else {
            self.findings.push(Finding::new(FindingCode::Missing, self.log, path));
            return Ok(());
        };
        self.tiles += 1;
        let made = row.iter().flat_map(|hash| hash.as_bytes().iter());
        if read.len() != most_of(&path) || !made.eq(read.iter()) {
            self.findings.push(Finding::new(FindingCode::Tile, self.log, path));
        }
        Ok(())
    }
}

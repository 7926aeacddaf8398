//! The names of tiles and entry bundles (tlog-tiles, "Merkle Tree" and "Log entries").

use std::fmt;

use super::Hash;
use crate::text::{MAX_NUMBER, Malformed, parse_decimal};

/// How many hashes or entries a full tile or bundle holds.
pub const FULL_WIDTH: u16 = 256;

/// The highest level that a tree of fewer than 2^63 leaves reaches.
const MAX_LEVEL: u8 = 7;

/// A tile: `width` consecutive hashes, each over `256^level` leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

impl Tile {
    /// The tile at `level` and `index` of a tree of `size` leaves, full or partial, or `None` when
    /// that tree has none there.
    #[must_use]
    pub fn of_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = if level <= MAX_LEVEL { size >> (8 * u32::from(level)) } else { 0 };
        let width = hashes.checked_sub(index.checked_mul(u64::from(FULL_WIDTH))?)?;
        let width = u16::try_from(width).map_or(FULL_WIDTH, |width| width.min(FULL_WIDTH));
        (width > 0).then_some(Self { level, index, width })
    }

    /// The partial tiles on the right edge of a tree of `size` leaves, from the bottom up. Its root
    /// follows from them.
    #[must_use]
    pub fn right_edge(size: u64) -> Vec<Self> {
        let at = |level: u8| Self::of_tree(level, size >> (8 * u32::from(level)) >> 8, size);
        (0..=MAX_LEVEL).filter_map(at).collect()
    }

    /// The level; leaf hashes are at 0.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// The number of the tile in its level.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it holds, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Reads a tile's bytes: exactly its width of hashes.
    ///
    /// # Errors
    /// When there are more or fewer bytes.
    pub fn read(&self, bytes: &[u8]) -> Result<Vec<Hash>, Malformed> {
        let (hashes, rest) = bytes.as_chunks::<{ Hash::LEN }>();
        if !rest.is_empty() || hashes.len() != usize::from(self.width) {
            return Err(Malformed { what: "tile", why: "its length does not fit its width" });
        }
        Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
    }
}

/// An entry bundle: `width` consecutive entries, which stand in the tile of level 0 with the same
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bundle {
    index: u64,
    width: u16,
}

impl Bundle {
    /// The bundle at `index` of a log of `size` entries, full or partial, or `None` when it has none there.
    #[must_use]
    pub fn of_tree(index: u64, size: u64) -> Option<Self> {
        Tile::of_tree(0, index, size).map(|tile| Self { index: tile.index, width: tile.width })
    }

    /// The number of the bundle.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many entries it holds, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }
}

/// What a log serves, by its path below the log's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogPath {
    /// `checkpoint`: the newest one. The only thing that changes.
    Checkpoint,
    /// `tile/<L>/<N>[.p/<W>]`: hashes.
    Tile(Tile),
    /// `tile/entries/<N>[.p/<W>]`: entries.
    Entries(Bundle),
}

impl LogPath {
    /// Reads a path in its one form: no leading zeroes, no empty tiles, nothing before or after.
    ///
    /// # Errors
    /// When it names nothing that a log has.
    pub fn parse(path: &str) -> Result<Self, Malformed> {
        let wrong = |why| Malformed { what: "path of a log", why };
        let parsed = match path.strip_prefix("tile/").and_then(|rest| rest.split_once('/')) {
            None if path == "checkpoint" => Some(Self::Checkpoint),
            None => None,
            Some(("entries", rest)) => {
                parse_place(rest).map(|(index, width)| Self::Entries(Bundle { index, width }))
            }
            Some((level, rest)) => parse_decimal(level)
                .and_then(|level| u8::try_from(level).ok())
                .filter(|level| *level <= MAX_LEVEL)
                .zip(parse_place(rest))
                .map(|(level, (index, width))| Self::Tile(Tile { level, index, width })),
        };
        let parsed = parsed.ok_or_else(|| wrong("it is neither checkpoint, tile nor entries"))?;
        // Whatever is not written as we write it is another path.
        if parsed.to_string() == path { Ok(parsed) } else { Err(wrong("it is not in its one form")) }
    }
}

impl fmt::Display for LogPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => f.write_str("checkpoint"),
            Self::Tile(tile) => {
                write!(f, "tile/{}/", tile.level)?;
                write_place(f, tile.index, tile.width)
            }
            Self::Entries(bundle) => {
                f.write_str("tile/entries/")?;
                write_place(f, bundle.index, bundle.width)
            }
        }
    }
}

/// `<N>[.p/<W>]`: groups of three digits, all but the last begun with `x`.
fn write_place(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let (mut groups, mut rest) = (vec![index % 1000], index / 1000);
    while rest > 0 {
        groups.push(rest % 1000);
        rest /= 1000;
    }
    while let Some(group) = groups.pop() {
        if groups.is_empty() { write!(f, "{group:03}")? } else { write!(f, "x{group:03}/")? }
    }
    if width < FULL_WIDTH { write!(f, ".p/{width}") } else { Ok(()) }
}

/// The number and the width; what is not canonical is found by writing it again.
fn parse_place(text: &str) -> Option<(u64, u16)> {
    let (place, width) = match text.split_once(".p/") {
        Some((place, width)) => (place, parse_decimal(width).filter(|width| *width > 0)?),
        None => (text, u64::from(FULL_WIDTH)),
    };
    let mut index = 0_u64;
    for group in place.split('/') {
        let digits = group.strip_prefix('x').unwrap_or(group);
        let number = digits.parse::<u16>().ok().filter(|number| *number < 1000)?;
        index = index.checked_mul(1000)?.checked_add(u64::from(number))?;
    }
    // A tree has no more leaves than its size can say.
    (index <= MAX_NUMBER / u64::from(FULL_WIDTH)).then_some((index, u16::try_from(width).ok()?))
}

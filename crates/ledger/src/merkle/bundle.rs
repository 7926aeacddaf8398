//! Entry bundles (tlog-tiles, "Log entries"): u16 length, big-endian ‖ entry, again and again.

/// The most bytes that an entry can have.
pub const MAX_ENTRY: usize = u16::MAX as usize;

/// Why entries are not a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleRefusal {
    /// An entry longer than its length can say.
    #[error("an entry has {bytes} bytes; 65535 are the most")]
    EntryTooLong {
        /// Its length.
        bytes: usize,
    },
    /// The bytes end within an entry.
    #[error("the bundle is cut off in entry {entry}")]
    CutOff {
        /// Which, counted from 0.
        entry: usize,
    },
    /// More or fewer entries than the bundle is wide.
    #[error("the bundle holds {found} entries where {expected} were expected")]
    Width {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
}

/// The bytes of a bundle of these entries.
///
/// # Errors
/// When an entry is longer than 65535 bytes.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, BundleRefusal> {
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let too_long = |_| BundleRefusal::EntryTooLong { bytes: entry.len() };
        bytes.extend_from_slice(&u16::try_from(entry.len()).map_err(too_long)?.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle of `width`. They are shown to be the log's by their hashes in the tile of
/// level 0.
///
/// # Errors
/// When the bytes are cut off or hold another number of entries.
pub fn decode_bundle(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, BundleRefusal> {
    let (mut entries, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let cut_off = BundleRefusal::CutOff { entry: entries.len() };
        let (length, after) = rest.split_first_chunk().ok_or(cut_off)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, after) = after.split_at_checked(length).ok_or(cut_off)?;
        entries.push(entry);
        rest = after;
    }
    let expected = usize::from(width);
    match entries.len() {
        found if found != expected => Err(BundleRefusal::Width { found, expected }),
        _ => Ok(entries),
    }
}

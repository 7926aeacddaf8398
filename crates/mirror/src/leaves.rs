//! A log's new leaves, out of its files.

use std::ops::Range;

use counterseal_ledger::{Bundle, LogPath, decode_bundle};
use counterseal_register::{JournalLeaf, LogKind, sha256, statement_named_by};

use crate::error::MirrorError;
use crate::files::{LogFiles, read_file};

/// Bundles that are asked for at a time: a round trip to a satellite and back costs most of a second.
const AHEAD: u64 = 64;
/// Most leaves of the journal log that are read before a checkpoint is checked.
const MAX_LEAVES: u64 = 1 << 24;
/// Most bytes of statements likewise.
const MAX_STATEMENTS: usize = 256 << 20;

/// Statements and time marks at these indices; those that stand in the log by their id are fetched.
///
/// # Errors
/// When the files cannot be read, do not have them, or have more than can be held before it is checked.
pub fn read_statements<E: From<MirrorError>>(
    files: &mut dyn LogFiles<Error = E>,
    at: Range<u64>,
) -> Result<Vec<Vec<u8>>, E> {
    let (mut named, mut items, mut bytes) = (Vec::new(), Vec::new(), 0usize);
    read(files, LogKind::Statements, at, &mut |leaf| {
        bytes = bytes.saturating_add(leaf.len());
        if let Some(id) = statement_named_by(leaf) {
            named.push((items.len(), id));
        }
        items.push(leaf.to_vec());
        if bytes > MAX_STATEMENTS { Err(too_much(LogKind::Statements)) } else { Ok(()) }
    })?;
    for (slot, id) in named {
        let found = files.statement(id)?.filter(|bytes| sha256(&[bytes]) == *id.as_bytes());
        let missing = || MirrorError::Log(format!("statement {} is missing", id.short()));
        let found = found.ok_or_else(missing)?;
        bytes = bytes.saturating_add(found.len());
        if bytes > MAX_STATEMENTS {
            return Err(too_much(LogKind::Statements).into());
        }
        if let Some(item) = items.get_mut(slot) {
            *item = found;
        }
    }
    Ok(items)
}

/// Leaves of the journal log at these indices.
///
/// # Errors
/// As `read_statements`.
pub fn read_journal<E: From<MirrorError>>(
    files: &mut dyn LogFiles<Error = E>,
    at: Range<u64>,
) -> Result<Vec<[u8; JournalLeaf::LEN]>, E> {
    let log = LogKind::Journal;
    if at.end.saturating_sub(at.start) > MAX_LEAVES {
        return Err(too_much(log).into());
    }
    let mut leaves = Vec::new();
    read(files, log, at, &mut |leaf| {
        JournalLeaf::parse(leaf).map_err(|refusal| MirrorError::Log(refusal.to_string()))?;
        let wrong = |_| MirrorError::Log("a leaf of the journal log has another length".to_owned());
        leaves.push(leaf.try_into().map_err(wrong)?);
        Ok(())
    })?;
    Ok(leaves)
}

fn too_much(log: LogKind) -> MirrorError {
    MirrorError::Log(format!("the {} log shows more than can be held before it is checked", log.word()))
}

fn read<E: From<MirrorError>>(
    files: &mut dyn LogFiles<Error = E>,
    log: LogKind,
    at: Range<u64>,
    take: &mut dyn FnMut(&[u8]) -> Result<(), MirrorError>,
) -> Result<(), E> {
    let (mut number, end) = (at.start / 256, at.end.div_ceil(256));
    while number < end && at.start < at.end {
        let to = number.saturating_add(AHEAD).min(end);
        let bundles: Vec<Bundle> = (number..to).filter_map(|n| Bundle::of_tree(n, at.end)).collect();
        let paths: Vec<_> = bundles.iter().map(|bundle| LogPath::Entries(*bundle)).collect();
        let found = files.read(log, &paths)?;
        let mut found = found.into_iter();
        for (bundle, path) in bundles.iter().zip(&paths) {
            let bytes = match found.next().flatten() {
                Some(bytes) => Some(bytes),
                None => read_file(files, log, *path)?,
            };
            let missing = || MirrorError::Log(format!("{path} of the {} log is missing", log.word()));
            let bytes = bytes.ok_or_else(missing)?;
            let malformed = |error| MirrorError::Log(format!("{path} of the {} log: {error}", log.word()));
            let entries = decode_bundle(&bytes, bundle.width()).map_err(malformed)?;
            for (index, entry) in (bundle.index() * 256..).zip(entries) {
                if at.contains(&index) {
                    take(entry)?;
                }
            }
        }
        number = to;
    }
    Ok(())
}

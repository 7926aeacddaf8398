//! Backups, and making a store anew.

use std::path::Path;

use counterseal_serve::write_private;

use super::{OperationFailure, TrusteeKeys, at};
use crate::config::TrusteeConfig;
use crate::store::{Opened, Randomness, Store};

/// Copies the database into one new file, and the segments' keys into another, which replaces an earlier one. The
/// trustee must not run.
///
/// # Errors
/// When the store cannot be opened, or the files not written.
pub fn back_up(
    config: &TrusteeConfig,
    keys: &TrusteeKeys,
    to: &Path,
    segments: &Path,
    rng: Randomness,
) -> Result<(), OperationFailure> {
    let (mut store, _) = Store::open(&config.places(), keys.hands(rng))?;
    store.backup(to)?;
    Ok(store.backup_keys(segments)?)
}

/// Makes both places from a backup and its segments' keys. `head` is the largest counter of this trustee's release
/// log that desks show; without it the trustee releases nothing.
///
/// # Errors
/// When there is a store already, or the files do not open under this trustee's keys.
pub fn restore(
    config: &TrusteeConfig,
    keys: &TrusteeKeys,
    (backup, segments): (&Path, &Path),
    head: Option<u64>,
    rng: Randomness,
) -> Result<Opened, OperationFailure> {
    let opened = Store::restore(&config.places(), backup, segments, keys.hands(rng))?.1;
    keep_head(config, head)?;
    Ok(opened)
}

/// Makes the first place anew from the second.
///
/// # Errors
/// As [`restore`].
pub fn restore_first(
    config: &TrusteeConfig,
    keys: &TrusteeKeys,
    head: Option<u64>,
    rng: Randomness,
) -> Result<Opened, OperationFailure> {
    let opened = Store::restore_first(&config.places(), keys.hands(rng))?.1;
    keep_head(config, head)?;
    Ok(opened)
}

/// Makes the second place anew from the first. Nothing that was acknowledged is missing there, so nothing waits.
///
/// # Errors
/// As [`restore`].
pub fn renew_second(
    config: &TrusteeConfig,
    keys: &TrusteeKeys,
    rng: Randomness,
) -> Result<Opened, OperationFailure> {
    Ok(Store::renew_second(&config.places(), keys.hands(rng))?.1)
}

/// Keeps what others hold of the release log, for the trustee that runs next.
pub(crate) fn keep_head(config: &TrusteeConfig, head: Option<u64>) -> Result<(), OperationFailure> {
    let path = config.heads_seen();
    let Some(head) = head else { return Ok(()) };
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(&path)(error)),
        _ => {}
    }
    write_private(&path, head.to_string().as_bytes()).map_err(at(&path))
}

/// What was kept; none when nobody has said it.
pub(crate) fn head_seen(config: &TrusteeConfig) -> Option<u64> {
    std::fs::read_to_string(config.heads_seen()).ok()?.trim().parse().ok()
}

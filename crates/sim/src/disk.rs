//! A disk that fails and lies. The files are real; what is on the disk after a crash is put together from what
//! was flushed and what was being written.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use counterseal_node::{DiskStep, Faults};

use crate::rng::Choices;

/// The files of a folder.
pub(crate) type Image = BTreeMap<String, Vec<u8>>;

/// Bytes that a disk writes as a whole.
const SECTOR: usize = 512;

/// Reads a folder's files, but those that say nothing after a crash: locks, and shared memory.
///
/// # Errors
/// When they cannot be read.
pub(crate) fn read_image(folder: &Path) -> io::Result<Image> {
    let mut image = Image::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() && !name.ends_with("-shm") && !name.ends_with(".lock") {
            image.insert(name, std::fs::read(entry.path())?);
        }
    }
    Ok(image)
}

/// Puts files in the place of a folder's.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn write_image(folder: &Path, image: &Image) -> io::Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder)?;
    image.iter().try_for_each(|(name, bytes)| std::fs::write(folder.join(name), bytes))
}

/// What a crash leaves when it comes while `before` becomes `after`: of each file either, or some sectors of
/// both. What is put in place by its name is never half there. A write-ahead file is cut once what it held is flushed
/// into the database (SQLite, "Write-Ahead Logging", section 6): then all that is new is there.
pub(crate) fn torn(before: &Image, after: &Image, atomic: &[&str], rng: &mut Choices) -> Image {
    let mut image = Image::new();
    let is_cut = |(name, old): (&String, &Vec<u8>)| {
        name.ends_with("-wal") && after.get(name).is_none_or(|new| new.len() < old.len())
    };
    if let Some((name, log)) = before.iter().find(|one| is_cut(*one)) {
        if rng.percent(50) {
            return after.clone();
        }
        // The database is half written, and the write-ahead file still says how it goes on.
        let mut uncut = after.clone();
        uncut.insert(name.clone(), log.clone());
        return torn(before, &uncut, atomic, rng);
    }
    for name in before.keys().chain(after.keys()) {
        let (old, new) = (before.get(name), after.get(name));
        let left = match (old, new) {
            (Some(old), Some(new)) if old != new && !atomic.contains(&name.as_str()) => {
                Some(torn_file(old, new, rng))
            }
            _ if rng.percent(50) => old.cloned(),
            _ => new.cloned(),
        };
        if let Some(left) = left
            && !image.contains_key(name)
        {
            image.insert(name.clone(), left);
        }
    }
    image
}

fn torn_file(old: &[u8], new: &[u8], rng: &mut Choices) -> Vec<u8> {
    // A file is cut at once, or not.
    if new.len() < old.len() {
        return if rng.percent(50) { old.to_vec() } else { new.to_vec() };
    }
    let (shorter, longer) = (old.len(), new.len());
    let length = match rng.below(4) {
        0 => old.len(),
        1 => new.len(),
        _ => shorter + rng.index(longer - shorter + 1),
    };
    let mut left = vec![0; length];
    // Mostly a write goes from the front to the back; now and then sectors come in any order.
    let (any_order, upto) = (rng.percent(30), rng.index(length / SECTOR + 2));
    for (number, sector) in left.chunks_mut(SECTOR).enumerate() {
        let written = if any_order { rng.percent(50) } else { number < upto };
        let from = if written { new } else { old };
        let from = from.get(number * SECTOR..).unwrap_or_default();
        sector.iter_mut().zip(from).for_each(|(to, from)| *to = *from);
    }
    left
}

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The machine stops before the write.
    Before,
    /// The machine stops while it is written.
    During,
    /// The machine stops after the write; nobody hears that it succeeded.
    After,
    /// The write fails, for example because the disk is full; the machine goes on.
    Refused,
    /// The write is done and said to have failed; the machine goes on.
    SaidToFail,
    /// The machine stops, and what the disk said it had flushed is not all there.
    Lie,
}

impl Failure {
    /// All of them.
    pub(crate) const ALL: [Self; 6] =
        [Self::Before, Self::During, Self::After, Self::Refused, Self::SaidToFail, Self::Lie];

    /// Whether the machine stops.
    #[must_use]
    pub(crate) const fn stops(self) -> bool {
        !matches!(self, Self::Refused | Self::SaidToFail)
    }
}

struct Plan {
    failure: Failure,
    /// Writes until then.
    after: u64,
    rng: Choices,
    before: Option<Image>,
    /// What a lying disk has in truth.
    truth: Option<Image>,
}

#[derive(Default)]
struct State {
    plan: Option<Plan>,
    left: Option<Image>,
    failed: Option<Failure>,
}

/// A folder's disk.
pub(crate) struct Disk {
    folder: PathBuf,
    atomic: &'static [&'static str],
    state: Mutex<State>,
}

impl Disk {
    /// The disk under a folder. Files named in `atomic` change only by a rename.
    #[must_use]
    pub(crate) fn new(folder: &Path, atomic: &'static [&'static str]) -> Self {
        Self { folder: folder.to_owned(), atomic, state: Mutex::default() }
    }

    /// From now on the write after `after` more fails so.
    pub(crate) fn plan(&self, failure: Failure, after: u64, rng: Choices) {
        self.with(|state| state.plan = Some(Plan { failure, after, rng, before: None, truth: None }));
    }

    /// No failure is planned any more. Gives how it failed, if it did, and what the crash has left.
    pub(crate) fn settle(&self) -> (Option<Failure>, Option<Image>) {
        self.with(|state| {
            state.plan = None;
            (state.failed.take(), state.left.take())
        })
    }

    /// Before a durable write.
    ///
    /// # Errors
    /// When it fails.
    pub(crate) fn enter(&self) -> io::Result<()> {
        self.with(|state| {
            if state.failed.is_some_and(Failure::stops) {
                return Err(stopped());
            }
            let Some(plan) = &mut state.plan else { return Ok(()) };
            if plan.failure == Failure::Lie && plan.truth.is_none() {
                plan.truth = Some(read_image(&self.folder)?);
            }
            if plan.after > 0 {
                plan.after -= 1;
                return Ok(());
            }
            match plan.failure {
                Failure::Before => {
                    state.left = Some(read_image(&self.folder)?);
                    state.failed = Some(Failure::Before);
                    Err(stopped())
                }
                Failure::Refused => {
                    state.failed = Some(Failure::Refused);
                    state.plan = None;
                    Err(io::Error::from(io::ErrorKind::StorageFull))
                }
                _ => {
                    plan.before = Some(read_image(&self.folder)?);
                    Ok(())
                }
            }
        })
    }

    /// After a durable write.
    ///
    /// # Errors
    /// When it is said to have failed.
    pub(crate) fn leave(&self) -> io::Result<()> {
        self.with(|state| {
            if state.failed.is_some_and(Failure::stops) {
                return Err(stopped());
            }
            let Some(plan) = &mut state.plan else { return Ok(()) };
            let Some(before) = plan.before.take() else { return Ok(()) };
            let after = read_image(&self.folder)?;
            state.failed = Some(plan.failure);
            state.left = match plan.failure {
                Failure::During => Some(torn(&before, &after, self.atomic, &mut plan.rng)),
                Failure::Lie => {
                    let truth = plan.truth.take().unwrap_or(before);
                    Some(match plan.rng.percent(50) {
                        true => truth,
                        false => torn(&truth, &after, self.atomic, &mut plan.rng),
                    })
                }
                Failure::SaidToFail => None,
                _ => Some(after),
            };
            state.plan = None;
            Err(stopped())
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn stopped() -> io::Error {
    io::Error::other("the simulated machine has stopped")
}

impl Faults for Disk {
    fn enter(&self, _step: DiskStep) -> io::Result<()> {
        Disk::enter(self)
    }

    fn leave(&self, _step: DiskStep) -> io::Result<()> {
        Disk::leave(self)
    }
}

/// How a desk's disk is shared between the desk and whoever plans its failures.
pub(crate) struct SharedDisk(pub(crate) std::sync::Arc<Disk>);

impl Faults for SharedDisk {
    fn enter(&self, step: DiskStep) -> io::Result<()> {
        Faults::enter(&*self.0, step)
    }

    fn leave(&self, step: DiskStep) -> io::Result<()> {
        Faults::leave(&*self.0, step)
    }
}

#[cfg(test)]
mod tests {
    use counterseal_hub::{HubStore, SqliteStore, StoreReader};
    use counterseal_ledger::Tile;
    use counterseal_register::LogKind;

    use super::*;

    /// What was flushed into the write-ahead file before the crash is there after it, wherever the fold was cut off.
    /// (Seed 269 of the runs before the fold was a step of its own.)
    #[test]
    fn a_crash_while_the_write_ahead_file_is_folded_away_loses_nothing() {
        let (folder, tile) = (tempfile::tempdir().unwrap(), Tile::of_tree(0, 0, 61).unwrap());
        let (runs, left) = (folder.path().join("runs"), folder.path().join("left"));
        std::fs::create_dir(&runs).unwrap();
        let mut store = SqliteStore::open(&runs.join("hub.db"), None).unwrap();
        store.write_tiles(LogKind::Journal, &[(tile, vec![7; 61 * 32])]).unwrap();
        let before = read_image(&runs).unwrap();
        store.forget_erased().unwrap();
        let after = read_image(&runs).unwrap();
        assert!(
            before["hub.db-wal"].len() > after["hub.db-wal"].len() && before["hub.db"] != after["hub.db"]
        );
        let mut seen = std::collections::BTreeSet::new();
        for seed in 0..100 {
            let image = torn(&before, &after, &[], &mut Choices::of(seed, 0));
            write_image(&left, &image).unwrap();
            seen.insert(image);
            let reader = StoreReader::open(&left.join("hub.db")).unwrap();
            let found = reader.tile(LogKind::Journal, tile).unwrap();
            assert_eq!(found, Some(vec![7; 61 * 32]), "seed {seed}");
        }
        assert!(seen.len() > 10, "only {} states of the disk", seen.len());
    }
}

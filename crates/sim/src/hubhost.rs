//! The machine on which a hub runs: its store, its disk, what it was backed up to, and what is left of it when it
//! stops.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use counterseal_hub::{HubKeys, HubStore, Parts, SqliteStore, SteppedHub, StoreReader, take_missing};
use counterseal_ledger::{SignedCheckpoint, VerifiedCheckpoint};
use counterseal_register::LogKind;

use crate::disk::{Disk, Failure, Image, read_image, write_image};
use crate::fixture::{QUORUM, WITNESSES};
use crate::hubdisk::FailingStore;
use crate::mission::{SimError, clock_at};
use crate::plant::Plant;
use crate::rng::Choices;
use crate::witness::SimWitness;

/// A mirror of a log that somebody else keeps: its leaves, and the newest checkpoint that covers them.
#[derive(Clone, Default)]
struct Mirror {
    leaves: Vec<Vec<u8>>,
    newest: Option<Arc<VerifiedCheckpoint>>,
}

/// What a hub can be started with.
#[derive(Clone)]
pub(crate) struct Backup {
    pub(crate) image: Image,
    pub(crate) keys: Arc<HubKeys>,
    pub(crate) generation: u64,
}

/// A hub and its machine.
pub(crate) struct HubHost {
    folder: PathBuf,
    /// Restarts: each has a folder of its own, so that nothing of before is left open.
    life: u64,
    keys: Arc<HubKeys>,
    /// Which of the mission's hubs it is, from 1.
    pub(crate) generation: u64,
    pub(crate) hand: Arc<AtomicI64>,
    pub(crate) disk: Arc<Disk>,
    /// None while the machine is off.
    pub(crate) hub: Option<SteppedHub>,
    /// What is on its disk while it is off.
    off: Option<Image>,
    /// Copies of its store.
    pub(crate) backups: Vec<Image>,
    mirrors: [Mirror; 2],
    /// Whether it was put back and does not take anything in yet.
    pub(crate) restoring: bool,
    /// Whether it was ever put back or replaced: what desks gave it meanwhile it has as leaves alone.
    pub(crate) was_restored: bool,
    plant: Option<Plant>,
    /// With the bug that acknowledges early: the disk before the last session, and before the one before.
    early: [Option<Image>; 2],
}

impl HubHost {
    /// A hub on a disk that holds a backup.
    pub(crate) fn start(
        folder: &Path,
        backup: &Backup,
        hand: &Arc<AtomicI64>,
        plant: Option<Plant>,
    ) -> Result<Self, SimError> {
        let mut host = Self {
            folder: folder.to_owned(),
            life: 0,
            keys: Arc::clone(&backup.keys),
            generation: backup.generation,
            hand: Arc::clone(hand),
            disk: crate::fixture::disk(folder),
            hub: None,
            off: Some(backup.image.clone()),
            backups: Vec::new(),
            mirrors: Default::default(),
            restoring: false,
            was_restored: false,
            plant,
            early: [None, None],
        };
        host.power_on()?;
        Ok(host)
    }

    fn dir(&self) -> PathBuf {
        self.folder.join(format!("life-{}", self.life))
    }

    /// What is on its disk.
    pub(crate) fn image(&self) -> Result<Image, SimError> {
        match &self.off {
            Some(image) => Ok(image.clone()),
            None => Ok(read_image(&self.dir())?),
        }
    }

    /// The machine starts with what is on the disk. Nothing is done where it runs.
    pub(crate) fn power_on(&mut self) -> Result<(), SimError> {
        let Some(image) = self.off.take() else { return Ok(()) };
        let before = self.dir();
        self.life += 1;
        let dir = self.dir();
        write_image(&dir, &image)?;
        if before.exists() {
            std::fs::remove_dir_all(before)?;
        }
        self.disk = Arc::new(Disk::new(&dir, &[]));
        let file = dir.join("hub.db");
        let opened = SqliteStore::open(&file, None).map_err(|error| SimError::Hub(error.to_string()))?;
        let reader = StoreReader::open(&file).map_err(|error| SimError::Hub(error.to_string()))?;
        let store: Box<dyn HubStore> =
            Box::new(FailingStore::new(opened, Arc::clone(&self.disk), self.plant));
        let parts = Parts {
            store,
            reader,
            keys: Arc::clone(&self.keys),
            clock: clock_at(&self.hand),
            batch: Duration::ZERO,
            mark_every: Duration::from_secs(60),
            waiting: 1,
            closed: self.restoring.then_some("hub-restoring"),
        };
        self.hub = Some(SteppedHub::open(parts).map_err(|error| SimError::Hub(error.to_string()))?);
        Ok(())
    }

    /// The machine stops; `left` is what the disk has, if that is not what it seemed to have.
    pub(crate) fn power_off(&mut self, left: Option<Image>) -> Result<(), SimError> {
        if self.hub.is_none() {
            return Ok(());
        }
        let image = match left {
            Some(image) => image,
            None => read_image(&self.dir())?,
        };
        let image = match self.plant {
            Some(Plant::HubAcknowledgesEarly) => {
                let [_, early] = std::mem::take(&mut self.early);
                early.unwrap_or(image)
            }
            _ => image,
        };
        self.hub = None;
        self.off = Some(image);
        Ok(())
    }

    /// Looks whether the disk has stopped the machine. Gives how it failed.
    pub(crate) fn settle(&mut self) -> Result<Option<Failure>, SimError> {
        let (failed, left) = self.disk.settle();
        if failed.is_some_and(Failure::stops) {
            self.power_off(left)?;
        }
        Ok(failed)
    }

    /// A session begins: with the bug that acknowledges early, what it commits is on the disk only once the next
    /// one has begun.
    pub(crate) fn begin_session(&mut self) -> Result<(), SimError> {
        if self.plant == Some(Plant::HubAcknowledgesEarly) && self.is_on() {
            let [last, _] = std::mem::take(&mut self.early);
            self.early = [Some(self.image()?), last];
        }
        Ok(())
    }

    /// Whether it runs.
    pub(crate) const fn is_on(&self) -> bool {
        self.hub.is_some()
    }

    /// Somebody else copies the logs' files.
    fn mirror(&mut self) -> Result<(), SimError> {
        let Some(hub) = &self.hub else { return Ok(()) };
        for (kind, mirror) in LogKind::ALL.iter().zip(&mut self.mirrors) {
            let Some(newest) = hub.checkpoint(*kind) else { continue };
            let (have, size) = (mirror.leaves.len() as u64, newest.head().size);
            if size <= have {
                continue;
            }
            let most = usize::try_from(size - have).unwrap_or(usize::MAX);
            let leaves = hub.reader().log_leaves(*kind, have, most);
            mirror.leaves.extend(leaves.map_err(|error| SimError::Hub(error.to_string()))?);
            mirror.newest = Some(newest);
        }
        Ok(())
    }

    /// The hub's operator puts a backup in the place of the store.
    pub(crate) fn restore(&mut self, backup: Image) -> Result<(), SimError> {
        self.power_off(None)?;
        self.off = Some(backup);
        self.restoring = true;
        self.was_restored = true;
        self.fetch_missing()?;
        self.power_on()
    }

    /// Another hub, with the store of a standby, stands in the place of this one, whose disk is gone.
    pub(crate) fn replace(&mut self, image: Image, keys: HubKeys, generation: u64) -> Result<(), SimError> {
        self.power_off(None)?;
        self.off = Some(image);
        (self.keys, self.generation) = (Arc::new(keys), generation);
        self.backups.clear();
        (self.mirrors, self.early) = Default::default();
        (self.restoring, self.was_restored) = (false, true);
        self.power_on()
    }

    /// A copy of its store as it is now.
    pub(crate) fn backup(&self) -> Result<Backup, SimError> {
        Ok(Backup { image: self.image()?, keys: Arc::clone(&self.keys), generation: self.generation })
    }

    /// As `counterseal hub restore` does it: what the backup lacks comes from a mirror.
    fn fetch_missing(&mut self) -> Result<(), SimError> {
        let Some(image) = self.off.take() else { return Ok(()) };
        let dir = self.folder.join("restoring");
        write_image(&dir, &image)?;
        let file = dir.join("hub.db");
        let failed = |error: &dyn std::fmt::Display| SimError::Hub(error.to_string());
        {
            let mut store = SqliteStore::open(&file, None).map_err(|error| failed(&error))?;
            let reader = StoreReader::open(&file).map_err(|error| failed(&error))?;
            for (kind, mirror) in LogKind::ALL.iter().zip(&self.mirrors) {
                let have = reader.size(*kind).map_err(|error| failed(&error))?;
                let Some(newest) = mirror.newest.as_ref().filter(|newest| newest.head().size > have) else {
                    continue;
                };
                let have = usize::try_from(have).unwrap_or(usize::MAX);
                let leaves = mirror.leaves.get(have..).unwrap_or_default().to_vec();
                let clock = clock_at(&self.hand);
                take_missing(&mut store, &reader, *kind, leaves, newest, clock.as_ref())
                    .map_err(|error| failed(&error))?;
            }
        }
        self.off = Some(read_image(&dir)?);
        std::fs::remove_dir_all(dir)?;
        Ok(())
    }

    /// A hub that was put back takes pushes in again once it has all that a quorum can have cosigned.
    pub(crate) fn open_if_current(&mut self, witnesses: &[SimWitness]) -> Result<(), SimError> {
        let Some(hub) = self.hub.as_mut().filter(|_| self.restoring) else { return Ok(()) };
        let mut answers = 0;
        for witness in witnesses.iter().filter(|witness| witness.reachable && !witness.corrupt) {
            answers += 1;
            for kind in LogKind::ALL {
                let Some(last) = witness.last(hub.log_key(*kind).name()) else { continue };
                if !hub.has(*kind, last.head()).map_err(SimError::Hub)? {
                    return Ok(());
                }
            }
        }
        if answers > usize::from(WITNESSES) - QUORUM {
            hub.close(None);
            self.restoring = false;
        }
        Ok(())
    }

    /// Signs what is new, has it cosigned, marks the time, and has the mark cosigned. Every note that a quorum
    /// cosigned is given to `seen`.
    pub(crate) fn tick(
        &mut self,
        witnesses: &[SimWitness],
        now: u64,
        rng: &mut Choices,
        seen: &mut dyn FnMut(LogKind, &VerifiedCheckpoint),
    ) -> Result<(), SimError> {
        for round in 0..2 {
            let Some(hub) = &mut self.hub else { return Ok(()) };
            // What fails here is due again.
            let _failed = hub.sign();
            self.mirror()?;
            let Some(hub) = &mut self.hub else { return Ok(()) };
            for kind in LogKind::ALL {
                cosign(hub, *kind, witnesses, now, rng, seen)?;
            }
            if round == 0 {
                hub.mark();
            }
            self.settle()?;
        }
        Ok(())
    }
}

fn cosign(
    hub: &mut SteppedHub,
    kind: LogKind,
    witnesses: &[SimWitness],
    now: u64,
    rng: &mut Choices,
    seen: &mut dyn FnMut(LogKind, &VerifiedCheckpoint),
) -> Result<(), SimError> {
    let Some(newest) = hub.checkpoint(kind) else { return Ok(()) };
    let size = newest.head().size;
    let shown = hub.view().log(kind).cosigned.as_ref().map_or(0, |(size, _)| *size);
    if shown >= size {
        return Ok(());
    }
    let key = hub.log_key(kind);
    let mut note: SignedCheckpoint = newest.signed().clone();
    let mut count = 0;
    for witness in witnesses {
        // Some witnesses' clocks are a little off.
        let now = now.saturating_sub(rng.below(3));
        let known =
            if witness.corrupt { 0 } else { witness.last(key.name()).map_or(0, |last| last.head().size) };
        let Some(request) = hub.request(kind, known).map_err(SimError::Hub)? else { continue };
        let decided = witness.decide(&key, request);
        if let Some(lines) = decided.and_then(|pending| witness.commit(pending, now)) {
            note.add(lines).map_err(SimError::malformed)?;
            count += 1;
        }
    }
    if count >= QUORUM {
        seen(kind, &newest);
        // What fails here is asked for again.
        let _failed = hub.cosigned(kind, size, note.to_string());
    }
    Ok(())
}

//! The computer that a desk is on: its disk, its clock, what was copied from it, and what its person has done.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_model::{EntryId, PersonId, StatementId};
use counterseal_node::{Desk, NodeError, Randomness};
use counterseal_register::sha256;
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;

use crate::disk::{Disk, Failure, Image, SharedDisk, read_image, write_image};
use crate::fixture::secrets;
use crate::mission::{SimError, clock_at};
use crate::world::Written;

/// A desk and its computer.
pub(crate) struct Station {
    pub(crate) number: u64,
    pub(crate) person: PersonId,
    dir: PathBuf,
    hand: Arc<AtomicI64>,
    /// Seconds by which its clock is wrong.
    pub(crate) skew: i64,
    pub(crate) disk: Arc<Disk>,
    pub(crate) desk: Option<Desk>,
    seed: u64,
    opened: u64,
    pub(crate) copies: Vec<(Image, u64)>,
    /// Whether its disk has lied and nothing can be opened any more.
    pub(crate) lost: bool,
    /// Entries that it wrote and that were durable, by its word.
    pub(crate) wrote: BTreeMap<EntryId, Written>,
    /// Statements that it said and that were durable, by its word; false once its person dropped it.
    pub(crate) said: BTreeMap<StatementId, bool>,
    /// Persons that it knows to be revoked.
    pub(crate) revoked: BTreeSet<PersonId>,
}

impl Station {
    /// A computer whose disk holds `image`. The desk is not open yet.
    pub(crate) fn new(
        folder: &Path,
        number: u64,
        person: PersonId,
        image: &Image,
        seed: u64,
    ) -> Result<Self, SimError> {
        let dir = folder.join(format!("desk-{number}"));
        write_image(&dir, image)?;
        Ok(Self {
            number,
            person,
            disk: crate::fixture::disk(&dir),
            dir,
            hand: Arc::new(AtomicI64::new(0)),
            skew: 0,
            desk: None,
            seed,
            opened: 0,
            copies: Vec::new(),
            lost: false,
            wrote: BTreeMap::new(),
            said: BTreeMap::new(),
            revoked: BTreeSet::new(),
        })
    }

    /// Its clock, when it is truly `now`.
    pub(crate) fn set_clock(&self, now: i64) {
        self.hand.store(now.saturating_add(self.skew), Ordering::Relaxed);
    }

    fn randomness(&mut self) -> Randomness {
        self.opened += 1;
        let place = [self.seed.to_be_bytes(), self.number.to_be_bytes(), self.opened.to_be_bytes()].concat();
        Box::new(ChaCha20Rng::from_seed(sha256(&[&place])))
    }

    /// Unlocks the desk, if it is locked.
    pub(crate) fn unlock(&mut self) -> Result<(), NodeError> {
        if self.desk.is_some() || self.lost {
            return Ok(());
        }
        let rng = self.randomness();
        let disk = Arc::new(SharedDisk(Arc::clone(&self.disk)));
        let secrets = secrets(self.number).map_err(|_| NodeError::NoMission)?;
        self.desk = Some(Desk::open_bare(&self.dir, secrets, clock_at(&self.hand), rng, disk)?);
        Ok(())
    }

    /// Opens what a thief has copied, in a folder of the thief's.
    pub(crate) fn steal(&mut self, folder: &Path, image: &Image) -> Result<Desk, SimError> {
        write_image(folder, image)?;
        let rng = self.randomness();
        let disk = Arc::new(SharedDisk(crate::fixture::disk(folder)));
        Ok(Desk::open_bare(folder, secrets(self.number)?, clock_at(&self.hand), rng, disk)?)
    }

    /// Looks whether the disk failed. Where the machine stopped, the desk is gone from memory and the disk holds
    /// what the crash left.
    pub(crate) fn settle(&mut self) -> Result<Option<Failure>, SimError> {
        let (failed, left) = self.disk.settle();
        if failed.is_some() {
            self.desk = None;
        }
        if let Some(left) = left {
            write_image(&self.dir, &left)?;
        }
        Ok(failed)
    }

    /// The machine stops at once, between two writes.
    pub(crate) fn stop(&mut self) -> Result<(), SimError> {
        let image = read_image(&self.dir)?;
        self.desk = None;
        Ok(write_image(&self.dir, &image)?)
    }

    /// What is on its disk.
    pub(crate) fn image(&self) -> Result<Image, SimError> {
        Ok(read_image(&self.dir)?)
    }

    /// Puts an older copy of the home in place.
    pub(crate) fn put_back(&mut self, image: &Image) -> Result<(), SimError> {
        self.desk = None;
        Ok(write_image(&self.dir, image)?)
    }

    /// Every entry that the desk has and gives to others, with its place in the log.
    pub(crate) fn inventory(&self) -> Result<BTreeMap<EntryId, Option<u64>>, SimError> {
        let Some(desk) = &self.desk else { return Ok(BTreeMap::new()) };
        let mut entries = BTreeMap::new();
        for no in desk.entries_beyond(&[], None)? {
            let given = desk.entry(no)?;
            entries.insert(given.entry.id(), given.leaf);
        }
        Ok(entries)
    }

    /// Whether the desk keeps an entry, be it apart: of an epoch that the log never took.
    pub(crate) fn keeps(&self, id: EntryId) -> bool {
        let Some(desk) = &self.desk else { return false };
        (1..).map_while(|no| desk.entry(no).ok()).any(|given| given.entry.id() == id)
    }

    /// Whether the desk shows a version.
    pub(crate) fn shows(&self, written: &Written) -> bool {
        let history = self.desk.as_ref().and_then(|desk| desk.history(written.record).ok());
        history.is_some_and(|history| history.iter().any(|one| one.version == written.version))
    }

    /// Notes the statements that wait for the log: they are durable.
    pub(crate) fn note_said(&mut self) -> Result<(), SimError> {
        let Some(desk) = &self.desk else { return Ok(()) };
        for statement in desk.waiting_statements()? {
            let id = StatementId::from_bytes(sha256(&[&statement]));
            self.said.entry(id).or_insert(true);
        }
        Ok(())
    }
}

//! Everything that a run is about, and what is known of it that must stay true.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_ledger::{Pending, VerifierKey};
use counterseal_model::{
    CompartmentId, DeviceId, EntryId, EpochId, PersonId, RecordId, StatementId, Timestamp, VersionId,
};
use counterseal_register::{DeviceStatus, LogKind, sha256};
use counterseal_sync::{Acceptance, Pushed};
use tempfile::TempDir;

use crate::fixture::{Fixture, NOON, WITNESSES, fixture, folder};
use crate::hubhost::HubHost;
use crate::mission::SimError;
use crate::plant::Plant;
use crate::rng::Choices;
use crate::station::Station;
use crate::witness::{SimWitness, witnesses};

/// What must not have happened, in words.
#[derive(Debug)]
pub(crate) struct Violation(pub(crate) String);

/// Why a step did not end well.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// A promise is broken.
    Broken(Violation),
    /// The simulation itself cannot go on.
    Sim(SimError),
}

impl From<SimError> for Trouble {
    fn from(error: SimError) -> Self {
        Self::Sim(error)
    }
}

impl From<counterseal_node::NodeError> for Trouble {
    fn from(error: counterseal_node::NodeError) -> Self {
        Self::Sim(error.into())
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::Sim(error.into())
    }
}

/// A broken promise.
pub(crate) fn broken<T>(words: impl Into<String>) -> Result<T, Trouble> {
    Err(Trouble::Broken(Violation(words.into())))
}

/// What has been promised.
#[derive(Default)]
pub(crate) struct Promised {
    /// What the hub acknowledged, with its place.
    pub(crate) entries: BTreeMap<EntryId, u64>,
    pub(crate) statements: BTreeMap<StatementId, u64>,
    /// What was durable on the desk that wrote it.
    pub(crate) written: BTreeMap<EntryId, Written>,
    /// The root of each generation's logs at each size that anyone believed or a quorum cosigned.
    pub(crate) roots: BTreeMap<(u64, LogKind, u64), [u8; 32]>,
    /// The register of whoever follows the statement log so far and waits for nothing.
    pub(crate) registers: BTreeMap<(u64, u64), [u8; 32]>,
    /// How far each witness has cosigned each log.
    pub(crate) witnessed: BTreeMap<(usize, u64, LogKind), u64>,
    /// Devices whose revocation is cosigned.
    pub(crate) gone: BTreeSet<DeviceId>,
}

/// Something that was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Written {
    pub(crate) compartment: CompartmentId,
    pub(crate) record: RecordId,
    /// The version; an author's desk may seal it once more, when the log did not take the epoch it was under.
    pub(crate) version: VersionId,
    /// Under which epoch.
    pub(crate) epoch: EpochId,
    /// Who wrote it.
    pub(crate) author: DeviceId,
}

/// Whoever waits to join.
pub(crate) struct Joiner {
    pub(crate) number: u64,
    pub(crate) person: PersonId,
}

/// A run's world.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) plant: Option<Plant>,
    pub(crate) fixture: &'static Fixture,
    folder: TempDir,
    /// The true time.
    pub(crate) now: i64,
    hub_hand: Arc<AtomicI64>,
    pub(crate) hub_skew: i64,
    pub(crate) stations: Vec<Station>,
    pub(crate) joiners: Vec<Joiner>,
    pub(crate) next: u64,
    pub(crate) host: HubHost,
    /// The governors' statements that put another hub in the place of one, in order.
    pub(crate) successions: Vec<Vec<u8>>,
    /// The other face of a hub that shows two.
    pub(crate) face: Option<HubHost>,
    pub(crate) witnesses: Vec<SimWitness>,
    /// What a slow witness has decided on and not stored yet.
    pub(crate) slow: Vec<(usize, VerifierKey, Pending)>,
    /// Whether each desk can reach the hub.
    pub(crate) roads: Vec<bool>,
    pub(crate) sticks: Vec<PathBuf>,
    pub(crate) records: Vec<RecordId>,
    /// What thieves wrote after everyone could know that the device was revoked.
    pub(crate) stolen: Vec<RecordId>,
    pub(crate) promised: Promised,
    /// Whether the hub ever lied in this run.
    pub(crate) lied: bool,
    /// The desk whose disk is about to fail.
    pub(crate) failing: Option<usize>,
    /// Rounds in the quiet at the end.
    pub(crate) quiet_rounds: u64,
    /// A running hash over all that happened.
    pub(crate) hash: [u8; 32],
    pub(crate) lines: Vec<String>,
}

impl World {
    /// The world at the start of a run.
    pub(crate) fn new(seed: u64, plant: Option<Plant>) -> Result<Self, SimError> {
        let fixture = fixture(plant == Some(Plant::JoinerGetsEarlierSecret))?;
        let folder = folder()?;
        let hub_hand = Arc::new(AtomicI64::new(NOON));
        let mut stations = Vec::new();
        for (number, (image, person)) in (0..).zip(&fixture.desks) {
            stations.push(Station::new(folder.path(), number, *person, image, seed)?);
        }
        let place = folder.path().join("hub");
        let host = HubHost::start(&place, &fixture.backup(), &hub_hand, plant)?;
        let mut witnesses = witnesses(WITNESSES)?;
        for witness in &mut witnesses {
            witness.careless = plant == Some(Plant::WitnessDoesNotCompare);
        }
        let mut world = Self {
            seed,
            plant,
            fixture,
            folder,
            now: NOON,
            hub_hand,
            hub_skew: 0,
            roads: vec![true; stations.len()],
            next: stations.len() as u64,
            stations,
            joiners: Vec::new(),
            host,
            successions: Vec::new(),
            face: None,
            witnesses,
            slow: Vec::new(),
            sticks: Vec::new(),
            records: Vec::new(),
            stolen: Vec::new(),
            promised: Promised::default(),
            lied: false,
            failing: None,
            quiet_rounds: 0,
            hash: [0; 32],
            lines: Vec::new(),
        };
        world.pass(1);
        world.tick(&mut Choices::of(seed, u64::MAX)).map_err(|trouble| match trouble {
            Trouble::Sim(error) => error,
            Trouble::Broken(violation) => SimError::Hub(violation.0),
        })?;
        Ok(world)
    }

    /// A place for files of the run.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Notes what happened.
    pub(crate) fn note(&mut self, line: String) {
        self.hash = sha256(&[&self.hash, line.as_bytes()]);
        self.lines.push(line);
    }

    /// Time passes, on every clock.
    pub(crate) fn pass(&mut self, seconds: i64) {
        self.now += seconds;
        self.hub_hand.store(self.hub_time().0, Ordering::Relaxed);
        for station in &self.stations {
            station.set_clock(self.now);
        }
    }

    /// What the hub's clock says.
    pub(crate) fn hub_time(&self) -> Timestamp {
        Timestamp(self.now.saturating_add(self.hub_skew))
    }

    /// A desk that is unlocked and can reach nothing but its own disk.
    pub(crate) fn station(&mut self, at: usize) -> Result<&mut Station, Trouble> {
        let now = self.now;
        let station = self.stations.get_mut(at).ok_or(SimError::Key)?;
        station.set_clock(now);
        if let Err(error) = station.unlock() {
            return broken(format!("desk {at} cannot be unlocked: {error}"));
        }
        Ok(station)
    }

    /// The desks whose disks can still be read.
    pub(crate) fn alive(&self) -> Vec<usize> {
        let alive = self.stations.iter().enumerate().filter(|(_, station)| !station.lost);
        alive.map(|(at, _)| at).collect()
    }

    /// The hub signs, the witnesses cosign, the time is marked.
    pub(crate) fn tick(&mut self, rng: &mut Choices) -> Result<(), Trouble> {
        let now = u64::try_from(self.now).unwrap_or(1);
        let mut cosigned = Vec::new();
        let mut seen = |kind: LogKind, note: &counterseal_ledger::VerifiedCheckpoint| {
            let head = note.head();
            cosigned.push((kind, head.size, *head.root.as_bytes()));
        };
        self.host.tick(&self.witnesses, now, rng, &mut seen)?;
        for (kind, size, root) in cosigned {
            self.believed((self.host.generation, kind, size), root, "a quorum")?;
        }
        if let Some(hub) = &self.host.hub {
            let view = hub.view();
            let whole =
                view.statements.cosigned.as_ref().is_some_and(|(size, _)| *size == view.statements.size);
            if whole {
                let now = view.now(self.hub_time());
                let devices = view.register.people().flat_map(|person| view.register.devices_of(person, now));
                let gone = devices.filter(|one| matches!(one.status, DeviceStatus::Revoked { .. }));
                self.promised.gone.extend(gone.map(|one| one.id));
            }
        }
        Ok(())
    }

    /// Someone believes in a root of a log: nobody believed in another one of that size.
    pub(crate) fn believed(
        &mut self,
        (generation, kind, size): (u64, LogKind, u64),
        root: [u8; 32],
        who: &str,
    ) -> Result<(), Trouble> {
        let known = self.promised.roots.entry((generation, kind, size)).or_insert(root);
        match *known == root {
            true => Ok(()),
            false => broken(format!("{who} believes in another {} log of {size} leaves", kind.word())),
        }
    }

    /// The hub has acknowledged these.
    pub(crate) fn acknowledged(&mut self, accepted: &[Acceptance]) -> Result<(), Trouble> {
        for one in accepted {
            let before = match &one.what {
                Pushed::Entry(id) => self.promised.entries.insert(*id, one.index),
                Pushed::Statement(id) => self.promised.statements.insert(*id, one.index),
            };
            if before.is_some_and(|before| before != one.index) {
                return broken(format!("{:?} was acknowledged at two places", one.what));
            }
        }
        Ok(())
    }
}

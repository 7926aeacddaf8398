//! Desks, their hub and the witnesses, and a session between two of them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use counterseal_ledger::Malformed;
use counterseal_model::{Clock, CompartmentId, PersonId, Timestamp};
use counterseal_node::{
    Desk, Founding, GovernorFile, Home, Invited, NodeError, Randomness, SyncOptions, SyncReport,
};
use counterseal_register::{EntryRefusal, HistoryRule, Refusal, SetWitnesses};
use counterseal_seal::Passphrase;
use counterseal_sync::{SessionRefusal, SupplyRefusal};
use rand::SeedableRng;
use rand_chacha::ChaCha20Rng;
use tempfile::TempDir;

use crate::hub::SimHub;
use crate::witness::{SimWitness, witnesses};

/// Why a simulated mission could not go on.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// A desk refuses.
    #[error(transparent)]
    Node(Box<NodeError>),
    /// A register refuses.
    #[error(transparent)]
    Register(#[from] Refusal),
    /// An entry is none.
    #[error(transparent)]
    Entry(#[from] EntryRefusal),
    /// A session refuses what the desk sent.
    #[error(transparent)]
    Session(#[from] SessionRefusal),
    /// A session refuses what the hub supplies.
    #[error(transparent)]
    Supply(#[from] SupplyRefusal),
    /// Something that a name or a note must not be.
    #[error(transparent)]
    Malformed(Malformed),
    /// The library refuses, or the simulation asks for what is not there.
    #[error("the simulation asked for something that is not there")]
    Key,
    /// A session in which neither side has anything more to say, and that is not over.
    #[error("neither side says anything more, and the session is not over")]
    Stuck,
    /// The hub's machine.
    #[error("the hub fails: {0}")]
    Hub(String),
    /// A folder.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl SimError {
    pub(crate) fn malformed(malformed: Malformed) -> Self {
        Self::Malformed(malformed)
    }
}

impl From<NodeError> for SimError {
    fn from(error: NodeError) -> Self {
        Self::Node(Box::new(error))
    }
}

/// A clock that stands where it is put.
struct SetClock(Arc<AtomicI64>);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// A clock that shows what is in `hand`.
#[must_use]
pub fn clock_at(hand: &Arc<AtomicI64>) -> Arc<dyn Clock + Send + Sync> {
    Arc::new(SetClock(Arc::clone(hand)))
}

/// 8 January 2024, noon.
const NOON: i64 = 1_704_715_200;

/// A mission: its folder, its hub, its witnesses, and who founded it.
pub struct SimMission {
    folder: TempDir,
    /// What every desk's clock says.
    pub hand: Arc<AtomicI64>,
    /// The founder's desk.
    pub founder: Desk,
    /// The governor, who signs for hub and witnesses.
    pub governor: GovernorFile,
    /// The hub.
    pub hub: SimHub,
    /// The witnesses.
    pub witnesses: Vec<SimWitness>,
    /// How many of them must cosign.
    pub quorum: usize,
    /// The compartment to work in.
    pub compartment: CompartmentId,
    seed: u64,
}

fn rng(seed: u64) -> Randomness {
    Box::new(ChaCha20Rng::seed_from_u64(seed))
}

fn passphrase() -> Result<Passphrase, SimError> {
    Passphrase::new("seven wells and a goat").map_err(|_| SimError::Key)
}

impl SimMission {
    /// Founds a mission with a hub and four witnesses, three of whom must cosign.
    ///
    /// # Errors
    /// When anything refuses.
    pub fn found(seed: u64) -> Result<Self, SimError> {
        let folder = TempDir::new()?;
        let hand = Arc::new(AtomicI64::new(NOON));
        let founding = Founding {
            mission_name: "Mission of the Blue Heron".into(),
            person_name: "Officer Quillfeather".into(),
            compartment_name: "incidents".into(),
            history: HistoryRule::Full,
            threshold: 1,
            waiting_days: 7,
            synthetic: true,
            until: None,
        };
        let governor = GovernorFile::make(&mut rng(seed + 1_000_000), &passphrase()?)?;
        let home = home(folder.path(), "founder")?;
        let governors = std::slice::from_ref(&governor);
        let mut founder =
            Desk::found(&home, &founding, governors, &passphrase()?, clock_at(&hand), rng(seed))?;
        let witnesses = witnesses(4)?;
        let named: Option<Vec<_>> = witnesses.iter().map(SimWitness::named).collect();
        let rule = SetWitnesses {
            witnesses: named.ok_or(SimError::Key)?,
            trustees: 0,
            independents: 3,
            faults: 1,
            weak: false,
            extra: Default::default(),
        };
        let named = SimHub::named(founder.mission(), 1)?;
        founder.name_hub(named, rule, &[&governor.secrets])?;
        let mut hub = SimHub::new(founder.statements()?, Timestamp(NOON))?;
        hub.tick(&witnesses, 3)?;
        let compartment = founder.default_compartment()?;
        Ok(Self { folder, hand, founder, governor, hub, witnesses, quorum: 3, compartment, seed })
    }

    /// A further person with a desk, enrolled and admitted, who has synced.
    ///
    /// # Errors
    /// When anything refuses.
    pub fn join(&mut self, name: &str) -> Result<(Desk, PersonId), SimError> {
        self.seed += 10;
        let home = home(self.folder.path(), name)?;
        let invited = Invited::NewPerson { name: name.to_owned(), until: None };
        let asked = self.founder.invite_at_hand(&home, invited, &passphrase()?, &mut rng(self.seed))?;
        let (waiting, person) = (asked.place, asked.person);
        self.founder.admit(self.compartment, person)?;
        self.sync_founder()?;
        self.tick()?;
        self.sync_founder()?;
        let statements = self.founder.statements_file()?;
        let clock = clock_at(&self.hand);
        let mut desk = Desk::join(&home, &waiting, &statements, &passphrase()?, clock, rng(self.seed + 1))?;
        self.sync(&mut desk)?;
        Ok((desk, person))
    }

    /// Time passes, for everyone.
    pub fn pass(&mut self, seconds: i64) {
        self.hub.now.0 = self.hand.fetch_add(seconds, Ordering::Relaxed) + seconds;
    }

    /// The hub has its logs cosigned.
    ///
    /// # Errors
    /// When a note cannot be made.
    pub fn tick(&mut self) -> Result<(), SimError> {
        self.hub.tick(&self.witnesses, self.quorum)
    }

    /// One session of a desk with the hub.
    ///
    /// # Errors
    /// When either side refuses.
    pub fn sync(&mut self, desk: &mut Desk) -> Result<SyncReport, SimError> {
        sync(desk, &mut self.hub)
    }

    /// One session of the founder's desk.
    ///
    /// # Errors
    /// When either side refuses.
    pub fn sync_founder(&mut self) -> Result<SyncReport, SimError> {
        sync(&mut self.founder, &mut self.hub)
    }
}

fn home(folder: &Path, name: &str) -> Result<Home, SimError> {
    Home::open(&folder.join(name.replace(' ', "-"))).map_err(|e| SimError::from(NodeError::from(e)))
}

/// One whole session between a desk and a hub.
///
/// # Errors
/// When either side refuses.
pub fn sync(desk: &mut Desk, hub: &mut SimHub) -> Result<SyncReport, SimError> {
    sync_with(desk, hub, &SyncOptions::default())
}

/// As `sync`, with options.
///
/// # Errors
/// When either side refuses.
pub fn sync_with(desk: &mut Desk, hub: &mut SimHub, options: &SyncOptions) -> Result<SyncReport, SimError> {
    let exporter = [42; 32];
    let mut run = desk.begin_sync(&exporter, options)?;
    let mut session = hub.session();
    loop {
        let mut moved = false;
        while let Some(out) = run.next_output(desk)? {
            moved = true;
            let mut input = out.as_slice();
            while let Some(event) = session.feed(&mut input)? {
                hub.take(&mut session, event, &exporter)?;
            }
        }
        loop {
            while let Some(out) = session.next_output() {
                moved = true;
                run.feed(desk, &out)?;
            }
            let Some(request) = session.next_request() else { break };
            hub.supply(&mut session, request)?;
        }
        if run.is_finished() {
            return Ok(run.report());
        }
        if !moved {
            return Err(SimError::Stuck);
        }
    }
}

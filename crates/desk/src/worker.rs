//! The one thread that has the desk. Pages send it what to do and wait; it locks the desk when nobody has asked for
//! anything for a while, or when told to.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use counterseal_model::Clock;
use counterseal_model::record::Kind;
use counterseal_node::{Columns, Desk, DeskPlace, Guard, Home, Known, NodeError, Randomness};
use counterseal_seal::Passphrase;
use tokio::sync::oneshot;

use crate::pages::casework::at_hand::AtHand;

mod computer;
mod line;
mod long;
mod opened;
mod own;
mod signals;
mod tongue;

pub(crate) use computer::{Founded, Newcomer};
pub(crate) use line::{BEGINNING, Keep, LastSync};
pub(crate) use long::{Kept, Pouched, Rotated};
pub(crate) use own::Choice;
pub(crate) use signals::{Signals, Work};
pub(crate) use tongue::last_tongue;

/// After so many minutes without a request a desk is locked, unless it is said otherwise.
pub const PAGES_IDLE_MINUTES: u64 = 15;
/// How many requests may wait. A browser asks for a few at a time.
const WAITING: usize = 64;
/// How long work that is under way has to stop, when the desk is to be locked at once.
const PANIC_PATIENCE: Duration = Duration::from_secs(5);

/// What the composition root gives: time and randomness.
#[derive(Clone)]
pub struct Outside {
    /// The clock.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// The operating system's randomness.
    pub randomness: fn() -> Randomness,
}

/// An unlocked desk, and what is worked out of it until something is written.
pub(crate) struct Unlocked {
    pub(crate) desk: Desk,
    columns: Option<Arc<Columns>>,
    guard: Option<Arc<Guard>>,
    known: Option<Arc<Known>>,
    incidents: Option<u64>,
    /// What came of the last session with the hub.
    pub(crate) last_sync: Option<LastSync>,
    /// What casework has at hand until the desk is locked.
    pub(crate) at_hand: AtHand,
    /// What long work was asked for, and what came of it.
    pub(crate) kept: Kept,
}

impl Unlocked {
    pub(crate) fn new(desk: Desk) -> Self {
        let (at_hand, kept) = (AtHand::default(), Kept::default());
        Self {
            desk,
            columns: None,
            guard: None,
            known: None,
            incidents: None,
            last_sync: None,
            at_hand,
            kept,
        }
    }

    /// The guard at the door, with the names of persons known to the mission.
    pub(crate) fn guard(&mut self) -> Result<Arc<Guard>, NodeError> {
        if let Some(guard) = &self.guard {
            return Ok(Arc::clone(guard));
        }
        let guard = Arc::new(self.desk.guard()?);
        self.guard = Some(Arc::clone(&guard));
        Ok(guard)
    }

    /// The names that messages are read with.
    pub(crate) fn known(&mut self) -> Result<Arc<Known>, NodeError> {
        if let Some(known) = &self.known {
            return Ok(Arc::clone(known));
        }
        let known = Arc::new(self.desk.known()?);
        self.known = Some(Arc::clone(&known));
        Ok(known)
    }

    /// Every incident's decisive numbers, for maps and breakdowns.
    pub(crate) fn columns(&mut self) -> Result<Arc<Columns>, NodeError> {
        if let Some(columns) = &self.columns {
            return Ok(Arc::clone(columns));
        }
        let columns = Arc::new(self.desk.columns()?);
        self.columns = Some(Arc::clone(&columns));
        Ok(columns)
    }

    /// How many incidents this desk holds.
    pub(crate) fn incidents(&mut self) -> Result<u64, NodeError> {
        if let Some(incidents) = self.incidents {
            return Ok(incidents);
        }
        let totals = self.desk.totals()?;
        let incidents =
            totals.iter().find(|(kind, _)| *kind == Kind::Incident).map_or(0, |(_, count)| *count);
        self.incidents = Some(incidents);
        Ok(incidents)
    }

    /// Says that something was written: what was worked out is worked out anew.
    pub(crate) fn changed(&mut self) {
        (self.columns, self.guard, self.known, self.incidents) = (None, None, None, None);
    }
}

/// What the thread has.
pub(crate) struct Room {
    home: Home,
    outside: Outside,
    unlocked: Option<Unlocked>,
    /// How far somebody came who is joining a mission.
    newcomer: Option<Newcomer>,
    /// What a mission that was founded in this launch left to do.
    founded: Option<Founded>,
    /// Sessions with the hub that begin by themselves.
    keep: Option<Keep>,
    signals: Arc<Signals>,
}

impl Room {
    pub(crate) fn unlocked(&mut self) -> Option<&mut Unlocked> {
        self.unlocked.as_mut()
    }

    /// The desks on this computer.
    pub(crate) fn desks(&self) -> Result<Vec<DeskPlace>, NodeError> {
        Ok(self.home.desks()?)
    }

    /// Locks at once, finishing nothing: the desk opens at its last commit.
    fn panic(&mut self) {
        (self.unlocked, self.newcomer, self.founded, self.keep) = (None, None, None, None);
    }

    /// Unlocks the desk whose folder begins so; the only one without that.
    pub(crate) fn unlock(&mut self, named: Option<&str>, passphrase: &Passphrase) -> Result<(), NodeError> {
        self.lock()?;
        let place = self.home.choose(named)?;
        let (clock, randomness) = (Arc::clone(&self.outside.clock), (self.outside.randomness)());
        let desk = Desk::unlock(place, passphrase, clock, randomness)?;
        self.unlocked = Some(Unlocked::new(desk));
        Ok(())
    }

    /// Locks it: what was open is forgotten.
    pub(crate) fn lock(&mut self) -> Result<(), NodeError> {
        (self.founded, self.keep) = (None, None);
        self.unlocked.take().map_or(Ok(()), |unlocked| unlocked.desk.close())
    }
}

type Job = Box<dyn FnOnce(&mut Room) + Send>;

/// The way to the thread.
#[derive(Clone)]
pub(crate) struct Worker(SyncSender<Job>, Arc<Signals>);

/// The thread is busy with too much, or has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Busy;

impl Worker {
    /// Begins the thread, with a desk that is unlocked already or none.
    pub(crate) fn begin(
        home: Home,
        outside: Outside,
        desk: Option<Desk>,
        idle: Duration,
    ) -> std::io::Result<(Self, JoinHandle<Result<(), NodeError>>)> {
        let (sender, jobs) = sync_channel(WAITING);
        let unlocked = desk.map(Unlocked::new);
        let signals = Arc::new(Signals::default());
        let (newcomer, founded, keep) = (None, None, None);
        let room = Room { home, outside, unlocked, newcomer, founded, keep, signals: Arc::clone(&signals) };
        let thread = std::thread::Builder::new().name("desk".to_owned());
        let thread = thread.spawn(move || work(room, &jobs, idle))?;
        Ok((Self(sender, signals), thread))
    }

    /// What is told to the thread, and what it tells, beside the jobs.
    pub(crate) fn signals(&self) -> &Signals {
        &self.1
    }

    /// Locks before anything that waits is begun. What is under way stops where it can. Whether it is locked.
    pub(crate) async fn panic(&self) -> bool {
        self.1.panic();
        let locked = async {
            // Whatever stands before it in the line finds the desk locked already.
            while self.ask(|_| ()).await == Err(Busy) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PANIC_PATIENCE, locked).await.is_ok()
    }

    /// Has something done there.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Room) -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let (sender, answer) = oneshot::channel();
        // A page that was left does not wait for its answer; then nobody takes it.
        let job: Job = Box::new(move |room| drop(sender.send(job(room))));
        match self.0.try_send(job) {
            Ok(()) => answer.await.map_err(|_| Busy),
            Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) => Err(Busy),
        }
    }
}

/// Ends when nobody can ask any more: with the server.
fn work(mut room: Room, jobs: &Receiver<Job>, idle: Duration) -> Result<(), NodeError> {
    let mut quiet = Duration::ZERO;
    let mut asked = room.outside.clock.now();
    loop {
        let wait = room.until_due().map_or(idle, |due| due.min(idle.saturating_sub(quiet)));
        let wait = room.wipe_opened(wait.min(idle.saturating_sub(quiet)));
        match jobs.recv_timeout(wait) {
            Ok(job) => {
                quiet = Duration::ZERO;
                if room.signals.is_panic() {
                    room.panic();
                }
                // While a computer sleeps the line's clock stands still, and the one on the wall does not.
                let now = room.outside.clock.now();
                if Duration::from_secs(now.0.saturating_sub(asked.0).unsigned_abs()) >= idle {
                    room.lock()?;
                }
                asked = now;
                job(&mut room);
            }
            Err(RecvTimeoutError::Timeout) => {
                quiet = quiet.saturating_add(wait);
                if quiet >= idle {
                    quiet = Duration::ZERO;
                    room.lock()?;
                }
            }
            Err(RecvTimeoutError::Disconnected) => return room.lock(),
        }
        room.sync_if_due();
        // Also what was asked for while something ran.
        if room.signals.take_panic() {
            room.panic();
        }
    }
}

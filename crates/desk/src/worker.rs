//! The one thread that has the desk. Pages send it what to do and wait; it locks the desk when nobody has asked for
//! anything for a while, or when told to.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

use counterseal_model::Clock;
use counterseal_node::{Columns, Desk, DeskPlace, Home, NodeError, Randomness};
use counterseal_seal::Passphrase;
use tokio::sync::oneshot;

use crate::pages::casework::at_hand::AtHand;

/// After so many minutes without a request a desk is locked, unless it is said otherwise.
pub const PAGES_IDLE_MINUTES: u64 = 15;
/// How many requests may wait. A browser asks for a few at a time.
const WAITING: usize = 64;

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
    /// What casework has at hand until the desk is locked.
    pub(crate) at_hand: AtHand,
}

impl Unlocked {
    fn new(desk: Desk) -> Self {
        Self { desk, columns: None, at_hand: AtHand::default() }
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

    /// Says that something was written: what was worked out is worked out anew.
    pub(crate) fn changed(&mut self) {
        self.columns = None;
    }
}

/// What the thread has.
pub(crate) struct Room {
    home: Home,
    outside: Outside,
    unlocked: Option<Unlocked>,
}

impl Room {
    pub(crate) fn unlocked(&mut self) -> Option<&mut Unlocked> {
        self.unlocked.as_mut()
    }

    /// The desks on this computer.
    pub(crate) fn desks(&self) -> Result<Vec<DeskPlace>, NodeError> {
        Ok(self.home.desks()?)
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
        self.unlocked.take().map_or(Ok(()), |unlocked| unlocked.desk.close())
    }
}

type Job = Box<dyn FnOnce(&mut Room) + Send>;

/// The way to the thread.
#[derive(Clone)]
pub(crate) struct Worker(SyncSender<Job>);

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
        let room = Room { home, outside, unlocked };
        let thread = std::thread::Builder::new().name("desk".to_owned());
        let thread = thread.spawn(move || work(room, &jobs, idle))?;
        Ok((Self(sender), thread))
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
    loop {
        match jobs.recv_timeout(idle) {
            Ok(job) => job(&mut room),
            Err(RecvTimeoutError::Timeout) => room.lock()?,
            Err(RecvTimeoutError::Disconnected) => return room.lock(),
        }
    }
}

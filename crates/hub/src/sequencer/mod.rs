//! The one writer: takes pushes, makes them durable, signs checkpoints, keeps cosignatures, sets time marks.
//!
//! 1. Everything that has come in is decided on and committed together: [`HubStore::append`], the commit
//!    point. Then it is acknowledged with its index.
//! 2. About every 200 ms, or at once when nothing was signed lately, tiles and a checkpoint are made for what
//!    was committed.
//! 3. The checkpoint goes to the witnesses (`cosign`); with a quorum's cosignatures it comes back, is kept,
//!    and is shown to desks.
//! 4. If it covers leaves that have no time yet, a time mark is appended, which is step 1 again.
//!
//! A start does step 2 for whatever was committed and is not covered. There is no other recovery.

mod admit;
mod core;
mod hold;
mod logs;
mod marks;
mod quorum;
mod stepped;

use std::sync::Arc;
use std::time::Duration;

use counterseal_ledger::{Policy, VerifiedCheckpoint, VerifierKey};
use counterseal_model::{Clock, DeviceId, EntryId, MissionId, Timestamp};
use counterseal_register::{JournalLeaf, LogKind, Moment, Register};
use counterseal_sync::RangeSet;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

use crate::keys::{HubKeys, KeysRefusal};
use crate::store::{Fetched, HubStore, Piece, StoreError, StoreReader};

pub use admit::{CheckedEntry, EntryUnfit};
use core::Core;
use hold::Hold;
pub(crate) use logs::load_register;
pub use logs::replay;
use quorum::{Policies, policy_for};
pub use stepped::SteppedHub;

/// Most pushes that one commit takes.
const MAX_COMMIT: usize = 8192;

/// How often it is looked whether a mark is due, when nothing was cosigned.
const MARKS: Duration = Duration::from_secs(30);

/// Why the hub cannot begin its work.
#[derive(Debug, thiserror::Error)]
pub enum HubFailure {
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeysRefusal),
    /// There are no statements yet.
    #[error("the hub has no statements yet; give it the mission's with `counterseal hub init`")]
    NoMission,
    /// The statements name another hub's keys.
    #[error(
        "the mission's statements do not name these keys as its hub's; the governors' statement is missing"
    )]
    NotThisHub,
    /// What the store holds is not what its checkpoint says.
    #[error("{reason}")]
    Damaged {
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A port cannot be had.
    #[error("{address}: {reason}")]
    Port {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system said.
        reason: std::io::Error,
    },
    /// TLS cannot be set up with these keys.
    #[error("the hub's certificate cannot be used: {reason}")]
    Tls {
        /// What the library said.
        reason: String,
    },
    /// A thread cannot be started.
    #[error("the hub's writer cannot be started: {reason}")]
    Thread {
        /// What the system said.
        reason: std::io::Error,
    },
}

/// A log, as it is shown.
#[derive(Debug, Clone)]
pub struct LogView {
    /// Leaves that are durable.
    pub size: u64,
    /// The newest checkpoint that may be shown.
    pub checkpoint: Option<Arc<VerifiedCheckpoint>>,
    /// The newest one with a quorum's cosignatures: its size, and the note.
    pub cosigned: Option<(u64, Arc<str>)>,
}

/// What the hub knows, at one moment.
#[derive(Debug, Clone)]
pub struct View {
    /// The register, after all statements that are durable.
    pub register: Arc<Register>,
    /// The statement log.
    pub statements: LogView,
    /// The journal log.
    pub journal: LogView,
    /// Who must cosign which checkpoint.
    pub(crate) policies: Policies,
    /// Why nothing is taken in, if so: a name for message catalogues.
    pub closed: Option<&'static str>,
    /// Leaves to which an entry came since the hub started, and which had none before.
    pub filled: Arc<RangeSet>,
}

impl View {
    /// One of the logs.
    #[must_use]
    pub const fn log(&self, log: LogKind) -> &LogView {
        match log {
            LogKind::Statements => &self.statements,
            LogKind::Journal => &self.journal,
        }
    }

    /// Who must cosign a checkpoint of so many leaves; none while the mission has no witnesses.
    #[must_use]
    pub fn policy(&self, log: LogKind, size: u64) -> Option<Arc<Policy>> {
        // The journal log's checkpoints come after all marks there are.
        policy_for(&self.policies, if log == LogKind::Statements { size } else { u64::MAX })
    }

    /// The moment that the register is asked about.
    #[must_use]
    pub fn now(&self, clock: Timestamp) -> Moment {
        let last = self.register.last();
        Moment::new(last.position, clock.max(last.time))
    }
}

/// Something for the logs.
#[derive(Debug)]
pub enum Push {
    /// A statement's envelope.
    Statement(Vec<u8>),
    /// An entry, whose signature and ciphertexts were checked.
    Entry(Box<CheckedEntry>),
    /// A leaf of the journal log that is not an entry's, from a device that has proved who it is.
    Leaf {
        /// The device.
        device: DeviceId,
        /// The leaf.
        leaf: JournalLeaf,
    },
}

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is durable, at this index of its log.
    Accepted {
        /// The index.
        index: u64,
    },
    /// It is not taken; a name for message catalogues.
    Refused {
        /// The name.
        code: &'static str,
    },
}

enum Command {
    Push(Vec<Push>, oneshot::Sender<Vec<Outcome>>),
    Cosigned(LogKind, u64, String, oneshot::Sender<Result<(), StoreError>>),
    Piece(Piece, oneshot::Sender<Result<(), StoreError>>),
    DropPieces(EntryId),
    Fetched(DeviceId, Fetched),
    Close(&'static str),
    Open,
    Stop,
}

/// What a sequencer works with.
pub struct Parts {
    /// The writing side of the store.
    pub store: Box<dyn HubStore>,
    /// The reading side.
    pub reader: StoreReader,
    /// The hub's keys.
    pub keys: Arc<HubKeys>,
    /// The clock.
    pub clock: Arc<dyn Clock + Send + Sync>,
    /// From one checkpoint to the next while there is work.
    pub batch: Duration,
    /// From one time mark to the next while only the journal log grows.
    pub mark_every: Duration,
    /// Pushes that wait at a time.
    pub waiting: usize,
    /// Why nothing is taken in at first, if so.
    pub closed: Option<&'static str>,
}

/// The way to the one writer. Clones lead to the same.
#[derive(Clone)]
pub struct Sequencer {
    commands: mpsc::Sender<Command>,
    view: watch::Receiver<Arc<View>>,
    mission: MissionId,
    keys: [VerifierKey; 2],
}

/// The writer's thread.
#[derive(Debug)]
pub struct Writer(std::thread::JoinHandle<()>);

impl Sequencer {
    /// Reads the store, makes what is missing of tiles and checkpoints, and begins.
    ///
    /// # Errors
    /// When the store is not that of a hub with these keys, or does not hold what it should.
    pub fn start(parts: Parts) -> Result<(Self, Writer), HubFailure> {
        let (waiting, batch) = (parts.waiting, parts.batch);
        let mut core = Core::open(parts)?;
        match core.checkpoint_all() {
            // What is there is served; it is tried again, as while the hub runs.
            Err(HubFailure::Store(error @ StoreError::Full)) => {
                tracing::error!(%error, "no checkpoint could be made");
            }
            made => made?,
        }
        let (commands, inbox) = mpsc::channel(waiting);
        let (view, mission, keys) = (core.subscribe(), core.mission(), core.log_keys());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
        let runtime = runtime.map_err(|reason| HubFailure::Thread { reason })?;
        let run = move || runtime.block_on(run(core, inbox, batch));
        let thread = std::thread::Builder::new().name("sequencer".to_owned()).spawn(run);
        let writer = Writer(thread.map_err(|reason| HubFailure::Thread { reason })?);
        Ok((Self { commands, view, mission, keys }, writer))
    }

    /// The mission.
    #[must_use]
    pub const fn mission(&self) -> MissionId {
        self.mission
    }

    /// The key of one of the logs.
    #[must_use]
    pub const fn log_key(&self, log: LogKind) -> &VerifierKey {
        let [statements, journal] = &self.keys;
        match log {
            LogKind::Statements => statements,
            LogKind::Journal => journal,
        }
    }

    /// What the hub knows now.
    #[must_use]
    pub fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.borrow())
    }

    /// Notices of what changes.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Arc<View>> {
        self.view.clone()
    }

    /// Gives pushes to the logs, in this order, and waits until they are durable or refused. While too many
    /// wait, so does this.
    pub async fn push(&self, pushes: Vec<Push>) -> Vec<Outcome> {
        let count = pushes.len();
        let (reply, answer) = oneshot::channel();
        let sent = self.commands.send(Command::Push(pushes, reply)).await;
        match (sent, answer.await) {
            (Ok(()), Ok(outcomes)) => outcomes,
            _ => vec![Outcome::Refused { code: "hub-stopping" }; count],
        }
    }

    /// Keeps a checkpoint with a quorum's cosignatures, shows it, and sets the time mark that is due.
    ///
    /// # Errors
    /// When it could not be kept; the caller has it still.
    pub async fn cosigned(&self, log: LogKind, size: u64, note: String) -> Result<(), StoreError> {
        self.ask(|reply| Command::Cosigned(log, size, note, reply)).await
    }

    /// Keeps a piece of a large entry.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_piece(&self, piece: Piece) -> Result<(), StoreError> {
        self.ask(|reply| Command::Piece(piece, reply)).await
    }

    /// Drops the pieces of an entry, some time.
    pub async fn drop_pieces(&self, entry: EntryId) {
        self.tell(Command::DropPieces(entry)).await;
    }

    /// Notes how far a device has fetched, some time.
    pub async fn note_fetched(&self, device: DeviceId, fetched: Fetched) {
        self.tell(Command::Fetched(device, fetched)).await;
    }

    /// Takes nothing in any more, for a reason that is told to desks.
    pub async fn close(&self, code: &'static str) {
        self.tell(Command::Close(code)).await;
    }

    /// Takes pushes in again.
    pub async fn open(&self) {
        self.tell(Command::Open).await;
    }

    /// Finishes what has come in, signs what was committed, and stops.
    pub async fn stop(&self, writer: Writer) {
        self.tell(Command::Stop).await;
        // The thread ends by itself; a panic in it is its end too.
        drop(tokio::task::spawn_blocking(move || writer.0.join()).await);
    }

    async fn tell(&self, command: Command) {
        // A writer that has stopped needs to be told nothing.
        drop(self.commands.send(command).await);
    }

    async fn ask(
        &self,
        command: impl FnOnce(oneshot::Sender<Result<(), StoreError>>) -> Command,
    ) -> Result<(), StoreError> {
        let (reply, answer) = oneshot::channel();
        self.tell(command(reply)).await;
        let stopped =
            StoreError::Failed { action: "be written to", reason: "the hub is stopping".to_owned() };
        answer.await.unwrap_or(Err(stopped))
    }
}

/// The writer's loop. It may block: the thread is its own.
async fn run(mut core: Core, mut inbox: mpsc::Receiver<Command>, batch: Duration) {
    let mut signed_at: Option<Instant> = None;
    let mut pause = batch;
    let mut mark_at = Instant::now() + batch;
    let mut hold = Hold::default();
    loop {
        let due = core.has_unsigned().then(|| signed_at.map_or_else(Instant::now, |at| at + pause));
        // What is waited for is signed at once.
        let due = due.map(|due| if hold.is_on() { due.min(Instant::now()) } else { due });
        let held_until = hold.until();
        let command = tokio::select! {
            biased;
            () = sleep_until(held_until.unwrap_or_else(Instant::now)), if held_until.is_some() => {
                core.note_silence();
                hold.release(&mut core);
                continue;
            }
            () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => None,
            command = inbox.recv() => match command {
                Some(command) => Some(command),
                None => break,
            },
            () = sleep_until(mark_at) => {
                core.mark_if_due();
                mark_at = Instant::now() + MARKS;
                continue;
            }
        };
        let Some(command) = command else {
            signed_at = Some(Instant::now());
            // What failed is tried again, less and less often.
            pause = match core.checkpoint_all() {
                Ok(()) => batch,
                Err(error) => {
                    tracing::error!(%error, "no checkpoint could be made");
                    (pause * 2).min(Duration::from_secs(10))
                }
            };
            continue;
        };
        if matches!(command, Command::Cosigned(..)) {
            // A batch later: by then the other log's checkpoint may be cosigned too.
            mark_at = mark_at.min(Instant::now() + batch);
        }
        if !handle(&mut core, command, &mut inbox, &mut hold) {
            break;
        }
    }
    hold.release_all(&mut core);
    if let Err(error) = core.checkpoint_all() {
        tracing::error!(%error, "no last checkpoint could be made; the next start makes it");
    }
}

/// One command, and with a push all pushes that wait. False when that was the last.
fn handle(core: &mut Core, command: Command, inbox: &mut mpsc::Receiver<Command>, hold: &mut Hold) -> bool {
    match command {
        Command::Push(pushes, reply) => {
            let mut count = pushes.len();
            hold.add(pushes, reply);
            let mut next = None;
            while count < MAX_COMMIT {
                match inbox.try_recv() {
                    Ok(Command::Push(pushes, reply)) => {
                        count += pushes.len();
                        hold.add(pushes, reply);
                    }
                    Ok(other) => {
                        next = Some(other);
                        break;
                    }
                    Err(_) => break,
                }
            }
            hold.go_on(core);
            return next.is_none_or(|next| handle(core, next, inbox, hold));
        }
        Command::Cosigned(log, size, note, reply) => {
            drop(reply.send(core.keep_cosigned(log, size, note)));
            hold.look(core);
        }
        Command::Piece(piece, reply) => drop(reply.send(core.keep_piece(&piece))),
        Command::DropPieces(entry) => core.drop_pieces(entry),
        Command::Fetched(device, fetched) => core.note_fetched(device, fetched),
        Command::Close(code) => core.close(Some(code)),
        Command::Open => core.close(None),
        Command::Stop => return false,
    }
    true
}

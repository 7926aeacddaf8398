//! What the writer's thread holds and does.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use counterseal_ledger::{SignedCheckpoint, VerifierKey};
use counterseal_model::{Clock, DeviceId, EntryId, MissionId, Timestamp};
use counterseal_register::{LeafType, LogKind, Moment, Register};
use counterseal_sync::RangeSet;
use tokio::sync::watch;

use super::admit::{Draft, SUPERSEDED};
use super::logs::{Log, load_marked, present_register};
use super::marks::Marks;
use super::quorum::{MarkedLog, policy_for};
use super::{HubFailure, Outcome, Parts, Push, View};
use crate::keys::HubKeys;
use crate::store::{Batch, Fetched, HubStore, Piece, StoreError, StoreReader};

/// With a request to open in the log, the last mark is no older than this before another is due.
const OPENING: Duration = Duration::from_secs(120);

pub(super) struct Core {
    store: Box<dyn HubStore>,
    reader: StoreReader,
    clock: Arc<dyn Clock + Send + Sync>,
    mark_every: Duration,
    /// A request to open stands in the journal log that no mark covers.
    opening_waits: bool,
    generation: u64,
    register: Arc<Register>,
    statements: Log,
    journal: Log,
    marks: Marks,
    /// The log as desks take it: who must cosign what follows from it.
    marked: MarkedLog,
    /// Leaves to which an entry came since the start.
    filled: Arc<RangeSet>,
    closed: Option<&'static str>,
    /// The store said that it failed: what it holds is read again before anything else.
    doubtful: bool,
    /// The witnesses did not cosign in time when they were waited for.
    silent: bool,
    last_at: Timestamp,
    view: watch::Sender<Arc<View>>,
}

impl Core {
    /// Reads everything there is.
    pub(super) fn open(parts: Parts) -> Result<Self, HubFailure> {
        let Parts { store, reader, keys, clock, mark_every, closed, .. } = parts;
        let marked = load_marked(&reader)?;
        let register = present_register(&marked, &reader, clock.now())?;
        let last_at = register.last().time;
        let now = Moment::new(register.last().position, clock.now().max(last_at));
        let generation = generation_of(&register, &keys, now)?;
        let mission = register.mission();
        let open = |kind| -> Result<Log, HubFailure> {
            Log::open(kind, keys.signer(mission, kind, generation)?, &reader)
        };
        let (statements, journal) = (open(LogKind::Statements)?, open(LogKind::Journal)?);
        let notes = [&statements, &journal].map(Log::cosigned_note);
        let marks = Marks::load(&reader, notes)?;
        let register = Arc::new(register);
        let view = watch::Sender::new(Arc::new(View {
            register: Arc::clone(&register),
            statements: statements.view.clone(),
            journal: journal.view.clone(),
            policies: marked.policies(),
            closed,
            filled: Arc::default(),
        }));
        let doubtful = false;
        let mut core = Self {
            store,
            reader,
            clock,
            mark_every,
            opening_waits: false,
            marks,
            marked,
            generation,
            register,
            statements,
            journal,
            closed,
            doubtful,
            filled: Arc::default(),
            silent: false,
            last_at,
            view,
        };
        core.publish();
        Ok(core)
    }

    pub(super) fn mission(&self) -> MissionId {
        self.register.mission()
    }

    pub(super) fn log_keys(&self) -> [VerifierKey; 2] {
        [self.statements.signer.public().clone(), self.journal.signer.public().clone()]
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<View>> {
        self.view.subscribe()
    }

    pub(super) fn close(&mut self, code: Option<&'static str>) {
        // That witnesses have seen more is what a restored hub waits to have: it is no other reason, and no last one.
        if (self.closed, code) == (Some("hub-restoring"), Some("hub-behind")) {
            return;
        }
        if let Some(code) = code {
            tracing::error!(code, "nothing is taken in any more");
        }
        self.closed = code;
        self.publish();
    }

    /// The time by which is judged. A clock that was set right goes on from there.
    fn time(&self) -> Timestamp {
        self.clock.now().max(self.register.last().time)
    }

    /// The time that is kept beside a leaf, which never runs back from one to the next.
    fn now(&mut self) -> Timestamp {
        self.last_at = self.last_at.max(self.clock.now());
        self.last_at
    }

    fn log(&mut self, log: LogKind) -> &mut Log {
        match log {
            LogKind::Statements => &mut self.statements,
            LogKind::Journal => &mut self.journal,
        }
    }

    fn publish(&mut self) {
        // A hub that the governors have replaced takes nothing in (PROTOCOL section 9).
        let last = self.register.last();
        let present = self.register.hub(Moment::new(last.position, last.time));
        if present.is_some_and(|hub| hub.generation != self.generation) {
            self.closed = Some(SUPERSEDED);
        }
        self.view.send_replace(Arc::new(View {
            register: Arc::clone(&self.register),
            statements: self.statements.view.clone(),
            journal: self.journal.view.clone(),
            policies: self.marked.policies(),
            closed: self.closed,
            filled: Arc::clone(&self.filled),
        }));
    }

    /// Decides on pushes, commits what is new, and says what became of each.
    pub(super) fn take(&mut self, pushes: Vec<Vec<Push>>) -> Vec<Vec<Outcome>> {
        if self.settle_doubt().is_err() {
            let refused = Outcome::Refused { code: "hub-store-failed" };
            return pushes.iter().map(|group| vec![refused; group.len()]).collect();
        }
        let (times, closed) = ((self.time(), self.now()), self.closed);
        let sizes = [self.statements.view.size, self.journal.view.size];
        let mut draft = Draft::new(Arc::clone(&self.register), &self.reader, times, sizes);
        let is_opening =
            |push: &Push| matches!(push, Push::Leaf { leaf, .. } if leaf.kind() == LeafType::Opening);
        let asks_to_open = pushes.iter().flatten().any(is_opening);
        let mut decide = |push| match push {
            Push::Statement(bytes) => draft.statement(bytes, closed),
            Push::Entry(entry) => draft.entry(*entry, closed),
            Push::Leaf { device, leaf } => draft.leaf(device, leaf, closed),
        };
        let outcomes: Vec<Vec<Outcome>> =
            pushes.into_iter().map(|group| group.into_iter().map(&mut decide).collect()).collect();
        let Draft { register, batch, sizes: after, doubled, ended_by, .. } = draft;
        if let Some(statement) = &ended_by
            && let Err(error) = self.store.keep_obeyed(statement)
        {
            // It is obeyed until the next start, and then when it is shown again.
            tracing::error!(%error, "the statement that ends this hub is not kept");
        }
        if doubled > 0 {
            tracing::warn!(entries = doubled, "entries at places of journals that were taken");
        }
        match self.commit(&batch) {
            Ok(()) => {
                self.register = register;
                self.opening_waits |= asks_to_open;
                self.publish();
                outcomes
            }
            Err(error) => {
                let refused = Outcome::Refused { code: error.code() };
                let [statements, journal] = sizes;
                debug_assert!(after >= sizes);
                // So are entries that were to come back to leaves from before.
                let filled: BTreeSet<u64> = batch.filled.iter().map(|one| one.index).collect();
                let is_new = |outcome: &Outcome| match outcome {
                    // Indices from before stand as they stood.
                    Outcome::Accepted { index } => {
                        *index >= statements.min(journal) || filled.contains(index)
                    }
                    Outcome::Refused { .. } => false,
                };
                let answer = |one: Outcome| if is_new(&one) { refused } else { one };
                outcomes.into_iter().map(|group| group.into_iter().map(answer).collect()).collect()
            }
        }
    }

    /// The commit point.
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        if batch.is_empty() {
            return Ok(());
        }
        match self.store.append(batch) {
            Ok(()) => {
                if let Err(error) = self.store.forget_erased() {
                    tracing::warn!(%error, "what was erased is not overwritten yet; it is after the next commit");
                }
                for new in &batch.statements {
                    // The first leaf is the founding, or the hub would not have begun.
                    let _founding = self.marked.take(new.index, &new.bytes);
                }
                self.statements.view.size += batch.statements.len() as u64;
                self.journal.view.size += batch.leaves.len() as u64;
                let filled = batch.filled.iter().map(|one| one.index);
                if !batch.filled.is_empty() {
                    Arc::make_mut(&mut self.filled).add(&filled.collect());
                }
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "a batch could not be written");
                self.doubtful = true;
                // If the store cannot be read now, the next push tries again.
                drop(self.settle_doubt());
                Err(error)
            }
        }
    }

    /// After a failure the change may have been made or not: what is there counts.
    fn settle_doubt(&mut self) -> Result<(), HubFailure> {
        if !self.doubtful {
            return Ok(());
        }
        let statements = self.reader.size(LogKind::Statements)?;
        if statements != self.statements.view.size {
            if let Some((covers, at)) = self.reader.marked()? {
                (self.marks.covers, self.marks.at) = (covers, Some(at));
                self.opening_waits = false;
            }
            self.marked = load_marked(&self.reader)?;
            self.renew_register()?;
        }
        self.journal.view.size = self.reader.size(LogKind::Journal)?;
        self.statements.view.size = statements;
        self.doubtful = false;
        self.publish();
        Ok(())
    }

    /// What a mark covers has the mark's time from then on.
    fn renew_register(&mut self) -> Result<(), HubFailure> {
        self.register = Arc::new(present_register(&self.marked, &self.reader, self.clock.now())?);
        Ok(())
    }

    pub(super) const fn has_unsigned(&self) -> bool {
        self.statements.has_unsigned() || self.journal.has_unsigned()
    }

    /// Tiles and checkpoints for everything that has none.
    pub(super) fn checkpoint_all(&mut self) -> Result<(), HubFailure> {
        self.settle_doubt()?;
        let signed = self.sign_all();
        // Even if the second log failed, what the first has gained may be shown.
        self.publish();
        signed
    }

    fn sign_all(&mut self) -> Result<(), HubFailure> {
        for log in [&mut self.statements, &mut self.journal] {
            while log.has_unsigned() {
                log.checkpoint(self.store.as_mut(), &self.reader)?;
            }
        }
        Ok(())
    }

    /// A checkpoint has come back with a quorum's cosignatures.
    pub(super) fn keep_cosigned(&mut self, log: LogKind, size: u64, note: String) -> Result<(), StoreError> {
        self.check_quorum(log, size, &note)?;
        self.store.keep_cosigned(log, size, &note)?;
        let view = &mut self.log(log).view;
        if view.cosigned.as_ref().is_none_or(|(before, _)| *before <= size) {
            view.cosigned = Some((size, Arc::from(note.as_str())));
        }
        let noted = match log {
            LogKind::Statements => &mut self.marks.statements,
            LogKind::Journal => &mut self.marks.journal,
        };
        // The first note of a size has a quorum's cosignatures and no more.
        if noted.as_ref().is_none_or(|(before, _)| *before < size) {
            *noted = Some((size, note));
        }
        self.silent &= log != LogKind::Journal;
        self.publish();
        Ok(())
    }

    /// Witnesses may have been replaced while they were asked: desks would refuse what the outgoing ones signed.
    fn check_quorum(&self, log: LogKind, size: u64, note: &str) -> Result<(), StoreError> {
        let policy = match log {
            LogKind::Statements => policy_for(&self.marked.policies(), size),
            LogKind::Journal => self.marked.policy(),
        };
        let signed = SignedCheckpoint::parse(note.as_bytes()).ok();
        match policy.zip(signed).is_some_and(|(policy, signed)| policy.evaluate(signed).is_ok()) {
            true => Ok(()),
            false => {
                let reason = "its witnesses have been replaced meanwhile; it is asked for again".to_owned();
                Err(StoreError::Failed { action: "keep a checkpoint", reason })
            }
        }
    }

    /// How many leaves of the journal log there are, if no mark covers all of them. What ends an epoch or stops a
    /// device waits a moment for that mark: who was in time must not become late by it.
    pub(super) fn uncovered(&self) -> Option<u64> {
        let size = self.journal.view.size;
        (size > self.marks.covers.journal && !self.silent && self.closed.is_none()).then_some(size)
    }

    pub(super) const fn covers(&self, edge: u64) -> bool {
        self.marks.covers.journal >= edge
    }

    /// The witnesses did not answer in time: nothing waits for them until they do.
    pub(super) const fn note_silence(&mut self) {
        self.silent = true;
    }

    /// Sets a time mark now, if the journal log's newest cosigned note covers more than the last one did.
    pub(super) fn mark_journal(&mut self) {
        let at = self.now();
        if self.closed.is_none() && self.settle_doubt().is_ok() && self.marks.journal_waits() {
            self.set_mark(at);
        }
    }

    /// Sets the time mark that is due, if one is. What fails here is due again the next time.
    pub(super) fn mark_if_due(&mut self) {
        let at = self.now();
        if self.closed.is_some() || self.settle_doubt().is_err() {
            return;
        }
        let due = match self.marks.statements_wait(&self.reader) {
            Ok(true) => true,
            Ok(false) => self.marks.journal_waits() && self.is_long_ago(self.time(), self.mark_after()),
            Err(error) => {
                tracing::error!(%error, "the time marks cannot be read");
                false
            }
        };
        if due {
            self.set_mark(at);
        }
    }

    fn set_mark(&mut self, at: Timestamp) {
        let counts = |log, note: &str| self.marked.believe(log, note.as_bytes()).is_some();
        let next = self.marks.next(self.statements.view.size, at, counts);
        let Some(mark) = next else { return };
        let covers = mark.covers.unwrap_or_default();
        let batch = Batch { statements: vec![mark], ..Batch::default() };
        if self.commit(&batch).is_ok() {
            if let Err(error) = self.renew_register() {
                tracing::error!(%error, "the register is not renewed by the mark");
            }
            (self.marks.covers, self.marks.at) = (covers, Some(self.time()));
            self.publish();
        }
    }

    /// Trustees release nothing by a statement log that nobody has cosigned for five minutes: where a request waits
    /// for them, the next mark comes in time.
    fn mark_after(&self) -> Duration {
        if self.opening_waits { self.mark_every.min(OPENING) } else { self.mark_every }
    }

    fn is_long_ago(&self, now: Timestamp, every: Duration) -> bool {
        let every = i64::try_from(every.as_secs()).unwrap_or(i64::MAX);
        // Before: the clock was ahead then.
        self.marks.at.is_none_or(|at| now < at || now.0.saturating_sub(at.0) >= every)
    }

    pub(super) fn keep_piece(&mut self, piece: &Piece) -> Result<(), StoreError> {
        let at = self.now();
        self.store.keep_piece(piece, at)
    }

    pub(super) fn drop_pieces(&mut self, entry: EntryId) {
        if let Err(error) = self.store.drop_pieces(entry) {
            tracing::warn!(%error, "pieces of an entry stay until they are replaced");
        }
    }

    pub(super) fn note_fetched(&mut self, device: DeviceId, fetched: Fetched) {
        if let Err(error) = self.store.note_fetched(device, fetched) {
            tracing::warn!(%error, "what a device has fetched is not noted");
        }
    }
}

/// Which generation of the mission's hub has these keys.
fn generation_of(register: &Register, keys: &HubKeys, now: Moment) -> Result<u64, HubFailure> {
    let ours = keys.public()?;
    let of = |log| register.log_generations(log, now).into_iter();
    let statements = of(LogKind::Statements).find(|one| one.key == ours.statements_key);
    let journal = of(LogKind::Journal).find(|one| one.key == ours.journal_key);
    match (statements, journal) {
        (Some(statements), Some(journal)) if statements.generation == journal.generation => {
            Ok(statements.generation)
        }
        _ => Err(HubFailure::NotThisHub),
    }
}

//! One desk's session: bytes between its stream, the frames of `counterseal-sync`, the store and the writer.
//! Nothing here waits for the desk without a limit, and nothing is read for it that it cannot take.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::{DeviceId, Timestamp};
use counterseal_register::{DeviceStatus, LogKind, Moment, Register};
use counterseal_serve::{Place, TlsStream, exporter};
use counterseal_sync::{Code, Grown, Hello, HubEvent, HubSession, RangeSet, SupplyRefusal, Welcome};
use tokio::io::{AsyncReadExt, AsyncWriteExt, ReadHalf, WriteHalf};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Shared;
use super::compartments::compartments_of;
use super::gate::{Caller, Counted};
use super::job::{Answers, Job, work};
use super::supply::{Scope, supply};
use super::welcome::{announced, welcome};
use crate::sequencer::View;
use crate::store::{Fetched, StoreError};

/// Bytes that are read at a time.
const CHUNK: usize = 32 * 1024;
/// Frames of pushes that wait for the writer: pieces of large entries are not answered one by one.
const JOBS: usize = 64;
/// How long the last words may take.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Why a session ends before its time. None of it is the hub's business to tell at length.
enum End {
    /// The connection broke or stalled.
    Broken,
    /// The desk did what it may not do, or was not let in; the session has the last word.
    Refused(&'static str),
    /// The store failed.
    Store(StoreError),
    /// The store gave what it must not give.
    Supply(SupplyRefusal),
}

impl From<io::Error> for End {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<SupplyRefusal> for End {
    fn from(refusal: SupplyRefusal) -> Self {
        Self::Supply(refusal)
    }
}

/// A device that was let in.
struct Guest {
    device: DeviceId,
    scope: Scope,
    /// The register and the time by which its standing was last looked at.
    checked: (Arc<Register>, Timestamp),
    /// Leaves whose entries came later, of those that it was told of.
    filled: Arc<RangeSet>,
    jobs: mpsc::Sender<Job>,
    answers: mpsc::Receiver<Answers>,
    _place: Counted<Caller>,
}

struct Talk<'a> {
    shared: &'a Arc<Shared>,
    session: HubSession,
    reader: ReadHalf<TlsStream>,
    writer: WriteHalf<TlsStream>,
    exporter: [u8; 32],
    input: Vec<u8>,
    output: Vec<u8>,
    guest: Option<Guest>,
    place: Place,
    changes: watch::Receiver<Arc<View>>,
    heard: Instant,
    /// When more may be read of a device that has pushed much.
    resume: Instant,
}

/// Serves one session until it ends.
pub(super) async fn serve(stream: TlsStream, shared: &Arc<Shared>, place: Place) {
    let Some(exporter) = exporter(&stream) else { return };
    let (reader, writer) = tokio::io::split(stream);
    let now = Instant::now();
    let mut talk = Talk {
        shared,
        session: HubSession::new(shared.sequencer.mission()),
        reader,
        writer,
        exporter,
        input: Vec::new(),
        output: Vec::new(),
        guest: None,
        place,
        changes: shared.sequencer.watch(),
        heard: now,
        resume: now,
    };
    let end = tokio::select! {
        end = talk.run(now) => end,
        () = shared.stop.wait() => Err(End::Refused("hub-stopping")),
    };
    talk.part(end).await;
}

impl Talk<'_> {
    async fn run(&mut self, begun: Instant) -> Result<(), End> {
        let limits = &self.shared.limits;
        let hello_by = begun + Duration::from_secs(limits.handshake_seconds);
        loop {
            self.take_input().await?;
            self.fill_output().await?;
            if self.output.is_empty() && self.session.is_finished() {
                return Ok(());
            }
            if self.guest.is_none() && Instant::now() >= hello_by {
                return Err(End::Refused("hello-late"));
            }
            self.wait(hello_by).await?;
        }
    }

    /// Waits until there is something to do: bytes from the desk, room for bytes to it, an answer of the
    /// writer, a log that grew, or a limit.
    async fn wait(&mut self, hello_by: Instant) -> Result<(), End> {
        let idle = Duration::from_secs(self.shared.limits.idle_seconds);
        let now = Instant::now();
        let wants = self.input.is_empty() && self.session.wants_input() && now >= self.resume;
        let ping_at = self.heard + idle / 3;
        let mut alarm = if self.guest.is_some() { ping_at } else { hello_by };
        if now < self.resume {
            alarm = alarm.min(self.resume);
        }
        let mut chunk = vec![0; CHUNK];
        let guest = self.guest.as_mut();
        let is_in = guest.is_some();
        tokio::select! {
            read = self.reader.read(&mut chunk), if wants => {
                let read = read?;
                if read == 0 {
                    return Err(End::Broken);
                }
                self.heard = Instant::now();
                self.shared.metrics.bytes_in.add(read as u64);
                self.input.extend_from_slice(chunk.get(..read).unwrap_or_default());
            }
            written = self.writer.write(&self.output), if !self.output.is_empty() => {
                let written = written?;
                self.shared.metrics.bytes_out.add(written as u64);
                self.output.drain(..written);
                if self.output.is_empty() {
                    self.writer.flush().await?;
                }
            }
            answers = async { guest?.answers.recv().await }, if is_in => {
                self.answer(answers.ok_or(End::Broken)?)?;
            }
            changed = self.changes.changed(), if is_in => {
                changed.map_err(|_| End::Refused("hub-stopping"))?;
                self.grow()?;
            }
            () = sleep_until(alarm) => {
                if is_in && now >= ping_at {
                    self.session.ping(*b"hub ping");
                    self.heard = Instant::now();
                }
            }
        }
        Ok(())
    }

    async fn take_input(&mut self) -> Result<(), End> {
        let input = std::mem::take(&mut self.input);
        let mut rest = input.as_slice();
        loop {
            // What comes faster than it is done stays where it is; an answer wakes this.
            if self.guest.as_ref().is_some_and(|guest| guest.jobs.capacity() == 0) {
                break;
            }
            let before = rest.len();
            let event = self.session.feed(&mut rest).map_err(|refusal| End::Refused(refusal.code()))?;
            let fed = before.saturating_sub(rest.len()) as u64;
            if let Some(guest) = &self.guest {
                self.resume = Instant::now() + self.shared.gate.spend(guest.device, fed);
            }
            match event {
                Some(event) => self.take(event).await?,
                None => break,
            }
        }
        self.input = rest.to_vec();
        Ok(())
    }

    async fn take(&mut self, event: HubEvent) -> Result<(), End> {
        let job = match event {
            HubEvent::Hello(hello) => return self.greet(&hello).await,
            HubEvent::Statements(statements) => Job::Statements(statements),
            HubEvent::Entries(entries) => Job::Entries(entries),
            HubEvent::Part(part) => Job::Part(part),
            HubEvent::Done | HubEvent::Ended(_) => return Ok(()),
        };
        let guest = self.guest.as_ref().ok_or(End::Broken)?;
        // There is room: it was looked for before the frame was taken.
        guest.jobs.try_send(job).map_err(|_| End::Broken)
    }

    /// Lets a device in, or does not: its signature over this TLS session, then its standing.
    async fn greet(&mut self, hello: &Hello) -> Result<(), End> {
        let view = self.shared.sequencer.view();
        let now = view.now(self.shared.clock.now());
        let device = hello.device;
        let known = view.register.device(device, now);
        // An unknown device and a false signature look the same from outside.
        let known = known.filter(|known| hello.is_signed_by(&known.keys, &self.exporter));
        let code = match known.map(|known| known.status) {
            Some(DeviceStatus::Active) => None,
            Some(_) => Some("device-not-active"),
            None => Some("device-unknown"),
        };
        if let Some(code) = code {
            return Err(self.turn_away(code));
        }
        let Some(place) = self.shared.gate.enter_session(device) else {
            return Err(self.turn_away("too-many-sessions"));
        };
        // Who has proved who they are gives way to nobody.
        if !self.place.keep() {
            return Err(End::Broken);
        }
        let (jobs, inbox) = mpsc::channel(JOBS);
        let (replies, answers) = mpsc::channel(16);
        tokio::spawn(work(Arc::clone(self.shared), device, inbox, replies));
        let (welcome, scope) = self.welcome(hello, &view, now).await?;
        self.changes.mark_unchanged();
        self.session.welcome(welcome)?;
        let checked = (Arc::clone(&view.register), now.time);
        let filled = Arc::clone(&view.filled);
        self.guest = Some(Guest { device, scope, checked, filled, jobs, answers, _place: place });
        self.shared.metrics.sessions.add(1);
        let known = &hello.known;
        let fetched =
            Fetched { statements: known.statements.size, journal: known.journal.size, at: now.time };
        self.shared.sequencer.note_fetched(device, fetched).await;
        Ok(())
    }

    fn turn_away(&self, code: &'static str) -> End {
        self.shared.metrics.sessions_refused.add(1);
        End::Refused(code)
    }

    async fn welcome(&self, hello: &Hello, view: &Arc<View>, now: Moment) -> Result<(Welcome, Scope), End> {
        let (reader, hello, view) = (self.shared.reader.clone(), hello.clone(), Arc::clone(view));
        let clock = self.shared.clock.now();
        let look = move || welcome(&reader, &hello, &view, now, clock);
        Ok(tokio::task::spawn_blocking(look).await.map_err(|_| End::Broken)??)
    }

    fn answer(&mut self, answers: Answers) -> Result<(), End> {
        if !answers.accepted.is_empty() {
            self.session.accept(answers.accepted)?;
        }
        for (what, code) in answers.refused {
            self.session.refuse(what, code, None)?;
        }
        Ok(())
    }

    /// A log has grown, or a checkpoint was cosigned. A device that is active no more hears nothing else.
    fn grow(&mut self) -> Result<(), End> {
        let Some(guest) = &mut self.guest else { return Ok(()) };
        let view = self.changes.borrow_and_update().clone();
        let now = view.now(self.shared.clock.now());
        // A log grows many times a second; who may do what changes with statements and seconds.
        if !Arc::ptr_eq(&guest.checked.0, &view.register) || guest.checked.1 != now.time {
            let status = view.register.device(guest.device, now).map(|known| known.status);
            if status != Some(DeviceStatus::Active) {
                return Err(End::Refused("device-not-active"));
            }
            guest.scope.compartments = compartments_of(&view.register, guest.device, now);
            guest.checked = (Arc::clone(&view.register), now.time);
        }
        if self.session.hello().is_some_and(|hello| hello.continuous) {
            if !Arc::ptr_eq(&guest.filled, &view.filled) {
                let mut filled = RangeSet::clone(&view.filled);
                filled.subtract(&guest.filled);
                self.session.refill(&filled);
                guest.filled = Arc::clone(&view.filled);
            }
            let logs = [LogKind::Statements, LogKind::Journal].map(|log| announced(&view, log));
            let [statements, journal] = logs;
            self.session.grow(Grown::new(statements, journal))?;
        }
        Ok(())
    }

    /// Frames for the desk, as long as it takes them: nothing is read from the store before the last is gone.
    async fn fill_output(&mut self) -> Result<(), End> {
        while self.output.is_empty() {
            if let Some(frame) = self.session.next_output() {
                self.output = frame;
                break;
            }
            let Some(request) = self.session.next_request() else { break };
            let scope = self.guest.as_ref().ok_or(End::Broken)?.scope.clone();
            let reader = self.shared.reader.clone();
            let read = tokio::task::spawn_blocking(move || supply(&reader, &scope, &request)).await;
            self.session.supply(read.map_err(|_| End::Broken)??)?;
        }
        Ok(())
    }

    /// The last words, if the desk still listens.
    async fn part(mut self, end: Result<(), End>) {
        match &end {
            Ok(()) => {}
            Err(End::Broken) => {
                tracing::debug!("a session was cut off");
                return;
            }
            Err(End::Refused(code)) => {
                tracing::info!(code, "a session is ended");
                self.say(code);
            }
            Err(End::Store(error)) => {
                tracing::error!(%error, "a session fails");
                self.say(error.code());
            }
            Err(End::Supply(refusal)) => {
                tracing::error!(%refusal, "a session fails");
                self.say("hub-store-failed");
            }
        }
        let last_words = async {
            self.writer.write_all(&self.output).await?;
            while let Some(frame) = self.session.next_output() {
                self.writer.write_all(&frame).await?;
            }
            self.writer.shutdown().await
        };
        // A desk that does not listen misses them.
        drop(timeout(LAST_WORDS, last_words).await);
        let idle = Duration::from_secs(self.shared.limits.idle_seconds);
        self.hear_out(if end.is_ok() { idle } else { LAST_WORDS }).await;
    }

    /// Drops what still comes until the desk has hung up. A socket that is closed while something comes, a pong
    /// say, is reset: over a slow line the desk would lose what has not reached it yet.
    async fn hear_out(&mut self, longest: Duration) {
        // Its next session need not wait for this one's end.
        self.guest = None;
        let mut chunk = [0; 1024];
        let hung_up = async { while matches!(self.reader.read(&mut chunk).await, Ok(read) if read > 0) {} };
        tokio::select! {
            () = hung_up => {}
            () = self.shared.stop.wait() => {}
            () = sleep(longest) => {}
        }
    }

    /// A refusal of the session's own has said why already; anything else is said here.
    fn say(&mut self, code: &str) {
        if let Some(code) = Code::new(code)
            && !self.session.is_finished()
        {
            self.session.end(code);
        }
    }
}

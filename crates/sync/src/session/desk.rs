//! The desk's end of a session.

use counterseal_model::{EntryId, StatementId};
use counterseal_register::{Entry, sha256};

use super::progress::Progress;
use super::pull::Pull;
use super::refusal::SessionRefusal;
use super::send::{self, Taken};
use super::unanswered::Unanswered;
use super::wire::Wire;
use crate::bounded::{Code, Data};
use crate::frame::{
    Acceptance, Done, EntryPart, Frame, FrameType, Grown, Hello, Leaves, PartialPush, PushPart, Pushed,
    Refused, Statements, Welcome,
};
use crate::frontier::Held;
use crate::limits::{FRAME_TARGET, MAX_UNANSWERED};
use crate::outbox::{Budget, Urgency};
use crate::pack::{Packer, Unpacked, Unpacker};

/// What a desk accepts from a hub.
const FROM_HUB: &[FrameType] = &[
    FrameType::Welcome,
    FrameType::Statements,
    FrameType::Leaves,
    FrameType::Entries,
    FrameType::EntryPart,
    FrameType::Grown,
    FrameType::Accepted,
    FrameType::Refused,
    FrameType::Done,
    FrameType::Ping,
    FrameType::Pong,
    FrameType::Ended,
];

/// What the hub sent. Signatures, roots and the register's rules are for the receiver to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskEvent {
    /// The logs' sizes and checkpoints.
    Welcome(Welcome),
    /// Statements; they follow those known and do not pass the announced size.
    Statements(Statements),
    /// Leaves; they follow those known and do not pass the announced size.
    Leaves(Leaves),
    /// Entries; each was asked for, has a leaf below the announced size, and comes for the first time.
    Entries(Vec<Unpacked>),
    /// A piece of a large entry; it follows the one before, or what was held. Keep it: a session that is cut
    /// off goes on from there.
    Part(EntryPart),
    /// The logs have grown.
    Grown(Grown),
    /// These pushes are durable. Only now may they be forgotten as unsent.
    Accepted(Vec<Acceptance>),
    /// This push was not taken.
    Refused(Refused),
    /// All that was asked for has come, but for what is left.
    Done(Done),
    /// The hub ends the session, for this reason.
    Ended(Code),
}

/// The desk's end: bytes in and events out, pushes in and bytes out. It never waits: who pushes must go on
/// feeding it, or two full buffers would wait for each other.
#[derive(Debug)]
pub struct DeskSession {
    wire: Wire,
    pull: Pull,
    unpacker: Unpacker,
    packer: Packer,
    budget: Budget,
    unanswered: Unanswered,
    partials: Vec<PartialPush>,
    large: Option<LargePush>,
    large_waits: bool,
    closing: bool,
    closed: bool,
}

/// A large entry that is on its way out.
#[derive(Debug)]
struct LargePush {
    entry: EntryId,
    bytes: Vec<u8>,
    next: usize,
}

impl DeskSession {
    /// A session that begins with this Hello and may push so many bytes. Pushes can be made at once: they
    /// travel with the Hello.
    #[must_use]
    pub fn new(mut hello: Hello, mut budget: Budget) -> Self {
        let sent = hello.known.entries.to_send();
        let held = std::mem::replace(&mut hello.known.entries, sent);
        let mut wire = Wire::new(FROM_HUB);
        let (unpacker, packer) = (Unpacker::new(hello.mission), Packer::new(hello.mission));
        budget.spend(wire.send(&Frame::Hello(hello.clone())));
        Self {
            wire,
            pull: Pull::new(hello, held),
            unpacker,
            packer,
            budget,
            unanswered: Unanswered::default(),
            partials: Vec::new(),
            large: None,
            large_waits: false,
            closing: false,
            closed: false,
        }
    }

    /// Takes bytes from the front of `input` until there is an event, or no more input.
    ///
    /// # Errors
    /// When the hub does what it may not do. The session is over then; `next_output` has the last word for
    /// the hub. What was accepted before stays so.
    pub fn feed(&mut self, input: &mut &[u8]) -> Result<Option<DeskEvent>, SessionRefusal> {
        let event = self.feed_on(input);
        self.wire.judge(event)
    }

    fn feed_on(&mut self, input: &mut &[u8]) -> Result<Option<DeskEvent>, SessionRefusal> {
        match self.wire.read(input)? {
            Some((frame, bytes)) => self.take(frame, bytes).map(Some),
            None => Ok(None),
        }
    }

    fn take(&mut self, frame: Frame, bytes: u64) -> Result<DeskEvent, SessionRefusal> {
        if let Frame::Ended(ended) = frame {
            self.wire.ended();
            return Ok(DeskEvent::Ended(ended.code));
        }
        self.pull.admit(frame.kind(), bytes)?;
        let progress = &mut self.wire.progress;
        match frame {
            Frame::Welcome(welcome) => {
                self.pull.welcome(&welcome)?;
                (progress.entries_due, progress.bytes_due) = (welcome.entries, welcome.bytes);
                self.partials = welcome.partials.to_vec();
                Ok(DeskEvent::Welcome(welcome))
            }
            Frame::Statements(statements) => {
                self.pull.statements(&statements)?;
                progress.statements_in += statements.envelopes.len() as u64;
                Ok(DeskEvent::Statements(statements))
            }
            Frame::Leaves(leaves) => {
                self.pull.leaves(&leaves)?;
                progress.leaves_in += leaves.leaves().len() as u64;
                Ok(DeskEvent::Leaves(leaves))
            }
            Frame::Entries(packed) => {
                let entries = self.unpacker.unpack(packed)?;
                progress.entry_bytes_in += self.pull.entries(&entries)?;
                progress.entries_in += entries.len() as u64;
                Ok(DeskEvent::Entries(entries))
            }
            Frame::EntryPart(part) => {
                progress.entries_in += u64::from(self.pull.part(&part)?);
                progress.entry_bytes_in += part.bytes.len() as u64;
                Ok(DeskEvent::Part(part))
            }
            Frame::Grown(grown) => {
                self.pull.grown(&grown)?;
                Ok(DeskEvent::Grown(grown))
            }
            Frame::Done(done) => {
                self.pull.done(&done)?;
                Ok(DeskEvent::Done(done))
            }
            frame => self.answer(frame),
        }
    }

    fn answer(&mut self, frame: Frame) -> Result<DeskEvent, SessionRefusal> {
        let runs = match frame {
            Frame::Accepted(accepted) => accepted.accepted.into_vec(),
            Frame::Refused(refused) => {
                self.wire.progress.answered += 1;
                return match self.unanswered.answer(&refused.what) {
                    true => Ok(DeskEvent::Refused(refused)),
                    false => Err(SessionRefusal::AnswerUnsolicited),
                };
            }
            // `FROM_HUB` lets no other through.
            frame => return Err(crate::frame::FrameRefusal::NotHere { kind: frame.kind() }.into()),
        };
        let mut accepted = Vec::new();
        for run in runs {
            accepted.append(&mut self.unanswered.answer_run(&run)?);
        }
        self.wire.progress.answered += accepted.len() as u64;
        for one in &accepted {
            if let Pushed::Entry(_) = one.what {
                self.pull.own(one.index);
            }
        }
        Ok(DeskEvent::Accepted(accepted))
    }

    /// The next frame to send. Call it when the last one was written: what has not been asked for here can
    /// still be overtaken by something more urgent.
    pub fn next_output(&mut self) -> Option<Vec<u8>> {
        if self.wire.waiting() == 0 {
            self.send_piece();
        }
        if self.wire.waiting() == 0 && self.closing && !self.closed && self.large_is_through() {
            self.closed = true;
            self.wire.send(&Frame::Done(Done::all()));
        }
        self.wire.next()
    }

    /// Whether a push would be taken now: nothing waits to be written, and not too much is unanswered.
    #[must_use]
    pub fn may_push(&self) -> bool {
        self.is_open() && self.wire.waiting() == 0 && self.unanswered.len() < MAX_UNANSWERED
    }

    /// Whether a large entry would be taken now. They go last and need the hub's word on what it holds of
    /// them, so not before its Welcome.
    #[must_use]
    pub fn may_push_large(&self) -> bool {
        self.may_push() && self.large.is_none() && self.pull.is_welcomed()
    }

    fn is_open(&self) -> bool {
        !self.closing && !self.wire.is_over()
    }

    /// Pushes statements, the most urgent first; takes as many as fit one frame.
    pub fn push_statements(&mut self, envelopes: &[Vec<u8>]) -> Taken {
        if !self.may_push() {
            return Taken::default();
        }
        let (frame, taken) = send::statements(None, envelopes, &self.budget, Frame::PushStatements);
        let ids = envelopes.iter().take(taken.items);
        self.await_answers(ids.map(|e| Pushed::Statement(StatementId::from_bytes(sha256(&[e])))).collect());
        self.send(frame.as_ref());
        taken
    }

    /// Pushes entries that are not large, the most urgent first; takes as many as fit one frame.
    pub fn push_entries(&mut self, urgency: Urgency, entries: &[Entry]) -> Taken {
        if !self.may_push() {
            return Taken::default();
        }
        let placed = entries.iter().map(|entry| (None, entry));
        let (frame, taken) =
            send::entries(&mut self.packer, urgency, placed, &self.budget, Frame::PushEntries);
        self.await_answers(entries.iter().take(taken.items).map(|entry| Pushed::Entry(entry.id())).collect());
        self.send(frame.as_ref());
        taken
    }

    /// Pushes a large entry, in pieces, from where the hub's copy ends. False when it is not its turn.
    pub fn push_large(&mut self, entry: &Entry) -> bool {
        let may = self.may_push_large();
        if may {
            let (id, bytes) = (entry.id(), entry.to_bytes());
            let held =
                self.partials.iter().find(|partial| partial.entry == id).map_or(0, |partial| partial.bytes);
            let next = usize::try_from(held).ok().filter(|held| *held < bytes.len()).unwrap_or(0);
            self.large = Some(LargePush { entry: id, bytes, next });
            self.large_waits = false;
        }
        may
    }

    /// Nothing more will be pushed. Once it is answered, a session that is not continuous is finished when
    /// the hub is done; a continuous one is finished then.
    pub fn close(&mut self) {
        self.closing = true;
    }

    /// Asks whether the hub is there. No second ping goes out before the first is answered.
    pub fn ping(&mut self, mark: [u8; 8]) {
        self.wire.ping(mark);
    }

    /// Whether a ping is unanswered. How long that may be is for the caller, who has the clock.
    #[must_use]
    pub fn awaits_pong(&self) -> bool {
        self.wire.awaits_pong()
    }

    /// Whether both sides have said all and every push is answered.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let said_all = self.closed && self.unanswered.is_empty() && self.wire.waiting() == 0;
        self.wire.is_over() || (said_all && (self.pull.is_continuous() || self.pull.is_done()))
    }

    /// What was pushed and is not answered. If the session is cut off, push it again: that is harmless.
    pub fn unanswered(&self) -> impl Iterator<Item = &Pushed> {
        self.unanswered.iter()
    }

    /// Whether the budget stopped a large entry that was taken; the hub keeps what it got of it. Nothing more
    /// will go out but `close`.
    #[must_use]
    pub fn large_stopped(&self) -> bool {
        self.large_waits
    }

    /// The budget for what is pushed.
    #[must_use]
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// How far the session is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.wire.progress
    }

    /// Which entries are held once everything that this session gave out is stored: what the next Hello
    /// says. Right at any moment, also after a cut.
    #[must_use]
    pub fn held(&self) -> Held {
        self.pull.held()
    }

    fn await_answers(&mut self, ids: Vec<Pushed>) {
        self.wire.progress.pushed += ids.len() as u64;
        for what in ids {
            self.unanswered.push(what, 0);
        }
    }

    fn send(&mut self, frame: Option<&Frame>) {
        if let Some(frame) = frame {
            self.budget.spend(self.wire.send(frame));
        }
    }

    fn large_is_through(&self) -> bool {
        self.large.is_none() || self.large_waits
    }

    fn send_piece(&mut self) {
        const OVERHEAD: u64 = 128;
        if self.wire.is_over() || self.large_waits {
            return;
        }
        let Some(large) = &mut self.large else { return };
        let room = usize::try_from(self.budget.left().saturating_sub(OVERHEAD)).unwrap_or(usize::MAX);
        let end = large.bytes.len().min(large.next.saturating_add(room.min(FRAME_TARGET)));
        let piece = large.bytes.get(large.next..end).unwrap_or(&[]).to_vec();
        let Some(piece) = Data::new(piece).filter(|piece| !piece.is_empty()) else {
            self.large_waits = true;
            return;
        };
        let part = PushPart::new(large.entry, large.next as u64, large.bytes.len() as u64, piece);
        let (entry, whole) = (large.entry, end == large.bytes.len());
        large.next = end;
        if whole {
            self.large = None;
            self.await_answers(vec![Pushed::Entry(entry)]);
        }
        self.send(Some(&Frame::PushPart(part)));
    }
}

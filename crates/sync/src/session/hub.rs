//! The hub's end of a session.

use std::collections::BTreeMap;

use counterseal_model::{EntryId, MissionId, StatementId};
use counterseal_register::sha256;

use super::part::Arriving;
use super::plan::Plan;
use super::progress::Progress;
use super::refusal::SessionRefusal;
use super::supply::{HubRequest, Supply, SupplyRefusal};
use super::unanswered::Unanswered;
use super::wire::Wire;
use crate::bounded::{Code, Data, List};
use crate::frame::{
    Acceptance, Accepted, Frame, FrameRefusal, FrameType, Grown, Hello, PushPart, Pushed, Refused, Welcome,
};
use crate::limits::{LARGE, MAX_CODE, MAX_UNANSWERED, MAX_WAITING, PUSH_WINDOW, VERSION};
use crate::pack::{Unpacked, Unpacker};
use crate::ranges::RangeSet;
use crate::size::entry_bytes;

/// What a hub accepts from a desk.
const FROM_DESK: &[FrameType] = &[
    FrameType::Hello,
    FrameType::PushStatements,
    FrameType::PushEntries,
    FrameType::PushPart,
    FrameType::Done,
    FrameType::Ping,
    FrameType::Pong,
    FrameType::Ended,
];

/// What a desk sent. Signatures, standing and the register's rules are for the receiver to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HubEvent {
    /// Who it is and what it wants. Check its signature (`Hello::is_signed_by`) and its standing, then
    /// `welcome` it or `end` the session; until then nothing more is read.
    Hello(Box<Hello>),
    /// Statements for the log, with their ids. Each is to be accepted or refused.
    Statements(Vec<(StatementId, Vec<u8>)>),
    /// Entries for the log. Each is to be accepted or refused.
    Entries(Vec<Unpacked>),
    /// A piece of a large entry; it follows the one before, or what the Welcome said is held. Keep it, and
    /// accept or refuse the entry when the last has come (`offset` and its bytes reach `total`).
    Part(PushPart),
    /// The desk pushes nothing more.
    Done,
    /// The desk ends the session, for this reason.
    Ended(Code),
}

/// The hub's end: it answers one Hello, and asks its store for no more than it can write at once.
#[derive(Debug)]
pub struct HubSession {
    wire: Wire,
    mission: MissionId,
    unpacker: Unpacker,
    hello: Option<Hello>,
    plan: Option<Plan>,
    grown: Option<Grown>,
    partials: BTreeMap<EntryId, u64>,
    part: Option<Arriving<EntryId>>,
    unanswered: Unanswered,
    desk_done: bool,
    hub_done: bool,
}

impl HubSession {
    /// A session of this mission's hub.
    #[must_use]
    pub fn new(mission: MissionId) -> Self {
        Self {
            wire: Wire::new(FROM_DESK),
            mission,
            unpacker: Unpacker::new(mission),
            hello: None,
            plan: None,
            grown: None,
            partials: BTreeMap::new(),
            part: None,
            unanswered: Unanswered::default(),
            desk_done: false,
            hub_done: false,
        }
    }

    /// Whether more input is taken now. It is not while the desk is being checked, while too much that it
    /// pushed is unanswered, or while it reads nothing: then leave its bytes where they are.
    #[must_use]
    pub fn wants_input(&self) -> bool {
        let checked = self.hello.is_none() || self.plan.is_some();
        let unanswered = self.unanswered.bytes() < PUSH_WINDOW && self.unanswered.len() < MAX_UNANSWERED;
        checked && unanswered && self.wire.waiting() < MAX_WAITING && !self.wire.is_over()
    }

    /// Takes bytes from the front of `input` until there is an event, or no more is wanted.
    ///
    /// # Errors
    /// When the desk does what it may not do. The session is over then; `next_output` has the last word.
    /// What was accepted before stays so.
    pub fn feed(&mut self, input: &mut &[u8]) -> Result<Option<HubEvent>, SessionRefusal> {
        let event = self.feed_on(input);
        self.wire.judge(event)
    }

    fn feed_on(&mut self, input: &mut &[u8]) -> Result<Option<HubEvent>, SessionRefusal> {
        if !self.wire.is_over() && !self.wants_input() {
            return Ok(None);
        }
        let Some((frame, bytes)) = self.wire.read(input)? else { return Ok(None) };
        match (frame, &self.hello) {
            (Frame::Ended(ended), _) => {
                self.wire.ended();
                Ok(Some(HubEvent::Ended(ended.code)))
            }
            (Frame::Hello(hello), None) => self.greet(hello).map(Some),
            (Frame::Hello(_), Some(_)) => Err(SessionRefusal::HelloRepeated),
            (_, None) => Err(SessionRefusal::HelloExpected),
            (_, Some(_)) if self.desk_done => Err(SessionRefusal::AfterDone),
            (frame, Some(_)) => self.take(frame, bytes).map(Some),
        }
    }

    fn greet(&mut self, hello: Hello) -> Result<HubEvent, SessionRefusal> {
        if hello.version != VERSION {
            return Err(SessionRefusal::UnknownVersion { version: hello.version });
        }
        if hello.mission != self.mission {
            return Err(SessionRefusal::OtherMission);
        }
        self.hello = Some(hello.clone());
        Ok(HubEvent::Hello(Box::new(hello)))
    }

    fn take(&mut self, frame: Frame, bytes: u64) -> Result<HubEvent, SessionRefusal> {
        match frame {
            Frame::PushStatements(statements) => {
                if statements.from.is_some() {
                    return Err(SessionRefusal::PushPlaced);
                }
                let envelopes = statements.envelopes.into_vec().into_iter().map(Data::into_vec);
                let envelopes: Vec<_> =
                    envelopes.map(|bytes| (StatementId::from_bytes(sha256(&[&bytes])), bytes)).collect();
                for (id, envelope) in &envelopes {
                    self.await_answer(Pushed::Statement(*id), envelope.len() as u64)?;
                }
                Ok(HubEvent::Statements(envelopes))
            }
            Frame::PushEntries(packed) => {
                let entries = self.unpacker.unpack(packed)?;
                for one in &entries {
                    if one.leaf.is_some() {
                        return Err(SessionRefusal::PushPlaced);
                    }
                    if one.ciphertext() > LARGE {
                        return Err(SessionRefusal::PushLarge);
                    }
                    self.await_answer(Pushed::Entry(one.id), entry_bytes(&one.entry))?;
                }
                Ok(HubEvent::Entries(entries))
            }
            Frame::PushPart(part) => {
                let held = self.partials.get(&part.entry).copied().unwrap_or(0);
                let piece = (part.offset, part.total, part.bytes.len() as u64);
                self.part = Arriving::take(self.part, held, part.entry, piece)?;
                if self.part.is_none() {
                    self.await_answer(Pushed::Entry(part.entry), bytes)?;
                }
                Ok(HubEvent::Part(part))
            }
            Frame::Done(_) => {
                self.desk_done = true;
                Ok(HubEvent::Done)
            }
            // `FROM_DESK` lets no other through.
            frame => Err(FrameRefusal::NotHere { kind: frame.kind() }.into()),
        }
    }

    fn await_answer(&mut self, what: Pushed, bytes: u64) -> Result<(), SessionRefusal> {
        if self.unanswered.push(what, bytes) { Ok(()) } else { Err(SessionRefusal::PushRepeated) }
    }

    /// Lets the desk in: its signature and its standing have been checked.
    ///
    /// # Errors
    /// `NotAsked` when there is no Hello to answer, or it was answered.
    pub fn welcome(&mut self, welcome: Welcome) -> Result<(), SupplyRefusal> {
        let hello = self.hello.as_ref().filter(|_| self.plan.is_none()).ok_or(SupplyRefusal::NotAsked)?;
        let mut plan = Plan::new(hello.clone(), welcome.statements.size, welcome.journal.size);
        self.partials = welcome.partials.iter().map(|partial| (partial.entry, partial.bytes)).collect();
        plan.spend(self.wire.send(&Frame::Welcome(welcome)));
        self.plan = Some(plan);
        Ok(())
    }

    /// In a continuous session: the logs have grown, or a checkpoint was cosigned.
    ///
    /// # Errors
    /// `NotAsked` in a session that is not continuous; `OutOfPlace` when a log has shrunk.
    pub fn grow(&mut self, grown: Grown) -> Result<(), SupplyRefusal> {
        let continuous = self.hello.as_ref().is_some_and(|hello| hello.continuous) && !self.wire.is_over();
        let plan = self.plan.as_mut().filter(|_| continuous).ok_or(SupplyRefusal::NotAsked)?;
        plan.grow(grown.statements.size, grown.journal.size)?;
        // Only the newest is told; a slow reader gets no queue of them.
        self.grown = Some(grown);
        Ok(())
    }

    /// In a continuous session: entries came to leaves from before, which had none. Tell that with `grow`, even if
    /// no log has grown.
    pub fn refill(&mut self, filled: &RangeSet) {
        if let Some(plan) = &mut self.plan {
            plan.refill(filled);
        }
    }

    /// What is needed from the store to go on; `None` while something waits to be written, and when
    /// everything was sent. Answer with `supply` before the next call.
    pub fn next_request(&mut self) -> Option<HubRequest> {
        if self.wire.waiting() > 0 || self.wire.is_over() || self.grown.is_some() {
            return None;
        }
        self.plan.as_mut()?.request()
    }

    /// The store's answer to the last request.
    ///
    /// # Errors
    /// When it does not fit the request; nothing was sent then.
    pub fn supply(&mut self, supply: Supply) -> Result<(), SupplyRefusal> {
        let frames = self.plan.as_mut().ok_or(SupplyRefusal::NotAsked)?.supply(supply)?;
        self.wire.send_all(frames);
        Ok(())
    }

    /// These pushes are durable; the desk may forget that they were unsent.
    ///
    /// # Errors
    /// `NotAsked` when one of them is not waiting for an answer; none is told then.
    pub fn accept(&mut self, accepted: Vec<Acceptance>) -> Result<(), SupplyRefusal> {
        let runs = self.unanswered.runs(&accepted).filter(|runs| !runs.is_empty());
        let list = List::new(runs.ok_or(SupplyRefusal::NotAsked)?).ok_or(SupplyRefusal::OutOfPlace)?;
        for one in accepted {
            self.unanswered.answer(&one.what);
            if let (Pushed::Entry(_), Some(plan)) = (one.what, &mut self.plan) {
                plan.own(one.index);
            }
        }
        self.wire.send(&Frame::Accepted(Accepted::new(list)));
        Ok(())
    }

    /// This push is not taken, for this reason.
    ///
    /// # Errors
    /// `NotAsked` when it is not waiting for an answer.
    pub fn refuse(
        &mut self,
        what: Pushed,
        code: Code,
        detail: Option<Data<MAX_CODE>>,
    ) -> Result<(), SupplyRefusal> {
        if !self.unanswered.answer(&what) {
            return Err(SupplyRefusal::NotAsked);
        }
        self.wire.send(&Frame::Refused(Refused::new(what, code, detail)));
        Ok(())
    }

    /// The next frame to send. Call it when the last one was written.
    pub fn next_output(&mut self) -> Option<Vec<u8>> {
        if self.wire.waiting() == 0
            && !self.wire.is_over()
            && let (Some(plan), Some(grown)) = (&mut self.plan, self.grown.take())
        {
            plan.spend(self.wire.send(&Frame::Grown(grown)));
        }
        if self.wire.waiting() == 0
            && !self.wire.is_over()
            && let Some(done) = self.plan.as_mut().and_then(Plan::done)
        {
            self.hub_done = true;
            self.wire.send(&done);
        }
        self.wire.next()
    }

    /// Ends the session, for a reason that the desk is told: not enrolled, busy, disk full.
    pub fn end(&mut self, code: Code) {
        self.wire.end(code, None);
    }

    /// Asks whether the desk is there. No second ping goes out before the first is answered.
    pub fn ping(&mut self, mark: [u8; 8]) {
        self.wire.ping(mark);
    }

    /// Whether a ping is unanswered. How long that may be is for the caller, who has the clock.
    #[must_use]
    pub fn awaits_pong(&self) -> bool {
        self.wire.awaits_pong()
    }

    /// Whether the connection can be closed: the desk has said all, it was answered, and it has all.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        let continuous = self.hello.as_ref().is_some_and(|hello| hello.continuous);
        let answered = self.desk_done && self.unanswered.is_empty();
        self.wire.waiting() == 0 && (self.wire.is_over() || (answered && (self.hub_done || continuous)))
    }

    /// How far the session is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.wire.progress
    }

    /// The desk's Hello, once it came.
    #[must_use]
    pub fn hello(&self) -> Option<&Hello> {
        self.hello.as_ref()
    }
}

//! A desk's session with a hub that does one step at a time: the same frames, checks and answers as a session
//! over TLS, without a connection, tasks or limits of time. For the simulator.

use counterseal_model::{DeviceId, EntryId, Timestamp};
use counterseal_register::DeviceStatus;
use counterseal_sync::{
    Acceptance, Code, Hello, HubEvent, HubSession, PushPart, Pushed, SessionRefusal, Supply, SupplyRefusal,
};

use super::supply::{Scope, number_of, supply};
use super::welcome::welcome;
use crate::sequencer::{CheckedEntry, Outcome, Push, SteppedHub};
use crate::store::{Piece, StoreError};

/// Why a session is over before its time.
#[derive(Debug, thiserror::Error)]
pub enum SessionEnd {
    /// The desk did what it may not do.
    #[error(transparent)]
    Desk(#[from] SessionRefusal),
    /// The store gave what it must not give.
    #[error(transparent)]
    Supply(#[from] SupplyRefusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A session.
pub struct SteppedSession {
    session: HubSession,
    exporter: [u8; 32],
    guest: Option<(DeviceId, Scope)>,
    /// What became durable through it: for those who count.
    accepted: Vec<Acceptance>,
    /// What a hostile hub changes in what it sends.
    lie: Option<Lie>,
}

/// What a hostile hub changes in what it sends.
type Lie = Box<dyn FnMut(&mut Supply)>;

impl SteppedSession {
    /// A session in a connection with this exporter.
    #[must_use]
    pub fn new(hub: &SteppedHub, exporter: [u8; 32]) -> Self {
        let session = HubSession::new(hub.mission());
        Self { session, exporter, guest: None, accepted: Vec::new(), lie: None }
    }

    /// From now on what goes out is changed first.
    pub fn tell(&mut self, lie: Lie) {
        self.lie = Some(lie);
    }

    /// What was acknowledged in it so far.
    #[must_use]
    pub fn accepted(&self) -> &[Acceptance] {
        &self.accepted
    }

    /// Takes bytes from the desk; what is left over is given again later.
    ///
    /// # Errors
    /// When the session is over.
    pub fn feed(
        &mut self,
        hub: &mut SteppedHub,
        now: Timestamp,
        input: &mut &[u8],
    ) -> Result<(), SessionEnd> {
        while let Some(event) = self.session.feed(input)? {
            match event {
                HubEvent::Hello(hello) => self.greet(hub, now, &hello)?,
                HubEvent::Statements(statements) => {
                    let pushes = statements
                        .into_iter()
                        .map(|(id, bytes)| (Pushed::Statement(id), Push::Statement(bytes)));
                    self.push(hub, pushes.collect())?;
                }
                HubEvent::Entries(entries) => {
                    let plain = entries.into_iter();
                    let plain = plain.map(|one| (one.id, one.entry.to_bytes(), number_of(one.urgency)));
                    self.entries(hub, plain.collect())?;
                }
                HubEvent::Part(part) => self.part(hub, part)?,
                HubEvent::Done | HubEvent::Ended(_) => {}
            }
        }
        Ok(())
    }

    /// The next bytes for the desk.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_output(&mut self, hub: &SteppedHub) -> Result<Option<Vec<u8>>, SessionEnd> {
        loop {
            if let Some(frame) = self.session.next_output() {
                return Ok(Some(frame));
            }
            let Some(request) = self.session.next_request() else { return Ok(None) };
            let Some((_, scope)) = &self.guest else { return Ok(None) };
            let mut found = supply(hub.reader(), scope, &request)?;
            if let Some(lie) = &mut self.lie {
                lie(&mut found);
            }
            self.session.supply(found)?;
        }
    }

    /// Whether both sides have said all.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.session.is_finished()
    }

    fn greet(&mut self, hub: &SteppedHub, clock: Timestamp, hello: &Hello) -> Result<(), SessionEnd> {
        let (view, now, device) = (hub.view(), hub.now(clock), hello.device);
        let known = view.register.device(device, now);
        let known = known.filter(|known| hello.is_signed_by(&known.keys, &self.exporter));
        match known.map(|known| known.status) {
            Some(DeviceStatus::Active) => {}
            Some(_) => {
                self.end("device-not-active");
                return Ok(());
            }
            None => {
                self.end("device-unknown");
                return Ok(());
            }
        }
        let (welcome, scope) = welcome(hub.reader(), hello, &view, now, clock)?;
        self.session.welcome(welcome)?;
        self.guest = Some((device, scope));
        Ok(())
    }

    fn entries(
        &mut self,
        hub: &mut SteppedHub,
        entries: Vec<(EntryId, Vec<u8>, u8)>,
    ) -> Result<(), SessionEnd> {
        let register = std::sync::Arc::clone(&hub.view().register);
        let mut pushes = Vec::new();
        for (id, bytes, urgency) in entries {
            let what = Pushed::Entry(id);
            match CheckedEntry::check(&register, bytes, urgency) {
                Ok(entry) if entry.id() != id => self.refuse(what, "entry-other")?,
                Ok(entry) => pushes.push((what, Push::Entry(Box::new(entry)))),
                Err(unfit) => self.refuse(what, unfit.code())?,
            }
        }
        self.push(hub, pushes)
    }

    fn part(&mut self, hub: &mut SteppedHub, part: PushPart) -> Result<(), SessionEnd> {
        let Some((device, _)) = self.guest else { return Ok(()) };
        let (entry, offset, total) = (part.entry, part.offset, part.total);
        let is_last = offset.saturating_add(part.bytes.len() as u64) >= total;
        hub.keep_piece(&Piece { entry, device, offset, total, bytes: part.bytes.into_vec() })?;
        if !is_last {
            return Ok(());
        }
        let whole = hub.reader().pieces(entry)?;
        if whole.len() as u64 != total {
            return self.refuse(Pushed::Entry(entry), "entry-pieces-missing");
        }
        self.entries(hub, vec![(entry, whole, 2)])?;
        hub.drop_pieces(entry);
        Ok(())
    }

    fn push(&mut self, hub: &mut SteppedHub, pushes: Vec<(Pushed, Push)>) -> Result<(), SessionEnd> {
        let (ids, pushes): (Vec<_>, Vec<_>) = pushes.into_iter().unzip();
        let mut accepted = Vec::new();
        for (what, outcome) in ids.into_iter().zip(hub.push(pushes)) {
            match outcome {
                Outcome::Accepted { index } => accepted.push(Acceptance { what, index }),
                Outcome::Refused { code } => self.refuse(what, code)?,
            }
        }
        if !accepted.is_empty() {
            self.accepted.extend(accepted.iter().cloned());
            self.session.accept(accepted)?;
        }
        Ok(())
    }

    fn refuse(&mut self, what: Pushed, code: &str) -> Result<(), SessionEnd> {
        match Code::new(code) {
            Some(code) => Ok(self.session.refuse(what, code, None)?),
            None => Ok(()),
        }
    }

    fn end(&mut self, code: &str) {
        if let Some(code) = Code::new(code) {
            self.session.end(code);
        }
    }
}

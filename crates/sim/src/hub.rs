//! A hub in memory, that can lie.

use std::collections::BTreeMap;

use counterseal_ledger::{
    ConsistencyProof, Edge, Hash, KeyName, LogSigner, NodeReader, Seed, SignedCheckpoint,
};
use counterseal_model::{CompartmentId, DeviceId, EntryId, MissionId, StatementId, Timestamp};
use counterseal_node::OutgoingLogs;
use counterseal_register::{
    Bytes, JournalLeaf, LogKind, LogPosition, Register, SetHub, Sight, TimeMark, claimed_device, log_origin,
    sha256, statement_leaf, verify_header,
};
use counterseal_sync::{
    Acceptance, Announced, Code, Data, Hello, HubEvent, HubRequest, HubSession, LargeEntry, Left, Pushed,
    RangeSet, StoredEntry, Supply, Unpacked, Urgency, Welcome,
};

use crate::mission::SimError;
use crate::witness::SimWitness;

/// A log: its leaves, the signer of its checkpoints, and the newest checkpoint that a quorum cosigned.
pub struct SimLog {
    /// Which log.
    pub kind: LogKind,
    /// The leaves, as they are hashed.
    pub leaves: Vec<Vec<u8>>,
    /// The newest cosigned note.
    pub note: Vec<u8>,
    /// Leaves that it covers.
    pub cosigned: u64,
    signer: LogSigner,
}

/// An entry that the hub keeps.
#[derive(Clone)]
pub struct Kept {
    /// Whose it is.
    pub device: DeviceId,
    /// The compartment.
    pub compartment: CompartmentId,
    /// How urgent.
    pub urgency: Urgency,
    /// The entry.
    pub entry: counterseal_register::Entry,
}

/// What a hostile hub changes in what it sends.
pub type Lie = Box<dyn FnMut(&mut Supply)>;

/// The hub.
pub struct SimHub {
    mission: MissionId,
    /// Its generation.
    pub generation: u64,
    /// The statement log.
    pub statements: SimLog,
    /// The journal log.
    pub journal: SimLog,
    /// The entries, by the index of their leaf.
    pub entries: BTreeMap<u64, Kept>,
    /// The statement log's items: envelopes and time marks.
    pub items: Vec<Vec<u8>>,
    /// What it knows of the mission.
    pub register: Register,
    /// What its clock says.
    pub now: Timestamp,
    /// The lie it tells, if it does.
    pub lie: Option<Lie>,
    /// Whether it takes pushes and then forgets them.
    pub forgets: bool,
    /// The index that it names for every entry it takes, whatever the true one is.
    pub accepts_at: Option<u64>,
    /// Whether it refuses every statement.
    pub refuses: bool,
    marked: (u64, u64),
    /// Large entries that are being pushed.
    pieces: BTreeMap<EntryId, Vec<u8>>,
}

/// The signing key of a generation's log.
fn signer(mission: MissionId, kind: LogKind, generation: u64) -> Result<LogSigner, SimError> {
    let purpose = if kind == LogKind::Statements { 1 } else { 2 };
    let seed = Seed::from_bytes(sha256(&[b"sim hub", &[purpose], &generation.to_be_bytes()]));
    let origin = KeyName::parse(&log_origin(mission, kind, generation)).map_err(SimError::malformed)?;
    LogSigner::new(origin, &seed).map_err(|_| SimError::Key)
}

fn public(signer: &LogSigner) -> Bytes<32> {
    Bytes(signer.public().key().as_bytes().try_into().unwrap_or([0; 32]))
}

impl SimLog {
    fn new(mission: MissionId, kind: LogKind, generation: u64) -> Result<Self, SimError> {
        let signer = signer(mission, kind, generation)?;
        Ok(Self { kind, leaves: Vec::new(), note: Vec::new(), cosigned: 0, signer })
    }

    fn copy(&self, mission: MissionId, generation: u64) -> Result<Self, SimError> {
        let Self { kind, leaves, note, cosigned, .. } = self;
        Ok(Self {
            kind: *kind,
            leaves: leaves.clone(),
            note: note.clone(),
            cosigned: *cosigned,
            signer: signer(mission, *kind, generation)?,
        })
    }

    /// Signs the leaves there are and has the witnesses cosign; the note is the newest if enough did.
    fn publish(&mut self, witnesses: &[SimWitness], quorum: usize, now: Timestamp) -> Result<(), SimError> {
        let size = self.leaves.len() as u64;
        if size == self.cosigned {
            return Ok(());
        }
        let grown = Edge::new().grow(&self.leaves).map_err(|_| SimError::Key)?;
        let signed = grown.durable().sign(&self.signer).map_err(|_| SimError::Key)?;
        let mut note = SignedCheckpoint::parse(signed.to_store().as_bytes()).map_err(SimError::malformed)?;
        let plain = note.clone();
        let mut cosigned = 0;
        let now = u64::try_from(now.0).unwrap_or(1);
        for witness in witnesses {
            let old = if witness.corrupt { 0 } else { witness.last_size(self.signer.public().name()) };
            let proof = self.proof(old, size)?;
            if let Some(lines) = witness.cosign(self.signer.public(), &plain, proof, now) {
                note.add(lines).map_err(SimError::malformed)?;
                cosigned += 1;
            }
        }
        if cosigned >= quorum {
            (self.note, self.cosigned) = (note.to_string().into_bytes(), size);
        }
        Ok(())
    }

    fn proof(&self, old: u64, new: u64) -> Result<ConsistencyProof, SimError> {
        if old == 0 || old >= new {
            return ConsistencyProof::from_hashes(Vec::new()).map_err(|_| SimError::Key);
        }
        let mut nodes = Leaves(&self.leaves);
        ConsistencyProof::make(old, new, &mut nodes).map_err(|_| SimError::Key)
    }

    fn announced(&self) -> Result<Announced, SimError> {
        // As the real hub does: what is durable, and a checkpoint that may cover less.
        let size = self.leaves.len() as u64;
        Ok(Announced { size, checkpoint: Data::new(self.note.clone()).ok_or(SimError::Key)? })
    }
}

/// Nodes of a tree, worked out from its leaves.
struct Leaves<'a>(&'a [Vec<u8>]);

impl NodeReader for Leaves<'_> {
    type Error = SimError;

    fn node(&mut self, level: u32, index: u64) -> Result<Hash, SimError> {
        if level == 0 {
            let leaf = usize::try_from(index).ok().and_then(|at| self.0.get(at)).ok_or(SimError::Key)?;
            return Ok(Hash::leaf(leaf));
        }
        let (left, right) = (self.node(level - 1, index * 2)?, self.node(level - 1, index * 2 + 1)?);
        Ok(Hash::node(&left, &right))
    }
}

impl SimHub {
    /// What the governors name for the hub of a generation.
    ///
    /// # Errors
    /// When the library refuses a key.
    pub fn named(mission: MissionId, generation: u64) -> Result<SetHub, SimError> {
        let pin = sha256(&[b"certificate", &generation.to_be_bytes()]);
        Ok(SetHub {
            generation,
            statements_key: public(&signer(mission, LogKind::Statements, generation)?),
            journal_key: public(&signer(mission, LogKind::Journal, generation)?),
            pins: vec![Bytes(pin)],
            extra: Default::default(),
        })
    }

    /// A hub that begins with a mission's statements, in their order.
    ///
    /// # Errors
    /// When there is no founding among them.
    pub fn new(statements: Vec<Vec<u8>>, now: Timestamp) -> Result<Self, SimError> {
        let first = statements.first().ok_or(SimError::Key)?;
        let register = Register::found(LogPosition::new(0), first)?;
        let mission = register.mission();
        let mut hub = Self {
            mission,
            generation: 1,
            statements: SimLog::new(mission, LogKind::Statements, 1)?,
            journal: SimLog::new(mission, LogKind::Journal, 1)?,
            entries: BTreeMap::new(),
            items: Vec::new(),
            register,
            now,
            lie: None,
            forgets: false,
            accepts_at: None,
            refuses: false,
            marked: (0, 0),
            pieces: BTreeMap::new(),
        };
        for statement in statements {
            hub.append(statement);
        }
        Ok(hub)
    }

    /// The hub of the next generation, with the outgoing logs as a desk had them and none of their entries.
    ///
    /// # Errors
    /// When there is no succession.
    pub fn succeed(outgoing: &OutgoingLogs, now: Timestamp) -> Result<Self, SimError> {
        let succession = outgoing.succession.clone().ok_or(SimError::Key)?;
        let items = outgoing.statements.iter().map(|(item, _)| item.clone());
        let mut hub = Self::new(items.chain([succession]).collect(), now)?;
        let generation = outgoing.hub.generation + 1;
        hub.generation = generation;
        for log in [&mut hub.statements, &mut hub.journal] {
            log.signer = signer(outgoing.mission, log.kind, generation)?;
        }
        hub.journal.leaves = outgoing.leaves.iter().map(|(leaf, _)| leaf.to_vec()).collect();
        Ok(hub)
    }

    /// The hub as it is now, once more: a backup, or the other face of a hub that shows two.
    ///
    /// # Errors
    /// When the library refuses a key.
    pub fn copy(&self) -> Result<Self, SimError> {
        Ok(Self {
            mission: self.mission,
            generation: self.generation,
            statements: self.statements.copy(self.mission, self.generation)?,
            journal: self.journal.copy(self.mission, self.generation)?,
            entries: self.entries.clone(),
            items: self.items.clone(),
            register: self.register.clone(),
            now: self.now,
            lie: None,
            forgets: self.forgets,
            accepts_at: self.accepts_at,
            refuses: self.refuses,
            marked: self.marked,
            pieces: self.pieces.clone(),
        })
    }

    /// Appends a statement or a mark, whatever the register says of it.
    pub fn append(&mut self, item: Vec<u8>) -> u64 {
        let index = self.items.len() as u64;
        if TimeMark::parse(&item).is_none() && index > 0 {
            let since = self.now.max(self.register.last().time);
            let sight = Sight::Logged { cosigned: true, since };
            let _refused = self.register.apply(LogPosition::new(index), &item, sight);
        }
        self.statements.leaves.push(statement_leaf(&item).into_owned());
        self.items.push(item);
        index
    }

    /// Has both logs cosigned, marks the time where statements are new, and has the mark cosigned.
    ///
    /// # Errors
    /// When a note cannot be made.
    pub fn tick(&mut self, witnesses: &[SimWitness], quorum: usize) -> Result<(), SimError> {
        self.statements.publish(witnesses, quorum, self.now)?;
        self.journal.publish(witnesses, quorum, self.now)?;
        let (statements, journal) = (self.statements.cosigned, self.journal.cosigned);
        if statements > self.marked.0 || journal > self.marked.1 {
            let grew = journal > self.marked.1;
            let mark = TimeMark {
                statements: self.statements.note.clone(),
                journal: grew.then(|| self.journal.note.clone()),
            };
            self.append(mark.to_leaf());
            self.statements.publish(witnesses, quorum, self.now)?;
            // The mark itself needs no mark.
            self.marked = (self.statements.cosigned.max(statements), journal);
        }
        Ok(())
    }

    /// Has both logs cosigned as they are, without a mark.
    ///
    /// # Errors
    /// When a note cannot be made.
    pub fn publish(&mut self, witnesses: &[SimWitness], quorum: usize) -> Result<(), SimError> {
        self.statements.publish(witnesses, quorum, self.now)?;
        self.journal.publish(witnesses, quorum, self.now)
    }

    /// Begins a session.
    #[must_use]
    pub fn session(&self) -> HubSession {
        HubSession::new(self.mission)
    }

    /// Answers what a desk said.
    ///
    /// # Errors
    /// When the session does not take the answer.
    pub fn take(
        &mut self,
        session: &mut HubSession,
        event: HubEvent,
        exporter: &[u8; 32],
    ) -> Result<(), SimError> {
        match event {
            HubEvent::Hello(hello) => self.hello(session, &hello, exporter),
            HubEvent::Statements(statements) => {
                for (id, envelope) in statements {
                    self.take_statement(session, id, envelope)?;
                }
                Ok(())
            }
            HubEvent::Entries(entries) => {
                for entry in entries {
                    self.take_entry(session, entry)?;
                }
                Ok(())
            }
            HubEvent::Part(part) => {
                let kept = self.pieces.entry(part.entry).or_default();
                kept.truncate(usize::try_from(part.offset).unwrap_or(0));
                kept.extend_from_slice(&part.bytes);
                if kept.len() as u64 == part.total {
                    let bytes = self.pieces.remove(&part.entry).unwrap_or_default();
                    let entry = counterseal_register::Entry::parse(&bytes)?;
                    let urgency = Urgency::Large;
                    let pushed = Unpacked { leaf: None, urgency, id: part.entry, claimed: None, entry };
                    self.take_entry(session, pushed)?;
                }
                Ok(())
            }
            HubEvent::Done | HubEvent::Ended(_) => Ok(()),
        }
    }

    fn hello(
        &mut self,
        session: &mut HubSession,
        hello: &Hello,
        exporter: &[u8; 32],
    ) -> Result<(), SimError> {
        let keys = self.register.device_keys(hello.device);
        if !keys.is_some_and(|keys| hello.is_signed_by(keys, exporter)) {
            session.end(Code::new("device-unknown").ok_or(SimError::Key)?);
            return Ok(());
        }
        let mut welcome = Welcome::new(self.statements.announced()?, self.journal.announced()?, self.now);
        let absent = |leaf: &u64| !self.entries.contains_key(leaf);
        (0..self.journal.leaves.len() as u64).filter(absent).for_each(|leaf| {
            welcome.lacks.insert(leaf);
        });
        Ok(session.welcome(welcome)?)
    }

    fn take_statement(
        &mut self,
        session: &mut HubSession,
        id: StatementId,
        envelope: Vec<u8>,
    ) -> Result<(), SimError> {
        let what = Pushed::Statement(id);
        if self.refuses {
            return Ok(session.refuse(what, Code::new("disk-full").ok_or(SimError::Key)?, None)?);
        }
        if self.forgets {
            let index = self.items.len() as u64;
            return Ok(session.accept(vec![Acceptance { what, index }])?);
        }
        if let Some(index) = self.items.iter().position(|item| *item == envelope) {
            return Ok(session.accept(vec![Acceptance { what, index: index as u64 }])?);
        }
        let since = self.now.max(self.register.last().time);
        let at = LogPosition::new(self.items.len() as u64);
        let tried = self.register.clone().apply(at, &envelope, Sight::Logged { cosigned: true, since });
        match tried {
            Ok(applied) if applied.effect == counterseal_register::Effect::Stands => {
                let index = self.append(envelope);
                Ok(session.accept(vec![Acceptance { what, index }])?)
            }
            Ok(_) => Ok(session.refuse(what, Code::new("predecessor-taken").ok_or(SimError::Key)?, None)?),
            Err(refusal) => {
                Ok(session.refuse(what, Code::new(refusal.code()).ok_or(SimError::Key)?, None)?)
            }
        }
    }

    fn take_entry(&mut self, session: &mut HubSession, pushed: Unpacked) -> Result<(), SimError> {
        let what = Pushed::Entry(pushed.id);
        if let Some(index) = self.index_of(pushed.id) {
            return Ok(session.accept(vec![Acceptance { what, index }])?);
        }
        let device = claimed_device(&pushed.entry.header)?;
        let keys = self.register.device_keys(device).ok_or(SimError::Key)?;
        let header = verify_header(&pushed.entry.header, keys)?;
        // As the real hub does: an entry that can never count is not logged.
        if let Err(refusal) = self.register.standing_of(&header, self.register.last()) {
            return Ok(session.refuse(what, Code::new(refusal.code()).ok_or(SimError::Key)?, None)?);
        }
        let leaf = JournalLeaf::of(&header).to_bytes().to_vec();
        let next = self.journal.leaves.len();
        let stands = self.journal.leaves.iter().position(|known| *known == leaf);
        let index = stands.unwrap_or(next) as u64;
        if !self.forgets {
            if stands.is_none() {
                self.journal.leaves.push(leaf);
            }
            let compartment = header.header().compartment;
            let kept = Kept { device, compartment, urgency: pushed.urgency, entry: pushed.entry };
            self.entries.insert(index, kept);
        }
        let index = self.accepts_at.unwrap_or(index);
        Ok(session.accept(vec![Acceptance { what, index }])?)
    }

    fn index_of(&self, id: EntryId) -> Option<u64> {
        self.entries.iter().find(|(_, kept)| kept.entry.id() == id).map(|(index, _)| *index)
    }

    /// Gives a session what it asks for, after the lie.
    ///
    /// # Errors
    /// When the session does not take it.
    pub fn supply(&mut self, session: &mut HubSession, request: HubRequest) -> Result<(), SimError> {
        let device = session.hello().map(|hello| hello.device);
        let mut supply = self.answer(request, device)?;
        if let Some(lie) = &mut self.lie {
            lie(&mut supply);
        }
        Ok(session.supply(supply)?)
    }

    fn answer(&self, request: HubRequest, device: Option<DeviceId>) -> Result<Supply, SimError> {
        Ok(match request {
            HubRequest::Statements { from, to, .. } => {
                let range = usize::try_from(from).unwrap_or(0)..usize::try_from(to).unwrap_or(0);
                Supply::Statements(self.items.get(range).unwrap_or_default().to_vec())
            }
            HubRequest::Leaves { from, most } => {
                let from = usize::try_from(from).unwrap_or(0);
                let end = from.saturating_add(most).min(self.journal.leaves.len());
                let leaves = self.journal.leaves.get(from..end).unwrap_or_default().iter();
                Supply::Leaves(leaves.map(|leaf| leaf.as_slice().try_into().unwrap_or([0; 38])).collect())
            }
            HubRequest::Entries { urgency, within, .. } => {
                let theirs =
                    |kept: &Kept| kept.urgency == urgency && self.is_member(device, kept.compartment);
                let found = self.entries.range(within).filter(|(_, kept)| theirs(kept));
                let stored = found.map(|(leaf, kept)| StoredEntry {
                    leaf: *leaf,
                    compartment: kept.compartment,
                    entry: kept.entry.clone(),
                });
                let mut stored: Vec<_> = stored.collect();
                if urgency == Urgency::Flash {
                    stored.reverse();
                }
                Supply::Entries(stored)
            }
            HubRequest::Large { within } => {
                let theirs =
                    |kept: &Kept| kept.urgency == Urgency::Large && self.is_member(device, kept.compartment);
                let found = self.entries.range(within).find(|(_, kept)| theirs(kept));
                Supply::Large(found.map(|(leaf, kept)| LargeEntry {
                    leaf: *leaf,
                    compartment: kept.compartment,
                    bytes: kept.entry.to_bytes().len() as u64,
                }))
            }
            HubRequest::Piece { leaf, offset, most_bytes } => {
                let whole = self.entries.get(&leaf).map(|kept| kept.entry.to_bytes()).unwrap_or_default();
                let from = usize::try_from(offset).unwrap_or(usize::MAX).min(whole.len());
                let end = from.saturating_add(most_bytes).min(whole.len());
                Supply::Piece(whole.get(from..end).unwrap_or_default().to_vec())
            }
            HubRequest::Left(_) => Supply::Left(RangeSet::new(), Left::default()),
        })
    }

    fn is_member(&self, device: Option<DeviceId>, compartment: CompartmentId) -> bool {
        let Some(device) = device else { return false };
        let mut epochs = self.register.epochs(compartment).iter();
        epochs.any(|id| self.register.epoch(*id).is_some_and(|epoch| epoch.roster().contains(&device)))
    }
}

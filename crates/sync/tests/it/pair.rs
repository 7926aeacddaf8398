//! A desk and a hub in memory, and a line between them that splits, delays and cuts.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use counterseal_model::{CompartmentId, EntryId, StatementId};
use counterseal_register::{Entry, sha256};
use counterseal_sync::{
    Acceptance, Budget, DeskEvent, DeskSession, Done, Grown, Held, Hello, HubEvent, HubRequest, HubSession,
    LARGE, LEAF_LEN, LargeEntry, Left, List, PartialPull, PartialPush, Pushed, RangeSet, StoredEntry, Supply,
    Urgency, entry_bytes,
};
use rand_chacha::ChaCha20Rng;

use crate::common::{announced, below, header, hello, leaf_of, mission, welcome};

/// A hub's store: what is in it is durable.
#[derive(Default)]
pub(crate) struct MemHub {
    pub(crate) statements: Vec<Vec<u8>>,
    pub(crate) entries: Vec<(Urgency, CompartmentId, Entry)>,
    index: BTreeMap<Pushed, u64>,
    partials: BTreeMap<EntryId, Vec<u8>>,
    pending: Vec<Pushed>,
    requests: u64,
}

impl MemHub {
    pub(crate) fn add(&mut self, urgency: Urgency, entry: Entry) -> u64 {
        let what = Pushed::Entry(entry.id());
        if let Some(index) = self.index.get(&what) {
            return *index;
        }
        let index = self.entries.len() as u64;
        self.index.insert(what, index);
        self.entries.push((urgency, header(&entry).compartment, entry));
        index
    }

    pub(crate) fn say(&mut self, envelope: Vec<u8>) -> u64 {
        let what = Pushed::Statement(StatementId::from_bytes(sha256(&[&envelope])));
        if let Some(index) = self.index.get(&what) {
            return *index;
        }
        let index = self.statements.len() as u64;
        self.index.insert(what, index);
        self.statements.push(envelope);
        index
    }

    fn sizes(&self) -> (u64, u64) {
        (self.statements.len() as u64, self.entries.len() as u64)
    }

    pub(crate) fn supply(&mut self, request: HubRequest) -> Supply {
        self.requests += 1;
        let placed = || self.entries.iter().zip(0u64..);
        let stored = |leaf: u64, (_, compartment, entry): &(Urgency, CompartmentId, Entry)| StoredEntry {
            leaf,
            compartment: *compartment,
            entry: entry.clone(),
        };
        match request {
            HubRequest::Statements { from, to, most_bytes } => {
                let mut bytes = 0;
                let some = self.statements[from as usize..to as usize].iter();
                Supply::Statements(
                    some.take_while(|one| (bytes == 0 || bytes < most_bytes, bytes += one.len()).0)
                        .cloned()
                        .collect(),
                )
            }
            HubRequest::Leaves { from, most } => Supply::Leaves(
                self.entries[from as usize..].iter().take(most).map(|one| leaf_of(&one.2)).collect(),
            ),
            HubRequest::Entries { urgency, within, .. } => {
                let of = |leaf: &u64, one: &Urgency| *one == urgency && within.contains(leaf);
                let mut some: Vec<_> = placed()
                    .filter(|(one, leaf)| of(leaf, &one.0))
                    .map(|(one, leaf)| stored(leaf, one))
                    .collect();
                if urgency == Urgency::Flash {
                    some.reverse();
                }
                some.truncate(9);
                Supply::Entries(some)
            }
            HubRequest::Large { within } => {
                let large = placed().find(|(one, leaf)| one.0 == Urgency::Large && within.contains(leaf));
                Supply::Large(large.map(|(one, leaf)| LargeEntry {
                    leaf,
                    compartment: one.1,
                    bytes: entry_bytes(&one.2),
                }))
            }
            HubRequest::Piece { leaf, offset, most_bytes } => {
                let bytes = self.entries[leaf as usize].2.to_bytes();
                let from = offset as usize;
                Supply::Piece(bytes[from..bytes.len().min(from + most_bytes)].to_vec())
            }
            HubRequest::Left(at) => {
                let left: Vec<_> = placed()
                    .filter(|(one, leaf)| match one.0 {
                        Urgency::Flash => at.flash.contains(*leaf),
                        Urgency::Ordinary => at.ordinary.contains(leaf),
                        Urgency::Large => at.large.contains(leaf),
                    })
                    .collect();
                let sum = left.iter().fold(Left::default(), |sum, (one, _)| sum.and(entry_bytes(&one.2)));
                Supply::Left(left.iter().map(|(_, leaf)| *leaf).collect(), sum)
            }
        }
    }

    fn take(&mut self, session: &mut HubSession, event: HubEvent) {
        match event {
            HubEvent::Hello(_) => {
                let (statements, journal) = self.sizes();
                let mut welcome = welcome(statements, journal);
                let partials = self
                    .partials
                    .iter()
                    .map(|(entry, bytes)| PartialPush { entry: *entry, bytes: bytes.len() as u64 });
                welcome.partials = List::new(partials.collect()).unwrap();
                (welcome.entries, welcome.bytes) = (7, 7_000);
                session.welcome(welcome).unwrap();
            }
            HubEvent::Statements(statements) => {
                for (id, envelope) in statements {
                    self.say(envelope);
                    self.pending.push(Pushed::Statement(id));
                }
            }
            HubEvent::Entries(entries) => {
                for one in entries {
                    self.add(one.urgency, one.entry);
                    self.pending.push(Pushed::Entry(one.id));
                }
            }
            HubEvent::Part(part) => {
                let held = self.partials.entry(part.entry).or_default();
                held.truncate(part.offset as usize);
                assert_eq!(held.len() as u64, part.offset);
                held.extend_from_slice(&part.bytes);
                if held.len() as u64 == part.total {
                    let entry = Entry::parse(&self.partials.remove(&part.entry).unwrap()).unwrap();
                    assert_eq!(entry.id(), part.entry);
                    self.add(Urgency::Large, entry);
                    self.pending.push(Pushed::Entry(part.entry));
                }
            }
            HubEvent::Done => {}
            HubEvent::Ended(code) => panic!("the desk ended: {}", code.as_str()),
        }
    }

    /// Durable already; the answer may come a while later.
    fn answer(&mut self, session: &mut HubSession) {
        let accepted: Vec<_> =
            self.pending.drain(..).map(|what| Acceptance { what, index: self.index[&what] }).collect();
        if !accepted.is_empty() {
            session.accept(accepted).unwrap();
        }
    }
}

/// A desk's store and outbox.
#[derive(Default)]
pub(crate) struct MemDesk {
    pub(crate) statements: Vec<Vec<u8>>,
    pub(crate) leaves: Vec<[u8; LEAF_LEN]>,
    pub(crate) entries: BTreeMap<u64, Entry>,
    pub(crate) arrivals: Vec<u64>,
    pub(crate) held: Held,
    partials: BTreeMap<u64, Vec<u8>>,
    pub(crate) unsent_statements: Vec<Vec<u8>>,
    pub(crate) unsent: Vec<(Urgency, Entry)>,
    pub(crate) accepted: BTreeMap<Pushed, u64>,
    pub(crate) done: Option<Done>,
    pub(crate) continuous: bool,
    pub(crate) budget: Option<u64>,
    pub(crate) largest: Option<u64>,
    pub(crate) only: Vec<CompartmentId>,
    pub(crate) budget_out: Option<u64>,
    offered: BTreeSet<Pushed>,
    pub(crate) close: bool,
}

impl MemDesk {
    pub(crate) fn hello(&self) -> Hello {
        let mut hello = hello(self.statements.len() as u64, self.leaves.len() as u64, self.held.clone());
        let partials =
            self.partials.iter().map(|(leaf, bytes)| PartialPull { leaf: *leaf, bytes: bytes.len() as u64 });
        hello.partials = List::new(partials.collect()).unwrap();
        (hello.continuous, hello.budget, hello.largest) = (self.continuous, self.budget, self.largest);
        hello.compartments = List::new(self.only.clone()).unwrap();
        hello
    }

    fn connect(&mut self) -> DeskSession {
        self.offered.clear();
        self.done = None;
        DeskSession::new(self.hello(), Budget::of(self.budget_out))
    }

    fn store(&mut self, leaf: u64, entry: Entry) {
        assert!(self.entries.insert(leaf, entry).is_none(), "leaf {leaf} came twice");
        self.arrivals.push(leaf);
    }

    fn take(&mut self, session: &DeskSession, event: DeskEvent) {
        match event {
            DeskEvent::Welcome(_) | DeskEvent::Grown(_) => {}
            DeskEvent::Statements(some) => {
                assert_eq!(some.from, Some(self.statements.len() as u64));
                self.statements.extend(some.envelopes.into_vec().into_iter().map(|one| one.into_vec()));
            }
            DeskEvent::Leaves(some) => {
                assert_eq!(some.from(), self.leaves.len() as u64);
                self.leaves.extend_from_slice(some.leaves());
            }
            DeskEvent::Entries(entries) => {
                for one in entries {
                    self.store(one.leaf.unwrap(), one.entry);
                }
            }
            DeskEvent::Part(part) => {
                let held = self.partials.entry(part.leaf).or_default();
                held.truncate(part.offset as usize);
                held.extend_from_slice(&part.bytes);
                if held.len() as u64 == part.total {
                    let bytes = self.partials.remove(&part.leaf).unwrap();
                    self.store(part.leaf, Entry::parse(&bytes).unwrap());
                }
            }
            DeskEvent::Accepted(accepted) => {
                for one in accepted {
                    self.accepted.insert(one.what, one.index);
                    self.unsent.retain(|(_, entry)| Pushed::Entry(entry.id()) != one.what);
                    self.unsent_statements
                        .retain(|e| Pushed::Statement(StatementId::from_bytes(sha256(&[e]))) != one.what);
                }
            }
            DeskEvent::Refused(refused) => panic!("refused: {refused:?}"),
            DeskEvent::Done(done) => self.done = Some(done),
            DeskEvent::Ended(code) => panic!("the hub ended: {}", code.as_str()),
        }
        self.held = session.held();
    }

    fn push(&mut self, session: &mut DeskSession) {
        if !session.may_push() {
            return;
        }
        let statements: Vec<_> = self
            .unsent_statements
            .iter()
            .filter(|e| !self.offered.contains(&Pushed::Statement(StatementId::from_bytes(sha256(&[e])))))
            .cloned()
            .collect();
        if !statements.is_empty() {
            let taken = session.push_statements(&statements);
            for envelope in &statements[..taken.items] {
                self.offered.insert(Pushed::Statement(StatementId::from_bytes(sha256(&[envelope]))));
            }
            return;
        }
        for urgency in [Urgency::Flash, Urgency::Ordinary, Urgency::Large] {
            let some: Vec<Entry> = self
                .unsent
                .iter()
                .filter(|(of, entry)| *of == urgency && !self.offered.contains(&Pushed::Entry(entry.id())))
                .map(|(_, entry)| entry.clone())
                .collect();
            if some.is_empty() {
                continue;
            }
            if urgency == Urgency::Large {
                if session.large_stopped() {
                    session.close();
                } else if session.push_large(&some[0]) {
                    self.offered.insert(Pushed::Entry(some[0].id()));
                }
                return;
            }
            let taken = session.push_entries(urgency, &some);
            self.offered.extend(some[..taken.items].iter().map(|entry| Pushed::Entry(entry.id())));
            if taken.budget_spent {
                session.close();
            }
            return;
        }
        if !self.continuous || self.close {
            session.close();
        }
    }
}

/// How a line treats what it carries.
pub(crate) struct Line<'a> {
    pub(crate) rng: &'a mut ChaCha20Rng,
    /// Cuts after about so many bytes, both directions together.
    pub(crate) cut_after: Option<u64>,
    /// Calls this once both ends have nothing to do: more may be said then.
    pub(crate) idle: &'a mut dyn FnMut(&mut MemHub, &mut MemDesk) -> bool,
}

/// Runs one session; whether it was finished rather than cut.
pub(crate) fn run(desk: &mut MemDesk, hub: &mut MemHub, line: Line<'_>) -> bool {
    let (mut d, mut h) = (desk.connect(), HubSession::new(mission()));
    hub.pending.clear();
    let (mut up, mut down): (VecDeque<u8>, VecDeque<u8>) = Default::default();
    let (mut carried, mut quiet) = (0u64, 0);
    let mut told = hub.sizes();
    loop {
        let before = carried;
        // Who writes, and how much of it gets through, is chance; the desk always reads.
        desk.push(&mut d);
        if up.len() < 100_000
            && let Some(bytes) = d.next_output()
        {
            up.extend(bytes);
        }
        if below(line.rng, 3) > 0 {
            if down.len() < 100_000
                && let Some(bytes) = h.next_output()
            {
                down.extend(bytes);
            } else if let Some(request) = h.next_request() {
                h.supply(hub.supply(request)).unwrap();
                carried += 1;
            }
        }
        let n = (below(line.rng, 20_000) as usize).min(up.len());
        if h.wants_input() {
            let chunk: Vec<u8> = up.drain(..n).collect();
            carried += chunk.len() as u64;
            let mut rest = chunk.as_slice();
            while let Some(event) = h.feed(&mut rest).unwrap() {
                hub.take(&mut h, event);
            }
            rest.iter().rev().for_each(|byte| up.push_front(*byte));
        }
        if below(line.rng, 2) == 0 {
            hub.answer(&mut h);
        }
        let n = (below(line.rng, 20_000) as usize).min(down.len());
        let chunk: Vec<u8> = down.drain(..n).collect();
        carried += chunk.len() as u64;
        let mut rest = chunk.as_slice();
        while let Some(event) = d.feed(&mut rest).unwrap() {
            desk.take(&d, event);
        }
        if line.cut_after.is_some_and(|cut| carried > cut) {
            return false;
        }
        if desk.continuous && hub.sizes() != told && h.hello().is_some() {
            told = hub.sizes();
            h.grow(Grown::new(announced(told.0), announced(told.1))).unwrap();
        }
        quiet = if carried == before && up.is_empty() && down.is_empty() { quiet + 1 } else { 0 };
        if d.is_finished() && h.is_finished() && up.is_empty() && down.is_empty() {
            assert_eq!(d.unanswered().count(), 0);
            return true;
        }
        if quiet > 200 && !(line.idle)(hub, desk) {
            panic!("both ends wait: {:?} {:?}", d.progress(), h.progress());
        }
        if quiet > 200 {
            quiet = 0;
        }
    }
}

pub(crate) fn class(entry: &Entry, flash: bool) -> Urgency {
    let ciphertext: u64 = entry.ciphertexts.iter().map(|one| one.len() as u64).sum();
    let urgency = Urgency::of(ciphertext, flash);
    assert_eq!(urgency == Urgency::Large, ciphertext > LARGE);
    urgency
}

/// The desk holds exactly what the hub holds of these compartments.
pub(crate) fn assert_same(desk: &MemDesk, hub: &MemHub, own: &BTreeSet<EntryId>) {
    assert_eq!(desk.statements, hub.statements);
    for ((_, _, entry), leaf) in hub.entries.iter().zip(0u64..) {
        if !own.contains(&entry.id()) {
            assert_eq!(desk.entries.get(&leaf), Some(entry), "leaf {leaf}");
        }
    }
    let leaves: Vec<_> = hub.entries.iter().map(|one| leaf_of(&one.2)).collect();
    assert!(leaves.starts_with(&desk.leaves));
    let sorted: BTreeSet<_> = desk.arrivals.iter().collect();
    assert_eq!(sorted.len(), desk.arrivals.len(), "each came once");
    assert_eq!(desk.held.missing, RangeSet::new());
}

//! What a desk has to send. What takes away goes first. Then, if a statement that waits will end an epoch, the entries
//! that were written under it: they must not become late by their own desk. Then the other statements, and
//! the other entries: flash reports, the newest first; then the rest; large entries last.

use std::collections::VecDeque;

use counterseal_register::Entry;
use counterseal_sync::{DeskSession, FRAME_TARGET, Left, RangeSet, Urgency, entry_bytes};

use super::state::{Unsent, UnsentEntry};
use crate::desk::Desk;
use crate::error::NodeError;

/// Bytes read ahead of what a frame takes.
const AHEAD: u64 = 2 * FRAME_TARGET as u64;

/// Entries by number, with their urgency.
type Queue = VecDeque<(i64, Urgency)>;

/// The queue of a session.
#[derive(Default)]
pub(super) struct Outbox {
    statements: Vec<Vec<u8>>,
    entries: Queue,
    /// Statements and entries that go after these.
    then: Option<(Vec<Vec<u8>>, Queue)>,
    /// Entries in the log that the hub does not have; after all others.
    offered: Queue,
    /// Whether the hub has said what it does not have.
    welcomed: bool,
    /// The next entries, which are of one urgency.
    ready: VecDeque<Entry>,
    ready_urgency: Option<Urgency>,
    /// The budget is used up.
    stopped: bool,
    left: Left,
}

impl Desk {
    pub(super) fn outbox(&self) -> Result<Outbox, NodeError> {
        let mut outbox = Outbox::default();
        outbox.renew(self)?;
        Ok(outbox)
    }
}

impl Outbox {
    /// Reads the queue anew, but for what is read ahead.
    pub(super) fn renew(&mut self, desk: &Desk) -> Result<(), NodeError> {
        if !self.ready.is_empty() {
            return Ok(());
        }
        let Unsent { restricting, ending, permitting, others } = desk.unsent()?;
        let all = ending.iter().chain(&others);
        self.left = all.fold(Left::default(), |left, one| left.and(one.bytes));
        let queue =
            |entries: Vec<UnsentEntry>| entries.into_iter().map(|one| (one.no, one.urgency)).collect();
        (self.statements, self.entries) = (restricting, queue(ending));
        self.then = Some((permitting, queue(others)));
        Ok(())
    }

    /// Adds the entries that stand in the log and that the hub says it does not have.
    pub(super) fn offer(&mut self, desk: &Desk, lacks: &RangeSet) -> Result<(), NodeError> {
        let offered = desk.standing_at(lacks)?;
        self.left = offered.iter().fold(self.left, |left, one| left.and(one.bytes));
        self.offered = offered.into_iter().map(|one| (one.no, one.urgency)).collect();
        self.welcomed = true;
        Ok(())
    }

    /// Pushes what a frame takes; whether nothing is left to push.
    pub(super) fn push(&mut self, desk: &Desk, session: &mut DeskSession) -> Result<bool, NodeError> {
        if self.stopped {
            return Ok(true);
        }
        if !self.statements.is_empty() {
            if session.may_push() {
                let taken = session.push_statements(&self.statements);
                self.statements.drain(..taken.items.min(self.statements.len()));
                self.stopped = taken.budget_spent;
            }
            return Ok(false);
        }
        self.read_ahead(desk)?;
        let Some(urgency) = self.ready_urgency else {
            let Some(then) = self.then.take() else { return Ok(self.welcomed) };
            (self.statements, self.entries) = then;
            return Ok(false);
        };
        if urgency == Urgency::Large {
            if session.large_stopped() {
                self.stopped = true;
            } else if session.may_push_large()
                && let Some(entry) = self.ready.front()
                && session.push_large(entry)
            {
                self.sent(1);
            }
            return Ok(false);
        }
        if session.may_push() {
            let taken = session.push_entries(urgency, self.ready.make_contiguous());
            self.sent(taken.items);
            self.stopped = taken.budget_spent;
        }
        Ok(false)
    }

    /// What is not handed over yet.
    pub(super) fn left(&self) -> Left {
        self.left
    }

    fn sent(&mut self, count: usize) {
        for entry in self.ready.drain(..count.min(self.ready.len())) {
            self.left.items = self.left.items.saturating_sub(1);
            self.left.bytes = self.left.bytes.saturating_sub(entry_bytes(&entry));
        }
    }

    fn next_entry(&self) -> Option<(i64, Urgency)> {
        let offered = || self.offered.front().filter(|_| self.then.is_none());
        self.entries.front().or_else(offered).copied()
    }

    fn read_ahead(&mut self, desk: &Desk) -> Result<(), NodeError> {
        let mut bytes: u64 = self.ready.iter().map(entry_bytes).sum();
        while bytes < AHEAD
            && let Some((no, urgency)) = self.next_entry()
            && (self.ready.is_empty() || self.ready_urgency == Some(urgency))
        {
            let entry = desk.entry(no)?.entry;
            bytes += entry_bytes(&entry);
            self.ready_urgency = Some(urgency);
            self.ready.push_back(entry);
            if self.entries.pop_front().is_none() {
                self.offered.pop_front();
            }
        }
        if self.ready.is_empty() {
            self.ready_urgency = None;
        }
        Ok(())
    }
}

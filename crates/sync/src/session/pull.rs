//! What a desk asked for, held against what comes.

use super::part::Arriving;
use super::refusal::{Log, SessionRefusal};
use crate::frame::{Done, EntryPart, FrameType, Grown, Hello, Leaves, Statements, Welcome};
use crate::frontier::Held;
use crate::outbox::Budget;
use crate::pack::Unpacked;
use crate::ranges::RangeSet;
use crate::size::entry_bytes;

/// The desk's view of the answer to its Hello.
#[derive(Debug)]
pub(super) struct Pull {
    hello: Hello,
    budget: Budget,
    /// Sizes announced: statements, journal.
    sizes: Option<(u64, u64)>,
    next_statement: u64,
    next_leaf: u64,
    /// Entries that came, and own ones that were accepted.
    received: RangeSet,
    part: Option<Arriving<u64>>,
    held: Held,
    /// Leaves whose entries the hub does not have.
    lacks: RangeSet,
    done: bool,
}

impl Pull {
    /// `held` is the whole of what the Hello could only say in part.
    pub(super) fn new(hello: Hello, held: Held) -> Self {
        Self {
            budget: Budget::of(hello.budget),
            sizes: None,
            next_statement: hello.known.statements.size,
            next_leaf: hello.known.journal.size,
            received: RangeSet::new(),
            part: None,
            held,
            lacks: RangeSet::new(),
            done: false,
            hello,
        }
    }

    pub(super) fn is_welcomed(&self) -> bool {
        self.sizes.is_some()
    }

    pub(super) fn is_continuous(&self) -> bool {
        self.hello.continuous
    }

    pub(super) fn is_done(&self) -> bool {
        self.done
    }

    pub(super) fn held(&self) -> Held {
        let mut held = self.held.clone();
        held.add(&self.received);
        held
    }

    /// Whether a frame of this type may come now, and fits the budget.
    pub(super) fn admit(&mut self, kind: FrameType, bytes: u64) -> Result<(), SessionRefusal> {
        match (kind, self.is_welcomed()) {
            (FrameType::Welcome, true) => return Err(SessionRefusal::WelcomeRepeated),
            (FrameType::Welcome, false) => {}
            (_, false) => return Err(SessionRefusal::WelcomeExpected),
            (FrameType::Grown, true) if !self.hello.continuous => return Err(SessionRefusal::NotContinuous),
            (_, true) => {}
        }
        let answers = matches!(kind, FrameType::Accepted | FrameType::Refused);
        if self.done && !self.hello.continuous && !answers {
            return Err(SessionRefusal::AfterDone);
        }
        match kind {
            FrameType::Welcome | FrameType::Grown => self.budget.spend(bytes),
            FrameType::Accepted | FrameType::Refused | FrameType::Done => {}
            _ if self.budget.take(bytes) => {}
            _ => return Err(SessionRefusal::OverBudget { left: self.budget.left(), bytes }),
        }
        Ok(())
    }

    pub(super) fn welcome(&mut self, welcome: &Welcome) -> Result<(), SessionRefusal> {
        let (end, size) = (welcome.lacks.end(), welcome.journal.size);
        if end > size {
            return Err(SessionRefusal::LeftPastEnd { end, size });
        }
        self.lacks = welcome.lacks.clone();
        self.announce(welcome.statements.size, welcome.journal.size)
    }

    pub(super) fn grown(&mut self, grown: &Grown) -> Result<(), SessionRefusal> {
        self.announce(grown.statements.size, grown.journal.size)
    }

    fn announce(&mut self, statements: u64, journal: u64) -> Result<(), SessionRefusal> {
        let known = &self.hello.known;
        let (known_statements, known_journal) =
            self.sizes.unwrap_or((known.statements.size, known.journal.size));
        for (log, known, announced) in
            [(Log::Statements, known_statements, statements), (Log::Journal, known_journal, journal)]
        {
            if announced < known {
                return Err(SessionRefusal::LogShrank { log, known, announced });
            }
        }
        self.sizes = Some((statements, journal));
        Ok(())
    }

    fn sizes(&self) -> (u64, u64) {
        self.sizes.unwrap_or((0, 0))
    }

    pub(super) fn statements(&mut self, statements: &Statements) -> Result<(), SessionRefusal> {
        let from = statements.from.ok_or(SessionRefusal::Unplaced)?;
        let count = statements.envelopes.len() as u64;
        self.next_statement = follow(Log::Statements, (self.next_statement, from, count), self.sizes().0)?;
        Ok(())
    }

    pub(super) fn leaves(&mut self, leaves: &Leaves) -> Result<(), SessionRefusal> {
        let place = (self.next_leaf, leaves.from(), leaves.leaves().len() as u64);
        self.next_leaf = follow(Log::Journal, place, self.sizes().1)?;
        Ok(())
    }

    /// Bytes of the entries in plain form.
    pub(super) fn entries(&mut self, entries: &[Unpacked]) -> Result<u64, SessionRefusal> {
        let mut total = 0;
        for entry in entries {
            let leaf = entry.leaf.ok_or(SessionRefusal::Unplaced)?;
            let bytes = entry_bytes(&entry.entry);
            self.check_size(leaf, bytes)?;
            self.check_place(leaf)?;
            if !self.hello.wants(entry.claimed.as_ref().map(|claimed| &claimed.compartment), leaf) {
                return Err(SessionRefusal::EntryUnasked { leaf });
            }
            if !self.received.insert(leaf) {
                return Err(SessionRefusal::EntryRepeated { leaf });
            }
            total += bytes;
        }
        Ok(total)
    }

    /// Whether the entry is whole now.
    pub(super) fn part(&mut self, part: &EntryPart) -> Result<bool, SessionRefusal> {
        let leaf = part.leaf;
        self.check_size(leaf, part.total)?;
        self.check_place(leaf)?;
        if !self.hello.wants(None, leaf) {
            return Err(SessionRefusal::EntryUnasked { leaf });
        }
        let goes_on = self.part.is_some_and(|before| before.key == leaf);
        // An own push of the same entry may have been accepted while the pieces were on their way.
        if !goes_on && self.received.contains(leaf) {
            return Err(SessionRefusal::EntryRepeated { leaf });
        }
        let held = self.hello.partials.iter().find(|partial| partial.leaf == leaf);
        let held = held.map_or(0, |partial| partial.bytes);
        let piece = (part.offset, part.total, part.bytes.len() as u64);
        self.part = Arriving::take(self.part, held, leaf, piece)?;
        let whole = self.part.is_none();
        if whole {
            self.received.insert(leaf);
        }
        Ok(whole)
    }

    fn check_place(&self, leaf: u64) -> Result<(), SessionRefusal> {
        let size = self.sizes().1;
        if leaf < size { Ok(()) } else { Err(SessionRefusal::EntryPastEnd { leaf, size }) }
    }

    fn check_size(&self, leaf: u64, bytes: u64) -> Result<(), SessionRefusal> {
        match self.hello.largest {
            Some(largest) if bytes > largest => Err(SessionRefusal::EntryTooLarge { leaf, bytes }),
            _ => Ok(()),
        }
    }

    /// An own entry was accepted.
    pub(super) fn own(&mut self, leaf: u64) {
        self.received.insert(leaf);
    }

    pub(super) fn done(&mut self, done: &Done) -> Result<(), SessionRefusal> {
        let ((statements, journal), end) = (self.sizes(), done.left.end());
        if end > journal {
            return Err(SessionRefusal::LeftPastEnd { end, size: journal });
        }
        if self.hello.budget.is_none() {
            for (log, next, size) in
                [(Log::Statements, self.next_statement, statements), (Log::Journal, self.next_leaf, journal)]
            {
                if next < size {
                    return Err(SessionRefusal::DoneTooSoon { log });
                }
            }
        }
        self.held.add(&self.received);
        // What the hub does not have it has not sent.
        let mut left = done.left.clone();
        let mut lacks = self.lacks.clone();
        lacks.subtract(&self.received);
        left.add(&lacks);
        self.held.answered(journal, &left, &self.hello.compartments);
        self.done = true;
        Ok(())
    }
}

/// The index after `count` leaves from `from`, if they begin where they must and end within the log.
fn follow(log: Log, (expected, from, count): (u64, u64, u64), size: u64) -> Result<u64, SessionRefusal> {
    if from != expected {
        return Err(SessionRefusal::NotContiguous { log, expected, from });
    }
    match from.checked_add(count).filter(|end| *end <= size) {
        Some(end) => Ok(end),
        None => Err(SessionRefusal::PastEnd { log, size, end: from.saturating_add(count) }),
    }
}

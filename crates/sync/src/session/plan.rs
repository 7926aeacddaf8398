//! What a hub has still to send in a session, in which order.

use std::ops::Range;

use super::send;
use super::supply::{HubRequest, LargeEntry, Positions, StoredEntry, Supply, SupplyRefusal};
use crate::bounded::Data;
use crate::frame::{Done, EntryPart, Frame, Hello, LeafBytes, Leaves};
use crate::limits::{FRAME_TARGET, LEAF_LEN, MAX_RANGES};
use crate::outbox::{Budget, Left, Urgency};
use crate::pack::Packer;
use crate::ranges::RangeSet;
use crate::size::entry_bytes;
use counterseal_model::CompartmentId;

/// A large entry on its way.
#[derive(Debug, Clone, Copy)]
struct Sending {
    leaf: u64,
    total: u64,
    next: u64,
}

#[derive(Debug)]
pub(super) struct Plan {
    hello: Hello,
    packer: Packer,
    budget: Budget,
    spent: bool,
    statements: Range<u64>,
    leaves: Range<u64>,
    flash: RangeSet,
    ordinary: Range<u64>,
    large: Range<u64>,
    sending: Option<Sending>,
    /// Entries pushed in this session: their author has them.
    theirs: RangeSet,
    /// Leaves that were gone through, where it goes back for entries that came to leaves from before: of ordinary
    /// and of large entries.
    passed: [RangeSet; 2],
    /// Entries that are larger than the desk wants.
    skipped: (RangeSet, Left),
    left: Option<(RangeSet, Left)>,
    done_due: bool,
    asked: Option<HubRequest>,
}

impl Plan {
    pub(super) fn new(hello: Hello, statements: u64, journal: u64) -> Self {
        let first = hello.known.entries.lowest_wanted().min(journal);
        Self {
            packer: Packer::new(hello.mission),
            budget: Budget::of(hello.budget),
            spent: false,
            statements: hello.known.statements.size..statements,
            leaves: hello.known.journal.size..journal,
            flash: RangeSet::from(first..journal),
            ordinary: first..journal,
            large: first..journal,
            sending: None,
            theirs: RangeSet::new(),
            passed: [RangeSet::new(), RangeSet::new()],
            skipped: (RangeSet::new(), Left::default()),
            left: None,
            done_due: true,
            asked: None,
            hello,
        }
    }

    /// The logs have grown to these sizes.
    pub(super) fn grow(&mut self, statements: u64, journal: u64) -> Result<(), SupplyRefusal> {
        if statements < self.statements.end || journal < self.leaves.end {
            return Err(SupplyRefusal::OutOfPlace);
        }
        if statements > self.statements.end || journal > self.leaves.end {
            (self.done_due, self.left) = (true, None);
        }
        self.flash.insert_range(self.leaves.end..journal);
        self.statements.end = statements;
        for range in [&mut self.leaves, &mut self.ordinary, &mut self.large] {
            range.end = journal;
        }
        // A request that is open was made for the log as it was; it is made anew.
        self.asked = None;
        Ok(())
    }

    /// Entries came to these leaves, which had none before: they are sent now, and nothing else once more.
    pub(super) fn refill(&mut self, filled: &RangeSet) {
        let Some(first) = filled.lowest() else { return };
        filled.ranges().for_each(|range| self.flash.insert_range(range));
        for (next, passed) in [&mut self.ordinary, &mut self.large].into_iter().zip(&mut self.passed) {
            if first < next.start {
                passed.insert_range(first..next.start);
                next.start = first;
            }
            passed.subtract(filled);
        }
        (self.done_due, self.left, self.asked) = (true, None, None);
    }

    /// Bytes that are sent whatever the budget says.
    pub(super) fn spend(&mut self, bytes: u64) {
        self.budget.spend(bytes);
    }

    /// An entry of the desk's own stands at this index.
    pub(super) fn own(&mut self, leaf: u64) {
        self.theirs.insert(leaf);
    }

    pub(super) fn request(&mut self) -> Option<HubRequest> {
        self.asked = if self.spent { None } else { self.request_next() };
        if let Some(HubRequest::Piece { most_bytes: 0, .. }) = self.asked {
            self.spent = true;
        }
        if self.spent {
            self.asked = self.request_left();
        }
        self.asked.clone()
    }

    fn request_left(&self) -> Option<HubRequest> {
        if !self.done_due || self.left.is_some() {
            return None;
        }
        let large = self.sending.map_or(self.large.start, |sending| sending.leaf)..self.large.end;
        let (flash, ordinary) = (self.flash.clone(), self.ordinary.clone());
        Some(HubRequest::Left(Positions { flash, ordinary, large }))
    }

    /// In the order of urgency.
    fn request_next(&self) -> Option<HubRequest> {
        let most_bytes = FRAME_TARGET;
        if !self.statements.is_empty() {
            let Range { start: from, end: to } = self.statements;
            return Some(HubRequest::Statements { from, to, most_bytes });
        }
        if let Some(within) = self.flash.ranges().next_back() {
            return Some(HubRequest::Entries { urgency: Urgency::Flash, within, most_bytes });
        }
        if !self.leaves.is_empty() {
            let room = usize::try_from(self.leaves.end - self.leaves.start).unwrap_or(usize::MAX);
            // A run takes up to 12 bytes where every leaf is of another kind than the one before.
            let most = (FRAME_TARGET / (LEAF_LEN + 12)).min(room);
            return Some(HubRequest::Leaves { from: self.leaves.start, most });
        }
        if !self.ordinary.is_empty() {
            let within = self.ordinary.clone();
            return Some(HubRequest::Entries { urgency: Urgency::Ordinary, within, most_bytes });
        }
        if let Some(Sending { leaf, next: offset, .. }) = self.sending {
            let most_bytes = self.room_for_piece();
            return Some(HubRequest::Piece { leaf, offset, most_bytes });
        }
        (!self.large.is_empty()).then(|| HubRequest::Large { within: self.large.clone() })
    }

    /// Bytes of the next piece; 0 when the budget has no room for one that is worth its head.
    fn room_for_piece(&self) -> usize {
        const HEAD: u64 = 64;
        const LEAST: u64 = 1024;
        let left = self.budget.left().saturating_sub(HEAD);
        if left < LEAST { 0 } else { usize::try_from(left).unwrap_or(FRAME_TARGET).min(FRAME_TARGET) }
    }

    /// The last frame of the answer, if everything has been sent that will be.
    pub(super) fn done(&mut self) -> Option<Frame> {
        let through = if self.spent { self.left.is_some() } else { self.request_next().is_none() };
        if !self.done_due || !through {
            return None;
        }
        self.done_due = false;
        let (mut left, mut sum) = self.skipped.clone();
        if let Some((more, rest)) = &self.left {
            left.add(more);
            sum = Left { items: sum.items + rest.items, bytes: sum.bytes.saturating_add(rest.bytes) };
        }
        left.coarsen(MAX_RANGES);
        let (entries, bytes) = ((sum.items > 0).then_some(sum.items), (sum.bytes > 0).then_some(sum.bytes));
        Some(Frame::Done(Done { left, entries, bytes, ..Done::all() }))
    }

    /// Frames made of what the store gave.
    pub(super) fn supply(&mut self, supply: Supply) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        let frames = match (self.asked.clone(), supply) {
            (Some(HubRequest::Statements { from, to, .. }), Supply::Statements(envelopes)) => {
                self.statements(from, to, &envelopes)
            }
            (Some(HubRequest::Leaves { from, most }), Supply::Leaves(leaves)) => {
                if leaves.is_empty() || leaves.len() > most {
                    return Err(SupplyRefusal::Missing);
                }
                self.leaves(from, leaves)
            }
            (Some(HubRequest::Entries { urgency, within, .. }), Supply::Entries(entries)) => {
                self.entries(urgency, within, entries)
            }
            (Some(HubRequest::Large { within }), Supply::Large(large)) => self.large(within, large),
            (Some(HubRequest::Piece { .. }), Supply::Piece(bytes)) => self.piece(bytes),
            (Some(HubRequest::Left(_)), Supply::Left(ranges, sum)) => {
                self.left = Some((ranges, sum));
                Ok(Vec::new())
            }
            _ => return Err(SupplyRefusal::NotAsked),
        }?;
        self.asked = None;
        Ok(frames)
    }

    fn statements(
        &mut self,
        from: u64,
        to: u64,
        envelopes: &[Vec<u8>],
    ) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        if envelopes.is_empty() {
            return Err(SupplyRefusal::Missing);
        }
        if envelopes.len() as u64 > to - from {
            return Err(SupplyRefusal::OutOfPlace);
        }
        let (mut frames, mut rest) = (Vec::new(), envelopes);
        while !rest.is_empty() && !self.spent {
            let start = Some(self.statements.start);
            let (frame, taken) = send::statements(start, rest, &self.budget, Frame::Statements);
            self.spent |= taken.budget_spent || taken.items == 0;
            self.statements.start += taken.items as u64;
            frames.extend(self.written(frame));
            rest = rest.get(taken.items..).unwrap_or(&[]);
        }
        Ok(frames)
    }

    fn leaves(&mut self, from: u64, leaves: Vec<LeafBytes>) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        let frame = Leaves::new(from, leaves).ok_or(SupplyRefusal::OutOfPlace)?;
        let end = frame.end();
        let written = self.within_budget(Frame::Leaves(frame));
        if written.is_some() {
            self.leaves.start = end;
        }
        Ok(written.into_iter().collect())
    }

    fn entries(
        &mut self,
        urgency: Urgency,
        within: Range<u64>,
        entries: Vec<StoredEntry>,
    ) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        let ordered = match urgency {
            Urgency::Flash => entries.windows(2).all(|pair| matches!(pair, [a, b] if a.leaf > b.leaf)),
            _ => entries.windows(2).all(|pair| matches!(pair, [a, b] if a.leaf < b.leaf)),
        };
        if !ordered || entries.iter().any(|one| !within.contains(&one.leaf)) {
            return Err(SupplyRefusal::OutOfPlace);
        }
        if entries.is_empty() {
            self.pass(urgency, &within, None);
        }
        let [passed, _] = self.passed.clone();
        let is_new = |one: &StoredEntry| urgency == Urgency::Flash || !passed.contains(one.leaf);
        let wanted: Vec<_> = entries.iter().filter(|one| is_new(one) && self.wants(one)).collect();
        let (mut frames, mut rest) = (Vec::new(), wanted.as_slice());
        while !rest.is_empty() {
            let items = rest.iter().map(|one| (Some(one.leaf), &one.entry));
            let (frame, taken) =
                send::entries(&mut self.packer, urgency, items, &self.budget, Frame::Entries);
            frames.extend(self.written(frame));
            if taken.items == 0 {
                self.spent = true;
                break;
            }
            rest = rest.get(taken.items..).unwrap_or(&[]);
        }
        // What was not taken is left where it stands.
        let sent = wanted.len() - rest.len();
        let last = if rest.is_empty() {
            entries.last()
        } else {
            sent.checked_sub(1).and_then(|i| wanted.get(i).copied())
        };
        if let Some(last) = last {
            self.pass(urgency, &within, Some(last.leaf));
        }
        Ok(frames)
    }

    /// Everything of this urgency in the range, up to this leaf, has been seen to.
    fn pass(&mut self, urgency: Urgency, within: &Range<u64>, leaf: Option<u64>) {
        match (urgency, leaf) {
            (Urgency::Flash, Some(leaf)) => self.flash.remove_range(leaf..within.end),
            (Urgency::Flash, None) => self.flash.remove_range(within.clone()),
            (_, leaf) => self.ordinary.start = leaf.map_or(within.end, |leaf| leaf + 1),
        }
    }

    fn wants(&mut self, one: &StoredEntry) -> bool {
        self.wants_sized(one.leaf, &one.compartment, entry_bytes(&one.entry))
    }

    fn wants_sized(&mut self, leaf: u64, compartment: &CompartmentId, bytes: u64) -> bool {
        let wanted = self.hello.wants(Some(compartment), leaf) && !self.theirs.contains(leaf);
        let too_large = self.hello.largest.is_some_and(|largest| bytes > largest);
        if wanted && too_large && self.skipped.0.insert(leaf) {
            self.skipped.1 = self.skipped.1.and(bytes);
        }
        wanted && !too_large
    }

    fn large(
        &mut self,
        within: Range<u64>,
        large: Option<LargeEntry>,
    ) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        let Some(large) = large else {
            self.large.start = within.end;
            return Ok(Vec::new());
        };
        if !within.contains(&large.leaf) {
            return Err(SupplyRefusal::OutOfPlace);
        }
        self.large.start = large.leaf + 1;
        let [_, passed] = &self.passed;
        if !passed.contains(large.leaf) && self.wants_sized(large.leaf, &large.compartment, large.bytes) {
            let held = self.hello.partials.iter().find(|partial| partial.leaf == large.leaf);
            let next = held.map_or(0, |partial| partial.bytes);
            let next = if next < large.bytes { next } else { 0 };
            self.sending = Some(Sending { leaf: large.leaf, total: large.bytes, next });
        }
        Ok(Vec::new())
    }

    fn piece(&mut self, bytes: Vec<u8>) -> Result<Vec<Vec<u8>>, SupplyRefusal> {
        let Some(sending) = self.sending else { return Err(SupplyRefusal::NotAsked) };
        let length = bytes.len() as u64;
        if length == 0 {
            self.sending = None; // erased meanwhile
            return Ok(Vec::new());
        }
        let piece = Data::new(bytes).ok_or(SupplyRefusal::OutOfPlace)?;
        let next = sending.next + length;
        if next > sending.total {
            return Err(SupplyRefusal::OutOfPlace);
        }
        let frame = Frame::EntryPart(EntryPart::new(sending.leaf, sending.next, sending.total, piece));
        let written = self.within_budget(frame);
        if written.is_some() {
            self.sending = (next < sending.total).then_some(Sending { next, ..sending });
        }
        Ok(written.into_iter().collect())
    }

    /// A frame that was made to fit the budget, as bytes.
    fn written(&mut self, frame: Option<Frame>) -> Option<Vec<u8>> {
        let bytes = frame?.to_bytes()?;
        self.budget.spend(bytes.len() as u64);
        Some(bytes)
    }

    /// A frame as bytes, if the budget has room for it; else the budget is spent.
    fn within_budget(&mut self, frame: Frame) -> Option<Vec<u8>> {
        let bytes = frame.to_bytes().filter(|bytes| self.budget.take(bytes.len() as u64));
        self.spent |= bytes.is_none();
        bytes
    }
}

//! What both ends of a stream remember of it.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{CompartmentId, DeviceId, EntryId, EpochId, JournalId};

use crate::limits::MAX_CONTEXTS;

/// What entries of one journal in one epoch have in common. The mission and the suite are the stream's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Context {
    /// The compartment.
    pub compartment: CompartmentId,
    /// The epoch.
    pub epoch: EpochId,
    /// The author's device.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
}

impl Value for Context {
    fn write(&self, w: &mut Writer) {
        self.compartment.write(w.array(4));
        self.epoch.write(w);
        self.device.write(w);
        self.journal.write(w);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(4, "a compartment, an epoch, a device and a journal")?;
        Ok(Self {
            compartment: CompartmentId::read(r)?,
            epoch: EpochId::read(r)?,
            device: DeviceId::read(r)?,
            journal: JournalId::read(r)?,
        })
    }
}

/// How much of both logs an author had seen: statements, journal.
pub(super) type Seen = (u64, u64);

/// The entry of a context that went through the stream last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Last {
    pub(super) seq: u64,
    pub(super) id: EntryId,
    pub(super) seen: Seen,
}

#[derive(Debug)]
pub(super) struct Slot {
    pub(super) context: Context,
    pub(super) last: Option<Last>,
}

/// The table of a stream. Slots are given out in turn; when all are, the oldest is given out again.
#[derive(Debug, Default)]
pub(super) struct Table {
    slots: Vec<Slot>,
    next: usize,
    /// What the last packed entry had seen: the base where its context has none.
    seen: Seen,
    /// The leaf index after that of the last item with one.
    pub(super) next_leaf: u64,
}

impl Table {
    /// The slot that the next new context gets.
    pub(super) fn next_slot(&self) -> usize {
        self.next
    }

    pub(super) fn slot(&self, slot: usize) -> Option<&Slot> {
        self.slots.get(slot)
    }

    /// The context whose slot a new one would take.
    pub(super) fn evicted(&self) -> Option<&Context> {
        self.slots.get(self.next).map(|slot| &slot.context)
    }

    pub(super) fn define(&mut self, context: Context) -> usize {
        let (slot, new) = (self.next, Slot { context, last: None });
        match self.slots.get_mut(slot) {
            Some(old) => *old = new,
            None => self.slots.push(new),
        }
        self.next = (slot + 1) % MAX_CONTEXTS;
        slot
    }

    /// What the sizes seen by an entry are counted from.
    pub(super) fn base(&self, last: Option<&Last>) -> Seen {
        last.map_or(self.seen, |last| last.seen)
    }

    pub(super) fn passed(&mut self, slot: usize, last: Last) {
        self.seen = last.seen;
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.last = Some(last);
        }
    }

    pub(super) fn passed_leaf(&mut self, leaf: Option<u64>) {
        if let Some(leaf) = leaf {
            self.next_leaf = leaf.saturating_add(1);
        }
    }
}

/// `value` as a difference from `base`, and back. `None` beyond 63 bits, which no log reaches.
pub(super) fn difference(base: u64, value: u64) -> Option<i64> {
    let (base, value) = (i64::try_from(base).ok()?, i64::try_from(value).ok()?);
    value.checked_sub(base)
}

pub(super) fn apply(base: u64, difference: i64) -> Option<u64> {
    u64::try_from(i64::try_from(base).ok()?.checked_add(difference)?).ok()
}

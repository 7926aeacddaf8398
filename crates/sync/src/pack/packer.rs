//! Packing entries into frames, in the order in which they are sent.

use std::collections::HashMap;

use counterseal_model::MissionId;
use counterseal_model::cbor::to_bytes;
use counterseal_register::{Blob, Entry};

use super::item::{Head, Item, Named, PackedEntries, Place};
use super::rebuild::{Essence, essence};
use super::table::{Context, Last, Table, difference};
use crate::bounded::List;
use crate::limits::MAX_ENTRIES;
use crate::outbox::Urgency;

/// Bytes of a frame's body besides its items.
const FRAME_OVERHEAD: usize = 5;

/// Whether an entry found room in the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// It is in.
    In,
    /// The frame would be larger than allowed. Nothing was changed; the entry goes into the next frame.
    Full,
}

/// The sending end of a stream of packed entries. What is added must be sent, in this order: the receiver
/// follows the same table.
#[derive(Debug)]
pub struct Packer {
    mission: MissionId,
    table: Table,
    slots: HashMap<Context, usize>,
    items: Vec<Item>,
    bytes: usize,
}

impl Packer {
    /// At the beginning of a stream.
    #[must_use]
    pub fn new(mission: MissionId) -> Self {
        Self { mission, table: Table::default(), slots: HashMap::new(), items: Vec::new(), bytes: 0 }
    }

    /// Adds an entry to the frame, with the index of its leaf if it has one, as long as the frame's body
    /// does not pass `room` bytes.
    pub fn add(&mut self, leaf: Option<u64>, entry: &Entry, room: usize) -> Fit {
        let leaf = leaf.filter(|leaf| i64::try_from(*leaf).is_ok()); // no log is longer
        let essence = essence(&self.mission, entry);
        let item = self.item(leaf, entry, essence.as_ref());
        let bytes = to_bytes(&item).len();
        if self.items.len() >= MAX_ENTRIES || FRAME_OVERHEAD + self.bytes + bytes > room {
            return Fit::Full;
        }
        let is_packed = item.is_packed();
        self.items.push(item);
        self.bytes += bytes;
        self.table.passed_leaf(leaf);
        if let Some(essence) = essence.filter(|_| is_packed) {
            self.remember(&essence, entry);
        }
        Fit::In
    }

    /// The frame's body; `None` when nothing was added since the last.
    pub fn finish(&mut self, urgency: Urgency) -> Option<PackedEntries> {
        let items = std::mem::take(&mut self.items);
        self.bytes = 0;
        List::new(items).filter(|items| !items.is_empty()).map(|items| PackedEntries { urgency, items })
    }

    fn item(&self, leaf: Option<u64>, entry: &Entry, essence: Option<&Essence>) -> Item {
        let ciphertexts = entry.ciphertexts.iter().map(|c| Blob(c.clone())).collect();
        let head = essence.and_then(|essence| self.pack(essence));
        let head = head.unwrap_or_else(|| Head::Plain(Blob(entry.header.clone())));
        let leaf = leaf.and_then(|leaf| difference(self.table.next_leaf, leaf));
        Item { leaf, head, ciphertexts }
    }

    /// `None` when a number is too large to be packed.
    fn pack(&self, essence: &Essence) -> Option<Head> {
        let slot = self.slots.get(&essence.context).copied();
        let last = slot.and_then(|slot| self.table.slot(slot)).and_then(|slot| slot.last.as_ref());
        let follows = |last: &&Last| last.id == essence.prev && last.seq.checked_add(1) == Some(essence.seq);
        let place = match (last.filter(follows), essence.seq) {
            (Some(_), _) => Place::Next,
            (None, 0) => Place::First(essence.continues),
            (None, seq) => Place::After(seq, essence.prev),
        };
        let base = self.table.base(last);
        Some(Head::Packed {
            context: slot.map_or(Named::New(essence.context), |slot| Named::Slot(slot as u64)),
            place,
            statements: difference(base.0, essence.seen.0)?,
            journal: difference(base.1, essence.seen.1)?,
            salt_signature: essence.salt_signature,
        })
    }

    fn remember(&mut self, essence: &Essence, entry: &Entry) {
        let slot = match self.slots.get(&essence.context) {
            Some(slot) => *slot,
            None => {
                if let Some(old) = self.table.evicted() {
                    self.slots.remove(old);
                }
                self.slots.insert(essence.context, self.table.next_slot());
                self.table.define(essence.context)
            }
        };
        self.table.passed(slot, Last { seq: essence.seq, id: entry.id(), seen: essence.seen });
    }
}

//! Frontiers: what a desk knows of both logs and which entries it holds; heads of journals for pouches.

use std::collections::BTreeMap;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, body};
use counterseal_register::Bytes;

use crate::bounded::read_count;
use crate::limits::{MAX_CURSORS, MAX_RANGES};
use crate::ranges::RangeSet;

/// A log as someone knows it: its size in leaves and the root over them. The array [size, root].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogHead {
    /// Leaves.
    pub size: u64,
    /// Merkle root over them (RFC 6962).
    pub root: Bytes<32>,
}

impl Value for LogHead {
    fn write(&self, w: &mut Writer) {
        self.root.write(w.array(2).uint(self.size));
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a log's size and root")?;
        Ok(Self { size: r.uint()?, root: Bytes::read(r)? })
    }
}

/// Per compartment, the journal size below which its entries are held. On the wire a list of
/// [compartment, size] in ascending order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursors(BTreeMap<CompartmentId, u64>);

impl Cursors {
    /// Sets a compartment's cursor. Beyond 4096 compartments nothing more is noted: such a compartment
    /// follows the common cursor.
    pub fn set(&mut self, compartment: CompartmentId, size: u64) {
        if self.0.len() < MAX_CURSORS || self.0.contains_key(&compartment) {
            self.0.insert(compartment, size);
        }
    }

    /// A compartment's cursor, if it has its own.
    #[must_use]
    pub fn get(&self, compartment: &CompartmentId) -> Option<u64> {
        self.0.get(compartment).copied()
    }

    /// All of them, in order of compartment.
    pub fn iter(&self) -> impl Iterator<Item = (CompartmentId, u64)> + '_ {
        self.0.iter().map(|(compartment, size)| (*compartment, *size))
    }
}

impl Value for Cursors {
    fn write(&self, w: &mut Writer) {
        w.array(self.0.len());
        for (compartment, size) in &self.0 {
            compartment.write(w.array(2));
            w.uint(*size);
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let expected = "at most 4096 compartments, each once and in order";
        let mut cursors = BTreeMap::new();
        for _ in 0..read_count(r, MAX_CURSORS, expected)? {
            r.array_of(2, "a compartment and a size")?;
            let compartment = CompartmentId::read(r)?;
            if cursors.last_key_value().is_some_and(|(last, _)| *last >= compartment) {
                return Err(r.out_of_range(offset, expected));
            }
            cursors.insert(compartment, r.uint()?);
        }
        Ok(Self(cursors))
    }
    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::default())
    }
}

body! {
    /// Which entries a desk holds, told so that the hub sends the others and nothing twice. An entry is
    /// wanted unless its index is in `have`, and if it stands at or above its compartment's cursor or its
    /// index is in `missing`.
    pub struct Held {
        /// Journal size below which entries are held: the cursor of every compartment without its own.
        1 up_to: u64,
        /// Cursors of compartments that differ: those joined lately.
        2 cursors: Cursors,
        /// Indices below the cursors that are not held: limits, a budget, an interruption.
        3 missing: RangeSet,
        /// Indices at or above the cursors that are held all the same: own entries, an interruption.
        4 have: RangeSet,
    }
}

impl Default for Held {
    fn default() -> Self {
        Self::nothing()
    }
}

impl Held {
    /// Of a desk that holds nothing.
    #[must_use]
    pub fn nothing() -> Self {
        let (cursors, missing, have) = (Cursors::default(), RangeSet::new(), RangeSet::new());
        Self { up_to: 0, cursors, missing, have, extra: Default::default() }
    }

    /// The cursor of a compartment.
    #[must_use]
    pub fn cursor(&self, compartment: &CompartmentId) -> u64 {
        self.cursors.get(compartment).unwrap_or(self.up_to)
    }

    /// Whether the entry at an index is wanted. Without its compartment: whether it could be.
    #[must_use]
    pub fn wants(&self, compartment: Option<&CompartmentId>, index: u64) -> bool {
        let cursor = match compartment {
            Some(compartment) => self.cursor(compartment),
            None => self.lowest_cursor(),
        };
        !self.have.contains(index) && (index >= cursor || self.missing.contains(index))
    }

    fn lowest_cursor(&self) -> u64 {
        self.cursors.iter().map(|(_, size)| size).fold(self.up_to, u64::min)
    }

    /// The lowest index that could be wanted.
    #[must_use]
    pub fn lowest_wanted(&self) -> u64 {
        self.lowest_cursor().min(self.missing.lowest().unwrap_or(u64::MAX))
    }

    /// A desk joined a compartment: its entries are wanted from the beginning.
    pub fn join(&mut self, compartment: CompartmentId) {
        self.cursors.set(compartment, 0);
    }

    /// Entries arrived, or were accepted from this desk.
    pub fn add(&mut self, indices: &RangeSet) {
        self.missing.subtract(indices);
        self.have.add(indices);
        self.trim();
    }

    /// The hub has answered all that was asked for below `size`, but for `left`. With `only` the answer
    /// was about these compartments and no others.
    pub fn answered(&mut self, size: u64, left: &RangeSet, only: &[CompartmentId]) {
        // Nobody's word makes an entry missing that is held.
        let mut held = RangeSet::from(0..self.lowest_cursor());
        held.subtract(&self.missing);
        held.add(&self.have);
        let mut left = left.clone();
        left.subtract(&held);
        if only.is_empty() {
            self.up_to = self.up_to.max(size);
            self.cursors = Cursors::default();
            self.missing = left;
            self.trim();
        } else {
            only.iter().for_each(|compartment| self.cursors.set(*compartment, size));
            self.missing.add(&left);
        }
    }

    /// The log counts to `size` and no further: of what stood beyond, nothing is held, and what will stand
    /// there is wanted.
    pub fn cut(&mut self, size: u64) {
        let beyond = size..u64::MAX;
        self.up_to = self.up_to.min(size);
        self.cursors.0.values_mut().for_each(|cursor| *cursor = (*cursor).min(size));
        self.missing.remove_range(beyond.clone());
        self.have.remove_range(beyond);
    }

    /// What is below every cursor and not missing is held without being named.
    fn trim(&mut self) {
        self.have.remove_range(0..self.lowest_cursor());
    }

    /// The same, small enough to travel: what is missing may grow, what is held may shrink.
    #[must_use]
    pub fn to_send(&self) -> Self {
        let mut held = self.clone();
        held.missing.coarsen(MAX_RANGES);
        held.have.thin(MAX_RANGES);
        held
    }
}

body! {
    /// What a desk knows.
    pub struct Known {
        /// The statement log.
        1 statements: LogHead,
        /// The journal log's leaves.
        2 journal: LogHead,
        /// The entries.
        3 entries: Held,
    }
}

impl Known {
    /// What a desk knows of both logs, and what it holds.
    #[must_use]
    pub fn new(statements: LogHead, journal: LogHead, entries: Held) -> Self {
        Self { statements, journal, entries, extra: Default::default() }
    }
}

/// The last entry of a journal that someone holds. The array [device, journal, compartment, seq, id].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalHead {
    /// Whose journal.
    pub device: DeviceId,
    /// Which of the device's.
    pub journal: JournalId,
    /// The compartment it is in.
    pub compartment: CompartmentId,
    /// Its place, from 0.
    pub seq: u64,
    /// Its id.
    pub id: EntryId,
}

impl JournalHead {
    /// The order of heads in a summary.
    #[must_use]
    pub fn key(&self) -> (DeviceId, JournalId) {
        (self.device, self.journal)
    }
}

impl Value for JournalHead {
    fn write(&self, w: &mut Writer) {
        self.device.write(w.array(5));
        self.journal.write(w);
        self.compartment.write(w);
        w.uint(self.seq);
        self.id.write(w);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(5, "a journal's head")?;
        Ok(Self {
            device: DeviceId::read(r)?,
            journal: JournalId::read(r)?,
            compartment: CompartmentId::read(r)?,
            seq: r.uint()?,
            id: EntryId::read(r)?,
        })
    }
}

//! Unpacking entries, in the order in which they came.

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, MissionId};
use counterseal_register::{Blob, Entry, EntryHeader, Signed};
use thiserror::Error;

use super::item::{Head, Item, Named, PackedEntries, Place};
use super::rebuild::{Essence, describe_all, rebuild};
use super::table::{Context, Last, Table, apply};
use crate::outbox::Urgency;

/// Why packed entries cannot be unpacked. The stream is of no use after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PackRefusal {
    /// A context that was never entered.
    #[error("a packed entry names context {slot}, which the sender has not described")]
    UnknownContext {
        /// The number named.
        slot: u64,
    },
    /// An entry follows one that never came.
    #[error("a packed entry follows one that did not come before it")]
    NothingBefore,
    /// A difference that leads below zero or beyond what a log can hold.
    #[error("a packed entry holds a number that no log has")]
    OutOfRange,
    /// A ciphertext that is shorter than its tag.
    #[error("a packed entry holds a ciphertext that is shorter than its tag")]
    CiphertextTooShort,
}

impl PackRefusal {
    /// A stable name for message catalogues.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownContext { .. } => "packed-context-unknown",
            Self::NothingBefore => "packed-nothing-before",
            Self::OutOfRange => "packed-out-of-range",
            Self::CiphertextTooShort => "packed-ciphertext-too-short",
        }
    }

    /// The names of all of them.
    pub const CODES: &'static [&'static str] = &[
        "packed-context-unknown",
        "packed-nothing-before",
        "packed-out-of-range",
        "packed-ciphertext-too-short",
    ];
}

/// Where an unverified header says that its entry stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed {
    /// The compartment.
    pub compartment: CompartmentId,
    /// The author's device.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
    /// The place in it, from 0.
    pub seq: u64,
}

/// An entry as it came. Nothing about it is verified: its signature stands over the header that was
/// rebuilt, and is for the receiver to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unpacked {
    /// The index of its leaf, by the sender's word.
    pub leaf: Option<u64>,
    /// The sender's word on how urgent it is.
    pub urgency: Urgency,
    /// Its id.
    pub id: EntryId,
    /// Where it says it stands; `None` when its header is of a form that this version cannot read.
    pub claimed: Option<Claimed>,
    /// The entry.
    pub entry: Entry,
}

impl Unpacked {
    /// Bytes of ciphertext.
    #[must_use]
    pub fn ciphertext(&self) -> u64 {
        self.entry.ciphertexts.iter().map(|one| one.len() as u64).sum()
    }
}

/// The receiving end of a stream of packed entries.
#[derive(Debug)]
pub struct Unpacker {
    mission: MissionId,
    table: Table,
}

impl Unpacker {
    /// At the beginning of a stream.
    #[must_use]
    pub fn new(mission: MissionId) -> Self {
        Self { mission, table: Table::default() }
    }

    /// The entries of a frame, in its order.
    ///
    /// # Errors
    /// See `PackRefusal`; then the stream is to be given up.
    pub fn unpack(&mut self, frame: PackedEntries) -> Result<Vec<Unpacked>, PackRefusal> {
        let urgency = frame.urgency;
        frame.items.into_vec().into_iter().map(|item| self.unpack_item(item, urgency)).collect()
    }

    fn unpack_item(&mut self, item: Item, urgency: Urgency) -> Result<Unpacked, PackRefusal> {
        let leaf = match item.leaf {
            Some(difference) => Some(apply(self.table.next_leaf, difference).ok_or(PackRefusal::OutOfRange)?),
            None => None,
        };
        self.table.passed_leaf(leaf);
        let ciphertexts: Vec<Vec<u8>> = item.ciphertexts.into_iter().map(|Blob(bytes)| bytes).collect();
        let (header, claimed) = match item.head {
            Head::Plain(Blob(header)) => {
                let claimed = read_claim(&header);
                (header, claimed)
            }
            Head::Packed { context, place, statements, journal, salt_signature } => {
                let (slot, mut essence) = self.essence(context, place, statements, journal)?;
                essence.salt_signature = salt_signature;
                let parts = describe_all(ciphertexts.iter().map(Vec::as_slice));
                let header = rebuild(&self.mission, &essence, parts.ok_or(PackRefusal::CiphertextTooShort)?);
                let id = EntryId::from_bytes(counterseal_register::sha256(&[&header]));
                self.table.passed(slot, Last { seq: essence.seq, id, seen: essence.seen });
                let Context { compartment, device, journal, .. } = essence.context;
                (header, Some(Claimed { compartment, device, journal, seq: essence.seq }))
            }
        };
        let entry = Entry { header, ciphertexts };
        Ok(Unpacked { leaf, urgency, id: entry.id(), claimed, entry })
    }

    fn essence(
        &mut self,
        context: Named,
        place: Place,
        statements: i64,
        journal: i64,
    ) -> Result<(usize, Essence), PackRefusal> {
        let slot = match context {
            Named::New(context) => self.table.define(context),
            Named::Slot(slot) => usize::try_from(slot).map_err(|_| PackRefusal::UnknownContext { slot })?,
        };
        let known = self.table.slot(slot).ok_or(PackRefusal::UnknownContext { slot: slot as u64 })?;
        let (context, last) = (known.context, known.last);
        let (seq, prev, continues) = match (place, last) {
            (Place::Next, Some(last)) => {
                (last.seq.checked_add(1).ok_or(PackRefusal::OutOfRange)?, last.id, None)
            }
            (Place::Next, None) => return Err(PackRefusal::NothingBefore),
            (Place::First(continues), _) => (0, EntryHeader::NO_PREV, continues),
            (Place::After(seq, prev), _) => (seq, prev, None),
        };
        let base = self.table.base(last.as_ref());
        let seen = apply(base.0, statements).zip(apply(base.1, journal)).ok_or(PackRefusal::OutOfRange)?;
        let salt_signature = counterseal_register::Bytes::ZERO;
        Ok((slot, Essence { context, seq, prev, continues, seen, salt_signature }))
    }
}

fn read_claim(header: &[u8]) -> Option<Claimed> {
    let signed = Signed::parse(header).ok()?;
    let header: EntryHeader = from_bytes_strict(signed.payload()).ok()?;
    let EntryHeader { compartment, device, journal, seq, .. } = header;
    Some(Claimed { compartment, device, journal, seq })
}

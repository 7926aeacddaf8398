//! The items of a frame of entries, as they stand in it.

use counterseal_model::EntryId;
use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_register::{Blob, Bytes, MAX_CIPHERTEXT, MAX_PARTS};

use super::table::Context;
use crate::bounded::{List, read_count};
use crate::limits::MAX_ENTRIES;
use crate::outbox::Urgency;

/// Where an entry stands in its journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// After the entry of its context that came before it in the stream.
    Next,
    /// First, continuing an earlier journal or none.
    First(Option<EntryId>),
    /// At this place, after this entry.
    After(u64, EntryId),
}

impl Value for Place {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Next => drop(w.null()),
            Self::First(None) => drop(w.array(1).uint(0)),
            Self::First(Some(continues)) => continues.write(w.array(2).uint(0)),
            Self::After(seq, prev) => prev.write(w.array(2).uint(*seq)),
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let Some(mut r) = unless_null(r)? else { return Ok(Self::Next) };
        let (len, seq) = (r.array()?, r.uint()?);
        match (len, seq) {
            (1, 0) => Ok(Self::First(None)),
            (2, 0) => EntryId::read(&mut r).map(Some).map(Self::First),
            (2, _) => EntryId::read(&mut r).map(|prev| Self::After(seq, prev)),
            _ => Err(r.out_of_range(0, "a place in a journal")),
        }
    }
}

/// The header of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly all are of the larger kind")]
pub(super) enum Head {
    Packed { context: Named, place: Place, statements: i64, journal: i64, salt_signature: Bytes<96> },
    Plain(Blob),
}

/// A context that stands in the table, or one that is entered with this item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    Slot(u64),
    New(Context),
}

impl Named {
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let item = r.raw()?;
        let mut r = Reader::strict(item);
        // The head of an array of four; anything else must be a slot's number.
        if item.first() == Some(&0x84) {
            Context::read(&mut r).map(Self::New)
        } else {
            r.uint().map(Self::Slot)
        }
    }
}

/// A reader of the next item alone, unless that is null.
fn unless_null<'b>(r: &mut Reader<'b>) -> Result<Option<Reader<'b>>, BodyError> {
    let item = r.raw()?;
    Ok((item != [0xf6]).then(|| Reader::strict(item)))
}

/// One entry of a frame, packed or plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub(super) leaf: Option<i64>,
    pub(super) head: Head,
    pub(super) ciphertexts: Vec<Blob>,
}

impl Item {
    /// Whether it has been packed.
    #[must_use]
    pub fn is_packed(&self) -> bool {
        matches!(self.head, Head::Packed { .. })
    }
}

impl Value for Item {
    fn write(&self, w: &mut Writer) {
        w.array(if self.is_packed() { 7 } else { 3 });
        match self.leaf {
            Some(leaf) => drop(w.int(leaf)),
            None => drop(w.null()),
        }
        match &self.head {
            Head::Plain(header) => header.write(w),
            Head::Packed { context, place, statements, journal, salt_signature } => {
                match context {
                    Named::Slot(slot) => drop(w.uint(*slot)),
                    Named::New(context) => context.write(w),
                }
                place.write(w);
                w.int(*statements).int(*journal);
                salt_signature.write(w);
            }
        }
        w.array(self.ciphertexts.len());
        self.ciphertexts.iter().for_each(|ciphertext| ciphertext.write(w));
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let packed = match r.array()? {
            7 => true,
            3 => false,
            _ => return Err(r.out_of_range(offset, "a packed or a plain entry")),
        };
        let leaf = unless_null(r)?.map(|mut r| r.int()).transpose()?;
        let head = if packed {
            let context = Named::read(r)?;
            let (place, statements, journal) = (Place::read(r)?, r.int()?, r.int()?);
            Head::Packed { context, place, statements, journal, salt_signature: Bytes::read(r)? }
        } else {
            Head::Plain(Blob::read(r)?)
        };
        Ok(Self { leaf, head, ciphertexts: read_ciphertexts(r)? })
    }
}

fn read_ciphertexts(r: &mut Reader<'_>) -> Result<Vec<Blob>, BodyError> {
    let offset = r.offset();
    let expected = "at most 4096 ciphertexts of 8 MiB together";
    let mut total = 0u64;
    let mut ciphertexts = Vec::new();
    for _ in 0..read_count(r, MAX_PARTS, expected)? {
        let ciphertext = Blob::read(r)?;
        total = total.saturating_add(ciphertext.0.len() as u64);
        if total > MAX_CIPHERTEXT {
            return Err(r.out_of_range(offset, expected));
        }
        ciphertexts.push(ciphertext);
    }
    Ok(ciphertexts)
}

/// The body of a frame of entries: their urgency, and the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedEntries {
    /// How urgent all of them are.
    pub urgency: Urgency,
    /// The entries.
    pub items: List<Item, MAX_ENTRIES>,
}

impl Value for PackedEntries {
    fn write(&self, w: &mut Writer) {
        self.urgency.write(w.array(2));
        self.items.write(w);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "an urgency and entries")?;
        let urgency = Urgency::read(r)?;
        let offset = r.offset();
        let items = List::<Item, MAX_ENTRIES>::read(r)?;
        if items.is_empty() {
            return Err(r.out_of_range(offset, "1 to 4096 entries"));
        }
        Ok(Self { urgency, items })
    }
}

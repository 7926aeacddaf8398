//! What a guarded entry's header has besides (PROTOCOL sections 5 and 6): a commitment and masked points
//! per part, and per trustee a wrap. Normative text: docs/spec/entries.md, section 4.
//!
//! ```text
//! guarded part = [ hash: 32, padded length, C_i: 32, masked points: 32 * n, commitments to pads: 32 * n ]    in the set's order
//! trustee      = [ key id: 32, enc: 1120, wrap: 48, kc_j: 32 ]                  trustees in the set's order
//! ```

use std::fmt;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

use super::header::{EntryHeader, PartHeader};
use super::refusal::EntryRefusal;
use crate::act::{WRAP_ENC_LEN, WRAP_LEN};
use crate::key::KeyId;

/// Most trustees of a trustee set, and so of an entry.
pub const MAX_TRUSTEES: usize = 9;

/// What a guarded part's header has besides an open one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartGuard {
    /// C_i: which combined share is the part's own.
    pub commitment: [u8; 32],
    /// The trustees' points of the part's polynomial, each masked with its trustee's pad; as many as the
    /// entry has trustees, in the trustee set's order.
    pub points: Vec<[u8; 32]>,
    /// The commitments to the trustees' pads, as many and in that order: whose pad is false, each one says alone.
    pub pads: Vec<[u8; 32]>,
}

impl PartGuard {
    /// The three last items of a guarded part's array.
    pub(super) fn write(&self, w: &mut Writer) {
        w.bytes(&self.commitment).bytes(self.points.as_flattened()).bytes(self.pads.as_flattened());
    }

    pub(super) fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let commitment = r.fixed("a commitment of 32 bytes")?;
        let points = read_each(r, "one to nine masked points of 32 bytes")?;
        let pads = read_each(r, "one to nine commitments of 32 bytes to pads")?;
        Ok(Self { commitment, points, pads })
    }
}

/// 32 bytes for each trustee.
fn read_each(r: &mut Reader<'_>, what: &'static str) -> Result<Vec<[u8; 32]>, BodyError> {
    let offset = r.offset();
    match r.bytes()?.as_chunks::<32>() {
        (each, []) if (1..=MAX_TRUSTEES).contains(&each.len()) => Ok(each.to_vec()),
        _ => Err(r.out_of_range(offset, what)),
    }
}

/// A trustee's place in an entry: its share secret, wrapped to a key that the trustee made for the
/// author's device.
#[derive(Clone, PartialEq, Eq)]
pub struct TrusteeHeader {
    /// Which of the trustee's keys the secret is wrapped to.
    pub key: KeyId,
    /// The HPKE encapsulation.
    pub enc: Box<[u8; WRAP_ENC_LEN]>,
    /// The share secret, sealed.
    pub wrap: [u8; WRAP_LEN],
    /// kc_j: which share secret the author means.
    pub commitment: [u8; 32],
}

impl fmt::Debug for TrusteeHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrusteeHeader({:?})", self.key)
    }
}

impl Value for TrusteeHeader {
    fn write(&self, w: &mut Writer) {
        w.array(4);
        self.key.write(w);
        w.bytes(self.enc.as_slice()).bytes(&self.wrap).bytes(&self.commitment);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(4, "a trustee: a key id, an encapsulation, a wrap and a commitment")?;
        let key = KeyId::read(r)?;
        let enc = Box::new(r.fixed("an encapsulation of 1120 bytes")?);
        let wrap = r.fixed("a sealed share secret of 48 bytes")?;
        Ok(Self { key, enc, wrap, commitment: r.fixed("a commitment of 32 bytes")? })
    }
}

/// Guarded if and only if a trustee set is named, if and only if there are trustees, if and only if every
/// part has a commitment, and one point and one commitment to a pad for each. Which set counts and how many it has, the register says.
pub(super) fn check_guard(header: &EntryHeader) -> Result<(), EntryRefusal> {
    let trustees = header.trustees.len();
    if header.trustee_set.is_none() {
        if trustees > 0 {
            return Err(EntryRefusal::NoTrusteeSet { trustees });
        }
        let guarded = header.parts.iter().position(|part| part.guard.is_some());
        return guarded.map_or(Ok(()), |index| Err(EntryRefusal::GuardedPart { index }));
    }
    if !(1..=MAX_TRUSTEES).contains(&trustees) {
        return Err(EntryRefusal::TrusteeCount { trustees });
    }
    let mut others = header.trustees.iter();
    while let Some(one) = others.next() {
        if others.clone().any(|other| other.key == one.key) {
            return Err(EntryRefusal::TrusteeKeyTwice { key: one.key });
        }
    }
    header.parts.iter().enumerate().try_for_each(|(index, part)| check_part(index, part, trustees))
}

fn check_part(index: usize, part: &PartHeader, trustees: usize) -> Result<(), EntryRefusal> {
    let guard = part.guard.as_ref().ok_or(EntryRefusal::OpenPart { index })?;
    let (points, pads) = (guard.points.len(), guard.pads.len());
    let fits = points == trustees && pads == trustees;
    fits.then_some(()).ok_or(EntryRefusal::PointCount { index, points, pads, trustees })
}

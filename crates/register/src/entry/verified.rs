//! From received bytes to a verified header and verified parts. There is no other way to either.

use counterseal_model::cbor::from_bytes_strict;
use counterseal_model::{DeviceId, EntryId};

use super::guard::{PartGuard, check_guard};
use super::header::{EntryHeader, PartHeader};
use super::refusal::EntryRefusal;
use super::wire::{MAX_CIPHERTEXT, MAX_PARTS};
use crate::hash::sha256;
use crate::key::DeviceKeys;
use crate::label::Label;
use crate::signature::Signed;
use crate::suite::{SUITE, suite_of};

/// Bytes by which a ciphertext is longer than its padded plaintext (AES-256-GCM's tag).
pub const TAG_LEN: u64 = 16;

/// A header whose signature is its device's. That the device may write there, the register says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedHeader {
    header: EntryHeader,
    signed: Signed,
    id: EntryId,
    ctx: [u8; 32],
}

/// Which device a signed header claims to be of, so that its keys can be looked up. A claim only.
///
/// # Errors
/// `Malformed` or `UnknownSuite`, as `verify_header`.
pub fn claimed_device(bytes: &[u8]) -> Result<DeviceId, EntryRefusal> {
    read_header(&Signed::parse(bytes)?).map(|header| header.device)
}

/// Checks a signed header against the keys of the device that it names.
///
/// # Errors
/// When anything about it is not as an entry of that device must be.
pub fn verify_header(bytes: &[u8], keys: &DeviceKeys) -> Result<VerifiedHeader, EntryRefusal> {
    let signed = Signed::parse(bytes)?;
    let header = read_header(&signed)?;
    let checked = keys.id();
    if header.device != checked {
        return Err(EntryRefusal::OtherDevice { named: header.device, checked });
    }
    signed.verify(Label::ENTRY_SIGN, checked.into(), &keys.verifying_key())?;
    check_shape(&header)?;
    let (id, ctx) = (EntryId::from_bytes(signed.id()), header.ctx());
    Ok(VerifiedHeader { header, signed, id, ctx })
}

fn read_header(signed: &Signed) -> Result<EntryHeader, EntryRefusal> {
    if let Some(suite) = suite_of(signed.payload()).filter(|suite| *suite != SUITE) {
        return Err(EntryRefusal::UnknownSuite { suite });
    }
    Ok(from_bytes_strict(signed.payload())?)
}

fn check_shape(header: &EntryHeader) -> Result<(), EntryRefusal> {
    let first = header.seq == 0;
    if first != (header.prev == EntryHeader::NO_PREV) || (!first && header.continues.is_some()) {
        return Err(EntryRefusal::BadPredecessor { seq: header.seq });
    }
    check_guard(header)?;
    let parts = header.parts.len();
    let lengths = header.parts.iter().map(|part| part.padded_length.saturating_add(TAG_LEN));
    let bytes = lengths.fold(0u64, u64::saturating_add);
    if parts == 0 || parts > MAX_PARTS || bytes > MAX_CIPHERTEXT {
        return Err(EntryRefusal::OutOfLimits { parts, bytes });
    }
    Ok(())
}

impl VerifiedHeader {
    /// The header's fields.
    #[must_use]
    pub fn header(&self) -> &EntryHeader {
        &self.header
    }

    /// The entry's id.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The context that keys and wraps are bound to.
    #[must_use]
    pub fn ctx(&self) -> &[u8; 32] {
        &self.ctx
    }

    /// The signed header as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.signed.bytes()
    }

    /// Checks a ciphertext against the header's word on part `index`.
    ///
    /// # Errors
    /// `NoSuchPart` or `OtherCiphertext`.
    pub fn verify_part<'a>(
        &'a self,
        index: usize,
        ciphertext: &'a [u8],
    ) -> Result<VerifiedPart<'a>, EntryRefusal> {
        let part = self.header.parts.get(index).ok_or(EntryRefusal::NoSuchPart { index })?;
        let length_fits = part.padded_length.checked_add(TAG_LEN) == Some(ciphertext.len() as u64);
        if !length_fits || sha256(&[ciphertext]) != part.ciphertext_hash {
            return Err(EntryRefusal::OtherCiphertext { index });
        }
        Ok(VerifiedPart { header: self, index, part, ciphertext })
    }
}

/// A ciphertext that the entry's author signed. Sealed still.
#[derive(Debug, Clone, Copy)]
pub struct VerifiedPart<'a> {
    header: &'a VerifiedHeader,
    index: usize,
    part: &'a PartHeader,
    ciphertext: &'a [u8],
}

impl<'a> VerifiedPart<'a> {
    /// The header it belongs to.
    #[must_use]
    pub fn entry(&self) -> &'a VerifiedHeader {
        self.header
    }

    /// Its index in the entry, from 0; below `MAX_PARTS`.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Bytes of the padded plaintext.
    #[must_use]
    pub fn padded_length(&self) -> u64 {
        self.part.padded_length
    }

    /// The commitments and the masked points, if the part is guarded.
    #[must_use]
    pub fn guard(&self) -> Option<&'a PartGuard> {
        self.part.guard.as_ref()
    }

    /// The ciphertext, tag included.
    #[must_use]
    pub fn ciphertext(&self) -> &'a [u8] {
        self.ciphertext
    }
}

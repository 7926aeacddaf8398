//! What stands in the place of an erased part (PROTOCOL section 8, docs/spec/casework.md section 3): as many zeros as
//! its ciphertext had bytes. The header with its hash stays, so that journals verify; the length stays, so that pieces
//! of an entry that travels fit together. Nobody but an `Erase` statement in the log makes zeros count.

use super::refusal::EntryRefusal;
use super::verified::{TAG_LEN, VerifiedHeader};
use super::wire::{Entry, MAX_CIPHERTEXT};
use crate::act::PartRef;
use crate::key::DeviceKeys;

impl VerifiedHeader {
    /// The part of this entry at an index.
    #[must_use]
    pub fn part_ref(&self, index: usize) -> PartRef {
        PartRef { entry: self.id(), index: u32::try_from(index).unwrap_or(u32::MAX) }
    }

    /// What stands in the place of the part at an index once it is erased. None when there is no such part.
    #[must_use]
    pub fn erased_part(&self, index: usize) -> Option<Vec<u8>> {
        let length = self.header().parts.get(index)?.padded_length.checked_add(TAG_LEN)?;
        let length = usize::try_from(length.min(MAX_CIPHERTEXT)).ok()?;
        Some(vec![0; length])
    }

    /// Checks a ciphertext against the header's word on it, or, where the part is erased, that nothing is there.
    /// Gives whether there is a ciphertext.
    ///
    /// # Errors
    /// As `verify_part`.
    pub fn check_part(&self, index: usize, ciphertext: &[u8], erased: bool) -> Result<bool, EntryRefusal> {
        match self.verify_part(index, ciphertext) {
            Ok(_) => Ok(true),
            Err(_) if erased && self.erased_part(index).is_some_and(|zeros| zeros == ciphertext) => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }
}

impl Entry {
    /// Checks the header and every ciphertext against it, where parts may be erased.
    ///
    /// # Errors
    /// As `verify`.
    pub fn verify_but(
        &self,
        keys: &DeviceKeys,
        erased: impl Fn(&VerifiedHeader, PartRef) -> bool,
    ) -> Result<VerifiedHeader, EntryRefusal> {
        let header = super::verify_header(&self.header, keys)?;
        let named = header.header().parts.len();
        if self.ciphertexts.len() != named {
            return Err(EntryRefusal::PartCount { carried: self.ciphertexts.len(), named });
        }
        for (index, ciphertext) in self.ciphertexts.iter().enumerate() {
            header.check_part(index, ciphertext, erased(&header, header.part_ref(index)))?;
        }
        Ok(header)
    }

    /// The same entry with nothing in the place of its erased parts. None when there is nothing to take out.
    #[must_use]
    pub fn without(&self, header: &VerifiedHeader, erased: impl Fn(PartRef) -> bool) -> Option<Self> {
        let mut changed = self.clone();
        for (index, ciphertext) in changed.ciphertexts.iter_mut().enumerate() {
            if erased(header.part_ref(index)) {
                *ciphertext = header.erased_part(index)?;
            }
        }
        (changed != *self).then_some(changed)
    }
}

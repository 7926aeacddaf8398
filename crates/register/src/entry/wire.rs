//! An entry on the wire: the array [signed header: bstr, [ciphertext: bstr, ...]].

use counterseal_model::EntryId;
use counterseal_model::cbor::{BodyError, Reader, Writer, check_canonical};

use super::refusal::EntryRefusal;
use super::verified::VerifiedHeader;
use crate::hash::sha256;
use crate::key::DeviceKeys;

/// Most parts in one entry.
pub const MAX_PARTS: usize = 4096;
/// Most bytes of ciphertext in one entry, tags included.
pub const MAX_CIPHERTEXT: u64 = 8 * 1024 * 1024;

/// An entry as it travels. Parsed, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The signed header, as received.
    pub header: Vec<u8>,
    /// The parts' ciphertexts, in the order of their index.
    pub ciphertexts: Vec<Vec<u8>>,
}

impl Entry {
    /// Reads an entry strictly.
    ///
    /// # Errors
    /// `Malformed` or `OutOfLimits`.
    pub fn parse(bytes: &[u8]) -> Result<Self, EntryRefusal> {
        check_canonical(bytes).map_err(BodyError::from)?;
        let mut r = Reader::strict(bytes);
        r.enter("the entry");
        r.array_of(2, "a signed header and ciphertexts")?;
        let header = r.bytes()?.to_vec();
        let count = usize::try_from(r.array()?).unwrap_or(usize::MAX);
        let mut ciphertexts = Vec::new();
        let mut bytes = 0u64;
        for _ in 0..count.min(MAX_PARTS) {
            let ciphertext = r.bytes()?;
            bytes = bytes.saturating_add(ciphertext.len() as u64);
            ciphertexts.push(ciphertext.to_vec());
        }
        if count > MAX_PARTS || bytes > MAX_CIPHERTEXT {
            return Err(EntryRefusal::OutOfLimits { parts: count, bytes });
        }
        Ok(Self { header, ciphertexts })
    }

    /// The entry's bytes on the wire.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let size: usize = self.ciphertexts.iter().map(|c| c.len() + 9).sum();
        let mut w = Writer::with_capacity(self.header.len() + size + 16);
        w.array(2).bytes(&self.header).array(self.ciphertexts.len());
        for ciphertext in &self.ciphertexts {
            w.bytes(ciphertext);
        }
        w.into_bytes()
    }

    /// SHA-256 of the signed header.
    #[must_use]
    pub fn id(&self) -> EntryId {
        EntryId::from_bytes(sha256(&[&self.header]))
    }

    /// Checks the header and every ciphertext against it.
    ///
    /// # Errors
    /// As `verify_header` and `VerifiedHeader::verify_part`, and `PartCount`.
    pub fn verify(&self, keys: &DeviceKeys) -> Result<VerifiedHeader, EntryRefusal> {
        self.verify_but(keys, |_, _| false)
    }
}

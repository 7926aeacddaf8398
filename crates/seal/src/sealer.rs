//! Sealing of entries: compress, pad, hedge, derive, seal, hash, sign. In this order, once.
//! Normative text: docs/spec/sealing.md, sections 2 to 4.

mod guarded;

use counterseal_model::cbor::{Extra, to_bytes};
use counterseal_model::{CompartmentId, EntryId, EpochId, JournalId, MissionId};
use counterseal_register::{
    Bytes, Entry, EntryHeader, KeyId, Label, MAX_CIPHERTEXT, MAX_PARTS, PartHeader, Rule, sha256,
};
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

pub use guarded::{SealingGuard, TrusteePublic};

use crate::compress::{Compressor, MAX_CONTENT, NoCompressor};
use crate::device::{DeviceSecrets, KeyUnusable};
use crate::once::TAG_LEN;
use crate::padding::{pad, padded_len};
use crate::schedule::{EntrySeed, derive_entry_prk, derive_entry_seed, derive_part_key, part_aad};
use crate::secrets::{EpochSecret, OnceKey};
use crate::sign::sign_statement;

/// Why an entry could not be sealed. Nothing was written anywhere, and the journal has not moved.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealError {
    /// No parts, too many, or too many bytes for one entry.
    #[error(
        "{parts} parts of {bytes} bytes do not fit one entry, which holds 1 to {MAX_PARTS} parts and {MAX_CIPHERTEXT} bytes; divide them"
    )]
    OutOfLimits {
        /// How many parts.
        parts: usize,
        /// Bytes of ciphertext, tags included.
        bytes: u64,
    },
    /// A part that is too long.
    #[error(
        "part {index} has {len} bytes; {MAX_CONTENT} are allowed: keep large files elsewhere and record their digest"
    )]
    PartTooLong {
        /// Which part.
        index: usize,
        /// Its bytes.
        len: usize,
    },
    /// Sealing to trustees under a rule that needs none.
    #[error("the compartment's opening rule is open, so its parts are not sealed to trustees")]
    NotGuarded,
    /// Another number of trustees' keys than the set has trustees.
    #[error(
        "{keys} keys of the {trustees} trustees are at hand; connect to the trustees to fetch the others"
    )]
    TrusteeKeys {
        /// How many keys there are.
        keys: usize,
        /// How many trustees the set has.
        trustees: usize,
    },
    /// A trustee's key that is no key, or that is given for two trustees.
    #[error("nothing can be sealed to the trustee's key {key}; connect to the trustee to fetch another")]
    BadTrusteeKey {
        /// The key.
        key: KeyId,
    },
    /// The library refused to work.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
    /// The compressor could not be set up.
    #[error(transparent)]
    Compressor(#[from] NoCompressor),
}

/// The epoch that an entry is sealed under.
#[derive(Debug, Clone, Copy)]
pub struct SealingEpoch<'a> {
    /// The epoch.
    pub id: EpochId,
    /// Its secret.
    pub secret: &'a EpochSecret,
}

/// How much of both logs the author has seen, in leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeenSizes {
    /// Of the statement log.
    pub statements: u64,
    /// Of the journal log.
    pub journal: u64,
}

/// The one way to write a journal: it seals entry after entry and moves its own place on. It cannot
/// seal one place twice; a retry sends the stored bytes again.
///
/// If storing a sealed entry fails, drop the sealer and begin from the stored head: nothing was sent, and
/// the hedged salt keeps another entry at the same place from sharing a key with the lost one.
pub struct Sealer {
    mission: MissionId,
    compartment: CompartmentId,
    journal: JournalId,
    seq: u64,
    prev: EntryId,
    continues: Option<EntryId>,
    compressor: Compressor,
}

impl Sealer {
    /// The sealer of a new journal. `continues` is the last head known of the device's earlier journal
    /// in the compartment, if there was one.
    ///
    /// # Errors
    /// When the compressor cannot be set up.
    pub fn begin(
        mission: MissionId,
        compartment: CompartmentId,
        journal: JournalId,
        continues: Option<EntryId>,
    ) -> Result<Self, NoCompressor> {
        let (seq, prev) = (0, EntryHeader::NO_PREV);
        Ok(Self { mission, compartment, journal, seq, prev, continues, compressor: Compressor::new()? })
    }

    /// The sealer of a journal whose stored head is entry `head` at position `seq`.
    ///
    /// # Errors
    /// When the compressor cannot be set up.
    pub fn resume(
        mission: MissionId,
        compartment: CompartmentId,
        journal: JournalId,
        seq: u64,
        head: EntryId,
    ) -> Result<Self, NoCompressor> {
        Ok(Self { seq: seq + 1, prev: head, ..Self::begin(mission, compartment, journal, None)? })
    }

    /// Seals the parts (encoded `model::record::Part`s) as the journal's next entry.
    ///
    /// # Errors
    /// See `SealError`; the journal has not moved then.
    pub fn seal(
        &mut self,
        rng: &mut impl CryptoRng,
        device: &DeviceSecrets,
        epoch: SealingEpoch<'_>,
        seen: SeenSizes,
        parts: &[impl AsRef<[u8]>],
    ) -> Result<SealedEntry, SealError> {
        let padded = self.pack_and_pad(parts)?;
        let mut header = self.header(device, epoch.id, seen, &padded);
        header.salt = Bytes(self.make_seed(rng, device, &padded).derive_salt());
        let ciphertexts = seal_parts(&mut header, epoch.secret, padded)?;
        self.finish(device, header, ciphertexts)
    }

    /// Signs, and moves on.
    fn finish(
        &mut self,
        device: &DeviceSecrets,
        header: EntryHeader,
        ciphertexts: Vec<Vec<u8>>,
    ) -> Result<SealedEntry, SealError> {
        let signed = sign_statement(&to_bytes(&header), Label::ENTRY_SIGN, &[device])?;
        let entry = Entry { header: signed.bytes().to_vec(), ciphertexts };
        let sealed = SealedEntry { id: entry.id(), header, entry };
        (self.seq, self.prev, self.continues) = (self.seq + 1, sealed.id, None);
        Ok(sealed)
    }

    /// The plaintexts that AES will encrypt: each packed and padded, with room for its tag.
    fn pack_and_pad(&mut self, parts: &[impl AsRef<[u8]>]) -> Result<Vec<Zeroizing<Vec<u8>>>, SealError> {
        pad_all(parts, |part| {
            let mut one = self.compressor.pack(part, |len| padded_len(len + 1) + TAG_LEN);
            pad(&mut one, 0);
            one
        })
    }

    fn make_seed(
        &self,
        rng: &mut impl CryptoRng,
        device: &DeviceSecrets,
        padded: &[Zeroizing<Vec<u8>>],
    ) -> EntrySeed {
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(random.as_mut_slice());
        let plaintexts = hash_plaintexts(padded);
        derive_entry_seed(&device.hedge, &random, &plaintexts, self.prev.as_bytes(), self.seq)
    }

    /// The header, but for what comes of sealing: the salt and the ciphertexts' hashes.
    fn header(
        &self,
        device: &DeviceSecrets,
        epoch: EpochId,
        seen: SeenSizes,
        padded: &[Zeroizing<Vec<u8>>],
    ) -> EntryHeader {
        let part = |one: &Zeroizing<Vec<u8>>| PartHeader::open([0; 32], one.len() as u64);
        EntryHeader {
            suite: EntryHeader::SUITE,
            mission: self.mission,
            compartment: self.compartment,
            epoch,
            device: device.id(),
            journal: self.journal,
            seq: self.seq,
            prev: self.prev,
            continues: self.continues,
            salt: Bytes::ZERO,
            trustee_set: None,
            parts: padded.iter().map(part).collect(),
            trustees: Vec::new(),
            statements_seen: seen.statements,
            journal_seen: seen.journal,
            extra: Extra::default(),
        }
    }
}

/// Every part, padded by `pad_one`; refused when they do not fit one entry.
fn pad_all(
    parts: &[impl AsRef<[u8]>],
    mut pad_one: impl FnMut(&[u8]) -> Vec<u8>,
) -> Result<Vec<Zeroizing<Vec<u8>>>, SealError> {
    let mut padded = Vec::with_capacity(parts.len());
    let mut bytes = 0u64;
    for (index, part) in parts.iter().map(AsRef::as_ref).enumerate() {
        if part.len() > MAX_CONTENT {
            return Err(SealError::PartTooLong { index, len: part.len() });
        }
        let one = Zeroizing::new(pad_one(part));
        bytes += (one.len() + TAG_LEN) as u64;
        padded.push(one);
    }
    if parts.is_empty() || parts.len() > MAX_PARTS || bytes > MAX_CIPHERTEXT {
        return Err(SealError::OutOfLimits { parts: parts.len(), bytes });
    }
    Ok(padded)
}

/// Each plaintext behind its length (u32), so that no two lists of plaintexts are one message.
fn hash_plaintexts(padded: &[Zeroizing<Vec<u8>>]) -> [u8; 32] {
    let lengths: Vec<[u8; 4]> = padded.iter().map(|one| (one.len() as u32).to_be_bytes()).collect();
    let pieces: Vec<&[u8]> =
        lengths.iter().zip(padded).flat_map(|(len, one)| [len.as_slice(), one.as_slice()]).collect();
    sha256(&pieces)
}

/// Seals every part in place and enters the ciphertexts' hashes into the header.
fn seal_parts(
    header: &mut EntryHeader,
    epoch: &EpochSecret,
    padded: Vec<Zeroizing<Vec<u8>>>,
) -> Result<Vec<Vec<u8>>, KeyUnusable> {
    let ctx = header.ctx();
    let prk = derive_entry_prk(&header.salt.0, epoch);
    let mut ciphertexts = Vec::with_capacity(padded.len());
    for (index, (one, part)) in (0u32..).zip(padded.into_iter().zip(&mut header.parts)) {
        let aad = part_aad(&ctx, index, Rule::Open, one.len() as u32);
        let ciphertext = seal_one(derive_part_key(&prk, &ctx, index, Rule::Open), &aad, one)?;
        part.ciphertext_hash = sha256(&[&ciphertext]);
        ciphertexts.push(ciphertext);
    }
    Ok(ciphertexts)
}

/// Seals one plaintext in place; its tag is appended.
fn seal_one(key: OnceKey, aad: &[u8], mut plaintext: Zeroizing<Vec<u8>>) -> Result<Vec<u8>, KeyUnusable> {
    let tag = key.seal(aad, &mut plaintext).map_err(|_| KeyUnusable)?;
    plaintext.extend_from_slice(&tag);
    Ok(std::mem::take(&mut *plaintext))
}

/// An entry that was sealed once. Store it, then send its bytes; send the same bytes again on a retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEntry {
    id: EntryId,
    header: EntryHeader,
    entry: Entry,
}

impl SealedEntry {
    /// The entry's id.
    #[must_use]
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// What its header says.
    #[must_use]
    pub fn header(&self) -> &EntryHeader {
        &self.header
    }

    /// Its position in the journal, from 0.
    #[must_use]
    pub fn seq(&self) -> u64 {
        self.header.seq
    }

    /// The entry.
    #[must_use]
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The entry, by value.
    #[must_use]
    pub fn into_entry(self) -> Entry {
        self.entry
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_plaintexts_that_read_alike_are_told_apart() {
        let hash = |parts: &[&[u8]]| {
            hash_plaintexts(&parts.iter().map(|part| Zeroizing::new(part.to_vec())).collect::<Vec<_>>())
        };
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_ne!(hash(&[b"ab"]), hash(&[b"ab", b""]));
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"b", b"a"]));
    }
}

//! Opening of parts. Only what `register` has verified gets this far.

mod guarded;

use std::fmt;

use counterseal_register::{Rule, VerifiedHeader, VerifiedPart};
use thiserror::Error;
use zeroize::Zeroizing;

pub use guarded::{CannotOpenGuarded, OpenedGuarded};

use crate::compress::{Decompressor, NoCompressor};
use crate::once::TAG_LEN;
use crate::padding::unpad;
use crate::schedule::{Prk, derive_entry_prk, derive_part_key, part_aad};
use crate::secrets::EpochSecret;

/// A part that cannot be opened: wrong key, changed bytes, malformed padding, malformed content. Which of
/// them is not said, because whoever sent it could learn from the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "the part cannot be opened: it is not what this epoch's secret seals in this entry; check the epoch and tell the author's section"
)]
pub struct CannotOpen;

/// The content of an opened part: an encoded `model::record::Part`. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Plaintext(Zeroizing<Vec<u8>>);

impl Plaintext {
    /// The content, which the caller must not leave lying about.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Plaintext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Plaintext({} bytes)", self.0.len())
    }
}

/// What opens the open parts of one entry, derived once.
pub struct EntryKeys {
    ctx: [u8; 32],
    prk: Prk,
}

impl EntryKeys {
    /// The keys of an entry of the epoch with this secret.
    #[must_use]
    pub fn derive(entry: &VerifiedHeader, epoch: &EpochSecret) -> Self {
        Self::derive_kept(*entry.ctx(), &entry.header().salt.0, epoch)
    }

    /// The keys of an entry that was verified when it was taken in, from a store that authenticates
    /// what it keeps. Its context and salt are enough: whatever else its header says is in them.
    #[must_use]
    pub fn derive_kept(ctx: [u8; 32], salt: &[u8; 32], epoch: &EpochSecret) -> Self {
        Self { ctx, prk: derive_entry_prk(salt, epoch) }
    }
}

impl fmt::Debug for EntryKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EntryKeys(secret)")
    }
}

/// Opens part after part; keep one and use it again.
pub struct Opener {
    decompressor: Decompressor,
    padded: Zeroizing<Vec<u8>>,
}

impl Opener {
    /// An opener.
    ///
    /// # Errors
    /// When the decompressor cannot be set up.
    pub fn new() -> Result<Self, NoCompressor> {
        Ok(Self { decompressor: Decompressor::new()?, padded: Zeroizing::new(Vec::new()) })
    }

    /// Opens a part of the entry that `keys` were derived for.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open(&mut self, keys: &EntryKeys, part: &VerifiedPart<'_>) -> Result<Plaintext, CannotOpen> {
        let index = u32::try_from(part.index()).map_err(|_| CannotOpen)?;
        if part.padded_length().checked_add(TAG_LEN as u64) != Some(part.ciphertext().len() as u64) {
            return Err(CannotOpen);
        }
        self.open_kept(keys, index, part.ciphertext())
    }

    /// Opens part `index` of an entry that was verified when it was taken in. Another entry's part, or
    /// one of another index or length, does not open: the key and the authenticated data are bound to
    /// the entry's context, the index and the length.
    ///
    /// # Errors
    /// `CannotOpen`, whatever is wrong.
    pub fn open_kept(
        &mut self,
        keys: &EntryKeys,
        index: u32,
        ciphertext: &[u8],
    ) -> Result<Plaintext, CannotOpen> {
        let padded_len = ciphertext.len().checked_sub(TAG_LEN).ok_or(CannotOpen)?;
        let padded_len = u32::try_from(padded_len).map_err(|_| CannotOpen)?;
        let aad = part_aad(&keys.ctx, index, Rule::Open, padded_len);
        self.padded.resize(padded_len as usize, 0);
        derive_part_key(&keys.prk, &keys.ctx, index, Rule::Open)
            .open(&aad, ciphertext, &mut self.padded)
            .map_err(|_| CannotOpen)?;
        let packed = unpad(&self.padded).ok_or(CannotOpen)?;
        self.decompressor.unpack(packed).map(Plaintext).ok_or(CannotOpen)
    }
}

#[cfg(test)]
mod tests {
    use counterseal_model::cbor::{Extra, to_bytes};
    use counterseal_model::{CompartmentId, EpochId, JournalId, MissionId};
    use counterseal_register::{
        Bytes, Entry, EntryHeader, Label, PartHeader, VerifiedHeader, sha256, verify_header,
    };
    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;
    use crate::compress::{Compressor, MAX_CONTENT};
    use crate::device::DeviceSecrets;
    use crate::padding::pad;
    use crate::sign::sign_statement;

    /// An entry of a member who has the epoch's secret and seals whatever he likes, under whatever rule
    /// and length he likes.
    struct Hostile {
        device: DeviceSecrets,
        epoch: EpochSecret,
    }

    impl Hostile {
        fn new() -> Self {
            let rng = &mut ChaCha20Rng::seed_from_u64(1);
            Self { device: DeviceSecrets::make(rng).unwrap(), epoch: EpochSecret::make(rng) }
        }

        fn entry(&self, padded: &[u8], rule: Rule, sealed_len: u32) -> (VerifiedHeader, Entry) {
            let part = PartHeader::open([0; 32], padded.len() as u64);
            let mut header = EntryHeader {
                suite: EntryHeader::SUITE,
                mission: MissionId::from_bytes([1; 32]),
                compartment: CompartmentId::from_bytes([2; 16]),
                epoch: EpochId::from_bytes([3; 32]),
                device: self.device.id(),
                journal: JournalId::from_bytes([4; 16]),
                seq: 0,
                prev: EntryHeader::NO_PREV,
                continues: None,
                salt: Bytes([5; 32]),
                trustee_set: None,
                parts: vec![part],
                trustees: Vec::new(),
                statements_seen: 0,
                journal_seen: 0,
                extra: Extra::default(),
            };
            let ctx = header.ctx();
            let prk = derive_entry_prk(&header.salt.0, &self.epoch);
            let mut sealed = padded.to_vec();
            let aad = part_aad(&ctx, 0, rule, sealed_len);
            let tag = derive_part_key(&prk, &ctx, 0, rule).seal(&aad, &mut sealed).unwrap();
            sealed.extend_from_slice(&tag);
            header.parts[0].ciphertext_hash = sha256(&[&sealed]);
            let signed = sign_statement(&to_bytes(&header), Label::ENTRY_SIGN, &[&self.device]).unwrap();
            let entry = Entry { header: signed.bytes().to_vec(), ciphertexts: vec![sealed] };
            (verify_header(&entry.header, self.device.public()).unwrap(), entry)
        }

        fn opened(&self, padded: &[u8], rule: Rule, sealed_len: u32) -> Result<Plaintext, CannotOpen> {
            let (header, entry) = self.entry(padded, rule, sealed_len);
            let keys = EntryKeys::derive(&header, &self.epoch);
            Opener::new().unwrap().open(&keys, &header.verify_part(0, &entry.ciphertexts[0]).unwrap())
        }
    }

    fn padded(packed: &[u8]) -> Vec<u8> {
        let mut padded = packed.to_vec();
        pad(&mut padded, 0);
        padded
    }

    #[test]
    fn every_malformation_is_the_same_refusal() {
        let hostile = Hostile::new();
        let good = padded(&[&[0][..], b"content"].concat());
        let opened = hostile.opened(&good, Rule::Open, 256).unwrap();
        assert_eq!(opened.as_bytes(), b"content");

        let bomb = Compressor::new().unwrap().pack(&vec![0; MAX_CONTENT + 1], |len| len);
        let mut long = good.clone();
        long.resize(272, 0);
        let malformed: [(&str, Vec<u8>); 8] = [
            ("no padding", vec![0; 256]),
            ("padded further than needed", long),
            ("padded less than needed", good[..200].to_vec()),
            ("another mark", [&good[..8], &[0x81], &good[9..]].concat()),
            ("nothing before the mark", padded(b"")),
            ("an unknown form", padded(&[&[7][..], b"content"].concat())),
            ("no zstd frame", padded(&[&[1][..], b"content"].concat())),
            ("a bomb", padded(&bomb)),
        ];
        for (what, padded) in malformed {
            let refused = hostile.opened(&padded, Rule::Open, padded.len() as u32);
            assert_eq!(refused, Err(CannotOpen), "{what}");
        }
        assert_eq!(hostile.opened(&good, Rule::TwoSeal, 256), Err(CannotOpen), "another rule");
        assert_eq!(hostile.opened(&good, Rule::Open, 255), Err(CannotOpen), "another length in the tag");
    }
}

//! The keys of a pouch: one random file key, wrapped to every receiving device, and the chunks under it.
//! Normative text: docs/spec/pouch.md. The layout and the chunks' nonces are `sync`'s.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use counterseal_model::{DeviceId, MissionId};
use counterseal_register::{HPKE_PUBLIC_LEN, Label, WRAP_ENC_LEN, WRAP_LEN, sha256};
use rand_core::{CryptoRng, Rng};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::device::{DeviceSecrets, KeyUnusable};
use crate::epoch::Recipient;
use crate::hedged::Hedged;
use crate::hpke::{self, Sealed};
use crate::schedule::{POUCH_DRAW, Prk, derive_pouch_chunk_key, derive_pouch_seed};
use crate::secrets::{PouchKey, UnwrappingKey};

/// Bytes of a slot: the encapsulated key, then the file key with its tag.
pub const POUCH_SLOT_LEN: usize = WRAP_ENC_LEN + WRAP_LEN;

/// A slot of a pouch's head.
pub type PouchSlot = Box<[u8; POUCH_SLOT_LEN]>;

/// Why a pouch could not be sealed. Nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PouchSealError {
    /// The device's public key is no X-Wing key.
    #[error("the public key of device {} cannot be wrapped to; leave it out, and enrol it again", .device.short())]
    BadDeviceKey {
        /// The device.
        device: DeviceId,
    },
    /// A chunk that does not come after the one before it.
    #[error("a chunk of the pouch was to be sealed out of order; write the pouch again")]
    OutOfOrder,
    /// The library refused to work.
    #[error(transparent)]
    Key(#[from] KeyUnusable),
}

/// The file key of a pouch that is being made, and everything else about it that is random.
///
/// All of it is drawn from one hedged seed. A virtual machine that is set back draws the same randomness
/// again: without the hedge another pouch would then get the first one's file key, and its wraps would share
/// keys, so that a receiver of one could read the other.
pub struct PouchMaker {
    key: PouchKey,
    mission: MissionId,
    drawn: Hedged,
}

impl PouchMaker {
    /// Draws a file key and wraps it to the receivers; gives their slots in the same order. `content` is a
    /// digest of everything that the pouch will hold.
    ///
    /// # Errors
    /// `BadDeviceKey`.
    pub fn begin(
        rng: &mut impl CryptoRng,
        device: &DeviceSecrets,
        mission: MissionId,
        receivers: &[Recipient<'_>],
        content: &[u8; 32],
    ) -> Result<(Self, Vec<PouchSlot>), PouchSealError> {
        let mut random = Zeroizing::new([0; 32]);
        rng.fill_bytes(random.as_mut_slice());
        let ids: Vec<&[u8]> = receivers.iter().map(|to| to.device.as_bytes().as_slice()).collect();
        let seed = derive_pouch_seed(&device.hedge, &random, &sha256(&ids), content);
        let mut drawn = Hedged::new(Prk::of(&seed), POUCH_DRAW);
        let mut maker = Self { key: PouchKey::make(&mut drawn), mission, drawn };
        let slots = receivers.iter().map(|to| maker.slot(to.device, to.hpke));
        let slots = slots.collect::<Result<_, _>>()?;
        Ok((maker, slots))
    }

    /// A slot that nobody can open: wrapped, for a device that there is not, to a key that is forgotten here.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn nobodys_slot(&mut self) -> Result<PouchSlot, PouchSealError> {
        let forgotten = UnwrappingKey::make(&mut self.drawn);
        let public = hpke::public_key(&forgotten).ok_or(KeyUnusable)?;
        let mut nobody = [0; 32];
        self.drawn.fill_bytes(&mut nobody);
        self.slot(DeviceId::from_bytes(nobody), &public)
    }

    /// A number from 0 to `count` - 1, each as likely: the order of the slots says nothing.
    pub fn below(&mut self, count: usize) -> usize {
        let count = (count as u64).max(1);
        let fair = u64::MAX - u64::MAX % count;
        let drawn = loop {
            let drawn = self.drawn.next_u64();
            if drawn < fair {
                break drawn;
            }
        };
        usize::try_from(drawn % count).unwrap_or(0)
    }

    /// What seals the chunks of the file whose head has these bytes.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn chunks(self, head: &[u8]) -> Result<ChunkSealer, PouchSealError> {
        Ok(ChunkSealer { cipher: cipher_of(&self.key, head)?, last: None })
    }

    fn slot(
        &mut self,
        device: DeviceId,
        public: &[u8; HPKE_PUBLIC_LEN],
    ) -> Result<PouchSlot, PouchSealError> {
        let info = wrap_info(&self.mission, &device);
        let sealed = hpke::seal(&mut self.drawn, public, &info, b"", self.key.reveal());
        let Sealed { enc, ciphertext } = sealed.ok_or(PouchSealError::BadDeviceKey { device })?;
        let mut slot = Box::new([0; POUCH_SLOT_LEN]);
        slot.iter_mut().zip(enc.iter().chain(&ciphertext)).for_each(|(to, from)| *to = *from);
        Ok(slot)
    }
}

impl fmt::Debug for PouchMaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PouchMaker({:?})", self.key)
    }
}

/// Seals the chunks of one pouch, in order.
pub struct ChunkSealer {
    cipher: LessSafeKey,
    last: Option<[u8; 12]>,
}

impl ChunkSealer {
    /// Seals a chunk. Its nonce must be above the one before: no nonce is used twice under a key.
    ///
    /// # Errors
    /// `OutOfOrder`, or when the library refuses to work.
    pub fn seal(&mut self, nonce: [u8; 12], chunk: &[u8]) -> Result<Vec<u8>, PouchSealError> {
        if self.last.is_some_and(|last| nonce <= last) {
            return Err(PouchSealError::OutOfOrder);
        }
        self.last = Some(nonce);
        let mut sealed = chunk.to_vec();
        self.cipher
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
            .map_err(|_| KeyUnusable)?;
        Ok(sealed)
    }
}

impl fmt::Debug for ChunkSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChunkSealer(secret)")
    }
}

/// Opens the chunks of one pouch.
pub struct ChunkOpener {
    cipher: LessSafeKey,
}

impl ChunkOpener {
    /// Tries the slots of a head, whose bytes are `head`; `None` when none is this device's.
    #[must_use]
    pub fn find<'a>(
        device: &DeviceSecrets,
        mission: &MissionId,
        head: &[u8],
        slots: impl IntoIterator<Item = &'a [u8; POUCH_SLOT_LEN]>,
    ) -> Option<Self> {
        let info = wrap_info(mission, &device.id());
        let key = slots.into_iter().find_map(|slot| {
            let (enc, sealed) = slot.split_first_chunk::<WRAP_ENC_LEN>()?;
            let opened = hpke::open(device.unwrapping_key(), &info, b"", enc, sealed)?;
            Some(PouchKey::from_bytes(opened.as_slice().try_into().ok()?))
        })?;
        Some(Self { cipher: cipher_of(&key, head).ok()? })
    }

    /// What a chunk holds; `None` when it is not the chunk that belongs there.
    #[must_use]
    pub fn open(&self, nonce: [u8; 12], sealed: &[u8]) -> Option<Vec<u8>> {
        let mut opened = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(nonce);
        let length = self.cipher.open_in_place(nonce, Aad::empty(), &mut opened).ok()?.len();
        opened.truncate(length);
        Some(opened)
    }
}

impl fmt::Debug for ChunkOpener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChunkOpener(secret)")
    }
}

/// The key is bound to the head: with another slot, or slots in another order, it is another key.
fn cipher_of(key: &PouchKey, head: &[u8]) -> Result<LessSafeKey, KeyUnusable> {
    let key = derive_pouch_chunk_key(key, &sha256(&[head]));
    UnboundKey::new(&AES_256_GCM, key.reveal()).map(LessSafeKey::new).map_err(|_| KeyUnusable)
}

fn wrap_info(mission: &MissionId, device: &DeviceId) -> Vec<u8> {
    [Label::POUCH_WRAP.bytes(), mission.as_bytes(), device.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_seals_and_opens_a_pouch_never_prints_a_secret() {
        let key = PouchKey::from_bytes(&[7; 32]);
        assert_eq!(format!("{key:?}"), "PouchKey(secret)");
        let drawn = Hedged::new(Prk::of(&[1; 32]), POUCH_DRAW);
        let maker = PouchMaker { key, mission: MissionId::from_bytes([1; 32]), drawn };
        assert_eq!(format!("{maker:?}"), "PouchMaker(PouchKey(secret))");
        let sealer = maker.chunks(b"head").unwrap();
        assert_eq!(format!("{sealer:?}"), "ChunkSealer(secret)");
        assert_eq!(format!("{:?}", ChunkOpener { cipher: sealer.cipher }), "ChunkOpener(secret)");
    }
}

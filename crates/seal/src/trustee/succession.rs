//! What goes from a trustee to its successor, and between the helpers of a repair. HPKE says to whom, the info says
//! for what; who it is from, the signature around it says (docs/spec/sealing.md, section 11).

use counterseal_model::MissionId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, Label};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::TrusteeSecrets;
use super::letters::{BadPublicKey, CannotUnseal, TrusteeRecipient};
use crate::hedged::seal_hedged;
use crate::hpke::{self, Sealed};
use crate::schedule::derive_repair_seed;
use crate::secrets::RepairSeed;

/// Which answer to a successor: from whom, to whom, to what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handing {
    /// The mission.
    pub mission: MissionId,
    /// Who gives.
    pub from: KeyId,
    /// Who receives.
    pub to: KeyId,
    /// SHA-256 of the signed call that it answers.
    pub asked: [u8; 32],
}

impl Handing {
    fn info(&self) -> Vec<u8> {
        let pieces: [&[u8]; 5] =
            [Label::SUCCESSION_SEAL.bytes(), self.mission.as_bytes(), &self.from.0, &self.to.0, &self.asked];
        pieces.concat()
    }
}

/// Seals 32 bytes for each part, in the order of the answer, to the successor's key for requests.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_handed(
    rng: &mut impl CryptoRng,
    handing: &Handing,
    requests: &[u8; HPKE_PUBLIC_LEN],
    secrets: &[Zeroizing<[u8; 32]>],
) -> Result<Sealed, BadPublicKey> {
    // Room for all of them at once: a buffer that grows leaves copies behind.
    let mut plaintext = Zeroizing::new(Vec::with_capacity(secrets.len() * 32));
    secrets.iter().for_each(|secret| plaintext.extend_from_slice(secret.as_slice()));
    seal_hedged(rng, requests, &handing.info(), &plaintext).ok_or(BadPublicKey)
}

/// Seals letters that trustees were told to a successor.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_handed_letters(
    rng: &mut impl CryptoRng,
    handing: &Handing,
    requests: &[u8; HPKE_PUBLIC_LEN],
    letters: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal_hedged(rng, requests, &handing.info(), letters).ok_or(BadPublicKey)
}

/// A pair of helpers of one repair, in the order of the list: the first makes their seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepairPair {
    /// The mission.
    pub mission: MissionId,
    /// What names the repair.
    pub order: [u8; 32],
    /// Who made the seed.
    pub first: KeyId,
    /// Who receives it.
    pub second: KeyId,
}

impl RepairPair {
    fn info(&self) -> Vec<u8> {
        let pieces: [&[u8]; 5] = [
            Label::REPAIR_SEED_SEAL.bytes(),
            self.mission.as_bytes(),
            &self.order,
            &self.first.0,
            &self.second.0,
        ];
        pieces.concat()
    }
}

impl TrusteeSecrets {
    /// What was handed to this trustee: 32 bytes for each of `parts` parts.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_handed(
        &self,
        handing: &Handing,
        sealed: &Sealed,
        parts: usize,
    ) -> Result<Vec<Zeroizing<[u8; 32]>>, CannotUnseal> {
        let opened = hpke::open(&self.requests, &handing.info(), b"", &sealed.enc, &sealed.ciphertext);
        let opened = opened.ok_or(CannotUnseal)?;
        match opened.as_chunks::<32>() {
            (all, []) if all.len() == parts => Ok(all.iter().map(|one| Zeroizing::new(*one)).collect()),
            _ => Err(CannotUnseal),
        }
    }

    /// The letters that were handed to this trustee.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_handed_letters(
        &self,
        handing: &Handing,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
        let opened = hpke::open(&self.requests, &handing.info(), b"", &sealed.enc, &sealed.ciphertext);
        opened.ok_or(CannotUnseal)
    }

    /// The seed of the masks that this helper shares with one after it. It follows from the trustee's own secret and
    /// the repair, so that nothing has to be kept, and the same repair has the same masks after a crash.
    #[must_use]
    pub fn derive_repair_seed(&self, order: &[u8; 32], with: KeyId) -> RepairSeed {
        derive_repair_seed(&self.store, order, &with)
    }

    /// That seed, sealed to the other one.
    ///
    /// # Errors
    /// `BadPublicKey`.
    pub fn seal_repair_seed(
        &self,
        rng: &mut impl CryptoRng,
        mission: MissionId,
        order: [u8; 32],
        to: TrusteeRecipient<'_>,
    ) -> Result<Sealed, BadPublicKey> {
        let pair = RepairPair { mission, order, first: self.id(), second: to.trustee };
        let seed = self.derive_repair_seed(&order, to.trustee);
        seal_hedged(rng, to.requests, &pair.info(), seed.reveal()).ok_or(BadPublicKey)
    }

    /// The seed that a helper before this one sealed to it.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_repair_seed(&self, pair: &RepairPair, sealed: &Sealed) -> Result<RepairSeed, CannotUnseal> {
        let opened = hpke::open(&self.requests, &pair.info(), b"", &sealed.enc, &sealed.ciphertext);
        let opened = opened.ok_or(CannotUnseal)?;
        let seed = opened.as_slice().try_into().map_err(|_| CannotUnseal)?;
        Ok(RepairSeed::from_bytes(seed))
    }
}

//! What is sealed to a trustee, and what a trustee hands to a device sealed: requests, facts, notices,
//! mails. HPKE says to whom, the info says for what; who it is from, the signature inside says.

use counterseal_model::MissionId;
use counterseal_register::{HPKE_PUBLIC_LEN, KeyId, Label};
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use super::TrusteeSecrets;
use crate::device::DeviceSecrets;
use crate::epoch::Recipient;
use crate::hedged::seal_hedged;
use crate::hpke::{self, Sealed};
use crate::secrets::UnwrappingKey;

/// The receiver's public key is no X-Wing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("nothing can be sealed to the receiver's public key; whose it is must publish another")]
pub struct BadPublicKey;

/// Something that is not sealed to this key, or not for this purpose, mission or request. Which, is not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("what arrived is not sealed to this key for this purpose; ask its sender to send it again")]
pub struct CannotUnseal;

/// A trustee to which something is sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrusteeRecipient<'a> {
    /// The trustee's id.
    pub trustee: KeyId,
    /// Its public key for requests, as the register has it.
    pub requests: &'a [u8; HPKE_PUBLIC_LEN],
}

/// Seals a signed request to a trustee.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_request(
    rng: &mut impl CryptoRng,
    mission: MissionId,
    to: TrusteeRecipient<'_>,
    request: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal(rng, to.requests, &to_trustee(Label::OPENING_SEAL, mission, to.trustee), request)
}

/// Seals a signed fact to a trustee.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_fact(
    rng: &mut impl CryptoRng,
    mission: MissionId,
    to: TrusteeRecipient<'_>,
    fact: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal(rng, to.requests, &to_trustee(Label::FACT_SEAL, mission, to.trustee), fact)
}

/// Seals a trustee's signed notice of an opening to a device.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_notice(
    rng: &mut impl CryptoRng,
    mission: MissionId,
    trustee: KeyId,
    to: Recipient<'_>,
    notice: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal(rng, to.hpke, &notice_info(mission, trustee, to.device.as_bytes()), notice)
}

/// Seals a mail, which waits at a trustee, to the device that it is for.
///
/// # Errors
/// `BadPublicKey`.
pub fn seal_mail(
    rng: &mut impl CryptoRng,
    mission: MissionId,
    to: Recipient<'_>,
    mail: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal(rng, to.hpke, &mail_info(mission, to.device.as_bytes()), mail)
}

impl TrusteeSecrets {
    /// The signed request that was sealed to this trustee.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_request(
        &self,
        mission: MissionId,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
        open(&self.requests, &to_trustee(Label::OPENING_SEAL, mission, self.id()), sealed)
    }

    /// The signed fact that was sealed to this trustee.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_fact(&self, mission: MissionId, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
        open(&self.requests, &to_trustee(Label::FACT_SEAL, mission, self.id()), sealed)
    }
}

impl DeviceSecrets {
    /// The signed notice that a trustee sealed to this device.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_notice(
        &self,
        mission: MissionId,
        trustee: KeyId,
        sealed: &Sealed,
    ) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
        open(self.unwrapping_key(), &notice_info(mission, trustee, self.id().as_bytes()), sealed)
    }

    /// The mail that was sealed to this device.
    ///
    /// # Errors
    /// `CannotUnseal`, whatever is wrong.
    pub fn open_mail(&self, mission: MissionId, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
        open(self.unwrapping_key(), &mail_info(mission, self.id().as_bytes()), sealed)
    }
}

fn to_trustee(purpose: Label, mission: MissionId, trustee: KeyId) -> Vec<u8> {
    [purpose.bytes(), mission.as_bytes(), &trustee.0].concat()
}

fn notice_info(mission: MissionId, trustee: KeyId, device: &[u8; 32]) -> Vec<u8> {
    [Label::NOTICE_SEAL.bytes(), mission.as_bytes(), &trustee.0, device].concat()
}

fn mail_info(mission: MissionId, device: &[u8; 32]) -> Vec<u8> {
    [Label::MAIL_SEAL.bytes(), mission.as_bytes(), device].concat()
}

fn seal(
    rng: &mut impl CryptoRng,
    public: &[u8; HPKE_PUBLIC_LEN],
    info: &[u8],
    plaintext: &[u8],
) -> Result<Sealed, BadPublicKey> {
    seal_hedged(rng, public, info, plaintext).ok_or(BadPublicKey)
}

fn open(key: &UnwrappingKey, info: &[u8], sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, CannotUnseal> {
    hpke::open(key, info, b"", &sealed.enc, &sealed.ciphertext).ok_or(CannotUnseal)
}

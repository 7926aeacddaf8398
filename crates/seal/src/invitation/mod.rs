//! Invitations: the one-time secret that binds a device's request, the challenge that only this device can
//! open, and the string that both sides compare. Normative text: docs/spec/invitations.md.

mod string;
mod text;

use counterseal_model::{DeviceId, MissionId, PersonId, Timestamp};
use counterseal_register::{Bytes, DeviceKeys, JoinChallenge, JoinRequest, Label, SUITE, sha256};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::device::{DeviceSecrets, KeyUnusable};
use crate::hpke;
use crate::schedule::{Prk, derive_invitation_prk};
use crate::secrets::{ChallengeSecret, InvitationSecret};
pub use string::ComparedString;
pub use text::BadInvitation;

/// What one person gives another, by a channel other than the hub, so that a device of theirs may join.
#[derive(Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The mission.
    pub mission: MissionId,
    /// The inviting device: the fingerprint of both its keys.
    pub inviter: DeviceId,
    /// The hash of the challenge to come. Public; it also names the invitation.
    pub commitment: [u8; 32],
    /// The one-time secret.
    pub secret: InvitationSecret,
    /// The invitation counts before this moment.
    pub expires: Timestamp,
    /// Whose further device is invited; none for a new person.
    pub person: Option<PersonId>,
    /// Where the mission's hub is. A hint: the register pins whom to believe there.
    pub hub: Option<String>,
}

/// Why a challenge is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ChallengeRefusal {
    /// It is for another request.
    #[error("the challenge answers another request than this device's")]
    OtherRequest,
    /// Another device than the inviting one gave it, or it was changed.
    #[error("the challenge is not from the device that the invitation names")]
    OtherInviter,
    /// It is not sealed to this device for this request.
    #[error("the challenge is not sealed to this device")]
    CannotOpen,
    /// It is not the one that the invitation committed to.
    #[error("the challenge is not the one that the invitation commits to")]
    NotTheCommittedOne,
}

impl Invitation {
    /// A device's request to join as `person`: signed, and bound to the secret.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn ask(&self, device: &DeviceSecrets, person: PersonId) -> Result<JoinRequest, KeyUnusable> {
        let mut request = JoinRequest {
            suite: SUITE,
            mission: self.mission,
            inviter: self.inviter,
            invitation: Bytes(self.commitment),
            person,
            keys: device.public().clone(),
            proof: Bytes(device.prove_possession(self.mission, person)?),
            signature: Bytes::ZERO,
            binding: Bytes::ZERO,
            extra: Default::default(),
        };
        request.signature = Bytes(device.sign_bare(&request.signature_input())?);
        request.binding = Bytes(self.binding(&request));
        Ok(request)
    }

    /// Whether a request was made by who has the secret, and nothing in it was changed since.
    #[must_use]
    pub fn binds(&self, request: &JoinRequest) -> bool {
        self.binding(request).ct_eq(&request.binding.0).into()
    }

    /// Opens the challenge that answers this device's request.
    ///
    /// # Errors
    /// See `ChallengeRefusal`.
    pub fn open_challenge(
        &self,
        device: &DeviceSecrets,
        request: &[u8],
        challenge: &JoinChallenge,
    ) -> Result<ChallengeSecret, ChallengeRefusal> {
        if !challenge.answers(request) {
            return Err(ChallengeRefusal::OtherRequest);
        }
        if !challenge.is_from(self.inviter) {
            return Err(ChallengeRefusal::OtherInviter);
        }
        let info = challenge_info(self.mission, self.inviter, device.id(), request);
        let opened = hpke::open(device.unwrapping_key(), &info, b"", &challenge.enc.0, &challenge.sealed.0);
        let opened = opened.ok_or(ChallengeRefusal::CannotOpen)?;
        let bytes = opened.as_slice().try_into().map_err(|_| ChallengeRefusal::CannotOpen)?;
        let secret = ChallengeSecret::from_bytes(bytes);
        // Else a false inviter could choose it once the request is known, until the strings are alike.
        let committed = secret.commitment(self.mission, self.inviter).ct_eq(&self.commitment);
        bool::from(committed).then_some(secret).ok_or(ChallengeRefusal::NotTheCommittedOne)
    }

    /// The string that both sides compare: of the request with its keys, of the inviting device and of the
    /// challenge, which only the inviter and the device that asked have.
    #[must_use]
    pub fn compared_string(&self, request: &[u8], challenge: &ChallengeSecret) -> ComparedString {
        let pieces: [&[u8]; 3] = [Label::INVITATION_STRING.bytes(), &sha256(&[request]), challenge.reveal()];
        ComparedString::of(&self.prk().mac(&pieces))
    }

    fn binding(&self, request: &JoinRequest) -> [u8; 32] {
        *self.prk().mac(&[Label::INVITATION_BIND.bytes(), &request.binding_input()])
    }

    fn prk(&self) -> Prk {
        derive_invitation_prk(&self.commitment, &self.secret)
    }
}

impl ChallengeSecret {
    /// What an invitation says of the challenge before any request is known.
    #[must_use]
    pub fn commitment(&self, mission: MissionId, inviter: DeviceId) -> [u8; 32] {
        sha256(&[Label::INVITATION_COMMIT.bytes(), mission.as_bytes(), inviter.as_bytes(), self.reveal()])
    }

    /// What an enrolment says of the opened challenge (register.md, section 5).
    #[must_use]
    pub fn answer(&self) -> [u8; 32] {
        sha256(&[Label::DEVICE_CHALLENGE.bytes(), self.reveal()])
    }

    /// Seals the challenge to the device that asked, signed by the inviting one; none if the key in the
    /// request is no key.
    ///
    /// # Errors
    /// When the library refuses to work, or the request's HPKE key is none.
    pub fn seal_to(
        &self,
        rng: &mut impl CryptoRng,
        inviter: &DeviceSecrets,
        mission: MissionId,
        request: &[u8],
        keys: &DeviceKeys,
    ) -> Result<JoinChallenge, KeyUnusable> {
        let info = challenge_info(mission, inviter.id(), keys.id(), request);
        let sealed = hpke::seal(rng, &keys.hpke.0, &info, b"", self.reveal()).ok_or(KeyUnusable)?;
        let mut challenge = JoinChallenge {
            suite: SUITE,
            request: Bytes(sha256(&[request])),
            inviter: inviter.public().clone(),
            enc: Bytes(*sealed.enc),
            sealed: Bytes(sealed.ciphertext.try_into().map_err(|_| KeyUnusable)?),
            signature: Bytes::ZERO,
            extra: Default::default(),
        };
        challenge.signature = Bytes(inviter.sign_bare(&challenge.signature_input())?);
        Ok(challenge)
    }
}

/// Everything a challenge is for: copied to another mission, inviter, device or request it opens nothing.
fn challenge_info(mission: MissionId, inviter: DeviceId, device: DeviceId, request: &[u8]) -> Vec<u8> {
    let pieces: [&[u8]; 5] = [
        Label::DEVICE_CHALLENGE_SEAL.bytes(),
        mission.as_bytes(),
        inviter.as_bytes(),
        device.as_bytes(),
        &sha256(&[request]),
    ];
    pieces.concat()
}

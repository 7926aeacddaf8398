//! What goes back and forth between a device that was invited and who invited it: a request and a challenge.
//! The invitation itself holds a secret and is `seal`'s. Normative text: docs/spec/invitations.md.

use counterseal_ledger::verify_ed25519;
use counterseal_model::cbor::{BodyError, Value, Writer, from_bytes_strict, to_bytes};
use counterseal_model::{DeviceId, MissionId, PersonId, body};

use crate::act::{WRAP_ENC_LEN, WRAP_LEN, device_proof_input};
use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::key::{Algorithm, DeviceKeys};
use crate::label::Label;
use crate::signature::{protected, to_be_signed};
use crate::suite::SUITE;

body! {
    /// A device's request to join a mission by an invitation.
    pub struct JoinRequest {
        /// The suite: 1.
        1 suite: u64,
        /// The mission that the invitation names.
        2 mission: MissionId,
        /// The device that the invitation is from.
        3 inviter: DeviceId,
        /// The invitation, by its commitment.
        4 invitation: Bytes<32>,
        /// The person whose device it is; for a new person, chosen by the device at random.
        5 person: PersonId,
        /// The device's public keys.
        6 keys: DeviceKeys,
        /// For the register: the device's signature over mission, person and keys.
        7 proof: Bytes<64>,
        /// The device's signature over the seven fields before.
        8 signature: Bytes<64>,
        /// HMAC under the invitation's secret, over the eight fields before.
        9 binding: Bytes<32>,
    }
}

impl JoinRequest {
    /// Reads a request strictly.
    ///
    /// # Errors
    /// When it is none, or of another suite.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        let request: Self = from_bytes_strict(bytes)?;
        of_this_suite(request.suite, bytes).map(|()| request)
    }

    /// The request's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// What the device signs: a Sig_structure over the array of the first seven fields.
    #[must_use]
    pub fn signature_input(&self) -> Vec<u8> {
        let header = protected(Algorithm::Ed25519, &self.keys.id().into());
        to_be_signed(Label::INVITATION_REQUEST, &header, &self.fields(None))
    }

    /// What the invitation's secret binds: the array of the first eight fields.
    #[must_use]
    pub fn binding_input(&self) -> Vec<u8> {
        self.fields(Some(&self.signature))
    }

    /// Whether the device has its signing key: both signatures verify under the key in the request.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        let key = &self.keys.signing.0;
        let proof = device_proof_input(self.mission, self.person, &self.keys);
        verify_ed25519(key, &proof, &self.proof.0)
            && verify_ed25519(key, &self.signature_input(), &self.signature.0)
    }

    fn fields(&self, signature: Option<&Bytes<64>>) -> Vec<u8> {
        let mut w = Writer::with_capacity(1600);
        w.array(if signature.is_some() { 8 } else { 7 }).uint(self.suite);
        self.mission.write(&mut w);
        self.inviter.write(&mut w);
        self.invitation.write(&mut w);
        self.person.write(&mut w);
        self.keys.write(&mut w);
        self.proof.write(&mut w);
        if let Some(signature) = signature {
            signature.write(&mut w);
        }
        w.into_bytes()
    }
}

body! {
    /// The challenge that answers a request: only the device that asked can open it.
    pub struct JoinChallenge {
        /// The suite: 1.
        1 suite: u64,
        /// SHA-256 of the request's bytes.
        2 request: Bytes<32>,
        /// The public keys of the device that the invitation is from.
        3 inviter: DeviceKeys,
        /// The encapsulated key.
        4 enc: Bytes<WRAP_ENC_LEN>,
        /// The sealed challenge and its tag.
        5 sealed: Bytes<WRAP_LEN>,
        /// The inviting device's signature over the five fields before.
        6 signature: Bytes<64>,
    }
}

impl JoinChallenge {
    /// Reads a challenge strictly.
    ///
    /// # Errors
    /// When it is none, or of another suite.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        let challenge: Self = from_bytes_strict(bytes)?;
        of_this_suite(challenge.suite, bytes).map(|()| challenge)
    }

    /// The challenge's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        to_bytes(self)
    }

    /// What the inviting device signs: a Sig_structure over the array of the first five fields.
    #[must_use]
    pub fn signature_input(&self) -> Vec<u8> {
        let mut w = Writer::with_capacity(2600);
        w.array(5).uint(self.suite);
        self.request.write(&mut w);
        self.inviter.write(&mut w);
        self.enc.write(&mut w);
        self.sealed.write(&mut w);
        let header = protected(Algorithm::Ed25519, &self.inviter.id().into());
        to_be_signed(Label::INVITATION_CHALLENGE, &header, &w.into_bytes())
    }

    /// Whether `inviter`, and no other device, gave this challenge.
    #[must_use]
    pub fn is_from(&self, inviter: DeviceId) -> bool {
        self.inviter.id() == inviter
            && verify_ed25519(&self.inviter.signing.0, &self.signature_input(), &self.signature.0)
    }

    /// Whether it answers the request with these bytes.
    #[must_use]
    pub fn answers(&self, request: &[u8]) -> bool {
        self.request.0 == sha256(&[request])
    }
}

/// The suite stands first in every body here, right behind the map's head.
fn of_this_suite(suite: u64, bytes: &[u8]) -> Result<(), BodyError> {
    if suite == SUITE {
        return Ok(());
    }
    let mut r = counterseal_model::cbor::Reader::strict(bytes);
    r.map()?;
    r.uint()?;
    Err(r.out_of_range(r.offset(), "suite 1"))
}

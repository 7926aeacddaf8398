//! One signed object for one purpose: which label it is signed under follows from its type.

use counterseal_model::MissionId;
use counterseal_model::cbor::{Value, from_bytes_strict, to_bytes};

use super::refusal::OpeningRefusal;
use crate::hash::sha256;
use crate::key::{DeviceKeys, HybridKey, KeyId, VerifyingKey};
use crate::label::Label;
use crate::signature::Signed;
use crate::suite::{SUITE, suite_of};

/// What an object is signed for. One type, one label: no object can stand for another.
pub trait Purpose: Value {
    /// The label.
    const LABEL: Label;

    /// The mission that it names.
    fn mission(&self) -> MissionId;
}

/// A received object with its signatures. Parsed, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBody<T> {
    body: T,
    signed: Signed,
}

/// An object whose signature is that of the key it was checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedBody<T> {
    body: T,
    bytes: Vec<u8>,
}

impl<T: Purpose> SignedBody<T> {
    /// Reads an envelope and what is in it, strictly.
    ///
    /// # Errors
    /// When it is not one, or of another suite.
    pub fn parse(bytes: &[u8]) -> Result<Self, OpeningRefusal> {
        let signed = Signed::parse(bytes)?;
        if let Some(suite) = suite_of(signed.payload()).filter(|suite| *suite != SUITE) {
            return Err(OpeningRefusal::UnknownSuite { suite });
        }
        Ok(Self { body: from_bytes_strict(signed.payload())?, signed })
    }

    /// What it claims: for looking up the key, and nothing else.
    #[must_use]
    pub fn claims(&self) -> &T {
        &self.body
    }

    /// Checks that exactly this device has signed it, for this mission. `kid` is the device's id in the register.
    ///
    /// # Errors
    /// When it has not.
    pub fn verify_device(
        self,
        mission: MissionId,
        kid: KeyId,
        keys: &DeviceKeys,
    ) -> Result<VerifiedBody<T>, OpeningRefusal> {
        self.verify(mission, kid, &keys.verifying_key())
    }

    /// Checks that exactly this trustee has signed it, for this mission, with both halves of its key.
    ///
    /// # Errors
    /// When it has not.
    pub fn verify_trustee(
        self,
        mission: MissionId,
        key: &HybridKey,
    ) -> Result<VerifiedBody<T>, OpeningRefusal> {
        self.verify(mission, key.id(), &VerifyingKey::Hybrid(key.clone()))
    }

    fn verify(
        self,
        mission: MissionId,
        kid: KeyId,
        key: &VerifyingKey,
    ) -> Result<VerifiedBody<T>, OpeningRefusal> {
        self.signed.verify(T::LABEL, kid, key)?;
        if self.body.mission() != mission {
            return Err(OpeningRefusal::OtherMission);
        }
        Ok(VerifiedBody { body: self.body, bytes: self.signed.bytes().to_vec() })
    }
}

impl<T> VerifiedBody<T> {
    /// What it says.
    #[must_use]
    pub const fn body(&self) -> &T {
        &self.body
    }

    /// What it says, by value.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// The signed bytes as received.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of the signed bytes as received: what names it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        sha256(&[&self.bytes])
    }
}

/// The payload of an object, for whoever signs it.
pub(crate) fn payload<T: Value>(body: &T) -> Vec<u8> {
    to_bytes(body)
}

macro_rules! purposes {
    ($($Name:ty => $LABEL:ident;)+) => {$(
        impl $crate::opening::Purpose for $Name {
            const LABEL: $crate::label::Label = $crate::label::Label::$LABEL;

            fn mission(&self) -> counterseal_model::MissionId {
                self.mission
            }
        }

        impl $Name {
            /// The bytes to be signed over, as the payload of an envelope.
            #[must_use]
            pub fn payload(&self) -> Vec<u8> {
                $crate::opening::signed::payload(self)
            }
        }
    )+};
}
pub(crate) use purposes;

//! A device's secret keys.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use counterseal_model::{DeviceId, MissionId, PersonId};
use counterseal_register::{DeviceKeys, device_proof_input, pouch_sign_input, session_proof_input};
use rand_core::CryptoRng;
use thiserror::Error;

use crate::hpke;
use crate::secrets::{HedgeKey, SigningSeed, StoreRoot, UnwrappingKey};

/// The cryptographic library refused a key or a signature; memory may have run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the cryptographic library could not use a key; close other programs and try again")]
pub struct KeyUnusable;

/// Everything secret that makes a device this device: it signs, unwraps epoch secrets, hedges its
/// randomness and protects its store. Lives in the key file while the desk is locked.
pub struct DeviceSecrets {
    pub(crate) signing: SigningSeed,
    pub(crate) unwrapping: UnwrappingKey,
    pub(crate) hedge: HedgeKey,
    pub(crate) store: StoreRoot,
    pub(crate) signer: Ed25519KeyPair,
    public: DeviceKeys,
    id: DeviceId,
}

impl DeviceSecrets {
    /// The secrets of a new device.
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        let (signing, unwrapping) = (SigningSeed::make(rng), UnwrappingKey::make(rng));
        Self::from_secrets(signing, unwrapping, HedgeKey::make(rng), StoreRoot::make(rng))
    }

    pub(crate) fn from_secrets(
        signing: SigningSeed,
        unwrapping: UnwrappingKey,
        hedge: HedgeKey,
        store: StoreRoot,
    ) -> Result<Self, KeyUnusable> {
        let signer = Ed25519KeyPair::from_seed_unchecked(signing.reveal()).map_err(|_| KeyUnusable)?;
        let verifying = signer.public_key().as_ref().try_into().map_err(|_| KeyUnusable)?;
        let public = DeviceKeys::new(verifying, hpke::public_key(&unwrapping).ok_or(KeyUnusable)?);
        let id = public.id();
        Ok(Self { signing, unwrapping, hedge, store, signer, public, id })
    }

    /// The same for a device that is known under the id of an earlier encryption key.
    pub(crate) fn known_as(self, id: DeviceId) -> Self {
        Self { id, ..self }
    }

    /// The same device with another encryption key and another store: what was wrapped to it before
    /// opens no more once these secrets are all there is (docs/decisions/0018).
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn renewed(&self, rng: &mut impl CryptoRng) -> Result<Self, KeyUnusable> {
        let signing = SigningSeed::from_bytes(self.signing.reveal());
        let hedge = HedgeKey::from_bytes(self.hedge.reveal());
        let renewed = Self::from_secrets(signing, UnwrappingKey::make(rng), hedge, StoreRoot::make(rng))?;
        Ok(renewed.known_as(self.id))
    }

    /// Whether its encryption key is another than the one its id was made of.
    pub(crate) fn is_renewed(&self) -> bool {
        self.public.id() != self.id
    }

    /// The device's present public keys. Its id is the hash of those that it was enrolled with.
    #[must_use]
    pub fn public(&self) -> &DeviceKeys {
        &self.public
    }

    /// The device's id.
    #[must_use]
    pub fn id(&self) -> DeviceId {
        self.id
    }

    /// What protects the device's store.
    #[must_use]
    pub fn store_root(&self) -> &StoreRoot {
        &self.store
    }

    /// Proves, for an enrolment, that this device has its signing key: a signature over the mission,
    /// the person and the public keys (`register::device_proof_input`).
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn prove_possession(&self, mission: MissionId, person: PersonId) -> Result<[u8; 64], KeyUnusable> {
        let input = device_proof_input(mission, person, &self.public);
        let signature = self.signer.try_sign(&input).map_err(|_| KeyUnusable)?;
        signature.as_ref().try_into().map_err(|_| KeyUnusable)
    }

    /// Proves to a hub, in a TLS session with this exporter, that this device has its signing key
    /// (`register::session_proof_input`).
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn prove_session(&self, mission: MissionId, exporter: &[u8; 32]) -> Result<[u8; 64], KeyUnusable> {
        let input = session_proof_input(mission, self.id, exporter);
        let signature = self.signer.try_sign(&input).map_err(|_| KeyUnusable)?;
        signature.as_ref().try_into().map_err(|_| KeyUnusable)
    }

    /// Signs what a pouch says of itself (`register::pouch_sign_input`).
    ///
    /// # Errors
    /// When the library refuses to work.
    pub fn sign_pouch(&self, contents: &[u8]) -> Result<[u8; 64], KeyUnusable> {
        let signature =
            self.signer.try_sign(&pouch_sign_input(self.id, contents)).map_err(|_| KeyUnusable)?;
        signature.as_ref().try_into().map_err(|_| KeyUnusable)
    }

    /// A bare signature over bytes that name their purpose (`register::to_be_signed`).
    pub(crate) fn sign_bare(&self, message: &[u8]) -> Result<[u8; 64], KeyUnusable> {
        let signature = self.signer.try_sign(message).map_err(|_| KeyUnusable)?;
        signature.as_ref().try_into().map_err(|_| KeyUnusable)
    }

    pub(crate) fn unwrapping_key(&self) -> &UnwrappingKey {
        &self.unwrapping
    }
}

impl fmt::Debug for DeviceSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceSecrets({}, secret)", self.id.short())
    }
}

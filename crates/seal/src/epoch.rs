//! Epoch secrets between epochs and devices: the commitment, the sealed previous secret, the wraps.
//! Normative text: docs/spec/sealing.md, section 5.

use counterseal_model::{CompartmentId, DeviceId, EpochId, MissionId};
use counterseal_register::{DeviceKeys, HPKE_PUBLIC_LEN, Label, PreviousSecret, WRAP_LEN, Wrap};
use rand_core::CryptoRng;
use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::device::DeviceSecrets;
use crate::hpke::{self, Sealed};
use crate::schedule::{derive_epoch_commitment, derive_previous_key};
use crate::secrets::EpochSecret;

/// Which epoch of which compartment a secret belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochPlace {
    /// The mission.
    pub mission: MissionId,
    /// The compartment.
    pub compartment: CompartmentId,
    /// The epoch.
    pub epoch: EpochId,
}

/// A device to which something is sealed: its id, and the X-Wing key that it has now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipient<'a> {
    /// The device.
    pub device: DeviceId,
    /// Its present X-Wing public key.
    pub hpke: &'a [u8; HPKE_PUBLIC_LEN],
}

impl<'a> From<&'a DeviceKeys> for Recipient<'a> {
    /// A device that has the key it was enrolled with.
    fn from(keys: &'a DeviceKeys) -> Self {
        Self { device: keys.id(), hpke: &keys.hpke.0 }
    }
}

/// Why an epoch secret could not be had or handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum EpochSecretError {
    /// The bytes are not a secret sealed to this key, for this place.
    #[error(
        "the epoch's secret cannot be opened here; ask any member of the compartment to publish a repair"
    )]
    CannotOpen,
    /// The secret is not the one that the epoch's statement commits to.
    #[error(
        "the epoch's secret is not the one its manager committed to; any member may publish a repair, and the register shows whose statement it was"
    )]
    NotTheCommittedOne,
    /// The device's public key is no X-Wing key.
    #[error("the device's public key cannot be wrapped to; the device must be enrolled again")]
    BadDeviceKey,
}

impl EpochSecret {
    /// Wraps the secret to a device.
    ///
    /// # Errors
    /// `BadDeviceKey`.
    pub fn wrap(
        &self,
        rng: &mut impl CryptoRng,
        place: &EpochPlace,
        to: Recipient<'_>,
    ) -> Result<Wrap, EpochSecretError> {
        let info = wrap_info(place, &to.device);
        let sealed = hpke::seal(rng, to.hpke, &info, b"", self.reveal());
        let Sealed { enc, ciphertext } = sealed.ok_or(EpochSecretError::BadDeviceKey)?;
        let ct = ciphertext.try_into().map_err(|_| EpochSecretError::BadDeviceKey)?;
        Ok(Wrap { device: to.device, enc, ct })
    }

    /// Opens a wrap and checks the secret against the epoch's commitment.
    ///
    /// # Errors
    /// `CannotOpen` or `NotTheCommittedOne`.
    pub fn unwrap_with(
        device: &DeviceSecrets,
        place: &EpochPlace,
        commitment: &[u8; 32],
        wrap: &Wrap,
    ) -> Result<Self, EpochSecretError> {
        let info = wrap_info(place, &device.id());
        let opened = hpke::open(device.unwrapping_key(), &info, b"", &wrap.enc, &wrap.ct);
        let opened = opened.ok_or(EpochSecretError::CannotOpen)?;
        let bytes = opened.as_slice().try_into().map_err(|_| EpochSecretError::CannotOpen)?;
        Self::from_bytes(bytes).checked(place, commitment)
    }

    /// Seals the secret of the epoch at `previous` under this one, which follows it (history rule
    /// `full`). Only the committed secret is ever sealed: the key is used for one plaintext.
    ///
    /// # Errors
    /// `NotTheCommittedOne`.
    pub fn seal_previous(
        &self,
        previous: &EpochPlace,
        commitment: &[u8; 32],
        secret: &Self,
    ) -> Result<PreviousSecret, EpochSecretError> {
        secret.check(previous, commitment)?;
        let key = derive_previous_key(self, &previous.mission, &previous.compartment, &previous.epoch);
        let mut sealed = [0; WRAP_LEN];
        let (body, tag_place) = sealed.split_at_mut(32);
        body.copy_from_slice(secret.reveal());
        tag_place.copy_from_slice(&key.seal(b"", body).map_err(|_| EpochSecretError::CannotOpen)?);
        Ok(PreviousSecret { epoch: previous.epoch, sealed })
    }

    /// Opens the secret of the epoch at `previous` and checks it against that epoch's commitment.
    ///
    /// # Errors
    /// `CannotOpen` or `NotTheCommittedOne`.
    pub fn open_previous(
        &self,
        previous: &EpochPlace,
        commitment: &[u8; 32],
        sealed: &PreviousSecret,
    ) -> Result<Self, EpochSecretError> {
        let key = derive_previous_key(self, &previous.mission, &previous.compartment, &previous.epoch);
        let mut secret = zeroize::Zeroizing::new([0; 32]);
        key.open(b"", &sealed.sealed, secret.as_mut_slice()).map_err(|_| EpochSecretError::CannotOpen)?;
        Self::from_bytes(&secret).checked(previous, commitment)
    }

    fn checked(self, place: &EpochPlace, commitment: &[u8; 32]) -> Result<Self, EpochSecretError> {
        self.check(place, commitment).map(|()| self)
    }

    fn check(&self, place: &EpochPlace, commitment: &[u8; 32]) -> Result<(), EpochSecretError> {
        let own = derive_epoch_commitment(self, &place.mission, &place.compartment);
        bool::from(own.ct_eq(commitment)).then_some(()).ok_or(EpochSecretError::NotTheCommittedOne)
    }
}

/// Everything a wrap is for: a wrap copied to another epoch, compartment or device opens nothing.
fn wrap_info(place: &EpochPlace, device: &DeviceId) -> Vec<u8> {
    let pieces: [&[u8]; 5] = [
        Label::EPOCH_WRAP.bytes(),
        place.mission.as_bytes(),
        place.compartment.as_bytes(),
        place.epoch.as_bytes(),
        device.as_bytes(),
    ];
    pieces.concat()
}

//! Names of persons, devices and compartments, sealed to a compartment's members so that statements carry
//! pseudonymous ids only. Normative text: docs/spec/sealing.md, section 6.

use counterseal_model::MissionId;
use counterseal_model::cbor::{Extra, to_bytes};
use counterseal_register::{Blob, Bytes, SealedName, SealedText, Subject, sha256};
use rand_core::CryptoRng;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::device::DeviceSecrets;
use crate::once::TAG_LEN;
use crate::opener::CannotOpen;
use crate::padding::{pad, unpad};
use crate::schedule::{derive_name_key, derive_name_salt};
use crate::sealer::SealingEpoch;
use crate::secrets::EpochSecret;

/// Most bytes of a name, so that every sealed name has one length.
pub const MAX_NAME: usize = 255;

/// Why a name could not be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NameError {
    /// Longer than a name may be.
    #[error("the name has {len} bytes; {MAX_NAME} are allowed: shorten it")]
    TooLong {
        /// Its bytes in UTF-8.
        len: usize,
    },
    /// The library refused to work.
    #[error("the cryptographic library could not seal the name; close other programs and try again")]
    Unusable,
}

/// Seals the name of a subject under an epoch of the mission-wide compartment. Every sealed name has one
/// length.
///
/// # Errors
/// See `NameError`.
pub fn seal_name(
    rng: &mut impl CryptoRng,
    device: &DeviceSecrets,
    mission: &MissionId,
    epoch: SealingEpoch<'_>,
    subject: Subject,
    name: &str,
) -> Result<SealedName, NameError> {
    if name.len() > MAX_NAME {
        return Err(NameError::TooLong { len: name.len() });
    }
    let mut padded = Zeroizing::new(Vec::with_capacity(MAX_NAME + 1 + TAG_LEN));
    padded.extend_from_slice(name.as_bytes());
    pad(&mut padded, 0);
    let mut random = Zeroizing::new([0; 32]);
    rng.fill_bytes(random.as_mut_slice());
    let salt = derive_name_salt(&device.hedge, &random, &sha256(&[&padded]));
    let key = derive_name_key(epoch.secret, mission, &to_bytes(&subject), &salt);
    let tag = key.seal(b"", &mut padded).map_err(|_| NameError::Unusable)?;
    padded.extend_from_slice(&tag);
    let ciphertext = Blob(std::mem::take(&mut *padded));
    let name = SealedText { epoch: epoch.id, salt: Bytes(salt), ciphertext, extra: Extra::default() };
    Ok(SealedName { subject, name, extra: Extra::default() })
}

/// Opens a name with the secret of the epoch that it names.
///
/// # Errors
/// `CannotOpen`, whatever is wrong.
pub fn open_name(
    mission: &MissionId,
    secret: &EpochSecret,
    sealed: &SealedName,
) -> Result<Zeroizing<String>, CannotOpen> {
    let SealedText { salt, ciphertext, .. } = &sealed.name;
    let len = ciphertext.0.len().checked_sub(TAG_LEN).filter(|len| *len == MAX_NAME + 1).ok_or(CannotOpen)?;
    let mut padded = Zeroizing::new(vec![0; len]);
    derive_name_key(secret, mission, &to_bytes(&sealed.subject), &salt.0)
        .open(b"", &ciphertext.0, &mut padded)
        .map_err(|_| CannotOpen)?;
    let name = unpad(&padded).ok_or(CannotOpen)?;
    std::str::from_utf8(name).map(|name| Zeroizing::new(name.to_owned())).map_err(|_| CannotOpen)
}

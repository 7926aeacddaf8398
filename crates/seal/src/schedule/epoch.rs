//! Epochs, and what is sealed under their secrets beside parts: the secret before, names, pseudonyms.

use counterseal_model::{CompartmentId, EpochId, MissionId};
use counterseal_register::{Label, sha256};

use super::{NAME_SALT, PSEUDONYM, Prk};
use crate::secrets::{EpochSecret, HedgeKey, OnceKey};

/// What an epoch's statement commits to. Every member checks it: else a manager could hand each member
/// another secret and split the compartment unseen.
#[must_use]
pub fn derive_epoch_commitment(
    epoch: &EpochSecret,
    mission: &MissionId,
    compartment: &CompartmentId,
) -> [u8; 32] {
    *Prk::of(epoch.reveal()).expand(&[
        Label::EPOCH_COMMIT.bytes(),
        mission.as_bytes(),
        compartment.as_bytes(),
    ])
}

/// The key that seals the secret of epoch `previous` under the secret of an epoch after it. It seals one
/// plaintext, because sealing checks that plaintext against the previous epoch's commitment.
pub(crate) fn derive_previous_key(
    new: &EpochSecret,
    mission: &MissionId,
    compartment: &CompartmentId,
    previous: &EpochId,
) -> OnceKey {
    let place =
        [Label::EPOCH_PREVIOUS.bytes(), mission.as_bytes(), compartment.as_bytes(), previous.as_bytes()];
    OnceKey::from_bytes(&Prk::of(new.reveal()).expand(&place))
}

/// The salt of a sealed name: hedged like an entry's, so that a changed name has another key.
pub(crate) fn derive_name_salt(hedge: &HedgeKey, random: &[u8; 32], padded_hash: &[u8; 32]) -> [u8; 32] {
    *Prk::of(hedge.reveal()).mac(&[NAME_SALT, random, padded_hash])
}

/// The key of one sealed name; `subject` is the encoded `register::Subject`, which says where it ends.
pub(crate) fn derive_name_key(
    epoch: &EpochSecret,
    mission: &MissionId,
    subject: &[u8],
    salt: &[u8; 32],
) -> OnceKey {
    OnceKey::from_bytes(&Prk::of(epoch.reveal()).expand(&[
        Label::NAME_KEY.bytes(),
        mission.as_bytes(),
        subject,
        salt,
    ]))
}

/// A pseudonym of something for the readers of compartment `target`: the same each time for who holds this secret, and
/// nothing that others can try names against. Another target is another pseudonym, so that two do not compare notes.
#[must_use]
pub fn derive_pseudonym(
    source: &EpochSecret,
    mission: &MissionId,
    target: &CompartmentId,
    named: &[u8],
) -> [u8; 8] {
    let named = sha256(&[named]);
    let pieces = [PSEUDONYM, mission.as_bytes(), target.as_bytes(), &named];
    let mut out = [0; 8];
    out.iter_mut().zip(Prk::of(source.reveal()).expand(&pieces).iter()).for_each(|(to, from)| *to = *from);
    out
}

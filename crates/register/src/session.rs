//! What a device signs bare: the proof by which it opens a session with the hub, and what a pouch of its says
//! of itself.

use counterseal_model::cbor::{Value, Writer};
use counterseal_model::{DeviceId, MissionId};

use crate::key::{Algorithm, DeviceKeys};
use crate::label::Label;
use crate::signature::{SignatureRefusal, protected, to_be_signed};
use counterseal_ledger::verify_ed25519;

/// The bytes that a device signs to open a session with the hub: a COSE Sig_structure over the array
/// [mission, device, exporter]. The exporter is the TLS session's (RFC 5705, label
/// `EXPORTER-counterseal-sync`, no context): a proof is worth nothing in another session.
#[must_use]
pub fn session_proof_input(mission: MissionId, device: DeviceId, exporter: &[u8; 32]) -> Vec<u8> {
    let mut w = Writer::with_capacity(128);
    w.array(3);
    mission.write(&mut w);
    device.write(&mut w);
    w.bytes(exporter);
    to_be_signed(Label::SYNC_HELLO, &protected(Algorithm::Ed25519, &device.into()), &w.into_bytes())
}

/// Checks a session's proof. Whether the device may have a session, its status says.
///
/// # Errors
/// `Invalid`, when the signature is not this device's for this mission and session.
pub fn verify_session_proof(
    mission: MissionId,
    keys: &DeviceKeys,
    exporter: &[u8; 32],
    signature: &[u8],
) -> Result<(), SignatureRefusal> {
    let device = keys.id();
    let message = session_proof_input(mission, device, exporter);
    if verify_ed25519(&keys.signing.0, &message, signature) {
        return Ok(());
    }
    Err(SignatureRefusal::Invalid { kid: device.into() })
}

/// The bytes that a device signs for a pouch: a COSE Sig_structure over what the pouch says of itself, which
/// names mission and device. It vouches for nothing that the pouch carries.
#[must_use]
pub fn pouch_sign_input(device: DeviceId, contents: &[u8]) -> Vec<u8> {
    to_be_signed(Label::POUCH_SIGN, &protected(Algorithm::Ed25519, &device.into()), contents)
}

/// Checks what a pouch says of itself: whether this device said so.
///
/// # Errors
/// `Invalid`, when the signature is not this device's.
pub fn verify_pouch(keys: &DeviceKeys, contents: &[u8], signature: &[u8]) -> Result<(), SignatureRefusal> {
    let device = keys.id();
    if verify_ed25519(&keys.signing.0, &pouch_sign_input(device, contents), signature) {
        return Ok(());
    }
    Err(SignatureRefusal::Invalid { kid: device.into() })
}

//! Acts about persons and devices.

use counterseal_model::cbor::{Value, Writer};
use counterseal_model::{DeviceId, MissionId, PersonId, Timestamp, body};

use super::name::SealedText;
use crate::bytes::Bytes;
use crate::key::{Algorithm, DeviceKeys};
use crate::label::Label;
use crate::signature::{protected, to_be_signed};

body! {
    /// Enrols a person. Signed by a registrar's device.
    pub struct EnrolPerson {
        /// The person: a random id.
        1 person: PersonId,
        /// The person's name, sealed.
        2 name: Option<SealedText>,
        /// When the assignment ends, and every role with it.
        3 until: Option<Timestamp>,
    }
}

body! {
    /// Enrols a person's first device. Signed by a registrar's device.
    pub struct EnrolDevice {
        /// The person.
        1 person: PersonId,
        /// The device's public keys.
        2 keys: DeviceKeys,
        /// The device's signature over `device_proof_input`: it holds its signing key.
        3 proof: Bytes<64>,
        /// SHA-256(L("device/challenge") ‖ the challenge it decrypted): it holds its HPKE key. Only
        /// the registrar, who made the challenge, can check it.
        4 challenge: Bytes<32>,
    }
}

body! {
    /// Proposes a person's further device, which is pending until a manager confirms it. Signed by
    /// one of the person's devices, or by as many recovery officers as the register says.
    pub struct CrossSign {
        /// The person.
        1 person: PersonId,
        /// The new device's public keys.
        2 keys: DeviceKeys,
        /// As in `EnrolDevice`.
        3 proof: Bytes<64>,
        /// As in `EnrolDevice`.
        4 challenge: Bytes<32>,
    }
}

body! {
    /// Makes a pending device active. Signed by the device of a manager who is another person.
    pub struct ConfirmDevice {
        /// The person.
        1 person: PersonId,
        /// The pending device.
        2 device: DeviceId,
    }
}

body! {
    /// Revokes a device. Signed by a registrar's device, or one of the same person's.
    pub struct RevokeDevice {
        /// The person.
        1 person: PersonId,
        /// The device.
        2 device: DeviceId,
    }
}

body! {
    /// Revokes a person with all devices and roles. Signed by a registrar's device or the governors.
    pub struct RevokePerson {
        /// The person.
        1 person: PersonId,
    }
}

body! {
    /// Changes when a person's assignment ends. Signed by another registrar's device or the governors.
    pub struct ExtendAppointment {
        /// The person.
        1 person: PersonId,
        /// The new end; none when left out.
        2 until: Option<Timestamp>,
    }
}

/// The bytes that a new device signs to prove that it holds its signing key: a COSE Sig_structure
/// over the array [mission, person, keys].
#[must_use]
pub fn device_proof_input(mission: MissionId, person: PersonId, keys: &DeviceKeys) -> Vec<u8> {
    let mut w = Writer::with_capacity(1400);
    w.array(3);
    mission.write(&mut w);
    person.write(&mut w);
    keys.write(&mut w);
    to_be_signed(Label::DEVICE_PROOF, &protected(Algorithm::Ed25519, &keys.id().into()), &w.into_bytes())
}

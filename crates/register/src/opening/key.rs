//! A trustee's key for one device in one compartment.

use counterseal_model::{CompartmentId, DeviceId, MissionId, Timestamp, body};

use super::signed::purposes;
use crate::bytes::Bytes;
use crate::hash::sha256;
use crate::key::{HPKE_PUBLIC_LEN, KeyId};
use crate::label::Label;

body! {
    /// An HPKE key that a trustee made for one device's entries in one compartment. Signed by the trustee. It is
    /// destroyed once the trustee holds the device's journal there up to an entry that uses a later one.
    pub struct TrusteeKey {
        /// The suite: 1.
        1 suite: u64,
        /// The mission.
        2 mission: MissionId,
        /// The trustee.
        3 trustee: KeyId,
        /// The device whose entries are sealed to it.
        4 device: DeviceId,
        /// The compartment.
        5 compartment: CompartmentId,
        /// From 1, one more for each later key.
        6 generation: u64,
        /// The X-Wing public key.
        7 public: Bytes<HPKE_PUBLIC_LEN>,
        /// When it was made, by the trustee's clock.
        8 made: Timestamp,
    }
}

purposes! { TrusteeKey => TRUSTEE_KEY; }

impl TrusteeKey {
    /// The id by which entries name it.
    #[must_use]
    pub fn id(&self) -> [u8; 32] {
        trustee_key_id(&self.payload())
    }
}

/// The id of a trustee's key: SHA-256(L("trustee/key-id") ‖ the payload that the trustee signs). It names trustee,
/// device and compartment with the key.
#[must_use]
pub fn trustee_key_id(payload: &[u8]) -> [u8; 32] {
    sha256(&[Label::TRUSTEE_KEY_ID.bytes(), payload])
}

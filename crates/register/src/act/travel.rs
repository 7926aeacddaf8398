//! Acts about a desk that goes on a trip, and must not be able to open what its owner leaves behind.

use counterseal_model::{CompartmentId, DeviceId, PersonId, StatementId, body};

use crate::bytes::Bytes;
use crate::key::HPKE_PUBLIC_LEN;

body! {
    /// A device leaves compartments for a trip and takes another encryption key. Signed by the
    /// device itself. Both stand in one statement: a hub that withheld the leaving and delivered the
    /// new key would have others wrap to it what was left (docs/decisions/0018).
    pub struct Travel {
        /// The person whose device it is.
        1 person: PersonId,
        /// The device.
        2 device: DeviceId,
        /// Its new X-Wing key. Wraps to the one before open nothing any more.
        3 hpke: Bytes<HPKE_PUBLIC_LEN>,
        /// The compartments that it leaves, in ascending order.
        4 compartments: Vec<CompartmentId>,
    }
}

body! {
    /// Lets a device back into a compartment that it left for a trip. Signed by the device of a
    /// manager who is another person. An epoch whose roster has the device follows.
    pub struct BringBack {
        /// The compartment.
        1 compartment: CompartmentId,
        /// The device.
        2 device: DeviceId,
        /// The statement with which it last left: one that its signer had not heard of stays.
        3 travel: StatementId,
    }
}

//! Which compartments a device is in, as the register has it: it is sent their entries and no others.

use std::collections::BTreeSet;

use counterseal_model::{CompartmentId, DeviceId};
use counterseal_register::{Moment, Register};

/// The compartments in whose present epochs the device is, and from which it was not removed since.
pub(super) fn compartments_of(register: &Register, device: DeviceId, at: Moment) -> BTreeSet<CompartmentId> {
    let is_member = |compartment: &CompartmentId| {
        register.epoch_heads(*compartment).into_iter().any(|epoch| {
            register.epoch_devices(epoch, at).is_some_and(|devices| devices.members.contains(&device))
        })
    };
    register.compartments(at).into_iter().filter(is_member).collect()
}

//! What a desk's owner is told when it is unlocked: that it is stopped, or on a trip.

use counterseal_model::Timestamp;
use counterseal_node::Desk;
use counterseal_register::{DeviceStatus, Subject};

use crate::context::Context;

/// Says on standard error how this desk stands, where it is not as usual.
pub(crate) fn note(ctx: &Context, desk: &Desk) {
    let (register, at) = (desk.register(), desk.moment());
    let since = |since: Timestamp| [("since", since.rfc3339().into())];
    match register.device(desk.device(), at).map(|device| device.status) {
        Some(DeviceStatus::Frozen { since: from }) => ctx.note("desk-frozen", &since(from.time)),
        Some(DeviceStatus::Suspended { since: from }) => ctx.note("desk-suspended", &since(from.time)),
        Some(DeviceStatus::Expired { since: from }) => ctx.note("desk-expired", &since(from)),
        Some(DeviceStatus::Revoked { since: from }) => ctx.note("desk-revoked", &since(from.time)),
        Some(DeviceStatus::Active | DeviceStatus::Pending) | None => {}
    }
    for compartment in register.compartments(at) {
        if register.left_by(compartment, desk.device(), at).is_some() {
            let name = desk.name_of(Subject::Compartment(compartment)).map(|name| name.to_string());
            let name = name.unwrap_or_else(|| compartment.short());
            ctx.note("desk-away", &[("compartment", name.into())]);
        }
    }
}

//! What a desk says without being asked: devices of its person that it did not make, decoys
//! that were asked for, and ends that come near.

use counterseal_node::{Desk, Ending};
use counterseal_register::{DeviceStatus, Role, Subject};
use serde_json::{Value, json};

use crate::context::Context;
use crate::failure::Failure;
use crate::verbs::fingerprint;

/// Days ahead of an end at which it is shown.
const DAYS: u16 = 14;

/// Raises an alarm for each device that somebody else made for this desk's person, until the person says that
/// it is theirs or revokes it.
pub(crate) fn raise(ctx: &Context, desk: &Desk) {
    // Whatever keeps the store from being read says so elsewhere.
    for device in desk.strange_devices().unwrap_or_default() {
        let key = match device.status {
            DeviceStatus::Pending => "alarm-device-pending",
            _ => "alarm-device",
        };
        let id = device.id.short();
        ctx.note(key, &[("device", fingerprint(&device.id.to_string()).into()), ("id", id.into())]);
    }
    // On a watch officer's desk, each request for a decoy until it is seen to.
    for alarm in desk.decoy_alarms().unwrap_or_default().iter().filter(|alarm| !alarm.seen) {
        let name = alarm.reader.and_then(|person| desk.name_of(Subject::Person(person)));
        let name = name.map(|name| name.to_string()).or_else(|| alarm.reader.map(|person| person.short()));
        let name = crate::clean::clean(&name.unwrap_or_else(|| "?".to_owned()), true);
        let id = hex::encode(alarm.request).get(..8).unwrap_or_default().to_owned();
        let values = [
            ("person", name.into()),
            ("time", alarm.time.rfc3339().into()),
            ("asked", alarm.asked.to_string().into()),
            ("id", id.into()),
        ];
        ctx.note("alarm-decoy", &values);
    }
}

/// The roles of this desk's person, and whose assignments and roles end soon.
pub(crate) fn show(ctx: &Context, desk: &Desk) -> Result<(), Failure> {
    for (role, end) in desk.my_roles() {
        let (role, end) = (role_words(ctx, desk, Some(role)), end.map(|end| end.rfc3339()));
        match end {
            Some(end) => ctx.say("role-until", &[("role", role.into()), ("until", end.into())])?,
            None => ctx.say("role-yours", &[("role", role.into())])?,
        }
    }
    for Ending { person, name, role, at } in desk.endings(DAYS) {
        let (role, until) = (role_words(ctx, desk, role), at.rfc3339());
        let name = crate::clean::clean(&name.unwrap_or_else(|| person.short()), true);
        ctx.say("ends-soon", &[("person", name.into()), ("role", role.into()), ("until", until.into())])?;
    }
    Ok(())
}

/// The same for other programs.
pub(crate) fn as_json(desk: &Desk) -> Result<[(&'static str, Value); 3], Failure> {
    let roles = desk.my_roles().into_iter().map(|(role, end)| {
        json!({ "role": role_word(Some(role)), "compartment": compartment_of(Some(role)),
            "until": end.map(|end| end.rfc3339()) })
    });
    let endings = desk.endings(DAYS).into_iter().map(|ending| {
        json!({ "person": ending.person.to_string(), "name": ending.name, "role": role_word(ending.role),
            "compartment": compartment_of(ending.role), "until": ending.at.rfc3339() })
    });
    let strange = desk.strange_devices()?.into_iter().map(|device| json!(device.id.to_string()));
    Ok([("roles", roles.collect()), ("endSoon", endings.collect()), ("strangeDevices", strange.collect())])
}

fn role_words(ctx: &Context, desk: &Desk, role: Option<Role>) -> String {
    let compartment = match role {
        None => return ctx.words.text("role-assignment"),
        Some(Role::Registrar) => return ctx.words.text("role-registrar"),
        Some(Role::RecoveryOfficer) => return ctx.words.text("role-recovery-officer"),
        Some(Role::Manager(compartment)) => compartment,
    };
    let name = desk.name_of(Subject::Compartment(compartment)).map(|name| name.to_string());
    let name = crate::clean::clean(&name.unwrap_or_else(|| compartment.short()), true);
    ctx.words.with("role-manager", &[("compartment", name.into())])
}

const fn role_word(role: Option<Role>) -> &'static str {
    match role {
        None => "assignment",
        Some(Role::Registrar) => "registrar",
        Some(Role::Manager(_)) => "manager",
        Some(Role::RecoveryOfficer) => "recovery-officer",
    }
}

fn compartment_of(role: Option<Role>) -> Option<String> {
    match role {
        Some(Role::Manager(compartment)) => Some(compartment.to_string()),
        _ => None,
    }
}

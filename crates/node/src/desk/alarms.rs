//! What a desk watches over for its person: devices that it did not make, and ends that come near.

use counterseal_model::cbor::{Reader, Value, Writer};
use counterseal_model::{DeviceId, PersonId, Timestamp};
use counterseal_register::{DeviceInfo, DeviceStatus, Role, Subject};
use rusqlite::Connection;

use super::{Desk, local};
use crate::error::NodeError;

/// Devices of this desk's person that it made, or that the person said are theirs.
const KNOWN: &str = "known-devices";

/// Something that ends soon, unless somebody extends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// Whose.
    pub person: PersonId,
    /// The name, if this desk may know it.
    pub name: Option<String>,
    /// A role that ends before the assignment does; none for the assignment itself.
    pub role: Option<Role>,
    /// When.
    pub at: Timestamp,
}

impl Desk {
    /// Devices that are enrolled for this desk's person, or wait to be, and that neither this desk made nor
    /// the person has called theirs. A ghost device shows here as soon as its statement is seen. Those that
    /// are revoked already do no harm and are left out, as are those that were there before this one was:
    /// they show on joining.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn strange_devices(&self) -> Result<Vec<DeviceInfo>, NodeError> {
        let at = self.moment();
        let known = self.known_devices()?;
        let devices = self.register.devices_of(self.person, at);
        let mine = devices.iter().position(|device| device.id == self.device());
        let later = devices.into_iter().skip(mine.map_or(0, |place| place + 1));
        Ok(later
            .filter(|device| !matches!(device.status, DeviceStatus::Revoked { .. }))
            .filter(|device| !known.contains(&device.id))
            .collect())
    }

    /// The person says that a device is theirs: it raises no alarm any more.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn know_device(&mut self, device: DeviceId) -> Result<(), NodeError> {
        let known = self.known_devices_with(device)?;
        self.store.commit(|tx| keep_known(tx, &known))
    }

    /// This desk's person's roles, each with its end.
    #[must_use]
    pub fn my_roles(&self) -> Vec<(Role, Option<Timestamp>)> {
        self.register.roles_of(self.person, self.moment())
    }

    /// Assignments and roles that end within so many days, the nearest first.
    #[must_use]
    pub fn endings(&self, days: u16) -> Vec<Ending> {
        let at = self.moment();
        let last = Timestamp(at.time.0.saturating_add(i64::from(days) * Timestamp::DAY));
        let mut endings = Vec::new();
        for person in self.register.people() {
            let assignment = self.register.assignment_end(person, at);
            let roles = self.register.roles_of(person, at).into_iter();
            let roles = roles.filter(|(_, end)| *end != assignment).map(|(role, end)| (Some(role), end));
            for (role, end) in roles.chain([(None, assignment)]) {
                let soon = end.filter(|end| *end > at.time && *end <= last);
                let Some(at) = soon.filter(|_| self.is_active(person)) else { continue };
                let name = self.name_of(Subject::Person(person)).map(|name| name.to_string());
                endings.push(Ending { person, name, role, at });
            }
        }
        endings.sort_by_key(|ending| (ending.at, ending.person, ending.role));
        endings
    }

    fn is_active(&self, person: PersonId) -> bool {
        self.register.person(person, self.moment()) == Some(counterseal_register::PersonStatus::Active)
    }

    fn known_devices(&self) -> Result<Vec<DeviceId>, NodeError> {
        let kept = self.store.read(|db| local::get(db, KNOWN))?;
        let Some(kept) = kept else { return Ok(Vec::new()) };
        Ok(Vec::read(&mut Reader::strict(&kept))?)
    }

    pub(super) fn known_devices_with(&self, device: DeviceId) -> Result<Vec<DeviceId>, NodeError> {
        let mut known = self.known_devices()?;
        if !known.contains(&device) {
            known.push(device);
        }
        Ok(known)
    }
}

pub(super) fn keep_known(tx: &Connection, known: &Vec<DeviceId>) -> Result<(), NodeError> {
    let mut w = Writer::new();
    known.write(&mut w);
    local::set(tx, KNOWN, &w.into_bytes())
}

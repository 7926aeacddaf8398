//! Whom an opening concerns: who is told of it, and of which parts.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{DeviceId, PersonId};
use counterseal_register::{DeviceStatus, Moment, Office, PartRef, Register};

use super::known::{Held, PartKnown};

/// A device that is told, and the parts that concern its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// The device.
    pub device: DeviceId,
    /// The parts, in ascending order; of the others it does not hear.
    pub parts: Vec<PartRef>,
}

/// The active devices of those whom a request concerns: the authors of its parts, the reviewers of the authors'
/// sections, and the managers of the compartments.
#[must_use]
pub fn concerned(register: &Register, parts: &[PartKnown], at: Moment) -> Vec<Concerned> {
    let mut persons: BTreeMap<PersonId, BTreeSet<PartRef>> = BTreeMap::new();
    let mut known: BTreeMap<(DeviceId, counterseal_model::CompartmentId), Vec<PersonId>> = BTreeMap::new();
    for part in parts {
        let PartKnown::Here(held) = part else { continue };
        let told =
            known.entry((held.author, held.compartment)).or_insert_with(|| told_of(register, held, at));
        for person in told {
            persons.entry(*person).or_default().insert(held.part);
        }
    }
    let mut devices = Vec::new();
    for (person, parts) in persons {
        let parts: Vec<_> = parts.into_iter().collect();
        let active = register.devices_of(person, at).into_iter();
        let active = active.filter(|device| device.status == DeviceStatus::Active);
        devices.extend(active.map(|device| Concerned { device: device.id, parts: parts.clone() }));
    }
    devices
}

fn told_of(register: &Register, held: &Held, at: Moment) -> Vec<PersonId> {
    let author = register.device(held.author, at).map(|device| device.person);
    let section = author.and_then(|person| register.section_of(person, at));
    let reviewers = section.map(|section| register.officers(Office::Review, Some(section), at));
    let managers = register.managers(held.compartment, at);
    author.into_iter().chain(reviewers.unwrap_or_default()).chain(managers).collect()
}

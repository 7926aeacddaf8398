//! Names. They are never in the clear: they are sealed to the mission-wide compartment.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{CompartmentId, DeviceId, EpochId, PersonId, SiteId, body};

use crate::bytes::{Blob, Bytes};
use crate::statement::Chain;

/// What a name is of: the array [1, person], [2, person, device],
/// [3, compartment] or [4, site].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A person.
    Person(PersonId),
    /// A person's device.
    Device(PersonId, DeviceId),
    /// A compartment.
    Compartment(CompartmentId),
    /// A site.
    Site(SiteId),
}

impl Subject {
    /// The chain that statements about it belong to.
    #[must_use]
    pub const fn chain(&self) -> Chain {
        match self {
            Self::Person(person) | Self::Device(person, _) => Chain::Person(*person),
            Self::Compartment(compartment) => Chain::Compartment(*compartment),
            Self::Site(_) => Chain::Mission,
        }
    }
}

impl Value for Subject {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Person(person) => person.write(w.array(2).uint(1)),
            Self::Device(person, device) => {
                person.write(w.array(3).uint(2));
                device.write(w);
            }
            Self::Compartment(compartment) => compartment.write(w.array(2).uint(3)),
            Self::Site(site) => site.write(w.array(2).uint(4)),
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let (len, kind) = (r.array()?, r.uint()?);
        match (len, kind) {
            (2, 1) => PersonId::read(r).map(Self::Person),
            (3, 2) => Ok(Self::Device(PersonId::read(r)?, DeviceId::read(r)?)),
            (2, 3) => CompartmentId::read(r).map(Self::Compartment),
            (2, 4) => SiteId::read(r).map(Self::Site),
            _ => Err(r.out_of_range(offset, "a person, a device, a compartment or a site")),
        }
    }
}

body! {
    /// A text sealed under an epoch of the mission-wide compartment.
    pub struct SealedText {
        /// The epoch.
        1 epoch: EpochId,
        /// Salt of its key.
        2 salt: Bytes<32>,
        /// The text, padded and sealed.
        3 ciphertext: Blob,
    }
}

body! {
    /// Names something, or names it anew. Signed by a registrar's device for persons and sites, by a
    /// registrar's or the person's for devices, by a manager's for compartments.
    pub struct SealedName {
        /// What is named.
        1 subject: Subject,
        /// The name.
        2 name: SealedText,
    }
}

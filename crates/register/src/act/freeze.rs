//! Acts that stop devices at once: freezes of persons and sites, suspensions on evidence.

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{DeviceId, PersonId, SiteId, StatementId, body};

use crate::bytes::Blob;
use crate::statement::Chain;

/// Who is frozen: the array [1, person] or [2, site].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Frozen {
    /// One person with all devices.
    Person(PersonId),
    /// Everyone who is assigned to a site.
    Site(SiteId),
}

impl Frozen {
    /// The chain that statements about it belong to. A site has none of its own.
    #[must_use]
    pub const fn chain(&self) -> Chain {
        match self {
            Self::Person(person) => Chain::Person(*person),
            Self::Site(_) => Chain::Mission,
        }
    }
}

impl Value for Frozen {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Person(person) => person.write(w.array(2).uint(1)),
            Self::Site(site) => site.write(w.array(2).uint(2)),
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a person or a site")?;
        let offset = r.offset();
        match r.uint()? {
            1 => PersonId::read(r).map(Self::Person),
            2 => SiteId::read(r).map(Self::Site),
            _ => Err(r.out_of_range(offset, "a person or a site")),
        }
    }
}

body! {
    /// Suspends a device on evidence that it signed two entries for one place in a journal. Signed
    /// by any active device. A suspended device is revoked and replaced, never used again.
    pub struct SuspendDevice {
        /// The person whose device it is.
        1 person: PersonId,
        /// The device.
        2 device: DeviceId,
        /// The signed header of one entry, as received.
        3 one: Blob,
        /// The signed header of another in the same place.
        4 other: Blob,
    }
}

body! {
    /// Freezes a person or a site. For a site signed by a registrar's device; for a person by that,
    /// by the person's, or by that of a manager of a compartment the person is in.
    pub struct Freeze {
        /// Who.
        1 subject: Frozen,
    }
}

body! {
    /// Lifts the freezes that it names, and no other. Signed by a registrar's device or the governors.
    pub struct Unfreeze {
        /// Who. For a person, freezes of the person's site may be named too: they are lifted for
        /// this person alone.
        1 subject: Frozen,
        /// The freezes, in ascending order.
        2 freezes: Vec<StatementId>,
    }
}

body! {
    /// Says to which site a person is assigned. Signed by a registrar's device.
    pub struct AssignSite {
        /// The person.
        1 person: PersonId,
        /// The site: a random id. None when left out.
        2 site: Option<SiteId>,
    }
}

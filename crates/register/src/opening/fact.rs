//! Facts that trustees decide by: said by whoever may know, and committed in the journal log (PROTOCOL section 7).

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};
use counterseal_model::{
    Code, CompartmentId, DeviceId, MissionId, PersonId, RecordId, Timestamp, body, enumeration,
};

use super::signed::purposes;
use crate::act::PartRef;
use crate::bytes::{Blob, Bytes};
use crate::hash::sha256;
use crate::label::Label;
use crate::leaf::{JournalLeaf, LeafRefusal, LeafType};

/// Most parts that one fact is about.
const MAX_PARTS: usize = 4096;

/// What a fact is about: the array [1, person], [2, device] or [3, compartment, parts].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactAbout {
    /// A person.
    Person(PersonId),
    /// A device.
    Device(DeviceId),
    /// Parts of a compartment, in ascending order.
    Parts(CompartmentId, Vec<PartRef>),
}

impl Value for FactAbout {
    fn write(&self, w: &mut Writer) {
        match self {
            Self::Person(person) => person.write(w.array(2).uint(1)),
            Self::Device(device) => device.write(w.array(2).uint(2)),
            Self::Parts(compartment, parts) => {
                compartment.write(w.array(3).uint(3));
                parts.write(w);
            }
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let expected = "a person, a device or 1 to 4096 parts of a compartment, in order";
        match (r.array()?, r.uint()?) {
            (2, 1) => PersonId::read(r).map(Self::Person),
            (2, 2) => DeviceId::read(r).map(Self::Device),
            (3, 3) => {
                let (compartment, parts) = (CompartmentId::read(r)?, Vec::<PartRef>::read(r)?);
                let fits = (1..=MAX_PARTS).contains(&parts.len()) && parts.is_sorted_by(|a, b| a < b);
                if fits { Ok(Self::Parts(compartment, parts)) } else { Err(r.out_of_range(offset, expected)) }
            }
            _ => Err(r.out_of_range(offset, expected)),
        }
    }
}

/// What a fact says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactKind {
    /// A person has a training; value: which.
    Training,
    /// A device was attested.
    Attested,
    /// A person belongs to a contingent; value: which.
    Contingent,
    /// The basis on which a part is held; value: which.
    Basis,
    /// Consent to purposes and recipients.
    Consent,
    /// An agreement under which a part was given; value: which.
    Agreement,
    /// A person has a role; value: which.
    Role,
}

enumeration!(FactKind, "a kind of fact of 1 to 7", {
    1 => Training, "training"; 2 => Attested, "attested"; 3 => Contingent, "contingent"; 4 => Basis, "basis";
    5 => Consent, "consent"; 6 => Agreement, "agreement"; 7 => Role, "role";
});

body! {
    /// One fact. Signed by a device whose person may say so: a training officer's of training, an attestation
    /// officer's of devices, a registrar's of contingents and roles, of parts a member's or a data-protection officer's.
    pub struct Fact {
        /// The mission.
        1 mission: MissionId,
        /// 32 random bytes: its leaf's salt.
        2 id: Bytes<32>,
        /// The device that says so.
        3 by: DeviceId,
        /// What it is about.
        4 about: FactAbout,
        /// What it says.
        5 kind: FactKind,
        /// Which training, contingent, role, basis or agreement.
        6 value: Option<Code>,
        /// The purposes that basis, consent or agreement cover, in ascending order.
        7 purposes: Vec<Code>,
        /// The recipients that they cover, in ascending order; only the compartment's own members when empty.
        8 recipients: Vec<Code>,
        /// Since when.
        9 since: Timestamp,
        /// Until when; without end when left out.
        10 until: Option<Timestamp>,
        /// Whether it ends what was said before: obeyed on sight.
        11 ends: bool,
        /// When it was said, by its maker's clock.
        12 made: Timestamp,
        /// Of a consent: whose it is, for each part in their order (`consent_of`). What permits names that; what ends may
        /// leave it out, and is then everybody's. Empty of every other kind.
        13 whose: Vec<Bytes<32>>,
    }
}

body! {
    /// What a desk read, while it was away, of what one request had opened ahead. Each names the one before, so that a
    /// desk that is back leaves none out.
    pub struct Readings {
        /// The mission.
        1 mission: MissionId,
        /// 32 random bytes: its leaf's salt.
        2 id: Bytes<32>,
        /// The device that read.
        3 reader: DeviceId,
        /// SHA-256 of the signed readings before; zeros for a device's first.
        4 prev: Bytes<32>,
        /// The parts, in the order in which they were read.
        5 parts: Vec<PartRef>,
        /// When each was read, by the reader's clock.
        6 times: Vec<Timestamp>,
        /// SHA-256 of the signed request that had opened them.
        7 opening: Bytes<32>,
        /// The purpose that it named.
        8 purpose: Code,
        /// The case that it named.
        9 case: Option<Bytes<16>>,
        /// The signed request itself, with its approvals, while its notices are held back: for trustees that did not
        /// decide it.
        10 request: Option<Blob>,
    }
}

purposes! {
    Fact => OPENING_FACT;
    Readings => OPENING_READINGS;
}

/// Whose consent it is, as a fact about a part says it: SHA-256(L("fact/whose") | mission | part | record of the person).
/// Another one for each part, so that trustees cannot tell that two parts are about one person.
#[must_use]
pub fn consent_of(mission: MissionId, subject: RecordId, part: PartRef) -> Bytes<32> {
    let (entry, index) = (part.entry.as_bytes().as_slice(), part.index.to_be_bytes());
    let label = Label::FACT_WHOSE.bytes();
    Bytes(sha256(&[label, mission.as_bytes(), entry, &index, subject.as_bytes()]))
}

impl Fact {
    /// Whose consent it is, of one of its parts; none when it is everybody's, or no consent.
    #[must_use]
    pub fn whose(&self, part: PartRef) -> Option<[u8; 32]> {
        let FactAbout::Parts(_, parts) = &self.about else { return None };
        let place = parts.binary_search(&part).ok()?;
        self.whose.get(place).map(|whose| whose.0)
    }

    /// Whether it says whose consent it is where it has to, and nowhere else.
    #[must_use]
    pub fn says_whose(&self) -> bool {
        match (&self.about, self.kind, self.ends) {
            (FactAbout::Parts(_, parts), FactKind::Consent, false) => self.whose.len() == parts.len(),
            (FactAbout::Parts(_, parts), FactKind::Consent, true) => {
                self.whose.is_empty() || self.whose.len() == parts.len()
            }
            _ => self.whose.is_empty(),
        }
    }

    /// Whether it says something that counts of this part of this compartment: a member of one says nothing about another
    /// one's parts, and a consent says whose it is. Desks and trustees ask this alike.
    #[must_use]
    pub fn is_of(&self, compartment: CompartmentId, part: PartRef) -> bool {
        let named = matches!(&self.about, FactAbout::Parts(of, parts)
            if *of == compartment && parts.binary_search(&part).is_ok());
        named && self.says_whose()
    }

    /// The leaf of a signed fact.
    ///
    /// # Errors
    /// Never: it counts as one.
    pub fn leaf(&self, signed: &[u8]) -> Result<JournalLeaf, LeafRefusal> {
        JournalLeaf::new(LeafType::Fact, 1, &self.id.0, &sha256(&[signed]))
    }
}

impl Readings {
    /// The leaf of signed readings.
    ///
    /// # Errors
    /// `BadCount`, when nothing was read.
    pub fn leaf(&self, signed: &[u8]) -> Result<JournalLeaf, LeafRefusal> {
        let count = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        JournalLeaf::new(LeafType::Readings, count, &self.id.0, &sha256(&[signed]))
    }
}

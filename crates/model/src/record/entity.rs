//! Entities: who and what incidents and links are about.

use std::collections::BTreeMap;

use crate::body;
use crate::label::{Grading, Term};
use crate::place::Place;
use crate::record::ExternalRef;

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An armed group, a militia, a force.
    Group,
    /// An organisation.
    Organisation,
    /// A place the mission keeps a record of.
    Place,
    /// A vehicle.
    Vehicle,
    /// Equipment, weapons among it.
    Equipment,
    /// An account: bank, telephone, network.
    Account,
}

crate::enumeration!(EntityKind, "an entity kind of 0 to 6", {
    0 => Person, "person"; 1 => Group, "group"; 2 => Organisation, "organisation"; 3 => Place, "place"; 4 => Vehicle, "vehicle"; 5 => Equipment, "equipment"; 6 => Account, "account";
});

/// The script a name is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Script {
    /// Latin (ISO 15924 Latn).
    #[default]
    Latin,
    /// Arabic (ISO 15924 Arab).
    Arabic,
    /// Any other.
    Other,
}

crate::enumeration!(Script, "a script of 0 to 2", {
    0 => Latin, "Latn"; 1 => Arabic, "Arab"; 2 => Other, "Zyyy";
});

body! {
    /// Another form of a name: an alias, another spelling, another script.
    #[derive(Default)]
    pub struct NameVariant {
        /// The name.
        1 name: String,
        /// Its script.
        2 script: Script,
    }
}

body! {
    /// A person, group, organisation, place, vehicle, piece of equipment or account.
    pub struct Entity {
        /// What it is.
        1 kind: EntityKind,
        /// Its main name or designation.
        2 name: String,
        /// Other names and spellings.
        3 variants: Vec<NameVariant>,
        /// What other systems call it.
        4 external: Vec<ExternalRef>,
        /// A finer type, from the taxonomy of its kind.
        5 subtype: Option<Term>,
        /// Free labels.
        6 tags: Vec<Term>,
        /// What is known of it, in words.
        7 description: Option<String>,
        /// Where it is or is based.
        8 place: Option<Place>,
        /// An identifier of its own: number plate, serial number, account number.
        9 identifier: Option<String>,
        /// How good the information is.
        10 grading: Option<Grading>,
        /// Columns of an imported file that have no field here.
        11 attributes: BTreeMap<String, String>,
    }
}

impl Entity {
    /// An entity of which only its kind and name are known.
    #[must_use]
    pub fn named(kind: EntityKind, name: impl Into<String>) -> Self {
        Self {
            kind,
            name: name.into(),
            variants: Vec::new(),
            external: Vec::new(),
            subtype: None,
            tags: Vec::new(),
            description: None,
            place: None,
            identifier: None,
            grading: None,
            attributes: BTreeMap::new(),
            extra: crate::cbor::Extra::default(),
        }
    }
}

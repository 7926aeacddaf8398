//! The part: the piece of a record that is sealed to one compartment.

use crate::body;
use crate::cbor::{BodyError, Extra, Reader, Value, Writer};
use crate::ids::{RecordId, VersionId};
use crate::label::{Classification, Tlp};
use crate::moment::Timestamp;
use crate::record::{
    Agreement, Basis, Case, Consent, ConsentNote, Derived, Entity, ExportMark, Incident, Link, Note, Source,
};

/// What kind of thing a part's body describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An incident, event or activity.
    Incident,
    /// A person, group, organisation, place, vehicle, equipment or account.
    Entity,
    /// A link between two records.
    Link,
    /// A confidential source.
    Source,
    /// A note.
    Note,
    /// The trace of an export.
    Export,
    /// A replaced taxonomy, as its versioned data.
    Taxonomy,
    /// A case.
    Case,
    /// The basis on which parts about a person are held.
    Basis,
    /// A consent.
    Consent,
    /// An agreement with the owner of a sensor or an item.
    Agreement,
    /// What happened to a consent afterwards.
    ConsentEvent,
}

crate::enumeration!(Kind, "a record kind", {
    1 => Incident, "incident"; 2 => Entity, "entity"; 3 => Link, "link"; 4 => Source, "source"; 5 => Note, "note"; 6 => Export, "export"; 7 => Taxonomy, "taxonomy";
    8 => Case, "case"; 9 => Basis, "basis"; 10 => Consent, "consent"; 11 => Agreement, "agreement"; 12 => ConsentEvent, "consent-event";
});

/// A part's body, by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// An incident.
    Incident(Box<Incident>),
    /// An entity.
    Entity(Box<Entity>),
    /// A link.
    Link(Box<Link>),
    /// A confidential source.
    Source(Box<Source>),
    /// A note.
    Note(Box<Note>),
    /// The trace of an export.
    Export(Box<ExportMark>),
    /// A taxonomy, as JSON text (`taxonomy::Taxonomy`).
    Taxonomy(String),
    /// A case.
    Case(Box<Case>),
    /// A basis.
    Basis(Box<Basis>),
    /// A consent.
    Consent(Box<Consent>),
    /// An agreement.
    Agreement(Box<Agreement>),
    /// What happened to a consent.
    ConsentEvent(Box<ConsentNote>),
}

impl Body {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Incident(_) => Kind::Incident,
            Self::Entity(_) => Kind::Entity,
            Self::Link(_) => Kind::Link,
            Self::Source(_) => Kind::Source,
            Self::Note(_) => Kind::Note,
            Self::Export(_) => Kind::Export,
            Self::Taxonomy(_) => Kind::Taxonomy,
            Self::Case(_) => Kind::Case,
            Self::Basis(_) => Kind::Basis,
            Self::Consent(_) => Kind::Consent,
            Self::Agreement(_) => Kind::Agreement,
            Self::ConsentEvent(_) => Kind::ConsentEvent,
        }
    }
}

/// A list of two: the kind's integer, the body's map.
impl Value for Body {
    fn write(&self, w: &mut Writer) {
        w.array(2);
        self.kind().write(w);
        match self {
            Self::Incident(body) => body.write(w),
            Self::Entity(body) => body.write(w),
            Self::Link(body) => body.write(w),
            Self::Source(body) => body.write(w),
            Self::Note(body) => body.write(w),
            Self::Export(body) => body.write(w),
            Self::Taxonomy(body) => body.write(w),
            Self::Case(body) => body.write(w),
            Self::Basis(body) => body.write(w),
            Self::Consent(body) => body.write(w),
            Self::Agreement(body) => body.write(w),
            Self::ConsentEvent(body) => body.write(w),
        }
    }

    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.array_of(2, "a kind and a body")?;
        Ok(match Kind::read(r)? {
            Kind::Incident => Self::Incident(Box::new(Incident::read(r)?)),
            Kind::Entity => Self::Entity(Box::new(Entity::read(r)?)),
            Kind::Link => Self::Link(Box::new(Link::read(r)?)),
            Kind::Source => Self::Source(Box::new(Source::read(r)?)),
            Kind::Note => Self::Note(Box::new(Note::read(r)?)),
            Kind::Export => Self::Export(Box::new(ExportMark::read(r)?)),
            Kind::Taxonomy => Self::Taxonomy(String::read(r)?),
            Kind::Case => Self::Case(Box::new(Case::read(r)?)),
            Kind::Basis => Self::Basis(Box::new(Basis::read(r)?)),
            Kind::Consent => Self::Consent(Box::new(Consent::read(r)?)),
            Kind::Agreement => Self::Agreement(Box::new(Agreement::read(r)?)),
            Kind::ConsentEvent => Self::ConsentEvent(Box::new(ConsentNote::read(r)?)),
        })
    }
}

body! {
    /// One version of one part: what is compressed, padded and sealed.
    pub struct Part {
        /// The record it belongs to.
        1 record: RecordId,
        /// What it says.
        2 body: Body,
        /// The versions this one replaces; empty for the first.
        3 parents: Vec<VersionId>,
        /// When its author says it was made.
        4 made: Timestamp,
        /// How sensitive it is.
        5 classification: Classification,
        /// Sharing label, for cyber material.
        6 tlp: Option<Tlp>,
        /// Whether it is invented, for demonstration or training.
        7 synthetic: bool,
        /// Whether it was read from a file, not written by a person.
        8 imported: bool,
        /// What it was made of, where it was shared out of another compartment.
        9 derived: Option<Derived>,
    }
}

impl Part {
    /// The first version of a part.
    #[must_use]
    pub fn first(record: RecordId, body: Body, made: Timestamp, classification: Classification) -> Self {
        Self {
            record,
            body,
            parents: Vec::new(),
            made,
            classification,
            tlp: None,
            synthetic: false,
            imported: false,
            derived: None,
            extra: Extra::default(),
        }
    }
}

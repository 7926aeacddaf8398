//! The kinds of record, and the part: what is sealed to one compartment.

mod basis;
mod case;
mod consent;
mod derived;
mod entity;
mod export;
mod incident;
mod link;
mod note;
mod part;
mod source;
mod title;

pub use basis::{Agreement, Basis, BasisKind, Use};
pub use case::{Case, CaseRole, CaseStatus, Concerned, FollowUp, PartAt};
pub use consent::{Consent, ConsentDecision, ConsentEvent, ConsentEventKind, ConsentNote, GivenBy, Withheld};
pub use derived::Derived;
pub use entity::{Entity, EntityKind, NameVariant, Script};
pub use export::{Digest, ExportMark};
pub use incident::{
    Act, Casualties, Damage, Displacement, ExternalRef, Incident, IncidentForm, Involved, Response,
};
pub use link::Link;
pub use note::Note;
pub use part::{Body, Kind, Part};
pub use source::Source;

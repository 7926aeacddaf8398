//! The kinds of record, and the part: what is sealed to one compartment.

mod entity;
mod export;
mod incident;
mod link;
mod note;
mod part;
mod source;

pub use entity::{Entity, EntityKind, NameVariant, Script};
pub use export::{Digest, ExportMark};
pub use incident::{
    Act, Casualties, Damage, Displacement, ExternalRef, Incident, IncidentForm, Involved, Response,
};
pub use link::Link;
pub use note::Note;
pub use part::{Body, Kind, Part};
pub use source::Source;

//! Incident data in and out: readers over `std::io::Read`, writers over `std::io::Write`, nothing
//! else. Layouts, mapping files and formats are described in docs/spec/exchange.md.

mod cell;
mod draft;
mod export;
mod import;
mod json;
mod layout;
mod mapping;
mod rejects;
mod schema;
mod similarity;
mod source;
mod table;

/// Reading files.
pub use draft::{ActorDraft, Draft, Row};
/// Tracing exports.
pub use export::{BadMark, Mark, find_mark, find_marks};
/// Writing files.
pub use export::{
    ExportEntity, ExportError, ExportHead, ExportLink, ExportRow, Exporter, Format, Written, write_incidents,
};
pub use import::{Import, ImportError, Sample, sample};
/// Records as JSON.
pub use json::{
    JsonError, entity_from_json, entity_to_json, incident_from_json, incident_to_json, link_from_json,
    link_to_json,
};
pub use layout::{FileForm, Layout, Schema, UnknownLayout};
/// Mapping files.
pub use mapping::{BadMapping, Mapping, suggest_mapping};
pub use rejects::{Rejected, RejectsWriter};
/// The same event told twice.
pub use similarity::{Similarity, gap_days, gap_km, similarity};

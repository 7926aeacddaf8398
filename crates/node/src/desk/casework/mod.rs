//! Casework: withdrawal, hold and erasure of parts, facts for trustees, cases, consents, sharing, and the end of a tour.
//! Normative text: docs/spec/casework.md.

mod area;
mod area_parts;
mod case_view;
mod cases;
mod consents;
mod erased;
mod facts;
mod known;
mod malformed;
mod paper;
mod parts;
mod policy;
mod refusal;
#[cfg(test)]
mod tests;
mod told;
mod uses;
mod written;

pub use area::Area;
pub use case_view::{CaseView, OpenCase};
pub use cases::{CaseChange, CasePlace, CaseTerms};
pub use consents::{Scope as ConsentScope, WrittenTo};
pub use facts::{FactTerms, FactView, FactsSent};
pub use malformed::Malformation;
pub use paper::{CosignedPaper, Paper, PaperAct};
pub use parts::{NamedPart, PartView};
pub use policy::{Supposed, SupposedFact, engine_code};
pub use refusal::CaseworkRefusal;
pub use told::WrittenAbout;
pub use uses::{PartUses, UseState, UseView};
pub use written::Recorded;

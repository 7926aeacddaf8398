//! Casework: withdrawal, hold and erasure of parts, facts for trustees, cases, consents, sharing, and the end of a tour.
//! Normative text: docs/spec/casework.md.

mod erased;
mod facts;
mod known;
mod paper;
mod parts;
mod policy;
mod refusal;
#[cfg(test)]
mod tests;

pub use facts::{FactTerms, FactView, FactsSent};
pub use paper::{CosignedPaper, Paper, PaperAct};
pub use parts::{NamedPart, PartView};
pub use policy::{Supposed, SupposedFact, engine_code};
pub use refusal::CaseworkRefusal;

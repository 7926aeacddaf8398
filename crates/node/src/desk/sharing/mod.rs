//! What leaves a compartment: a part of another compartment that tells less, a file; decided by the mission's policy, put
//! down, and listed as what cannot be recalled. Normative text: docs/spec/casework.md, sections 7 and 8.
//!
//! ```text
//! part that is readable now ──> policy: action share ──> told less, small counts out ──> entry in the other compartment
//!                                                                                       └─ disclosed, in the same commit ──> leaf
//! ```

mod approve;
mod disclosed;
mod export;
mod export_approved;
mod export_shown;
mod list;
mod plan;
mod pseudonym;
mod readable;
mod refusal;
mod small;
#[cfg(test)]
mod tests;

pub use approve::{ShareAsked, ShareReply};
pub(in crate::desk) use export::Guarded;
pub use export::{PartsExport, PartsExported};
pub(in crate::desk) use export_approved::Permitted;
pub(in crate::desk) use export_shown::parts_shown;
pub use list::{Disclosure, DisclosureKind};
pub use plan::{SharePlan, ShareTerms, Shared};
pub use refusal::ShareRefusal;
pub use small::SMALL;

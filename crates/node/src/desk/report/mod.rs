//! Reporting: drafts, names that are known, writing a report's parts in one commit, what may tell of the same event, and
//! conflicts settled field by field.

mod alike;
mod conflict;
mod drafts;
mod names;
mod refusal;
mod same;
mod write;
mod written;

pub use alike::{ALIKE, Alike, Common};
pub use conflict::{Conflict, Disputed};
pub(crate) use drafts::DraftsInMemory;
pub(in crate::desk) use drafts::is_for_none;
pub use drafts::{DRAFT_BYTES, DRAFTS, Draft, KeptDraft};
pub use names::KnownPlace;
pub use refusal::ReportRefusal;

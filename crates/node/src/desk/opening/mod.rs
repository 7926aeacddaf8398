//! Opening guarded parts (PROTOCOL section 7): a request is signed, its leaf stands in the witnessed log, trustees
//! decide, and t of them release. What was opened is in memory for a time that was set, and in no index.
//!
//! ```text
//! prepare ──> approvals, where the rule needs them ──> sign ──> leaf in the log ──> trustees ──> open
//!                                                                │                    │
//!                                                             receipt ────────────> kept, before anything is shown
//! ```

mod ahead;
#[cfg(test)]
mod ahead_tests;
mod answers;
mod approvals;
mod ask;
mod covers;
mod failure;
mod heads;
mod kept;
mod notices;
mod outside;
mod parts;
mod places;
mod readings;
#[cfg(test)]
mod readings_tests;
mod receipt;
mod request;
#[cfg(test)]
mod succession_tests;
#[cfg(feature = "testing")]
mod testing;
#[cfg(test)]
mod tests;
mod vault;

pub use ahead::AheadView;
pub(in crate::desk) use approvals::letter;
pub use approvals::{ApprovalAsked, ApprovalGiven};
pub use ask::{Asked, OpenedPart, TrusteeWord};
pub use failure::{OpeningFailure, part_text};
pub use heads::{Knowledge, TrusteeHead};
pub use kept::OpeningView;
pub use notices::NoticeView;
pub use outside::Outside;
pub(in crate::desk) use outside::sealed_to;
pub use parts::GuardedPart;
pub use readings::ReadingsSent;
pub use receipt::{OpeningReceipt, OpeningShown, check_opening_receipt};
pub use request::{Asking, OpeningTerms};
pub use vault::Vault;

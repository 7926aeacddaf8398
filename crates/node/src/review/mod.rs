//! The review queue: which openings nothing explains, worst first, at most three person-days a day. Pure: openings
//! and what explains them in, person-days with reasons out. The arithmetic is whole numbers that a data-protection
//! officer can add up by hand. Normative text: docs/spec/alarms.md.
//!
//! ```text
//! openings ──> person-days ──> grounds for each part, findings with points ──> queue of each day, three at most
//!                    ^
//!            book of duties
//! ```

mod book;
mod finding;
mod judge;
mod past;
mod queue;
mod seen;
#[cfg(test)]
mod tests;

pub use book::{Book, Duty, Ground, Matter};
pub use finding::{Finding, Reason};
pub use queue::{LINE, Listed, PersonDay, QueueDay, Review, SLOTS, review};
pub use seen::{Case, SeenApproval, SeenOpening, SeenPart};

//! Monitoring: what the review of openings says on this desk, with its purpose, its retention and the right of reply.
//! The scoring is `review`'s and pure; here are the notices, the book of duties, and the talk about a person-day.
//! Normative text: docs/spec/alarms.md.

mod duties;
mod emergency;
mod failure;
mod queue;
mod quota;
mod retention;
mod talk;

pub use duties::DutiesTaken;
pub use emergency::Emergency;
pub use failure::MonitoringFailure;
pub use queue::Monitoring;
pub use quota::QuotaView;
pub use retention::{Forgotten, MONITORING_DAYS};
pub use talk::{ReviewReply, ReviewTalk};

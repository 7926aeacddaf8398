//! The guard at the door: points out what should perhaps not stand in an open compartment.
//!
//! It never decides. It names the field, the span and the reason, and offers one step to move the
//! text to another part; the person goes on either way.

mod check;
mod rules;

pub(crate) use check::Spans;
pub use check::{Concern, Guard};
pub use rules::{BadRules, Reason, Rules};

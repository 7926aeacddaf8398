//! Decoy records: guarded parts that are about nobody, known to the watch officer. Opening one raises an alarm.
//!
//! ```text
//! watch officer's desk ──instruction──> an ordinary desk: seals a decoy into its journal, like any other part
//!        ^   └──────────────report───────────┘  and forgets which of its entries it is
//!        │
//! notices of every opening in the section ──> is one of the parts on the list? ──> alarm
//! ```
//!
//! Nothing outside a sealed part tells a decoy from a record, so nothing that others count, list, search or export
//! may: decoys are planted where that is so, in guarded compartments. Normative text: docs/spec/alarms.md.

mod alarm;
mod body;
mod failure;
mod kept;
mod list;
mod plan;
mod plant;

pub use alarm::DecoyAlarm;
pub use body::is_decoy;
#[cfg(test)]
pub(in crate::desk) use body::tests_only_decoy;
pub use failure::DecoyFailure;
pub use list::{Decoy, DecoyState};
pub use plan::PlannedDecoys;
pub(in crate::desk) use plant::{INSTRUCTION, REPORT};

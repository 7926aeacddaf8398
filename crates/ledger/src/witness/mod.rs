//! Witnesses (tlog-witness): the request, the decision, the answer.

mod answer;
mod decision;
mod request;

pub use answer::{Answer, cosignature_lines};
pub use decision::{CommitFailure, Pending, Swap, Witness, WitnessRefusal, WitnessStore};
pub use request::{AddCheckpoint, MAX_REQUEST};

//! Pouches: statements, checkpoints and entries in a sealed file that travels on a stick. What is in one counts
//! as much as the signatures in it; reading takes it in the way a session with a hub does.

mod join;
mod known;
mod options;
mod order;
mod plan;
mod read;
mod report;
mod source;
mod write;

pub use options::{PouchOptions, PouchSince};
pub use report::{LeftOut, PouchReadReport, PouchReport, PouchView};
pub use source::PouchAt;

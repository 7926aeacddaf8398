//! A mission in one process: desks with real stores, a hub and witnesses without a network, a clock that
//! stands where it is put. The hub here keeps everything in memory and does as it is told, honest or not;
//! what checks it is the desks' real code.

mod files;
mod hub;
mod mission;
mod witness;

pub use files::SimFiles;
pub use hub::{Kept, Lie, SimHub, SimLog};
pub use mission::{SimError, SimMission, clock_at, sync, sync_with};
pub use witness::{SimWitness, poll, witnesses};

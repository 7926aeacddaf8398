//! A mission in one process. Two ways:
//!
//! - **By hand**, for tests of what a hostile hub tries: desks with real stores, and a hub in memory that does as
//!   it is told (`SimMission`, `SimHub`, `SimWitness`).
//! - **By chance** (`run`): desks, the real hub's writer and sessions, witnesses, clocks that are wrong, a
//!   network that fails, disks that lie, machines that stop, backups that are put back, hubs that lie; whatever
//!   happens follows from one number, and what must never happen is looked for after each step.
//!   `docs/simulator.md` says what is simulated and how to look into a run.

mod act;
mod check;
mod disk;
mod files;
mod fixture;
mod governor;
mod hub;
mod hubdisk;
mod hubhost;
mod mission;
mod plant;
mod rng;
mod run;
mod session;
mod shrink;
mod station;
mod witness;
mod world;

/// By chance.
pub use act::{KINDS, Kind};
/// By hand.
pub use files::SimFiles;
pub use hub::{Kept, Lie, SimHub, SimLog};
pub use mission::{SimError, SimMission, clock_at, sync, sync_with};
pub use plant::Plant;
pub use run::{Failing, Options, Outcome, Tally, run};
pub use shrink::shrink;
pub use witness::{SimWitness, poll, witnesses};

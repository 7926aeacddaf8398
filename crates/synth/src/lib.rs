//! Synthetic missions: invented incidents at real towns, by invented groups, for the demo, the
//! tests and the benches. Everything follows from a seed, so two runs give the same bytes, on any
//! machine; nothing in it is about anybody.
//!
//! ```
//! use counterseal_synth::{Plan, World};
//!
//! let world = World::new(Plan::new(7, 1_000));
//! let (record, incident) = world.incident(42);
//! assert_eq!(world.incident(42), (record, incident));
//! assert!(world.part(42).synthetic);
//! ```

mod calendar;
mod case;
mod cast;
mod draw;
mod gazetteer;
mod grid;
mod harm;
mod hotspots;
mod incident;
mod language;
mod narrative;
mod phrases;
mod plan;
mod roster;
mod scene;
mod setting;
mod stories;
mod ucdp;
mod vocabulary;
mod world;
mod year;

/// Values that should not stand in a text, and look-alikes that may: the measure of the guard.
pub use case::{Case, Planted};
/// What to generate, and what comes of it.
pub use plan::Plan;
/// The same mission as a file of another system.
pub use ucdp::to_ucdp_csv;
pub use world::World;
/// A year of openings, with misuse planted in it.
pub use year::{Misuse, PlantedMisuse, Year, YearDuty, YearMatter, YearOpening, YearPart};

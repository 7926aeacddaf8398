//! Questions to the index: find, count, and what is near what.

mod filter;
mod find;
mod near;
mod stats;

pub use filter::{BadBox, Box as GeoBox, Filter};
pub(crate) use filter::Sql;
pub use find::{Found, Sort};
pub(crate) use find::find;
pub use near::{Edge, Neighbourhood, Path};
pub(crate) use near::{neighbourhood, shortest_path};
pub use stats::{By, StatsRow};
pub(crate) use stats::stats;

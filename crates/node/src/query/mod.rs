//! Questions to the index: find, count, and what is near what.

mod filter;
mod find;
mod near;
mod ring;
mod stats;
mod view;

pub use filter::{BadBox, Box as GeoBox, Filter};
pub(crate) use find::Found;
pub use find::{Sort, WEIGHED};
pub(crate) use find::{find, find_from, find_incidents, numbers};
pub(crate) use near::Edge;
pub(crate) use near::{neighbourhood, shortest_path};
pub use ring::{BadRing, Ring};
pub(crate) use stats::stats;
pub use stats::{By, StatsRow};
pub(crate) use view::view;

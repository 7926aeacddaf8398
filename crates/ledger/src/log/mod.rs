//! A log's own side: growing it.

mod edge;
mod growth;
mod tiles;

pub use edge::{Edge, EdgeRefusal};
pub use growth::{Growth, GrowthRefusal, Signable, Unpublished};
pub use tiles::TileMaker;

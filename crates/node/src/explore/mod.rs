//! Exploring: every incident's few decisive numbers in memory, in columns, so that a change of
//! filter redraws map, timeline and breakdown at once.
//!
//! Rows are laid out block by block, each block holding incidents that are near each other on the
//! map; a block whose bounds lie outside the filter is not looked at.

mod columns;
mod days;
mod draw;
mod entity;
mod select;
mod spots;
#[cfg(test)]
mod tests;

pub use columns::{Columns, NO_POINT, NO_TERM, NO_TIME};
pub use draw::{Bar, Breakdown, Grid, Picture, PictureOf};
pub use select::View;
pub use spots::{Heap, Spot, Spots, SpotsOf};

//! The index: what the desk's questions are answered from. Made from opened parts alone, in the
//! order in which they arrived, so that making it again gives the same numbers.

mod fold;
mod ingest;
mod merge;
mod names;
mod rows;
mod same;
mod terms;
mod versions;
mod words;

pub(crate) use fold::{fold, fold_into};
pub(crate) use ingest::{Indexer, Opened, Parts};
pub(crate) use merge::{Fields, assemble, fields_of, merge};
pub(crate) use names::name_keys;
pub(crate) use rows::{CELLS_PER_DEGREE, CELLS_PER_ROW, REPEATS, cell_of};
pub(crate) use same::{Identities, NOT_SAME, SAME};
pub(crate) use terms::Space;
pub(crate) use versions::{Version, shown, versions_of};
pub(crate) use words::words_of;

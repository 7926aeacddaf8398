//! Link charts: drawn here as a picture whose parts are links, with a list beside it; scripts make a chart of it that
//! can be moved and expanded.

mod data;
mod draw;
mod export;
mod page;
mod question;
mod way;

pub(crate) use data::{near, way};
pub(crate) use export::export;
pub(crate) use page::show;

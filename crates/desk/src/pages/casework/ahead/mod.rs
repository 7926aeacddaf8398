//! Opening ahead of a blackout or a trip: chosen, listed, asked for, read without a network, surrendered.

mod ask;
mod chosen;
mod kept;
mod progress;
mod show;

pub(crate) use ask::open;
pub(crate) use kept::{read, surrender, tell};
pub(crate) use progress::{Progress, show as show_progress};
pub(crate) use show::show;

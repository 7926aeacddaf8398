//! Entities as an analyst looks at them: the list, which records are said to be one, what ties them, and link charts.

mod chart;
mod export;
mod identity;
mod links;
mod list;
mod merge;
mod refusal;
mod ties;

pub use chart::{ChartAsk, ChartEdge, ChartNode, ChartView};
pub use identity::{Identity, SaidSame};
pub use links::LinkView;
pub use list::{EntityAsk, EntityLine};
pub use merge::MergeTerms;
pub use refusal::SameRefusal;

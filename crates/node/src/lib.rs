//! The verbs of a desk: the only crate where seal, store and exchange meet.

mod error;
mod explore;
mod guard;
mod index;
mod query;
mod schema;
mod store;

pub use explore::*;
pub use guard::*;
pub use error::NodeError;
pub use query::*;
pub use store::*;

//! The verbs of a desk: the only crate where seal, store and exchange meet.

mod desk;
mod error;
mod explore;
mod guard;
mod home;
mod index;
mod query;
mod schema;
mod store;

pub use explore::*;
pub use guard::*;
pub use home::*;
pub use desk::*;
pub use error::NodeError;
pub use query::*;
pub use store::*;

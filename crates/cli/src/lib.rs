//! The command line: one file a verb under `verbs`, one catalogue of sentences in `messages/`.
//! Nothing here decides what a desk may do; it reads what was asked, asks the desk, and says what
//! came of it in the reader's language.

mod alarm;
mod casework_json;
mod catalogue;
mod clean;
mod cli;
mod context;
mod dates;
mod describe;
mod failure;
mod filters;
mod listing;
mod passphrase;
mod progress;
mod refused;
mod split;
mod standing;
mod verbs;
mod watch;
mod whom;

/// The sentences.
pub use catalogue::{Language, Words, keys, knows};
/// What the program reads.
pub use cli::{Cli, helps, run};
/// What the composition root gives.
pub use context::Outside;

//! Why nothing is taken in of what a log shows.

use counterseal_register::Refusal;
use thiserror::Error;

/// Why a log's word does not count. Whoever follows it keeps what it has.
#[derive(Debug, Error)]
pub enum MirrorError {
    /// There is nobody whose word on the logs would count.
    #[error("the mission has no hub or no witnesses yet; governors name them first")]
    NoHub,
    /// The statement log has no leaf.
    #[error("the statement log is empty; it holds no mission")]
    Empty,
    /// The register refuses a statement that nothing goes on without.
    #[error(transparent)]
    Register(#[from] Refusal),
    /// A checkpoint or a time mark does not count.
    #[error("the hub's word on a log does not count: {0}; nothing was taken in")]
    Log(String),
    /// The log shows another tree than before, or than its checkpoint is of.
    #[error(
        "the {log} log shows another history than this desk knows, at size {size}: do not use this hub, keep this desk as it is and tell your information-security officer; nothing was taken in"
    )]
    OtherTree {
        /// Which log.
        log: &'static str,
        /// At which size.
        size: u64,
    },
    /// A succession names another end of a log than the log has.
    #[error(
        "the governors' statement about hub generation {generation} ends the {log} log at size {size} with a root that the log on this desk does not have there: do not use either hub, keep this desk as it is and tell your information-security officer; nothing was taken in"
    )]
    OtherEnd {
        /// Which log.
        log: &'static str,
        /// The size named.
        size: u64,
        /// The generation that was to begin.
        generation: u64,
    },
}

//! From a log's leaves and checkpoints to a register that is believed: what desks and trustees do alike. Every
//! leaf is taken in order, the root is worked out here, and a checkpoint counts only when the root is that one,
//! the log has signed it and a quorum has cosigned it. So a log that shows one of them another tree than the
//! next cannot be continued here. No I/O: a log's files come through a trait.

mod error;
mod file;
mod files;
mod finding;
mod follow;
mod leaves;
mod nodes;
mod register;
mod roots;
mod split;
mod statements;
mod succession;
mod tree;
mod trust;

pub use error::MirrorError;
/// The statement log as one file.
pub use file::LogFile;
/// A log's files.
pub use files::{LogFiles, MAX_STATEMENT, most_of, read_file};
/// What does not hold.
pub use finding::{Finding, FindingCode};
/// Following a log.
pub use follow::{JournalStep, LogRow, believe_journal, extend, join_journal, look_back};
/// New leaves.
pub use leaves::{read_journal, read_statements};
/// Trees out of leaves that are kept.
pub use nodes::{KeptLeaves, LeafNodes};
/// The register that follows from leaves.
pub use register::{obey, register_of};
/// Roots at several sizes.
pub use roots::Roots;
/// Two trees of one log.
pub use split::find_split;
/// The statement log.
pub use statements::{JournalMark, Replayed, StatementRow, claimed_head, claimed_size, replay_log};
/// From one hub to the next.
pub use succession::{check_end, covered, cut_row, statements_edge, succession_of};
/// Leaves and tiles against each other.
pub use tree::{Tree, read_tree};
/// Which checkpoints count.
pub use trust::{Believed, Witnessed, believe, believe_witness, log_signed};

//! The two logs as a desk follows them. It takes every leaf in order, works out the root itself, and
//! believes a checkpoint only when the root is that one, the log has signed it and a quorum has
//! cosigned it. So a log that shows one desk another tree than the next cannot be continued here.

mod nodes;
mod roots;
mod statements;
mod succession;
mod table;
mod trust;

pub(crate) use nodes::LeafNodes;
pub(crate) use roots::Roots;
pub(crate) use statements::{JournalMark, Replayed, StatementRow, claimed_head, claimed_size, replay_log};
pub(crate) use succession::{check_end, cut_row, journal_edge, statements_edge, succession_of};
pub(crate) use table::{
    LogRow, journal_roots, kept_notes, load_log, number, running_time, save_log, statement_rows,
};
pub(crate) use trust::{Believed, Witnessed, believe, believe_witness, log_signed};

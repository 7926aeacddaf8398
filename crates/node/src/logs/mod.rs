//! What this desk keeps of the two logs, in the store. What is believed of them is decided in `counterseal-mirror`.

mod nodes;
mod table;

pub(crate) use nodes::StoredLeaves;
pub(crate) use table::{
    journal_edge, journal_roots, kept_notes, load_log, number, running_time, save_log, statement_roots,
    statement_rows,
};

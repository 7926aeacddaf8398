//! What an import is asked to do, and what it tells.

use counterseal_model::{Classification, CompartmentId, RecordId};

use crate::guard::Concern;

/// How a file is to be imported.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The open compartment the records are sealed to.
    pub compartment: CompartmentId,
    /// The classification of rows that carry none.
    pub classification: Classification,
    /// Read and check everything, write nothing.
    pub dry_run: bool,
    /// Rows kept in one commit: what a power cut can undo at most. Each commit rewrites most pages of
    /// the index that random ids fall into, so few and large ones are faster.
    pub commit_rows: usize,
    /// SHA-256 of the file and its mapping: lets an import that was killed go on where it was.
    pub source: Option<[u8; 32]>,
}

impl ImportOptions {
    /// Rows in one commit unless asked otherwise: a second or two of work.
    pub const COMMIT_ROWS: usize = 32_768;
}

/// Whether a long task goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Go {
    /// Go on.
    On,
    /// Finish what is begun and stop.
    Stop,
}

/// The same event as a record the mission has from another system, perhaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Duplicate {
    /// The row.
    pub row: u64,
    /// Its record.
    pub record: RecordId,
    /// The record it may repeat.
    pub other: RecordId,
    /// How alike they are, 0 to 1.
    pub score: f64,
}

/// Something the guard points out in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowConcern {
    /// The row.
    pub row: u64,
    /// Its record.
    pub record: RecordId,
    /// What is pointed out.
    pub concern: Concern,
}

/// How far an import is, and what it found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportReport {
    /// Rows read.
    pub rows: u64,
    /// The row an earlier, interrupted import of the file had got to.
    pub resumed_at: u64,
    /// Records made.
    pub new: u64,
    /// Records that got a new version.
    pub changed: u64,
    /// Rows that say what is known.
    pub unchanged: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Entities made for actors.
    pub entities: u64,
    /// Possible duplicates of records from other systems, the first thousand.
    pub duplicates: Vec<Duplicate>,
    /// All of them.
    pub duplicate_count: u64,
    /// What the guard points out, the first thousand.
    pub concerns: Vec<RowConcern>,
    /// All of it.
    pub concern_count: u64,
    /// Rows that are durable.
    pub committed_rows: u64,
    /// Whether the file was read to its end.
    pub finished: bool,
}

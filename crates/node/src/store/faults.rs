//! Where a disk can fail: every durable write of the store passes one of these steps, so that tests
//! and the simulator can make each fail before or after it happened.

use std::io;

/// A durable write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// SQLite writes and flushes the transaction to the write-ahead file.
    WalCommit,
    /// The commit record is appended and flushed: the commit point.
    CommitRecord,
    /// The write-ahead file's pages are copied into the database and flushed.
    Fold,
    /// The new head is written beside the old one and flushed.
    HeadWrite,
    /// The new head takes the old one's place.
    HeadRename,
    /// The write-ahead file is emptied and flushed.
    EmptyWal,
    /// The commit records are emptied and flushed.
    EmptyCommits,
}

impl Step {
    /// Every step, in order.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 7] = [
        Self::WalCommit,
        Self::CommitRecord,
        Self::Fold,
        Self::HeadWrite,
        Self::HeadRename,
        Self::EmptyWal,
        Self::EmptyCommits,
    ];
}

/// Injects failures, in tests.
pub trait Faults: Send + Sync {
    /// Called before the step; an error means the step failed and did nothing.
    ///
    /// # Errors
    /// When this step is to fail.
    fn enter(&self, step: Step) -> io::Result<()>;

    /// Called after the step; an error means the step was done but reported as failed.
    ///
    /// # Errors
    /// When this step is to report failure.
    fn leave(&self, step: Step) -> io::Result<()>;
}

/// A disk that does not fail on purpose.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NoFaults;

impl Faults for NoFaults {
    fn enter(&self, _step: Step) -> io::Result<()> {
        Ok(())
    }
    fn leave(&self, _step: Step) -> io::Result<()> {
        Ok(())
    }
}

//! Where a disk can fail: every durable write of the store passes one of these steps, so that tests make each fail
//! before or after it happened.

use std::io;

/// A durable write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The file of segments' keys is replaced in the second place.
    SecondKeys,
    /// And in the first.
    FirstKeys,
    /// A commit is made durable in the second place.
    SecondCommit,
    /// And in the first: the commit point.
    FirstCommit,
    /// A place is made from the other one, or from a backup.
    Copy,
}

/// Injects failures, in tests.
pub trait Faults: Send {
    /// Called before the step; an error means the step failed and did nothing.
    ///
    /// # Errors
    /// When this step is to fail.
    fn enter(&mut self, step: Step) -> io::Result<()>;

    /// Called after the step; an error means the step was done but reported as failed.
    ///
    /// # Errors
    /// When this step is to report failure.
    fn leave(&mut self, step: Step) -> io::Result<()>;
}

/// A disk that does not fail on purpose.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoFaults;

impl Faults for NoFaults {
    fn enter(&mut self, _: Step) -> io::Result<()> {
        Ok(())
    }
    fn leave(&mut self, _: Step) -> io::Result<()> {
        Ok(())
    }
}

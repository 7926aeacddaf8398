//! How much of what others send is held in memory before anything bears it out. How much there is, is their word.

use counterseal_mirror::MirrorError;

use crate::error::NodeError;

/// Room for what a hub or a pouch brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes of statements that no checkpoint covers yet.
    pub statements: usize,
    /// Leaves of the journal log likewise, of 38 bytes each.
    pub leaves: usize,
    /// Entries in one pouch: what came is remembered until its end.
    pub entries: usize,
}

impl Room {
    /// What there is.
    pub const MOST: Self = Self { statements: 256 << 20, leaves: 1 << 24, entries: 1 << 21 };

    /// Whether so much is within it.
    ///
    /// # Errors
    /// When it is not.
    pub(super) fn check(self, there: Self) -> Result<(), NodeError> {
        let fits = there.statements <= self.statements
            && there.leaves <= self.leaves
            && there.entries <= self.entries;
        match fits {
            true => Ok(()),
            false => {
                let reason = "it sends more than this desk can hold before a checkpoint covers it";
                Err(MirrorError::Log(reason.to_owned()).into())
            }
        }
    }
}

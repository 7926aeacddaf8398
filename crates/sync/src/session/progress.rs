//! How far a session is. The rate is measured by the caller, who has the clock.

/// Counts of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Bytes received, heads of frames included.
    pub bytes_in: u64,
    /// Bytes sent.
    pub bytes_out: u64,
    /// Statements received.
    pub statements_in: u64,
    /// Leaves received.
    pub leaves_in: u64,
    /// Entries received.
    pub entries_in: u64,
    /// Bytes of the entries received, in plain form.
    pub entry_bytes_in: u64,
    /// Entries to come at the beginning, by the hub's word.
    pub entries_due: u64,
    /// Their bytes in plain form, by the hub's word.
    pub bytes_due: u64,
    /// Statements and entries pushed.
    pub pushed: u64,
    /// Of those, how many were answered.
    pub answered: u64,
}

impl Progress {
    /// Bytes of entries still to come, by the hub's word.
    #[must_use]
    pub const fn bytes_to_come(&self) -> u64 {
        self.bytes_due.saturating_sub(self.entry_bytes_in)
    }

    /// Seconds until what was announced has come, at so many bytes a second. `None` while nothing flows.
    #[must_use]
    pub const fn seconds_left(&self, bytes_per_second: u64) -> Option<u64> {
        if bytes_per_second == 0 { None } else { Some(self.bytes_to_come().div_ceil(bytes_per_second)) }
    }
}

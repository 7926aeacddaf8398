//! Retention: monitoring data is kept for a time that is stated, and then destroyed.

use counterseal_model::Timestamp;

use crate::desk::Desk;
use crate::error::NodeError;

/// Days for which notices, the lines of the book after their end, and talk about person-days are kept.
pub const MONITORING_DAYS: u16 = 180;

/// What was too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// Notices.
    pub notices: u64,
    /// Lines of the book of duties.
    pub duties: u64,
    /// Questions and replies of this desk's own.
    pub talks: u64,
}

impl Desk {
    /// Destroys monitoring data that is older than its retention: the pages on which notices stood are overwritten.
    /// Questions and replies are records; this desk replaces its own by empty versions, and the sealed earlier versions
    /// go with the compartment's own retention.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_monitoring(&mut self) -> Result<Forgotten, NodeError> {
        let oldest = Timestamp(self.now().0.saturating_sub(i64::from(MONITORING_DAYS) * Timestamp::DAY));
        let old: i64 = self.store.read(|db| {
            let count = "SELECT count(*) FROM notice WHERE heard < ?1";
            Ok::<_, NodeError>(db.query_row(count, [oldest.0], |row| row.get(0))?)
        })?;
        if old > 0 {
            self.store.commit(|tx| {
                tx.execute("DELETE FROM notice WHERE heard < ?1", [oldest.0])?;
                Ok::<_, NodeError>(())
            })?;
        }
        let duties = self.forget_duties(oldest)?;
        let talks = self.forget_talks(oldest)?;
        Ok(Forgotten { notices: old.unsigned_abs(), duties, talks })
    }
}

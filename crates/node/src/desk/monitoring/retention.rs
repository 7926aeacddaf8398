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
    /// go with the compartment's own retention. On a reviewer's desk the notices of emergencies stay that nobody has answered.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_monitoring(&mut self) -> Result<Forgotten, NodeError> {
        let oldest = Timestamp(self.now().0.saturating_sub(i64::from(MONITORING_DAYS) * Timestamp::DAY));
        // An emergency that nobody has answered does not go by being waited out.
        let open = self.unanswered_emergencies()?;
        let open: Vec<_> = open.iter().map(|request| format!("x'{}'", hex::encode(request))).collect();
        let due = format!("FROM notice WHERE heard < ?1 AND request NOT IN ({})", open.join(", "));
        let old: i64 = self.store.read(|db| {
            Ok::<_, NodeError>(db.query_row(&format!("SELECT count(*) {due}"), [oldest.0], |row| row.get(0))?)
        })?;
        if old > 0 {
            self.store.commit(|tx| {
                tx.execute(&format!("DELETE {due}"), [oldest.0])?;
                Ok::<_, NodeError>(())
            })?;
        }
        let duties = self.forget_duties(oldest)?;
        let talks = self.forget_talks(oldest)?;
        Ok(Forgotten { notices: old.unsigned_abs(), duties, talks })
    }
}

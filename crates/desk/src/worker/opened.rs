//! What was opened leaves memory when its time is over, whether or not anybody asks for a page.

use std::time::Duration;

use super::Room;

impl Room {
    /// Wipes what was opened and whose time is over. The thread waits for no more than `wait`, nor beyond the time of what
    /// is open still.
    pub(super) fn wipe_opened(&mut self, wait: Duration) -> Duration {
        let next = self.unlocked.as_mut().and_then(|unlocked| unlocked.desk.tidy_opened());
        let left = |until: i64| until.saturating_sub(self.outside.clock.now().0).max(1);
        let left = next.and_then(|until| u64::try_from(left(until.0)).ok());
        left.map_or(wait, |seconds| wait.min(Duration::from_secs(seconds)))
    }
}

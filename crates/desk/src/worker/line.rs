//! The line to the hub: sessions that tell how far they are and stop when they are asked to.

use std::collections::BTreeMap;

use counterseal_model::Timestamp;
use counterseal_node::{Go, OutsideLine, SyncOptions, SyncReport};

use super::{Room, Work};

/// What came of the last session since the desk was unlocked.
#[derive(Debug, Clone)]
pub(crate) struct LastSync {
    /// When it ended.
    pub(crate) at: Timestamp,
    /// What came of it; why it failed, if it did.
    pub(crate) outcome: Result<SyncReport, String>,
    /// Whether somebody paused it.
    pub(crate) paused: bool,
}

impl Room {
    /// Holds one session with the hub, and passes on what waits for the log and the trustees.
    pub(crate) fn sync(&mut self, address: &str, options: &SyncOptions) {
        let (signals, clock) = (&self.signals, &self.outside.clock);
        let Some(unlocked) = self.unlocked.as_mut() else { return };
        let begun = clock.now();
        let mut paused = false;
        let tell = |report: &SyncReport| {
            let (progress, now) = (&report.progress, clock.now());
            let seconds = u64::try_from(now.0.saturating_sub(begun.0)).unwrap_or(0);
            let of = progress.bytes_due.max(progress.entry_bytes_in);
            signals.tell(Some(Work { what: "work-sync", done: progress.entry_bytes_in, of, seconds }));
        };
        tell(&SyncReport::default());
        let synced = unlocked.desk.sync(address, options, &mut |report| {
            tell(report);
            paused = signals.is_to_stop();
            if paused { Go::Stop } else { Go::On }
        });
        let desk = &mut unlocked.desk;
        let outcome = synced.map_err(|error| error.to_string()).and_then(|report| {
            let mut beside = || {
                desk.set_hub_address(address)?;
                let mut line = OutsideLine::new(address, BTreeMap::new());
                if !signals.is_to_stop() && desk.unlogged_disclosures()? > 0 {
                    desk.log_disclosures(&mut line)?;
                }
                if !signals.is_to_stop() && desk.facts_said()?.iter().any(|view| view.missing > 0) {
                    desk.send_facts(&mut line)?;
                }
                Ok::<_, counterseal_node::NodeError>(())
            };
            beside().map_err(|error| error.to_string()).map(|()| report)
        });
        unlocked.last_sync = Some(LastSync { at: clock.now(), outcome, paused });
        unlocked.changed();
        signals.tell(None);
    }
}

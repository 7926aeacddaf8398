//! The line to the hub: sessions that tell how far they are and stop when they are asked to.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use counterseal_model::Timestamp;
use counterseal_node::{Go, LinkError, OutsideLine, SyncOptions, SyncReport};

use super::{Room, Work};

/// What came of the last session since the desk was unlocked.
#[derive(Debug, Clone)]
pub(crate) struct LastSync {
    /// When it ended.
    pub(crate) at: Timestamp,
    /// What came of it; why it failed, if it did.
    pub(crate) outcome: Result<SyncReport, Arc<LinkError>>,
    /// Whether somebody paused it.
    pub(crate) paused: bool,
}

/// Sessions that begin by themselves while the desk is unlocked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keep {
    /// Minutes from one to the next.
    pub(crate) minutes: u64,
    /// When the next is due.
    pub(crate) due: Timestamp,
    /// Most bytes of each.
    pub(crate) budget: Option<u64>,
}

/// What is shown before a session has begun, so that the page that asked for it does not wait in line for its end.
pub(crate) const BEGINNING: Work = Work { what: "work-sync", done: 0, of: 0, seconds: 0, gives_way: false };

impl Room {
    /// Begins sessions by itself from now on, every so many minutes; not any more with none.
    pub(crate) fn keep_in_step(&mut self, minutes: u64, budget: Option<u64>) {
        let due = Timestamp(self.outside.clock.now().0.saturating_add(seconds_of(minutes)));
        self.keep = (minutes > 0).then_some(Keep { minutes, due, budget });
    }

    pub(crate) fn kept_in_step(&self) -> Option<&Keep> {
        self.keep.as_ref()
    }

    /// How long it is until a session is due.
    pub(super) fn until_due(&self) -> Option<Duration> {
        let keep = self.keep.as_ref().filter(|_| self.unlocked.is_some())?;
        let left = keep.due.0.saturating_sub(self.outside.clock.now().0);
        Some(Duration::from_secs(u64::try_from(left).unwrap_or(0)))
    }

    /// Holds the session that is due. Where the hub was never reached there is none to hold.
    pub(super) fn sync_if_due(&mut self) {
        if self.until_due() != Some(Duration::ZERO) {
            return;
        }
        let Some(keep) = self.keep.clone() else { return };
        self.keep_in_step(keep.minutes, keep.budget);
        self.sync_beside(keep.budget);
    }

    /// Holds one session with the hub that was reached last, and gives way to whatever somebody asks for.
    pub(crate) fn sync_beside(&mut self, budget: Option<u64>) {
        let Some(unlocked) = self.unlocked.as_ref() else { return };
        if let Ok(Some(address)) = unlocked.desk.hub_address() {
            self.sync(&address, &SyncOptions { budget, ..SyncOptions::default() }, true);
        }
    }

    /// Holds one session with the hub, and passes on what waits for the log and the trustees.
    pub(crate) fn sync(&mut self, address: &str, options: &SyncOptions, gives_way: bool) {
        let (signals, clock) = (&self.signals, &self.outside.clock);
        let Some(unlocked) = self.unlocked.as_mut() else { return signals.tell(None) };
        let begun = clock.now();
        let mut paused = false;
        let tell = |report: &SyncReport| {
            let (progress, now) = (&report.progress, clock.now());
            let seconds = u64::try_from(now.0.saturating_sub(begun.0)).unwrap_or(0);
            let of = progress.bytes_due.max(progress.entry_bytes_in);
            let done = progress.entry_bytes_in;
            signals.tell(Some(Work { done, of, seconds, gives_way, ..BEGINNING }));
        };
        tell(&SyncReport::default());
        let synced = unlocked.desk.sync(address, options, &mut |report| {
            tell(report);
            paused = signals.is_to_stop();
            if paused { Go::Stop } else { Go::On }
        });
        let desk = &mut unlocked.desk;
        let outcome = synced.and_then(|report| {
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
            beside().map_err(LinkError::from).map(|()| report)
        });
        let outcome = outcome.map_err(Arc::new);
        if !outcome.as_ref().is_ok_and(SyncReport::is_quiet) {
            unlocked.changed();
        }
        unlocked.last_sync = Some(LastSync { at: clock.now(), outcome, paused });
        signals.tell(None);
    }
}

fn seconds_of(minutes: u64) -> i64 {
    i64::try_from(minutes.saturating_mul(60)).unwrap_or(i64::MAX)
}

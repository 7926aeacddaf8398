//! The loop beside the calls: mirror both logs, obey what they say, take what is sealed to this trustee.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use counterseal_ledger::LogPath;
use counterseal_register::LogKind;
use tokio::time::{Instant, sleep, timeout};

use super::Shared;
use super::files::{Fetched, path_of};
use super::hub::{HubLine, HubSilence};
use super::restored;
use super::worker::Undone;
use crate::mirror::{Advanced, FollowError};
use crate::service::ServiceError;

/// How often a step is begun again for files that it did not find.
const STEPS: usize = 4096;
/// Without news from the logs, what is due is done so often.
const SWEEP: Duration = Duration::from_secs(15);
/// So often the hub is asked for entries that it did not have.
const LACKING: Duration = Duration::from_secs(60);
/// Between two looks that were asked for.
const BREATH: Duration = Duration::from_millis(20);
/// Looks at headers that wait for the mirror, before they are passed over.
const PATIENT_LOOKS: u32 = 30;

/// What the loop remembers.
pub(super) struct Follower {
    shared: Arc<Shared>,
    hub: HubLine,
    notes: Vec<Option<Vec<u8>>>,
    swept: Option<Instant>,
    /// From where headers of guarded entries are asked for, and how far the journal log went then.
    next: u64,
    seen: u64,
    /// An index of the log whose entry the hub did not have.
    lacking: Option<(u64, Instant)>,
    /// Looks for which the same header waits.
    waited: u32,
}

impl Follower {
    pub(super) fn new(shared: Arc<Shared>, hub: HubLine, next: u64) -> Self {
        let (notes, swept, lacking) = (Vec::new(), None, None);
        Self { shared, hub, notes, swept, next, seen: 0, lacking, waited: 0 }
    }

    /// Looks again and again, until the trustee stops.
    pub(super) async fn run(mut self, every: Duration) {
        let shared = Arc::clone(&self.shared);
        loop {
            let begun = shared.asked_rounds.load(Ordering::SeqCst);
            match shared.stop.or(self.round()).await {
                None => return,
                Some(Err(silence)) => {
                    shared.metrics.silences.add(1);
                    tracing::warn!(%silence, "the hub could not be followed");
                }
                Some(Ok(())) => {}
            }
            shared.finish_round(begun);
            let asked = async {
                sleep(BREATH).await;
                shared.nudge.notified().await;
            };
            if shared.stop.or(timeout(every, asked)).await.is_none() {
                return;
            }
        }
    }

    /// One look at the hub.
    async fn round(&mut self) -> Result<(), HubSilence> {
        let now = self.shared.clock.now();
        let view = self.shared.view();
        let pins = view.register.hub(view.now(now)).map(|hub| hub.pins).unwrap_or_default();
        self.hub.pin(pins.clone());
        let mut fetched = Fetched::default();
        // The statement log's first: what its time marks say of the journal log, that has by now.
        let mut notes = Vec::new();
        for log in LogKind::ALL {
            let path = path_of(*log, &LogPath::Checkpoint);
            let note = self.hub.get(&path).await?;
            fetched.put(path, note.clone());
            notes.push(note);
        }
        let due = self.swept.is_none_or(|at| at.elapsed() >= SWEEP);
        if notes != self.notes || due {
            self.advance(fetched).await?;
            self.notes = notes;
        }
        self.take_guarded().await?;
        if self.shared.view().is_restoring() {
            restored::try_to_return(&self.shared).await;
        }
        Ok(())
    }

    /// Has the mirror take in what is new, and fetches what it does not find.
    async fn advance(&mut self, mut fetched: Fetched) -> Result<(), HubSilence> {
        for _ in 0..STEPS {
            let step = move |service: &mut crate::service::Service| {
                let advanced = service.advance(&mut fetched);
                (advanced, fetched)
            };
            let Ok((advanced, back)) = self.shared.worker.do_in_turn(step).await else { return Ok(()) };
            fetched = back;
            let missed = fetched.take_missed();
            if missed.is_empty() {
                self.note(advanced);
                self.shared.look(true).await;
                return Ok(());
            }
            self.hub.fetch(missed, &mut fetched).await?;
        }
        tracing::warn!("the hub's logs ask for more files than there can be");
        Ok(())
    }

    fn note(&mut self, advanced: Result<Advanced, ServiceError>) {
        match advanced {
            Ok(advanced) => {
                self.swept = Some(Instant::now());
                self.shared.advanced.store(true, Ordering::SeqCst);
                if !advanced.behind.is_empty() {
                    tracing::warn!("the hub shows less than is mirrored here");
                }
                if let Some(generation) = advanced.crossed {
                    tracing::warn!(generation, "another hub has taken over");
                }
            }
            Err(ServiceError::Follow(FollowError::TwoTrees { log })) => {
                tracing::error!(log, "a log has signed two trees; nothing is released any more");
            }
            Err(error) => tracing::warn!(%error, "the logs were not taken in"),
        }
    }

    /// Takes the headers of guarded entries that the hub has and this trustee has not.
    async fn take_guarded(&mut self) -> Result<(), HubSilence> {
        let leaves = self.shared.view().status.journal.leaves;
        let again = self.lacking.filter(|(_, at)| at.elapsed() >= LACKING).map(|(index, _)| index);
        if let Some(index) = again {
            self.lacking = None;
            self.next = self.next.min(index);
        }
        while self.next < leaves {
            // A trustee of no set yet is refused, and asks again when the register changes.
            let headers = match self.hub.guarded(&self.shared.worker, self.next).await {
                Err(HubSilence::Status { status: 403 }) if !self.is_named() => return Ok(()),
                headers => headers?,
            };
            let (next, lacking) = (headers.next, headers.lacking);
            let taken = self.shared.worker.do_in_turn(move |service| service.take_guarded(&headers)).await;
            let taken = match taken {
                Ok(Ok(taken)) => taken,
                Ok(Err(error)) => {
                    tracing::error!(%error, "headers could not be taken");
                    return Ok(());
                }
                Err(Undone::Busy | Undone::Stopping) => return Ok(()),
            };
            self.shared.metrics.headers.add(taken.answered);
            if let Some(index) = lacking {
                self.lacking = Some((index, Instant::now()));
            }
            if let Some(index) = taken.waits {
                self.waited = if index == self.next { self.waited + 1 } else { 0 };
                self.next = index;
                if self.waited < PATIENT_LOOKS {
                    return Ok(());
                }
                // Whoever signed it is nobody that the register knows.
                tracing::warn!("a header of a guarded entry is passed over");
                self.shared.metrics.passed_over.add(1);
                (self.next, self.waited) = (index + 1, 0);
                continue;
            }
            if next <= self.next {
                break;
            }
            self.next = next;
        }
        if self.seen != self.next {
            self.seen = self.next;
            let next = self.lacking.map_or(self.next, |(index, _)| index.min(self.next));
            let kept = self.shared.worker.do_in_turn(move |service| service.keep_guarded_next(next)).await;
            if let Ok(Err(error)) = kept {
                tracing::error!(%error, "the place in the journal log could not be kept");
            }
        }
        Ok(())
    }

    /// Whether a set of the register, in force or gone, names this trustee.
    fn is_named(&self) -> bool {
        let view = self.shared.view();
        let now = view.now(self.shared.clock.now());
        view.register.trustee_sets(now).any(|set| set.find(view.trustee).is_some())
    }
}

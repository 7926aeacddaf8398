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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use counterseal_model::record::{Body, Incident};
    use counterseal_model::{Classification, Clock, Timestamp};
    use counterseal_node::{Desk, Founding, GovernorFile, Home, Randomness};
    use counterseal_register::HistoryRule;
    use counterseal_seal::Passphrase;
    use rand::SeedableRng;
    use rand_chacha::ChaCha20Rng;

    use super::*;
    use crate::worker::{Outside, Signals, Unlocked, Worker};

    const START: i64 = 1_790_000_000;
    const IDLE: Duration = Duration::from_secs(900);

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp(self.0.load(Ordering::Relaxed))
        }
    }

    fn drawn() -> Randomness {
        Box::new(ChaCha20Rng::seed_from_u64(2))
    }

    /// A desk that has a part open for five minutes, and the clock.
    fn desk_with_a_part(home: &Home) -> (Desk, Arc<Hand>) {
        let passphrase = Passphrase::new("seven wells and a goat").unwrap();
        let mut rng: Randomness = Box::new(ChaCha20Rng::seed_from_u64(1));
        let governor = GovernorFile::make(&mut rng, &passphrase).unwrap();
        let founding = Founding {
            mission_name: "Mission of the Blue Heron".into(),
            person_name: "Officer Quillfeather".into(),
            compartment_name: "incidents".into(),
            history: HistoryRule::Full,
            threshold: 1,
            waiting_days: 7,
            synthetic: true,
            until: None,
        };
        let clock = Arc::new(Hand(AtomicI64::new(START)));
        let as_clock = Arc::clone(&clock) as Arc<dyn Clock + Send + Sync>;
        let mut desk = Desk::found(home, &founding, &[governor], &passphrase, as_clock, drawn()).unwrap();
        let compartment = desk.find_compartment("incidents").unwrap();
        let body = Body::Incident(Box::new(Incident { title: Some("A".into()), ..Incident::default() }));
        desk.record_new(compartment, body, Classification::Unclassified).unwrap();
        desk.hold_open(Timestamp(START + 300)).unwrap();
        (desk, clock)
    }

    #[test]
    fn the_thread_waits_no_longer_than_what_is_open_and_wipes_it_then() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        let (desk, clock) = desk_with_a_part(&home);
        let outside = Outside { clock: Arc::clone(&clock) as _, randomness: drawn };
        let (unlocked, signals) = (Some(Unlocked::new(desk)), Arc::new(Signals::default()));
        let mut room = Room { home, outside, unlocked, newcomer: None, founded: None, keep: None, signals };
        let mut after = |seconds: i64, wait: Duration| {
            clock.0.store(START + seconds, Ordering::Relaxed);
            let wait = room.wipe_opened(wait);
            (wait.as_secs(), room.unlocked.as_ref().map(|unlocked| unlocked.desk.opened_in_memory()))
        };
        assert_eq!(after(0, IDLE), (300, Some(1)));
        assert_eq!(after(0, Duration::from_secs(10)), (10, Some(1)), "and no longer than it would have");
        assert_eq!(after(299, IDLE), (1, Some(1)));
        assert_eq!(after(300, IDLE), (900, Some(0)));
        room.unlocked = None;
        assert_eq!(room.wipe_opened(IDLE), IDLE, "a locked desk has nothing open");
    }

    /// Of a page that has nothing to do with what is open.
    #[tokio::test]
    async fn whatever_is_asked_next_what_was_opened_is_wiped_once_its_time_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::open(folder.path()).unwrap();
        let (desk, clock) = desk_with_a_part(&home);
        let outside = Outside { clock: Arc::clone(&clock) as _, randomness: drawn };
        let (worker, thread) = Worker::begin(home, outside, Some(desk), IDLE).unwrap();
        let in_memory =
            || worker.ask(|room: &mut Room| room.unlocked().map(|unlocked| unlocked.desk.opened_in_memory()));
        assert_eq!(in_memory().await, Ok(Some(1)));
        clock.0.store(START + 301, Ordering::Relaxed);
        // The first that is asked may come before the thread has looked at the clock; it does so before the next.
        in_memory().await.unwrap();
        assert_eq!(in_memory().await, Ok(Some(0)));
        drop(worker);
        tokio::task::spawn_blocking(|| thread.join()).await.unwrap().unwrap().unwrap();
    }
}

//! What goes past the line of jobs: a panic, a request to pause, and how far long work is.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far long work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Work {
    /// The sentence that says what it is.
    pub(crate) what: &'static str,
    /// Bytes or things done.
    pub(crate) done: u64,
    /// Of so many; nothing while that is not known.
    pub(crate) of: u64,
    /// Seconds since it began.
    pub(crate) seconds: u64,
    /// Whether it gives way to whoever asks for a page: nobody waits for it.
    pub(crate) gives_way: bool,
}

impl Work {
    /// Whether it can stop and go on later; what is one step cannot.
    pub(crate) fn pauses(&self) -> bool {
        self.what == super::BEGINNING.what
    }

    /// Seconds that are left, at the pace so far.
    pub(crate) fn left(&self) -> Option<u64> {
        let left = self.of.checked_sub(self.done).filter(|_| self.done > 0 && self.seconds > 1)?;
        Some(
            u64::try_from(u128::from(left) * u128::from(self.seconds) / u128::from(self.done))
                .unwrap_or(u64::MAX),
        )
    }
}

/// Shared by the thread with the desk and those that ask it.
#[derive(Debug, Default)]
pub(crate) struct Signals {
    panic: AtomicBool,
    pause: AtomicBool,
    work: Mutex<Option<Work>>,
}

impl Signals {
    /// Whatever runs is to stop, and the desk to be locked before anything else.
    pub(super) fn panic(&self) {
        self.panic.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_panic(&self) -> bool {
        self.panic.load(Ordering::SeqCst)
    }

    pub(super) fn take_panic(&self) -> bool {
        self.panic.swap(false, Ordering::SeqCst)
    }

    /// Asks long work to stop where it can go on later.
    pub(crate) fn pause(&self) {
        self.pause.store(true, Ordering::SeqCst);
    }

    /// Whether long work is to stop now.
    pub(crate) fn is_to_stop(&self) -> bool {
        self.is_panic() || self.pause.load(Ordering::SeqCst)
    }

    /// The long work that is under way.
    pub(crate) fn work(&self) -> Option<Work> {
        self.work.lock().ok().and_then(|work| *work)
    }

    /// Says how far it is; nothing once it is over.
    pub(crate) fn tell(&self, work: Option<Work>) {
        if let Ok(mut told) = self.work.lock() {
            *told = work;
        }
        if work.is_none() {
            self.pause.store(false, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_work_stops_for_a_pause_and_for_a_panic_and_a_pause_ends_with_it() {
        let signals = Signals::default();
        assert!(!signals.is_to_stop());
        signals.pause();
        assert!(signals.is_to_stop() && !signals.is_panic());
        signals.tell(None);
        assert!(!signals.is_to_stop(), "what comes next is not paused");
        signals.panic();
        signals.tell(None);
        assert!(signals.is_to_stop(), "a panic ends when the desk is locked");
        assert!(signals.take_panic() && !signals.is_to_stop());
    }

    #[test]
    fn time_left_follows_from_the_pace_so_far() {
        let work = Work { what: "link-syncing", done: 100, of: 400, seconds: 10, gives_way: false };
        assert_eq!(work.left(), Some(30));
        assert_eq!(Work { done: 0, ..work }.left(), None);
        assert_eq!(Work { of: 50, ..work }.left(), None, "more came than was announced");
    }
}

//! Work that takes a while and is one step: every page says how far it is, and what came of it is kept for whoever asks next.

use std::sync::Arc;

use counterseal_node::{PouchReadReport, PouchReport, RotationFault, RotationReport};
use zeroize::Zeroizing;

use super::{Room, Unlocked, Work, Worker};

/// Told how much of how much is done.
pub(crate) type Tell<'a> = &'a mut dyn FnMut(u64, u64);

/// What was asked for, and what came of it, until the desk is locked.
#[derive(Default)]
pub(crate) struct Kept {
    /// How many files of rotations were shown, and the last of them, which has the strings that were read out.
    pub(crate) rotation: (u64, Option<Zeroizing<Vec<u8>>>),
    /// What came of the last rotation.
    pub(crate) rotated: Option<Rotated>,
    /// What came of the last pouch.
    pub(crate) pouch: Option<Pouched>,
}

/// What came of a pouch.
pub(crate) enum Pouched {
    /// It is made, sealed for its receivers, and waits to be saved by the browser.
    Made(Vec<u8>, PouchReport),
    /// It is written to a file.
    Written(PouchReport),
    /// It is read.
    Taken(Box<PouchReadReport>),
    /// Nothing came of it, and why.
    Failed(String),
}

/// What came of a rotation.
pub(crate) enum Rotated {
    /// It is done.
    Done(RotationReport),
    /// Nothing is done: this is wrong.
    Faults(Vec<RotationFault>),
    /// Nothing is done, and why.
    Failed(String),
}

fn beginning(what: &'static str) -> Work {
    Work { what, done: 0, of: 0, seconds: 0, gives_way: false }
}

impl Room {
    fn at_length(&mut self, what: &'static str, act: impl FnOnce(&mut Unlocked, Tell<'_>)) {
        let (signals, clock) = (Arc::clone(&self.signals), Arc::clone(&self.outside.clock));
        let begun = clock.now();
        if let Some(unlocked) = self.unlocked.as_mut() {
            act(unlocked, &mut |done, of| {
                let seconds = u64::try_from(clock.now().0.saturating_sub(begun.0)).unwrap_or(0);
                signals.tell(Some(Work { done, of, seconds, ..beginning(what) }));
            });
            unlocked.changed();
        }
        signals.tell(None);
    }
}

impl Worker {
    /// Begins long work, whose name is this sentence, and does not wait for its end: whoever looks is told how far it is.
    pub(crate) fn begin_long(
        &self,
        what: &'static str,
        act: impl FnOnce(&mut Unlocked, Tell<'_>) + Send + 'static,
    ) {
        self.signals().tell(Some(beginning(what)));
        let worker = self.clone();
        tokio::spawn(async move {
            if worker.ask(move |room| room.at_length(what, act)).await.is_err() {
                worker.signals().tell(None);
            }
        });
    }
}

//! Pushes that wait for an answer. Both ends number them alike, so that an acceptance need not repeat ids: from
//! 0, in the order in which they come to their end in the session's stream.

use std::collections::BTreeMap;

use super::refusal::SessionRefusal;
use crate::frame::{Acceptance, AcceptedRun, Pushed};

/// One that waits.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    number: u64,
    bytes: u64,
}

#[derive(Debug, Default)]
pub(super) struct Unanswered {
    of: BTreeMap<Pushed, Waiting>,
    by_number: BTreeMap<u64, Pushed>,
    next: u64,
    bytes: u64,
}

impl Unanswered {
    /// The next push; false when the same one waits already.
    pub(super) fn push(&mut self, what: Pushed, bytes: u64) -> bool {
        let number = self.next;
        if self.of.contains_key(&what) {
            return false;
        }
        self.next = number.saturating_add(1);
        self.of.insert(what, Waiting { number, bytes });
        self.by_number.insert(number, what);
        self.bytes = self.bytes.saturating_add(bytes);
        true
    }

    /// One is answered; false when it does not wait.
    pub(super) fn answer(&mut self, what: &Pushed) -> bool {
        let Some(waiting) = self.of.remove(what) else { return false };
        self.by_number.remove(&waiting.number);
        self.bytes = self.bytes.saturating_sub(waiting.bytes);
        true
    }

    /// All that a run names, answered.
    pub(super) fn answer_run(&mut self, run: &AcceptedRun) -> Result<Vec<Acceptance>, SessionRefusal> {
        let mut answered = Vec::new();
        for place in 0..run.count {
            // A run that claims more than waits ends here, whatever it claims.
            let number = run.first.saturating_add(place);
            let what = self.by_number.get(&number).copied().ok_or(SessionRefusal::AnswerUnsolicited)?;
            self.answer(&what);
            answered.push(Acceptance { what, index: run.index.saturating_add(place) });
        }
        Ok(answered)
    }

    /// The runs that say these acceptances; `None` when one of them does not wait.
    pub(super) fn runs(&self, accepted: &[Acceptance]) -> Option<Vec<AcceptedRun>> {
        let mut runs: Vec<AcceptedRun> = Vec::new();
        for one in accepted {
            let number = self.of.get(&one.what)?.number;
            match runs.last_mut() {
                Some(run) if run.first + run.count == number && run.index + run.count == one.index => {
                    run.count += 1;
                }
                _ => runs.push(AcceptedRun { first: number, count: 1, index: one.index }),
            }
        }
        Some(runs)
    }

    pub(super) fn len(&self) -> usize {
        self.of.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Bytes of all that wait.
    pub(super) const fn bytes(&self) -> u64 {
        self.bytes
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Pushed> {
        self.of.keys()
    }
}

//! Pushes in their order, and what waits for a mark. Entries that were taken before a statement that ends their
//! epoch, or stops their device, are settled only if a mark that covers them stands before it. Such marks are
//! set once in a while, so before such a statement one is set at once. What restricts must not wait for
//! long, so it waits for two seconds at most, and not at all while the witnesses do not answer.

use std::collections::VecDeque;
use std::time::Duration;

use counterseal_register::{Act, Statement};
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::core::Core;
use super::{Outcome, Push};

/// How long a mark is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

type Group = (Vec<Push>, oneshot::Sender<Vec<Outcome>>);

/// Pushes that have come, in their order.
#[derive(Default)]
pub(super) struct Hold {
    queue: VecDeque<Group>,
    /// While the first of them waits: until when, and for a mark of how many leaves of the journal log.
    waits: Option<(Instant, u64)>,
}

impl Hold {
    pub(super) fn add(&mut self, pushes: Vec<Push>, reply: oneshot::Sender<Vec<Outcome>>) {
        self.queue.push_back((pushes, reply));
    }

    pub(super) const fn is_on(&self) -> bool {
        self.waits.is_some()
    }

    pub(super) fn until(&self) -> Option<Instant> {
        self.waits.map(|(until, _)| until)
    }

    /// Takes what does not wait.
    pub(super) fn go_on(&mut self, core: &mut Core) {
        if self.waits.is_some() {
            return;
        }
        let mut batch = Vec::new();
        while let Some(group) = self.queue.pop_front() {
            if group.0.iter().any(ends_something) {
                // What came before it is taken before it, or it would not be known what a mark must cover.
                take(core, std::mem::take(&mut batch));
                if let Some(edge) = core.uncovered() {
                    self.queue.push_front(group);
                    self.waits = Some((Instant::now() + PATIENCE, edge));
                    self.look(core);
                    return;
                }
            }
            batch.push(group);
        }
        take(core, batch);
    }

    /// Sets the mark that is waited for, once that can be, and goes on.
    pub(super) fn look(&mut self, core: &mut Core) {
        let Some((_, edge)) = self.waits else { return };
        core.mark_journal();
        if core.covers(edge) {
            self.release(core);
        }
    }

    /// Takes what waited, and goes on.
    pub(super) fn release(&mut self, core: &mut Core) {
        self.waits = None;
        if let Some(group) = self.queue.pop_front() {
            take(core, vec![group]);
        }
        self.go_on(core);
    }

    /// Takes everything, before the end.
    pub(super) fn release_all(&mut self, core: &mut Core) {
        self.waits = None;
        take(core, std::mem::take(&mut self.queue).into());
    }
}

fn take(core: &mut Core, groups: Vec<Group>) {
    if groups.is_empty() {
        return;
    }
    let (pushes, replies): (Vec<_>, Vec<_>) = groups.into_iter().unzip();
    for (outcomes, reply) in core.take(pushes).into_iter().zip(replies) {
        // Who hung up asks again, and is told the same.
        drop(reply.send(outcomes));
    }
}

/// Whether entries that come after it can be late because of it.
fn ends_something(push: &Push) -> bool {
    let Push::Statement(bytes) = push else { return false };
    let Ok((statement, _)) = Statement::parse(bytes) else { return false };
    match statement.act {
        Act::RevokeDevice(_)
        | Act::RevokePerson(_)
        | Act::SuspendDevice(_)
        | Act::Freeze(_)
        | Act::ExtendAppointment(_)
        | Act::Travel(_) => true,
        // To a site that is frozen: the person is frozen with it.
        Act::AssignSite(act) => act.site.is_some(),
        Act::BeginEpoch(act) => !act.joins.is_empty(),
        _ => false,
    }
}

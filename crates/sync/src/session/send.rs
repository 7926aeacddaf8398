//! Filling frames: as much as the frame's aim and the budget allow, at least one item.

use counterseal_register::Entry;

use crate::bounded::{Data, List};
use crate::frame::{Envelope, Frame, FrameType, Statements};
use crate::limits::{FRAME_HEAD, FRAME_TARGET, MAX_STATEMENTS};
use crate::outbox::{Budget, Urgency};
use crate::pack::{Fit, Packer};

/// What became of items offered to a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// How many were taken, from the first on. The others are to be offered again.
    pub items: usize,
    /// Whether the budget stopped it: the next one, and everything less urgent, stays behind.
    pub budget_spent: bool,
}

/// Room for the body of the next frame, and whether it is the budget that bounds it.
fn room(budget: &Budget, is_first: bool) -> usize {
    // A first item may be longer than frames aim to be; one that is in reach of its bound goes alone.
    let aim = if is_first { FrameType::Entries.limit() } else { FRAME_TARGET };
    let left = usize::try_from(budget.left()).unwrap_or(usize::MAX).saturating_sub(FRAME_HEAD);
    aim.min(left)
}

/// Packs entries from the front into one frame.
pub(super) fn entries<'a>(
    packer: &mut Packer,
    urgency: Urgency,
    entries: impl Iterator<Item = (Option<u64>, &'a Entry)>,
    budget: &Budget,
    frame: impl FnOnce(crate::pack::PackedEntries) -> Frame,
) -> (Option<Frame>, Taken) {
    let mut taken = Taken::default();
    for (leaf, entry) in entries {
        let room = room(budget, taken.items == 0);
        if packer.add(leaf, entry, room) == Fit::Full {
            taken.budget_spent = taken.items == 0;
            break;
        }
        taken.items += 1;
    }
    (packer.finish(urgency).map(frame), taken)
}

/// Puts statements from the front into one frame.
pub(super) fn statements(
    from: Option<u64>,
    envelopes: &[Vec<u8>],
    budget: &Budget,
    frame: impl FnOnce(Statements) -> Frame,
) -> (Option<Frame>, Taken) {
    const OVERHEAD: usize = 20;
    let mut taken: Vec<Envelope> = Vec::new();
    let (mut bytes, mut budget_spent) = (OVERHEAD, false);
    for envelope in envelopes.iter().take(MAX_STATEMENTS) {
        bytes += envelope.len() + 9;
        let room = room(budget, taken.is_empty());
        let Some(envelope) = Data::new(envelope.clone()).filter(|_| bytes <= room) else {
            budget_spent = taken.is_empty();
            break;
        };
        taken.push(envelope);
    }
    let items = taken.len();
    let list = List::new(taken).filter(|list| !list.is_empty());
    (list.map(|list| frame(Statements::new(from, list))), Taken { items, budget_spent })
}

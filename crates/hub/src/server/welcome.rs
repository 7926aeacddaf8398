//! What a device is told first, and what it is sent. Reads the store: not for an async task.

use counterseal_model::Timestamp;
use counterseal_register::{LogKind, Moment};
use counterseal_sync::{Announced, Data, Hello, List, MAX_RANGES, PartialPush, RangeSet, Welcome};

use super::compartments::compartments_of;
use super::supply::{Scope, first_since};
use crate::sequencer::View;
use crate::store::{StoreError, StoreReader};

/// The answer to the Hello of a device that was let in.
pub(super) fn welcome(
    reader: &StoreReader,
    hello: &Hello,
    view: &View,
    now: Moment,
    clock: Timestamp,
) -> Result<(Welcome, Scope), StoreError> {
    let compartments = compartments_of(&view.register, hello.device, now);
    let [statements, journal] = [LogKind::Statements, LogKind::Journal].map(|log| announced(view, log));
    let mut welcome = Welcome::new(statements, journal, clock);
    let size = view.journal.size;
    let from = hello.not_before.map_or(Ok(0), |since| first_since(reader, size, since))?;
    let wanted = hello.known.entries.lowest_wanted();
    (welcome.entries, welcome.bytes) = reader.count(&compartments, wanted.max(from))?;
    let mut lacks = RangeSet::new();
    reader.bare_ranges(size)?.into_iter().for_each(|range| lacks.insert_range(range));
    lacks.coarsen(MAX_RANGES);
    welcome.lacks = lacks;
    let kept = reader.kept_of(hello.device)?;
    let partials = kept.iter().map(|kept| PartialPush { entry: kept.entry, bytes: kept.bytes });
    welcome.partials = List::first(partials.collect());
    Ok((welcome, Scope { compartments, from }))
}

/// A log as it is shown: what is durable, and the newest cosigned checkpoint.
pub(super) fn announced(view: &View, log: LogKind) -> Announced {
    let of = view.log(log);
    let note = of.cosigned.as_ref().map(|(_, note)| note.as_bytes().to_vec()).unwrap_or_default();
    // A note that is too long for a frame is not shown; the files have it.
    Announced { size: of.size, checkpoint: Data::new(note).unwrap_or_default() }
}

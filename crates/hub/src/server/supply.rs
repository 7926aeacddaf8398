//! What a session asks of the store, read from it. Blocking: not for an async task.

use std::collections::BTreeSet;
use std::ops::Range;

use counterseal_model::{CompartmentId, Timestamp};
use counterseal_register::Entry;
use counterseal_sync::{HubRequest, LargeEntry, Left, Positions, RangeSet, StoredEntry, Supply, Urgency};

use crate::store::{FoundEntry, StoreError, StoreReader};

/// Entries that one answer names as left; beyond, whole ranges are named.
const NAMED: usize = 4096;

/// What a device is sent.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) compartments: BTreeSet<CompartmentId>,
    /// Entries before this index are older than the device asks for.
    pub(super) from: u64,
}

/// Answers a request.
pub(super) fn supply(
    reader: &StoreReader,
    scope: &Scope,
    request: &HubRequest,
) -> Result<Supply, StoreError> {
    match request {
        HubRequest::Statements { from, to, most_bytes } => {
            let rows = reader.statements(*from..*to, *most_bytes)?;
            Ok(Supply::Statements(rows.into_iter().map(|row| row.bytes).collect()))
        }
        HubRequest::Leaves { from, most } => Ok(Supply::Leaves(reader.leaves(*from, *most)?)),
        HubRequest::Entries { urgency, within, most_bytes } => {
            let backwards = *urgency == Urgency::Flash;
            let found = find(reader, scope, *urgency, within, backwards, *most_bytes)?;
            let read: Result<Vec<_>, _> = found.iter().map(|one| stored(reader, one)).collect();
            Ok(Supply::Entries(read?))
        }
        HubRequest::Large { within } => {
            let found = find(reader, scope, Urgency::Large, within, false, 0)?;
            let large = found.first().map(|one| LargeEntry {
                leaf: one.index,
                compartment: one.compartment,
                bytes: one.size,
            });
            Ok(Supply::Large(large))
        }
        HubRequest::Piece { leaf, offset, most_bytes } => {
            Ok(Supply::Piece(reader.piece(*leaf, *offset, *most_bytes)?))
        }
        HubRequest::Left(positions) => left(reader, scope, positions),
    }
}

fn find(
    reader: &StoreReader,
    scope: &Scope,
    urgency: Urgency,
    within: &Range<u64>,
    backwards: bool,
    most_bytes: usize,
) -> Result<Vec<FoundEntry>, StoreError> {
    let within = within.start.max(scope.from)..within.end;
    reader.entries(&scope.compartments, number_of(urgency), within, backwards, most_bytes)
}

fn stored(reader: &StoreReader, one: &FoundEntry) -> Result<StoredEntry, StoreError> {
    let damaged = || StoreError::Failed {
        action: "read an entry",
        reason: "what is stored is not one; restore the store".to_owned(),
    };
    let bytes = reader.entry(one.index)?.ok_or_else(damaged)?;
    let entry = Entry::parse(&bytes).map_err(|_| damaged())?;
    Ok(StoredEntry { leaf: one.index, compartment: one.compartment, entry })
}

fn left(reader: &StoreReader, scope: &Scope, positions: &Positions) -> Result<Supply, StoreError> {
    let flash = positions.flash.ranges().map(|range| (Urgency::Flash, range));
    let others = [(Urgency::Ordinary, positions.ordinary.clone()), (Urgency::Large, positions.large.clone())];
    let (mut ranges, mut sum) = (RangeSet::new(), Left::default());
    for (urgency, within) in flash.chain(others) {
        for one in find(reader, scope, urgency, &within, false, usize::MAX)? {
            ranges.insert(one.index);
            sum = sum.and(one.size);
        }
    }
    ranges.coarsen(NAMED);
    Ok(Supply::Left(ranges, sum))
}

/// The number by which the store knows an urgency.
pub(super) const fn number_of(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Flash => 0,
        Urgency::Ordinary => 1,
        Urgency::Large => 2,
    }
}

/// The first leaf that was appended at or after a time, as the hub's clock had it.
pub(super) fn first_since(reader: &StoreReader, size: u64, since: Timestamp) -> Result<u64, StoreError> {
    let (mut low, mut high) = (0, size);
    while low < high {
        let middle = low + (high - low) / 2;
        if reader.leaf_at(middle)?.is_some_and(|at| at < since) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

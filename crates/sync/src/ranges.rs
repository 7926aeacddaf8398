//! Sets of leaf indices as ranges: what is missing, what is held, what was asked for.

use std::collections::BTreeMap;
use std::ops::Range;

use counterseal_model::cbor::{BodyError, Reader, Value, Writer};

use crate::bounded::read_count;
use crate::limits::MAX_RANGES;

/// A set of indices, kept as ranges that neither touch nor overlap.
///
/// On the wire it is the flat list [gap, length, gap, length ...], each gap counted from the end of the
/// range before: one encoding per set, and few bytes. At most 1024 ranges travel; `coarsen` and `thin`
/// bring a longer set below that.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RangeSet(BTreeMap<u64, u64>);

impl RangeSet {
    /// The empty set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its ranges, ascending.
    pub fn ranges(&self) -> impl DoubleEndedIterator<Item = Range<u64>> + '_ {
        self.0.iter().map(|(start, end)| *start..*end)
    }

    /// How many ranges it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many indices are in it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.ranges().fold(0, |n, range| n.saturating_add(range.end - range.start))
    }

    /// The lowest index in it.
    #[must_use]
    pub fn lowest(&self) -> Option<u64> {
        self.0.keys().next().copied()
    }

    /// One past the highest index in it; 0 when it is empty.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.0.values().next_back().copied().unwrap_or(0)
    }

    /// Whether the index is in it.
    #[must_use]
    pub fn contains(&self, index: u64) -> bool {
        self.0.range(..=index).next_back().is_some_and(|(_, end)| index < *end)
    }

    /// Adds one index; whether it is new.
    pub fn insert(&mut self, index: u64) -> bool {
        let new = index < u64::MAX && !self.contains(index);
        if new {
            self.insert_range(index..index + 1);
        }
        new
    }

    /// Adds a range.
    pub fn insert_range(&mut self, range: Range<u64>) {
        let (mut start, mut end) = (range.start, range.end);
        if start >= end {
            return;
        }
        if let Some((before, until)) = self.0.range(..=start).next_back().map(|(s, e)| (*s, *e))
            && until >= start
        {
            (start, end) = (before, end.max(until));
        }
        while let Some((next, until)) = self.0.range(start..=end).next().map(|(s, e)| (*s, *e)) {
            self.0.remove(&next);
            end = end.max(until);
        }
        self.0.insert(start, end);
    }

    /// Takes a range out.
    pub fn remove_range(&mut self, range: Range<u64>) {
        if range.start >= range.end {
            return;
        }
        if let Some((before, until)) = self.0.range(..range.start).next_back().map(|(s, e)| (*s, *e))
            && until > range.start
        {
            self.0.insert(before, range.start);
            if until > range.end {
                self.0.insert(range.end, until);
            }
        }
        while let Some((next, until)) = self.0.range(range.start..range.end).next().map(|(s, e)| (*s, *e)) {
            self.0.remove(&next);
            if until > range.end {
                self.0.insert(range.end, until);
            }
        }
    }

    /// Adds all of another set.
    pub fn add(&mut self, other: &Self) {
        other.ranges().for_each(|range| self.insert_range(range));
    }

    /// Takes all of another set out.
    pub fn subtract(&mut self, other: &Self) {
        other.ranges().for_each(|range| self.remove_range(range));
    }

    /// Closes the smallest gaps until at most `most` ranges are left: a set that holds more indices than
    /// before. Right for what is missing, since what comes twice does no harm.
    pub fn coarsen(&mut self, most: usize) {
        let Some(surplus) = self.len().checked_sub(most.max(1)).filter(|n| *n > 0) else { return };
        let ends = self.0.values().zip(self.0.keys().skip(1));
        let mut gaps: Vec<Range<u64>> = ends.map(|(end, next)| *end..*next).collect();
        gaps.sort_by_key(|gap| (gap.end - gap.start, gap.start));
        gaps.into_iter().take(surplus).for_each(|gap| self.insert_range(gap));
    }

    /// Drops the smallest ranges until at most `most` are left: a set that holds fewer indices than
    /// before. Right for what is held, since what is left out is only sent again.
    pub fn thin(&mut self, most: usize) {
        let Some(surplus) = self.len().checked_sub(most).filter(|n| *n > 0) else { return };
        let mut ranges: Vec<Range<u64>> = self.ranges().collect();
        ranges.sort_by_key(|range| (range.end - range.start, range.start));
        ranges.into_iter().take(surplus).for_each(|range| self.remove_range(range));
    }
}

impl From<Range<u64>> for RangeSet {
    fn from(range: Range<u64>) -> Self {
        let mut set = Self::new();
        set.insert_range(range);
        set
    }
}

impl FromIterator<u64> for RangeSet {
    fn from_iter<I: IntoIterator<Item = u64>>(indices: I) -> Self {
        let mut set = Self::new();
        for index in indices {
            set.insert(index);
        }
        set
    }
}

impl Value for RangeSet {
    fn write(&self, w: &mut Writer) {
        w.array(self.len() * 2);
        let mut at = 0;
        for range in self.ranges() {
            w.uint(range.start - at).uint(range.end - range.start);
            at = range.end;
        }
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        let expected = "at most 1024 ranges, ascending and apart";
        let count = read_count(r, MAX_RANGES * 2, expected)?;
        let mut set = Self::new();
        let mut at = 0u64;
        for nth in 0..count / 2 {
            let (gap, length) = (r.uint()?, r.uint()?);
            let start = at.checked_add(gap).filter(|_| nth == 0 || gap > 0);
            let end = start.and_then(|start| start.checked_add(length)).filter(|_| length > 0);
            let (Some(start), Some(end)) = (start, end) else { return Err(r.out_of_range(offset, expected)) };
            set.0.insert(start, end);
            at = end;
        }
        if count % 2 == 1 { Err(r.out_of_range(offset, expected)) } else { Ok(set) }
    }
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
    fn absent() -> Option<Self> {
        Some(Self::new())
    }
}

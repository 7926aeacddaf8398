//! Which rows a view shows.

use super::columns::{BLOCK, Bounds, Columns, NO_POINT};

/// What is looked at. What is left out does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// South, north, west, east in 1e-7 degrees, edges included; without it, incidents that have no
    /// point are counted too.
    pub within: Option<[i32; 4]>,
    /// First moment, and the moment after the last, in seconds: incidents that overlap it.
    pub time: Option<(i64, i64)>,
    /// Types, as terms of the index; any of them.
    pub kinds: Vec<u32>,
    /// Entities, as records of the index; any of them.
    pub entities: Vec<u32>,
    /// None but these records of the index, ascending: what another question has found.
    pub only: Option<Vec<u32>>,
}

/// One bit per row of a block.
pub(super) type Mask = [u64; BLOCK / 64];

/// A view with its entities looked up, ready to be asked of block after block.
pub(super) struct Sought<'a> {
    view: &'a View,
    columns: &'a Columns,
    /// Places in `entity_records`.
    entities: Vec<u32>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(view: &'a View, columns: &'a Columns) -> Self {
        let entities = view.entities.iter().filter_map(|entity| columns.place_of(*entity)).collect();
        Self { view, columns, entities }
    }

    /// Whether block `nth` can hold rows of this view.
    pub(super) fn may_hold(&self, nth: usize) -> bool {
        let Some(bounds) = self.columns.blocks.get(nth) else { return false };
        let near = self.view.within.is_none_or(|[south, north, west, east]| {
            bounds.lat.1 >= south && bounds.lat.0 <= north && bounds.lon.1 >= west && bounds.lon.0 <= east
        });
        let then = self.view.time.is_none_or(|(from, to)| bounds.last >= from && bounds.first < to);
        near && then && (self.view.entities.is_empty() || self.columns.block_has(nth, &self.entities))
    }

    /// Whether every row of the block lies in the box.
    fn lies_within(bounds: &Bounds, [south, north, west, east]: [i32; 4]) -> bool {
        bounds.lat.0 != NO_POINT
            && bounds.lat.0 >= south
            && bounds.lat.1 <= north
            && bounds.lon.0 >= west
            && bounds.lon.1 <= east
    }

    /// The rows of block `nth` that the view shows.
    pub(super) fn mask(&self, nth: usize) -> Mask {
        let (view, columns) = (self.view, self.columns);
        let start = nth * BLOCK;
        let end = (start + BLOCK).min(columns.len());
        let mut mask = full(end - start);
        let inside = |edges| columns.blocks.get(nth).is_some_and(|bounds| Self::lies_within(bounds, edges));
        if let Some(edges @ [south, north, west, east]) = view.within
            && !inside(edges)
        {
            let (lat, lon) = (slice(&columns.lat, start, end), slice(&columns.lon, start, end));
            narrow(&mut mask, lat, |lat| lat != NO_POINT && lat >= south && lat <= north);
            narrow(&mut mask, lon, |lon| lon >= west && lon <= east);
        }
        if let Some((from, to)) = view.time {
            narrow(&mut mask, slice(&columns.ends, start, end), |ends| ends >= from);
            narrow(&mut mask, slice(&columns.starts, start, end), |starts| {
                starts < to && starts != super::NO_TIME
            });
        }
        if let [only] = view.kinds[..] {
            narrow(&mut mask, slice(&columns.kind, start, end), |kind| kind == only);
        } else if !view.kinds.is_empty() {
            narrow(&mut mask, slice(&columns.kind, start, end), |kind| view.kinds.contains(&kind));
        }
        if !view.entities.is_empty() {
            keep(&mut mask, |row| {
                columns.entities_of(start + row).iter().any(|entity| self.entities.contains(entity))
            });
        }
        if let Some(only) = &view.only {
            keep(&mut mask, |row| {
                columns.record.get(start + row).is_some_and(|no| only.binary_search(no).is_ok())
            });
        }
        mask
    }
}

impl Columns {
    /// South, north, west, east of what a view shows, 1e-7 degrees; nothing where it shows no point.
    #[must_use]
    pub fn bounds(&self, view: &View) -> Option<[i32; 4]> {
        let sought = Sought::new(view, self);
        let mut bounds: Option<[i32; 4]> = None;
        for nth in (0..self.blocks.len()).filter(|nth| sought.may_hold(*nth)) {
            let mut mask = sought.mask(nth);
            keep(&mut mask, |row| {
                let at = nth * BLOCK + row;
                if let (Some(lat), Some(lon)) = (self.lat.get(at), self.lon.get(at))
                    && *lat != NO_POINT
                {
                    let [south, north, west, east] = bounds.unwrap_or([*lat, *lat, *lon, *lon]);
                    bounds = Some([south.min(*lat), north.max(*lat), west.min(*lon), east.max(*lon)]);
                }
                true
            });
        }
        bounds
    }

    pub(super) fn entities_of(&self, row: usize) -> &[u32] {
        match (self.entity_at.get(row), self.entity_at.get(row + 1)) {
            (Some(from), Some(to)) => self.entities.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }
}

fn slice<T>(column: &[T], start: usize, end: usize) -> &[T] {
    column.get(start..end).unwrap_or(&[])
}

fn full(rows: usize) -> Mask {
    let mut mask = [0; BLOCK / 64];
    for (nth, word) in mask.iter_mut().enumerate() {
        let left = rows.saturating_sub(nth * 64);
        *word = if left >= 64 { u64::MAX } else { (1 << left) - 1 };
    }
    mask
}

/// Clears the bits of the rows whose value does not fit. No branch per row, so that it vectorises.
fn narrow<T: Copy>(mask: &mut Mask, values: &[T], fits: impl Fn(T) -> bool) {
    for (word, values) in mask.iter_mut().zip(values.chunks(64)) {
        let mut bits = 0;
        for (nth, value) in values.iter().enumerate() {
            bits |= u64::from(fits(*value)) << nth;
        }
        *word &= bits;
    }
}

/// Clears the bits of the rows that do not fit, looking only at rows still in.
fn keep(mask: &mut Mask, mut fits: impl FnMut(usize) -> bool) {
    for (nth, word) in mask.iter_mut().enumerate() {
        let mut left = *word;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            if !fits(nth * 64 + bit as usize) {
                *word &= !(1 << bit);
            }
        }
    }
}

//! Which rows a view shows.

use crate::query::Ring;

use super::columns::{BLOCK, Bounds, Columns, NO_POINT};

/// What is looked at. What is left out does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct View {
    /// South, north, west, east in 1e-7 degrees, edges included; without it, incidents that have no
    /// point are counted too.
    pub within: Option<[i32; 4]>,
    /// Within this area, its western and southern sides included.
    pub area: Option<Ring>,
    /// First moment, and the moment after the last, in seconds: incidents that overlap it.
    pub time: Option<(i64, i64)>,
    /// Types, as terms of the index; any of them.
    pub kinds: Vec<u32>,
    /// Types or subtypes, as terms of the index; any of them, and nothing where there is none.
    pub labels: Option<Vec<u32>>,
    /// Countries, likewise.
    pub countries: Option<Vec<u32>>,
    /// Places or first-order areas, likewise.
    pub places: Option<Vec<u32>>,
    /// Verification status, by its code.
    pub verified: Option<u8>,
    /// Sources graded with this letter's code or a better one.
    pub reliability: Option<u8>,
    /// Information graded with this number or a better one.
    pub credibility: Option<u8>,
    /// At least so many people killed, by best estimate.
    pub killed: u32,
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
    /// The smallest box around box and area.
    within: Option<[i32; 4]>,
    only: Option<Bits>,
    labels: Option<Bits>,
    countries: Option<Bits>,
    places: Option<Bits>,
}

impl<'a> Sought<'a> {
    pub(super) fn new(view: &'a View, columns: &'a Columns) -> Self {
        let entities = view.entities.iter().filter_map(|entity| columns.place_of(*entity)).collect();
        let area = view.area.as_ref().map(Ring::bounds);
        let within = match (view.within, area) {
            (Some(one), Some(other)) => Some(both(one, other)),
            (one, other) => one.or(other),
        };
        let bits = |list: &Option<Vec<u32>>| list.as_deref().map(Bits::of);
        Self {
            view,
            columns,
            entities,
            within,
            only: bits(&view.only),
            labels: bits(&view.labels),
            countries: bits(&view.countries),
            places: bits(&view.places),
        }
    }

    /// Whether block `nth` can hold rows of this view.
    pub(super) fn may_hold(&self, nth: usize) -> bool {
        let Some(bounds) = self.columns.blocks.get(nth) else { return false };
        let near = self.within.is_none_or(|[south, north, west, east]| {
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
        if let Some(edges @ [south, north, west, east]) = self.within
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
        self.narrow_labels(&mut mask, start, end);
        self.narrow_judged(&mut mask, start, end);
        if !view.entities.is_empty() {
            keep(&mut mask, |row| {
                columns.entities_of(start + row).iter().any(|entity| self.entities.contains(entity))
            });
        }
        if let Some(only) = &self.only {
            narrow(&mut mask, slice(&columns.record, start, end), |no| only.has(no));
        }
        if let Some(area) = &view.area {
            keep(&mut mask, |row| {
                let at = start + row;
                let point = columns.lat.get(at).zip(columns.lon.get(at));
                point.is_some_and(|(lat, lon)| *lat != NO_POINT && area.contains(*lat, *lon))
            });
        }
        mask
    }

    fn narrow_labels(&self, mask: &mut Mask, start: usize, end: usize) {
        let columns = self.columns;
        if let Some(countries) = &self.countries {
            narrow(mask, slice(&columns.country, start, end), |country| countries.has(country));
        }
        let either = [
            (&self.labels, &columns.kind, &columns.subtype),
            (&self.places, &columns.place, &columns.admin1),
        ];
        for (sought, one, other) in either {
            let Some(sought) = sought else { continue };
            let mut also = *mask;
            narrow(mask, slice(one, start, end), |term| sought.has(term));
            narrow(&mut also, slice(other, start, end), |term| sought.has(term));
            mask.iter_mut().zip(also).for_each(|(word, more)| *word |= more);
        }
    }

    fn narrow_judged(&self, mask: &mut Mask, start: usize, end: usize) {
        let (view, judged) = (self.view, slice(&self.columns.judged, start, end));
        if let Some(status) = view.verified {
            narrow(mask, judged, |[is, ..]| is == status);
        }
        if let Some(letter) = view.reliability {
            narrow(mask, judged, |[_, is, _]| is >= 1 && is <= letter);
        }
        if let Some(number) = view.credibility {
            narrow(mask, judged, |[.., is]| is >= 1 && is <= number);
        }
        if view.killed > 0 {
            narrow(mask, slice(&self.columns.best, start, end), |best| best >= view.killed);
        }
    }
}

/// What lies in both boxes; nothing where they do not meet.
fn both([s1, n1, w1, e1]: [i32; 4], [s2, n2, w2, e2]: [i32; 4]) -> [i32; 4] {
    [s1.max(s2), n1.min(n2), w1.max(w2), e1.min(e2)]
}

/// A set of small numbers.
struct Bits(Vec<u64>);

impl Bits {
    fn of(list: &[u32]) -> Self {
        let most = list.iter().max().map_or(0, |most| *most as usize / 64 + 1);
        let mut bits = vec![0; most];
        for no in list {
            if let Some(word) = bits.get_mut(*no as usize / 64) {
                *word |= 1 << (no % 64);
            }
        }
        Self(bits)
    }

    fn has(&self, no: u32) -> bool {
        self.0.get(no as usize / 64).is_some_and(|word| word >> (no % 64) & 1 == 1)
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

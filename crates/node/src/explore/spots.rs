//! What a map shows of its section: single incidents while they are few, else how many lie in each cell.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::columns::{BLOCK, Columns, NO_POINT};
use super::draw::rows_of;
use super::select::{Sought, View};

/// Which section, and how finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpotsOf {
    /// South, north, west, east of the section, 1e-7 degrees, edges included.
    pub map: [i32; 4],
    /// Columns and rows of cells.
    pub size: (u32, u32),
    /// Most incidents that are given one by one.
    pub most: usize,
}

/// One incident on the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// Record number in the index.
    pub record: u32,
    /// 1e-7 degrees.
    pub lat: i32,
    /// 1e-7 degrees.
    pub lon: i32,
    /// Its type, as a term of the index; 0 for none.
    pub kind: u32,
    /// Start, seconds since 1970; the smallest number for no time.
    pub starts: i64,
    /// People killed, best estimate.
    pub best: u32,
}

/// Incidents of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heap {
    /// South, north, west, east of the incidents themselves, 1e-7 degrees.
    pub bounds: [i32; 4],
    /// Where they are on average, latitude and longitude, 1e-7 degrees.
    pub middle: (i32, i32),
    /// Incidents.
    pub count: u64,
    /// People killed, best estimates.
    pub best: u64,
}

/// What the section shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spots {
    /// Every incident.
    Each(Vec<Spot>),
    /// Too many: cells that have any, row by row from the south-west.
    Heaps(Vec<Heap>),
}

#[derive(Clone, Copy)]
struct Sum {
    bounds: [i32; 4],
    lat: i64,
    lon: i64,
    count: i64,
    best: u64,
}

impl Sum {
    const NONE: Self =
        Self { bounds: [i32::MAX, i32::MIN, i32::MAX, i32::MIN], lat: 0, lon: 0, count: 0, best: 0 };

    fn add(&mut self, (lat, lon): (i32, i32), best: u32) {
        let [south, north, west, east] = self.bounds;
        self.bounds = [south.min(lat), north.max(lat), west.min(lon), east.max(lon)];
        self.lat += i64::from(lat);
        self.lon += i64::from(lon);
        self.count += 1;
        self.best += u64::from(best);
    }

    fn heap(self) -> Option<Heap> {
        let middle = |sum: i64| i32::try_from(sum.checked_div(self.count)?).ok();
        let middle = (middle(self.lat)?, middle(self.lon)?);
        let count = u64::try_from(self.count).ok()?;
        Some(Heap { bounds: self.bounds, middle, count, best: self.best })
    }
}

impl Columns {
    /// What a section of the map shows of a view.
    #[must_use]
    pub fn spots(&self, view: &View, of: SpotsOf) -> Spots {
        let [south, north, west, east] = of.map;
        let mut rows = Vec::new();
        let sought = Sought::new(view, self);
        let near = |nth: usize| {
            self.blocks.get(nth).is_some_and(|bounds| {
                bounds.lat.1 >= south && bounds.lat.0 <= north && bounds.lon.1 >= west && bounds.lon.0 <= east
            })
        };
        for nth in (0..self.blocks.len()).filter(|nth| near(*nth) && sought.may_hold(*nth)) {
            let seen = rows_of(sought.mask(nth)).map(|row| nth * BLOCK + row);
            rows.extend(seen.filter(|row| {
                let (Some(lat), Some(lon)) = (self.lat.get(*row), self.lon.get(*row)) else { return false };
                *lat != NO_POINT && *lat >= south && *lat <= north && *lon >= west && *lon <= east
            }));
        }
        if rows.len() <= of.most {
            return Spots::Each(rows.into_iter().filter_map(|row| self.spot(row)).collect());
        }
        Spots::Heaps(self.heaps(&rows, of))
    }

    /// The record numbers of the newest incidents that a view shows, newest first; those without a time last.
    #[must_use]
    pub fn newest(&self, view: &View, most: usize) -> Vec<u32> {
        let mut best: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::with_capacity(most + 1);
        let sought = Sought::new(view, self);
        for nth in (0..self.blocks.len()).filter(|nth| sought.may_hold(*nth)) {
            for row in rows_of(sought.mask(nth)).map(|row| nth * BLOCK + row) {
                let (Some(starts), Some(record)) = (self.starts.get(row), self.record.get(row)) else {
                    continue;
                };
                // Of those that began at one moment the lower number comes first, as in lists of the index.
                let key = (*starts, u32::MAX - record);
                if best.len() < most || best.peek().is_some_and(|Reverse(least)| key > *least) {
                    best.push(Reverse(key));
                    if best.len() > most {
                        best.pop();
                    }
                }
            }
        }
        best.into_sorted_vec().into_iter().map(|Reverse((_, record))| u32::MAX - record).collect()
    }

    fn spot(&self, row: usize) -> Option<Spot> {
        Some(Spot {
            record: *self.record.get(row)?,
            lat: *self.lat.get(row)?,
            lon: *self.lon.get(row)?,
            kind: *self.kind.get(row)?,
            starts: *self.starts.get(row)?,
            best: *self.best.get(row)?,
        })
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "inside the section, so 0 and up"
    )]
    fn heaps(&self, rows: &[usize], of: SpotsOf) -> Vec<Heap> {
        let [south, north, west, east] = of.map.map(f64::from);
        // The edges are included: what lies on the last one is in the last cell.
        let scale =
            (f64::from(of.size.0) / (east - west + 1.0), f64::from(of.size.1) / (north - south + 1.0));
        let mut sums = vec![Sum::NONE; of.size.0 as usize * of.size.1 as usize];
        for row in rows {
            let Some(Spot { lat, lon, best, .. }) = self.spot(*row) else { continue };
            let (x, y) = ((f64::from(lon) - west) * scale.0, (f64::from(lat) - south) * scale.1);
            if let Some(sum) = sums.get_mut(y as usize * of.size.0 as usize + x as usize) {
                sum.add((lat, lon), best);
            }
        }
        sums.into_iter().filter_map(Sum::heap).collect()
    }
}

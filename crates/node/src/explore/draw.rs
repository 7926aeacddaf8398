//! One redraw: density on the map, incidents by month, and the most frequent of something.

use super::columns::{BLOCK, Columns, NO_POINT};
use super::select::{Mask, Sought, View};

/// What the bars count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakdown {
    /// Entities that took part.
    Entity,
    /// Types.
    Kind,
    /// First-order administrative areas.
    Admin1,
    /// Countries.
    Country,
}

/// What to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureOf {
    /// South, north, west, east of the density grid, 1e-7 degrees.
    pub map: [i32; 4],
    /// Columns and rows of the grid.
    pub size: (u32, u32),
    /// What the bars count: each of these by itself, all in one pass.
    pub bars: Vec<Breakdown>,
    /// How many bars of each.
    pub top: usize,
}

/// Incidents per cell of the map, row by row from the south-west.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid(pub Vec<u32>);

/// One bar: its term or record number, incidents, people killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// The term or record number; 0 for none.
    pub of: u32,
    /// Incidents.
    pub count: u64,
    /// People killed, best estimates.
    pub best: u64,
}

/// Everything that one change of filter redraws.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Incidents in view.
    pub count: u64,
    /// People killed in them, best estimates.
    pub best: u64,
    /// Density on the map, of incidents in view that lie on it.
    pub grid: Grid,
    /// Months (counted from January of year 0), incidents and people killed, in order.
    pub timeline: Vec<(i32, u64, u64)>,
    /// Of each breakdown, in the order asked for: the most frequent, largest first, ties by number.
    pub bars: Vec<Vec<Bar>>,
}

/// Running counts by a small integer.
#[derive(Default)]
struct Counts {
    first: i32,
    counts: Vec<(u64, u64)>,
}

impl Counts {
    fn add(&mut self, key: i32, best: u32) {
        if self.counts.is_empty() {
            self.first = key;
        }
        if key < self.first {
            let more = usize::try_from(self.first - key).unwrap_or(0);
            self.counts.splice(0..0, std::iter::repeat_n((0, 0), more));
            self.first = key;
        }
        let index = usize::try_from(key - self.first).unwrap_or(0);
        if index >= self.counts.len() {
            self.counts.resize(index + 1, (0, 0));
        }
        if let Some((count, sum)) = self.counts.get_mut(index) {
            *count += 1;
            *sum += u64::from(best);
        }
    }

    fn listed(&self) -> impl Iterator<Item = (i32, u64, u64)> + '_ {
        let counted = (self.first..).zip(&self.counts);
        counted.filter(|(_, (count, _))| *count > 0).map(|(key, (count, best))| (key, *count, *best))
    }
}

struct Drawing<'a> {
    columns: &'a Columns,
    of: PictureOf,
    scale: (f64, f64),
    count: u64,
    best: u64,
    grid: Vec<u32>,
    months: Counts,
    bars: Vec<Counts>,
    /// The rows of the block at hand that are in view.
    rows: Vec<usize>,
}

impl Columns {
    /// Draws what a view shows.
    #[must_use]
    pub fn draw(&self, view: &View, of: PictureOf) -> Picture {
        let [south, north, west, east] = of.map.map(f64::from);
        let scale = (f64::from(of.size.0) / (east - west), f64::from(of.size.1) / (north - south));
        let grid = vec![0; of.size.0 as usize * of.size.1 as usize];
        let (months, bars) = (Counts::default(), of.bars.iter().map(|_| Counts::default()).collect());
        let rows = Vec::with_capacity(BLOCK);
        let mut drawing = Drawing { columns: self, of, scale, count: 0, best: 0, grid, months, bars, rows };
        let sought = Sought::new(view, self);
        for nth in (0..self.blocks.len()).filter(|nth| sought.may_hold(*nth)) {
            drawing.block(nth, sought.mask(nth));
        }
        drawing.finish()
    }

    /// The record numbers of the incidents a view shows, in no promised order.
    pub fn records<'a>(&'a self, view: &'a View) -> impl Iterator<Item = u32> + 'a {
        let sought = Sought::new(view, self);
        (0..self.blocks.len()).flat_map(move |nth| {
            let mask = if sought.may_hold(nth) { sought.mask(nth) } else { Mask::default() };
            rows_of(mask).filter_map(move |row| self.record.get(nth * BLOCK + row).copied())
        })
    }
}

pub(super) fn rows_of(mask: Mask) -> impl Iterator<Item = usize> {
    mask.into_iter().enumerate().flat_map(|(nth, word)| {
        std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
            .take_while(|word| *word != 0)
            .map(move |word| nth * 64 + word.trailing_zeros() as usize)
    })
}

impl Drawing<'_> {
    /// Column by column: what is counted by is decided once a block, not once a row.
    fn block(&mut self, nth: usize, mask: Mask) {
        let columns = self.columns;
        self.rows.clear();
        self.rows.extend(rows_of(mask).map(|row| nth * BLOCK + row));
        let rows = std::mem::take(&mut self.rows);
        self.count += rows.len() as u64;
        for row in &rows {
            if let (Some(lat), Some(lon)) = (columns.lat.get(*row), columns.lon.get(*row)) {
                self.dot(*lat, *lon);
            }
        }
        self.best +=
            rows.iter().filter_map(|row| columns.best.get(*row)).map(|best| u64::from(*best)).sum::<u64>();
        for row in &rows {
            if let (Some(month), Some(best)) = (columns.month.get(*row), columns.best.get(*row))
                && *month != i32::MIN
            {
                self.months.add(*month, *best);
            }
        }
        for (breakdown, counts) in self.of.bars.iter().zip(&mut self.bars) {
            count(columns, *breakdown, &rows, counts);
        }
        self.rows = rows;
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "inside the map, so 0 and up"
    )]
    fn dot(&mut self, lat: i32, lon: i32) {
        let [south, north, west, east] = self.of.map;
        if lat == NO_POINT || lat < south || lat >= north || lon < west || lon >= east {
            return;
        }
        // In f64: from one side of the world to the other is more than an i32 holds.
        let x = ((f64::from(lon) - f64::from(west)) * self.scale.0) as usize;
        let y = ((f64::from(lat) - f64::from(south)) * self.scale.1) as usize;
        if let Some(cell) = self.grid.get_mut(y * self.of.size.0 as usize + x) {
            *cell += 1;
        }
    }

    fn finish(self) -> Picture {
        let (columns, top) = (self.columns, self.of.top);
        let bars = self.of.bars.iter().zip(&self.bars).map(|(breakdown, counts)| {
            let mut bars: Vec<Bar> = counts
                .listed()
                .map(|(of, count, best)| Bar { of: of.cast_unsigned(), count, best })
                .collect();
            if *breakdown == Breakdown::Entity {
                let records = &columns.entity_records;
                bars.iter_mut().for_each(|bar| bar.of = records.get(bar.of as usize).copied().unwrap_or(0));
            }
            bars.sort_unstable_by_key(|bar| (std::cmp::Reverse(bar.count), bar.of));
            bars.truncate(top);
            bars
        });
        let (bars, timeline) = (bars.collect(), self.months.listed().collect());
        Picture { count: self.count, best: self.best, grid: Grid(self.grid), timeline, bars }
    }
}

/// Counts these rows by what they have in one column.
fn count(columns: &Columns, breakdown: Breakdown, rows: &[usize], counts: &mut Counts) {
    let column = match breakdown {
        Breakdown::Entity => {
            for row in rows {
                let best = columns.best.get(*row).copied().unwrap_or(0);
                columns.entities_of(*row).iter().for_each(|entity| counts.add(entity.cast_signed(), best));
            }
            return;
        }
        Breakdown::Kind => &columns.kind,
        Breakdown::Admin1 => &columns.admin1,
        Breakdown::Country => &columns.country,
    };
    for row in rows {
        if let (Some(term), Some(best)) = (column.get(*row), columns.best.get(*row)) {
            counts.add(term.cast_signed(), *best);
        }
    }
}

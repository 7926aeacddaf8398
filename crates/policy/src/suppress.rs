//! Counts that would identify someone, left out so that they cannot be computed back from what is shown.
//!
//! Cells of 1 to k-1 are left out, in the table and among its totals. A cell that stands alone in its row could be computed
//! from the row's total; so others are left out with it, until every missing cell has at least two values that fit all that
//! is shown. Noughts are shown and every missing cell is known to be 1 or more; that is allowed for.
//!
//! The missing cells are edges between rows and columns, the totals being one row and one column more, whose cells count
//! negatively. A cell can be one more if, along a closed path of missing cells, others can be one less and one more in turn.
//! For each small cell the cheapest such path is looked for, and left out whole.

use std::collections::BTreeSet;

use thiserror::Error;

/// Counts that are no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadCounts {
    /// Rows of different lengths, or none.
    #[error("the counts are no table: every row needs the same number of cells, at least one")]
    Ragged,
    /// The total is too large, or there are too many cells.
    #[error("the counts are too large to be added up, or more than 1000000 cells")]
    TooLarge,
}

/// A table of counts, with its totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// Rows and columns with the totals as last row and last column.
    cells: Vec<Vec<u64>>,
}

impl Counts {
    /// Rows of counts; a list is a table of one row.
    ///
    /// # Errors
    /// When the rows have different lengths, or the totals overflow.
    pub fn new(rows: &[Vec<u64>]) -> Result<Self, BadCounts> {
        let width = rows.first().map_or(0, Vec::len);
        if width == 0 || rows.iter().any(|row| row.len() != width) {
            return Err(BadCounts::Ragged);
        }
        if width.saturating_mul(rows.len()) > 1_000_000 {
            return Err(BadCounts::TooLarge);
        }
        let sum =
            |all: &[u64]| all.iter().try_fold(0u64, |sum, n| sum.checked_add(*n)).ok_or(BadCounts::TooLarge);
        let mut totals = vec![0; width];
        let mut cells = Vec::with_capacity(rows.len() + 1);
        for row in rows {
            for (total, count) in totals.iter_mut().zip(row) {
                *total = sum(&[*total, *count])?;
            }
            let mut extended = row.clone();
            extended.push(sum(row)?);
            cells.push(extended);
        }
        let total = sum(&totals)?;
        totals.push(total);
        cells.push(totals);
        Ok(Self { cells })
    }
}

/// What may be shown; `None` is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The cells, row by row.
    pub cells: Vec<Vec<Option<u64>>>,
    /// The total of each row.
    pub rows: Vec<Option<u64>>,
    /// The total of each column.
    pub columns: Vec<Option<u64>>,
    /// The total of all.
    pub total: Option<u64>,
}

impl Published {
    /// How many counts are left out, totals among them.
    #[must_use]
    pub fn left_out(&self) -> usize {
        let all = self.cells.iter().flatten().chain(&self.rows).chain(&self.columns).chain([&self.total]);
        all.filter(|cell| cell.is_none()).count()
    }
}

/// Leaves out counts of 1 to `k - 1`, and as many others as it takes so that none can be computed back. `k` of 0 or 1
/// leaves nothing out.
#[must_use]
pub fn suppress(counts: &Counts, k: u64) -> Published {
    let mut grid = Grid::new(&counts.cells);
    let small: Vec<_> = grid.places().filter(|p| (1..k).contains(&grid.count(*p))).collect();
    grid.missing.extend(small.iter().copied());
    for place in small {
        grid.protect(place);
    }
    grid.publish()
}

/// Row and column.
type Place = (usize, usize);

struct Grid<'a> {
    cells: &'a [Vec<u64>],
    missing: BTreeSet<Place>,
}

/// A step of a path costs nothing where the cell is missing anyway.
const FREE: u128 = 0;

impl<'a> Grid<'a> {
    const fn new(cells: &'a [Vec<u64>]) -> Self {
        Self { cells, missing: BTreeSet::new() }
    }

    fn places(&self) -> impl Iterator<Item = Place> + use<'a> {
        self.cells.iter().enumerate().flat_map(|(r, row)| (0..row.len()).map(move |c| (r, c)))
    }

    fn count(&self, (r, c): Place) -> u64 {
        self.cells.get(r).and_then(|row| row.get(c)).copied().unwrap_or(0)
    }

    const fn rows(&self) -> usize {
        self.cells.len()
    }

    fn columns(&self) -> usize {
        self.cells.first().map_or(0, Vec::len)
    }

    fn is_total(&self, (r, c): Place) -> bool {
        r + 1 == self.rows() || c + 1 == self.columns()
    }

    /// Totals of rows and of columns count negatively, so that every row and every column adds up to nought.
    fn counts_negatively(&self, (r, c): Place) -> bool {
        (r + 1 == self.rows()) != (c + 1 == self.columns())
    }

    /// What it costs to leave a cell out and shift it by one, up or down with its sign; `None` where it cannot be: noughts
    /// are shown, and who knows this rule knows that a missing cell is not nought.
    fn cost(&self, place: Place, up: bool) -> Option<u128> {
        let count = self.count(place);
        let falls = up == self.counts_negatively(place);
        if count == 0 || (falls && count == 1) {
            return None;
        }
        // Totals are missed most.
        let weight = if self.is_total(place) { 1u128 << 70 } else { 1 << 40 };
        Some(if self.missing.contains(&place) { FREE } else { u128::from(count).saturating_add(weight) })
    }

    /// Leaves out what a missing cell needs to have two values.
    fn protect(&mut self, place: Place) {
        let paths = [true, false].map(|up| self.cost(place, up).and(self.path(place, up)));
        // One more is always possible where every nonzero total can be left out, so there is a path.
        if let Some((_, path)) = paths.into_iter().flatten().min_by_key(|(cost, _)| *cost) {
            self.missing.extend(path);
        }
    }

    /// The cheapest path by which the rest can make up for one more (`up`) or one less in a cell.
    ///
    /// If the cell goes up with its sign, its column must come down elsewhere, that row up elsewhere, and so on until a cell
    /// of the first row comes down. Nodes are columns, then rows.
    fn path(&self, (row, column): Place, up: bool) -> Option<(u128, Vec<Place>)> {
        let (columns, nodes) = (self.columns(), self.columns() + self.rows());
        let (start, goal) = (column, columns + row);
        let mut best: Vec<Option<(u128, Option<Place>)>> = vec![None; nodes];
        let mut done = vec![false; nodes];
        if let Some(first) = best.get_mut(start) {
            *first = Some((0, None));
        }
        while let Some((cost, node)) = cheapest(&best, &done) {
            if node == goal {
                break;
            }
            if let Some(done) = done.get_mut(node) {
                *done = true;
            }
            let from_column = node < columns;
            let (others, offset) = if from_column { (self.rows(), columns) } else { (columns, 0) };
            for other in 0..others {
                let place = if from_column { (other, node) } else { (node - columns, other) };
                let direction = if from_column { !up } else { up };
                let Some(step) = self.cost(place, direction).filter(|_| place != (row, column)) else {
                    continue;
                };
                let sum = cost.saturating_add(step);
                if let Some(slot) =
                    best.get_mut(offset + other).filter(|slot| slot.is_none_or(|(c, _)| sum < c))
                {
                    *slot = Some((sum, Some(place)));
                }
            }
        }
        let cost = best.get(goal).copied().flatten()?.0;
        let (mut node, mut path) = (goal, Vec::new());
        while let Some((_, Some(place))) = best.get(node).copied().flatten() {
            path.push(place);
            node = if node < columns { columns + place.0 } else { place.1 };
        }
        Some((cost, path))
    }

    fn publish(&self) -> Published {
        let shown = |place: Place| (!self.missing.contains(&place)).then(|| self.count(place));
        let (last_row, last_column) = (self.rows().saturating_sub(1), self.columns().saturating_sub(1));
        Published {
            cells: (0..last_row).map(|r| (0..last_column).map(|c| shown((r, c))).collect()).collect(),
            rows: (0..last_row).map(|r| shown((r, last_column))).collect(),
            columns: (0..last_column).map(|c| shown((last_row, c))).collect(),
            total: shown((last_row, last_column)),
        }
    }
}

/// The nearest node that is not done.
fn cheapest(best: &[Option<(u128, Option<Place>)>], done: &[bool]) -> Option<(u128, usize)> {
    let open = best.iter().zip(done).enumerate().filter(|(_, (_, done))| !**done);
    open.filter_map(|(node, (best, _))| best.map(|(cost, _)| (cost, node))).min()
}

//! Columns that have no field: kept as attributes under their own names.

use std::collections::BTreeMap;

use crate::cell::int_text;
use crate::table::{Columns, Record};

/// The columns that no field took, in order of their names.
#[derive(Debug, Clone)]
pub(crate) struct Rest(Vec<(String, usize, bool)>);

impl Rest {
    /// Those left over. In the named columns `12.0` is written `12`, so that one event reads the
    /// same from every edition of a data set.
    pub(crate) fn of(columns: &Columns<'_>, whole_numbers: &[&str]) -> Self {
        let rest = columns.rest().into_iter().map(|(name, column)| {
            let whole = whole_numbers.contains(&name.as_str());
            (name, column, whole)
        });
        Self(rest.collect())
    }

    /// The row's attributes: cells that hold something.
    pub(crate) fn read(&self, record: &Record) -> BTreeMap<String, String> {
        let cells = self.0.iter().filter_map(|(name, column, whole)| {
            let cell = record.get(*column).trim();
            let text = if *whole { int_text(cell).unwrap_or(cell) } else { cell };
            (!text.is_empty()).then(|| (name.clone(), text.to_owned()))
        });
        cells.collect()
    }
}

//! Single cells, read into what they mean.

mod kind;
mod number;
mod point;
mod when;
mod yes_no;

pub(crate) use kind::{kind_of_group, stands_for_nobody};
pub(crate) use number::{int_text, whole};
pub(crate) use point::{GeometryColumns, degrees};
pub(crate) use when::day;
pub(crate) use yes_no::yes_no;

use crate::rejects::CellError;
use crate::table::Record;

/// A column of a layout: its name for messages, and where it is, if the file has it.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) at: Option<usize>,
}

impl Column {
    /// The cell without outer space; nothing when it is empty or the file has no such column.
    pub(crate) fn get<'r>(&self, record: &'r Record) -> Option<&'r str> {
        let cell = record.get(self.at?).trim();
        (!cell.is_empty()).then_some(cell)
    }

    pub(crate) fn text(&self, record: &Record) -> Option<String> {
        self.get(record).map(str::to_owned)
    }

    pub(crate) fn whole(&self, record: &Record) -> Result<Option<u64>, CellError> {
        let Some(cell) = self.get(record) else { return Ok(None) };
        match whole(cell) {
            Some(number) => Ok(Some(number)),
            None => Err(self.bad(record, "is not a whole number of zero or more")),
        }
    }

    /// An error about this column's cell.
    pub(crate) fn bad(&self, record: &Record, reason: impl Into<String>) -> CellError {
        CellError::new(self.name, self.get(record).unwrap_or_default(), reason)
    }

    /// The cell, or an error when there is none.
    pub(crate) fn needed<'r>(&self, record: &'r Record) -> Result<&'r str, CellError> {
        self.get(record).ok_or_else(|| CellError::new(self.name, "", "is empty; it must be given"))
    }
}

//! Moments in cells.

use counterseal_model::dtg::{DateOrder, read_moment};
use counterseal_model::{TimePrecision, Timestamp};

use super::Column;
use crate::rejects::CellError;
use crate::table::Record;

/// The moment in a column that must be given.
fn moment(
    column: &Column,
    record: &Record,
    order: Option<DateOrder>,
) -> Result<(Timestamp, TimePrecision), CellError> {
    let text = column.needed(record)?;
    read_moment(text, order).map_err(|error| column.bad(record, format!("cannot be read: {error}")))
}

/// The day in a column, as its first second; nothing when the column is empty.
pub(crate) fn day(
    column: &Column,
    record: &Record,
    order: Option<DateOrder>,
) -> Result<Option<Timestamp>, CellError> {
    if column.get(record).is_none() {
        return Ok(None);
    }
    let (at, _) = moment(column, record, order)?;
    Ok(Some(Timestamp(at.0 - at.0.rem_euclid(Timestamp::DAY))))
}

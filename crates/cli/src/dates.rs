//! Dates on the command line.

use counterseal_model::dtg::{DateOrder, read_date};

pub(crate) use counterseal_model::dtg::TypedDate as Typed;

/// Reads a date that has one meaning without being told the order of day and month.
pub(crate) fn read(text: &str) -> Result<Typed, String> {
    read_in_order(text, None)
}

pub(crate) fn read_in_order(text: &str, order: Option<DateOrder>) -> Result<Typed, String> {
    read_date(text, order).map_err(|error| error.to_string())
}

//! Dates on the command line.

use counterseal_model::dtg::{DateOrder, read_moment};
use counterseal_model::{TimePrecision, Timestamp};

/// A date as it was typed, with the precision it was typed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) at: Timestamp,
    pub(crate) precision: TimePrecision,
}

impl Typed {
    /// The first moment after what was typed: after the day, the month, the year.
    pub(crate) fn end(self) -> Timestamp {
        let day = self.at.to_utc().date();
        let next = match self.precision {
            TimePrecision::Minute => return Timestamp(self.at.0 + 1),
            TimePrecision::Year => time_first(day.year() + 1, 1),
            TimePrecision::Month if u8::from(day.month()) == 12 => time_first(day.year() + 1, 1),
            TimePrecision::Month => time_first(day.year(), u8::from(day.month()) + 1),
            TimePrecision::Day | TimePrecision::Days | TimePrecision::Week => None,
        };
        next.unwrap_or(Timestamp(self.at.0 + Timestamp::DAY))
    }
}

/// The first second of a month.
fn time_first(year: i32, month: u8) -> Option<Timestamp> {
    read_moment(&format!("{year:04}-{month:02}-01"), None).ok().map(|(at, _)| at)
}

/// Reads a date that has one meaning without being told the order of day and month.
pub(crate) fn read(text: &str) -> Result<Typed, String> {
    read_in_order(text, None)
}

pub(crate) fn read_in_order(text: &str, order: Option<DateOrder>) -> Result<Typed, String> {
    let (at, precision) = read_moment(text, order).map_err(|error| error.to_string())?;
    Ok(Typed { at, precision })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_a_day_a_month_or_a_year_includes_all_of_it() {
        let end = |text| read(text).unwrap().end().rfc3339();
        assert_eq!(end("2014-12"), "2015-01-01T00:00:00Z");
        assert_eq!(end("2014-02"), "2014-03-01T00:00:00Z");
        assert_eq!(end("2014"), "2015-01-01T00:00:00Z");
        assert_eq!(end("2014-02-28"), "2014-03-01T00:00:00Z");
        assert_eq!(end("2014-02-28T10:00Z"), "2014-02-28T10:00:01Z");
        assert!(read("03/04/2014").unwrap_err().contains("first"));
    }
}

//! Dates as they are typed, with the precision they were typed with.

use super::{BadMoment, DateOrder, read_moment};
use crate::moment::{TimePrecision, Timestamp};

/// A date as it was typed, with the precision it was typed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypedDate {
    /// Its first moment.
    pub at: Timestamp,
    /// How precisely it was typed.
    pub precision: TimePrecision,
}

impl TypedDate {
    /// The first moment after what was typed: after the day, the month, the year.
    #[must_use]
    pub fn end(self) -> Timestamp {
        let day = self.at.to_utc().date();
        let next = match self.precision {
            TimePrecision::Minute => return Timestamp(self.at.0 + 1),
            TimePrecision::Year => first_of(day.year() + 1, 1),
            TimePrecision::Month if u8::from(day.month()) == 12 => first_of(day.year() + 1, 1),
            TimePrecision::Month => first_of(day.year(), u8::from(day.month()) + 1),
            TimePrecision::Day | TimePrecision::Days | TimePrecision::Week => None,
        };
        next.unwrap_or(Timestamp(self.at.0 + Timestamp::DAY))
    }
}

/// The first second of a month.
fn first_of(year: i32, month: u8) -> Option<Timestamp> {
    read_moment(&format!("{year:04}-{month:02}-01"), None).ok().map(|(at, _)| at)
}

/// Reads a date. Without an order of day and month only those are read that have one meaning.
///
/// # Errors
/// When it is none, or has two meanings.
pub fn read_date(text: &str, order: Option<DateOrder>) -> Result<TypedDate, BadMoment> {
    let (at, precision) = read_moment(text, order)?;
    Ok(TypedDate { at, precision })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_a_day_a_month_or_a_year_includes_all_of_it() {
        let end = |text| read_date(text, None).unwrap().end().rfc3339();
        assert_eq!(end("2014-12"), "2015-01-01T00:00:00Z");
        assert_eq!(end("2014-02"), "2014-03-01T00:00:00Z");
        assert_eq!(end("2014"), "2015-01-01T00:00:00Z");
        assert_eq!(end("2014-02-28"), "2014-03-01T00:00:00Z");
        assert_eq!(end("2014-02-28T10:00Z"), "2014-02-28T10:00:01Z");
        assert!(read_date("03/04/2014", None).unwrap_err().to_string().contains("first"));
    }
}

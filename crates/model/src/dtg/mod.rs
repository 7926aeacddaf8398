//! Dates and times as people write them: military date-time groups, ISO dates, written months.

mod month;
mod parse;
mod typed;

use thiserror::Error;

use crate::moment::{TimePrecision, Timestamp};

pub use typed::{TypedDate, read_date};

/// Two-digit years from this one on are of the 1900s, those below of the 2000s (as POSIX has it).
pub const PIVOT_YEAR: u16 = 70;

/// Longest text that is looked at, in bytes.
const MAX_LEN: usize = 60;

/// Which comes first in dates such as `03/04/2014`. It is never guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `MM/DD/YYYY`, as in web exports from the United States.
    MonthFirst,
    /// `DD/MM/YYYY`, as nearly everywhere else.
    DayFirst,
}

/// Why text is not a moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadMoment {
    /// Not in any form known.
    #[error(
        "'{text}' is not a date or time: write 2014-03-09, 2014-03-09T14:05Z, 9 March 2014 or 091405ZMAR14"
    )]
    Form {
        /// What was given.
        text: String,
    },
    /// A date-time group without a zone letter.
    #[error("'{text}' has no time zone letter: write Z for UTC, as in 091405ZMAR14")]
    NoZone {
        /// What was given.
        text: String,
    },
    /// Zone letter J.
    #[error(
        "'{text}' is in zone J, the observer's local time, which nobody else can know: write the zone's letter"
    )]
    LocalTime {
        /// What was given.
        text: String,
    },
    /// A word that is no month, or the abbreviation of two.
    #[error("'{word}' is not one month: write {instead}")]
    Month {
        /// The word given.
        word: String,
        /// What to write.
        instead: &'static str,
    },
    /// Day and month could be exchanged.
    #[error("'{text}' can be read with the day or with the month first: say which of the two it is")]
    OrderUnknown {
        /// What was given.
        text: String,
    },
    /// A day that no calendar has, or an hour that no clock shows.
    #[error("'{text}' does not exist: {what} {value} is out of range")]
    NoSuchMoment {
        /// What was given.
        text: String,
        /// What is out of range, as in `day`.
        what: &'static str,
        /// The number given.
        value: i64,
    },
}

/// Reads a moment and how precisely it was written.
///
/// - `091405ZMAR14`, `091405Z MAR 14`, `091405ZMAR2014`: date-time groups; English and French months;
/// - `2014-03-09`, `2014-03`, `2014`, `2014-03-09T14:05:00+01:00`, `2011-09-17 00:00:00.000`;
/// - `17 September 2011`, `September 17, 2011`, `17-sept-2011`, `1er janvier 2014`;
/// - `03/09/2014` and the like, only with `order`.
///
/// A time without a zone is taken as UTC. Midnight sharp without a zone is how databases write a
/// day, and is read as one. Fractions of a second are dropped.
///
/// # Errors
/// When the text is none of these, names no moment that exists, or could be read in two ways.
pub fn read_moment(text: &str, order: Option<DateOrder>) -> Result<(Timestamp, TimePrecision), BadMoment> {
    let trimmed = text.trim();
    if trimmed.len() > MAX_LEN {
        let text = trimmed.chars().take(MAX_LEN / 2).chain(['…']).collect();
        return Err(BadMoment::Form { text });
    }
    parse::read(trimmed, order)
}

/// Writes a moment as a date-time group in UTC, as `091405ZMAR14`; seconds are dropped. Years that
/// two digits would not bring back are written with four.
#[must_use]
pub fn to_dtg(moment: Timestamp) -> String {
    let t = moment.to_utc();
    let pivot = i32::from(PIVOT_YEAR);
    let year = if (1900 + pivot..2000 + pivot).contains(&t.year()) {
        format!("{:02}", t.year().rem_euclid(100))
    } else {
        format!("{:04}", t.year())
    };
    format!("{:02}{:02}{:02}Z{}{year}", t.day(), t.hour(), t.minute(), month::abbreviation(t.month()))
}

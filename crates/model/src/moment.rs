//! Moments, spans and how precisely they are known.

use crate::body;
use crate::cbor::{BodyError, Reader, Value, Writer};

/// A moment: whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

/// Where the time comes from. The composition root holds the only real one.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A clock that stands still: tests and golden vectors.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

impl Timestamp {
    /// Seconds in a day.
    pub const DAY: i64 = 86_400;

    /// The moment as a UTC date and time; moments outside years -9999 to 9999 are clamped.
    #[must_use]
    pub fn to_utc(self) -> time::UtcDateTime {
        let clamped =
            self.0.clamp(time::UtcDateTime::MIN.unix_timestamp(), time::UtcDateTime::MAX.unix_timestamp());
        time::UtcDateTime::from_unix_timestamp(clamped).unwrap_or(time::UtcDateTime::UNIX_EPOCH)
    }

    /// The first second of a day.
    #[must_use]
    pub fn from_date(date: time::Date) -> Self {
        Self(date.midnight().assume_utc().unix_timestamp())
    }

    /// `2014-03-09`.
    #[must_use]
    pub fn date_text(self) -> String {
        let t = self.to_utc();
        format!("{:04}-{:02}-{:02}", t.year(), u8::from(t.month()), t.day())
    }

    /// `2014-03-09T14:05:00Z` (RFC 3339).
    #[must_use]
    pub fn rfc3339(self) -> String {
        let t = self.to_utc();
        format!("{}T{:02}:{:02}:{:02}Z", self.date_text(), t.hour(), t.minute(), t.second())
    }
}

impl Value for Timestamp {
    fn write(&self, w: &mut Writer) {
        w.int(self.0);
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        r.int().map(Self)
    }
}

/// How precisely a time is known: the length of the span it may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum TimePrecision {
    /// To the minute or better.
    Minute = 1,
    /// To the day.
    #[default]
    Day = 2,
    /// Within two to six days.
    Days = 3,
    /// Within a week.
    Week = 4,
    /// Within a month.
    Month = 5,
    /// Within a year, or worse.
    Year = 6,
}

crate::enumeration!(TimePrecision, "a time precision of 1 to 6", {
    1 => Minute, "minute"; 2 => Day, "day"; 3 => Days, "days"; 4 => Week, "week"; 5 => Month, "month"; 6 => Year, "year";
});

body! {
    /// When something happened: a span, and how precisely it is known.
    #[derive(Default)]
    pub struct Occurred {
        /// First moment.
        1 from: Timestamp,
        /// Last moment; left out when it is the first.
        2 to: Option<Timestamp>,
        /// How precisely both are known.
        3 precision: TimePrecision,
    }
}

impl Occurred {
    /// A span of whole days.
    #[must_use]
    pub fn span(from: Timestamp, to: Timestamp, precision: TimePrecision) -> Self {
        let to = (to != from).then_some(to);
        Self { from, to, precision, extra: crate::cbor::Extra::default() }
    }

    /// The last moment.
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.to.unwrap_or(self.from)
    }
}

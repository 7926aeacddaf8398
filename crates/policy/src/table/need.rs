//! Conditions of a row.

use std::fmt;

/// What a row can demand, and what can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NeedKind {
    /// A row that permits it at all.
    Row,
    /// Being whom the row names.
    Who,
    /// A basis for the purpose and its recipient, consent among them.
    Basis,
    /// Valid training.
    Training,
    /// A device that is attested.
    Device,
    /// An agreement in force with the sensor's owner.
    Agreement,
    /// A case that is named.
    Case,
    /// Approvals.
    Approvals,
    /// Approvals by persons of another section.
    OtherSection,
    /// Hours of the day.
    Hours,
    /// Days of the week.
    Days,
    /// A first day.
    From,
    /// A last day.
    Until,
    /// Nothing: it is permitted to nobody.
    Never,
    /// That the table's two readings agree. It is missing only if this program is wrong.
    Engine,
}

counterseal_model::enumeration!(NeedKind, "a condition of 0 to 14", {
    0 => Row, "row"; 1 => Who, "who"; 2 => Basis, "basis"; 3 => Training, "training"; 4 => Device, "device";
    5 => Agreement, "agreement"; 6 => Case, "case"; 7 => Approvals, "approvals"; 8 => OtherSection, "other-section";
    9 => Hours, "hours"; 10 => Days, "days"; 11 => From, "from"; 12 => Until, "until"; 13 => Never, "never"; 14 => Engine, "engine";
});

/// A condition, as it stands in the column `needs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The reader's training is valid.
    Training,
    /// The device is attested.
    Device,
    /// An agreement with the sensor's owner is in force for purpose and recipient.
    Agreement,
    /// The request names a case.
    Case,
    /// So many persons other than the reader have approved, 1 to 9.
    Approvals(u8),
    /// And as many as that are of other sections than the reader.
    OtherSection,
    /// From this minute of the day up to but not including that one, at the mission.
    Hours(u16, u16),
    /// From this day of the week to that one, 1 (Monday) to 7.
    Days(u8, u8),
    /// Not before this day, in days since 1970-01-01.
    From(i32),
    /// Not after this day.
    Until(i32),
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Need {
    /// Which kind it is.
    #[must_use]
    pub const fn kind(self) -> NeedKind {
        match self {
            Self::Training => NeedKind::Training,
            Self::Device => NeedKind::Device,
            Self::Agreement => NeedKind::Agreement,
            Self::Case => NeedKind::Case,
            Self::Approvals(_) => NeedKind::Approvals,
            Self::OtherSection => NeedKind::OtherSection,
            Self::Hours(..) => NeedKind::Hours,
            Self::Days(..) => NeedKind::Days,
            Self::From(_) => NeedKind::From,
            Self::Until(_) => NeedKind::Until,
        }
    }

    /// Reads a condition as it stands in a cell.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let (word, rest) = text.split_once(':').map_or((text, None), |(word, rest)| (word, Some(rest)));
        match (word, rest) {
            ("training", None) => Ok(Self::Training),
            ("device", None) => Ok(Self::Device),
            ("agreement", None) => Ok(Self::Agreement),
            ("case", None) => Ok(Self::Case),
            ("other-section", None) => Ok(Self::OtherSection),
            ("approvals", Some(n)) => approvals(n),
            ("hours", Some(span)) => hours(span),
            ("days", Some(span)) => days(span),
            ("from", Some(date)) => day(date).map(Self::From),
            ("until", Some(date)) => day(date).map(Self::Until),
            _ => Err(format!(
                "'{text}' is no condition; write '-' or, joined by ' and ', some of: training, device, agreement, case, approvals:1, other-section, hours:08:00-18:00, days:mon-fri, from:2026-01-31, until:2026-12-31"
            )),
        }
    }
}

fn approvals(text: &str) -> Result<Need, String> {
    match text.as_bytes() {
        [digit @ b'1'..=b'9'] => Ok(Need::Approvals(digit - b'0')),
        _ => Err(format!("'approvals:{text}' needs a number of 1 to 9")),
    }
}

fn hours(text: &str) -> Result<Need, String> {
    let minute = |text: &str| -> Option<u16> {
        let (hour, minute) = text.split_once(':')?;
        let two = |t: &str| {
            (t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<u16>().ok()).flatten()
        };
        let (hour, minute) = (two(hour)?, two(minute)?);
        (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
    };
    let span = text.split_once('-').and_then(|(from, to)| Some((minute(from)?, minute(to)?)));
    match span {
        Some((from, to)) if from < to => Ok(Need::Hours(from, to)),
        Some(_) => Err(format!(
            "'hours:{text}' ends before it begins; for a night write two rows, up to 24:00 and from 00:00"
        )),
        None => Err(format!("'hours:{text}' is no span of hours; write it as in hours:08:00-18:00")),
    }
}

fn days(text: &str) -> Result<Need, String> {
    let day = |text: &str| DAYS.iter().zip(1u8..).find(|(name, _)| **name == text).map(|(_, number)| number);
    match text.split_once('-').and_then(|(from, to)| Some((day(from)?, day(to)?))) {
        Some((from, to)) if from <= to => Ok(Need::Days(from, to)),
        _ => Err(format!("'days:{text}' is no span of days from mon to sun; write it as in days:mon-fri")),
    }
}

fn day(text: &str) -> Result<i32, String> {
    let bad = || format!("'{text}' is no date; write it as in 2026-01-31");
    let mut numbers = text.split('-');
    let (Some(y), Some(m), Some(d), None) = (numbers.next(), numbers.next(), numbers.next(), numbers.next())
    else {
        return Err(bad());
    };
    let digits = |t: &str, n: usize| {
        (t.len() == n && t.bytes().all(|b| b.is_ascii_digit())).then(|| t.parse::<u16>().ok()).flatten()
    };
    let (Some(y), Some(m), Some(d)) = (digits(y, 4), digits(m, 2), digits(d, 2)) else { return Err(bad()) };
    let month = u8::try_from(m).ok().and_then(|m| time::Month::try_from(m).ok()).ok_or_else(bad)?;
    let day = u8::try_from(d).map_err(|_| bad())?;
    let date = time::Date::from_calendar_date(i32::from(y), month, day).map_err(|_| bad())?;
    Ok(date.to_julian_day() - EPOCH)
}

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

/// `2026-01-31`, of days since 1970-01-01.
pub(crate) fn date_text(day: i32) -> String {
    counterseal_model::Timestamp(i64::from(day) * 86_400).date_text()
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |day: u8| DAYS.get(usize::from(day).saturating_sub(1)).copied().unwrap_or("?");
        match *self {
            Self::Approvals(n) => write!(f, "approvals:{n}"),
            Self::Hours(from, to) => {
                write!(f, "hours:{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
            }
            Self::Days(from, to) => write!(f, "days:{}-{}", name(from), name(to)),
            Self::From(day) => write!(f, "from:{}", date_text(day)),
            Self::Until(day) => write!(f, "until:{}", date_text(day)),
            other => f.write_str(other.kind().word()),
        }
    }
}

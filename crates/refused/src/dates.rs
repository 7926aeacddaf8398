//! Days and times as people read them: the medium form that Unicode's CLDR has for each language, the day before the month
//! in English too, as the United Nations write it. Months by name: no day can be taken for a month. Digits are Western in
//! Arabic also, as on the maps, radios and documents of a mission. Times are UTC and say so.

use counterseal_model::{Occurred, TimePrecision, Timestamp};

use crate::catalogue::Sentences;
use crate::tongue::Tongue;

/// Year, month and day of a machine's `2026-03-09`.
fn pieces(day: &str) -> Option<(&str, &str, u8)> {
    let (year_and_month, day) = day.rsplit_once('-')?;
    let (year, month) = year_and_month.rsplit_once('-')?;
    Some((year, month, day.parse().ok()?))
}

impl Tongue {
    /// A day (UTC): `9 Mar 2026`.
    #[must_use]
    pub fn date(self, at: Timestamp) -> String {
        let text = at.date_text();
        let Some((year, month, day)) = pieces(&text) else { return text };
        format!("{day} {} {year}", self.month_name(month))
    }

    /// A point in time, to the minute: `9 Mar 2026, 14:05 UTC`.
    #[must_use]
    pub fn moment(self, at: Timestamp) -> String {
        let text = at.rfc3339();
        let Some(time) = text.split_once('T').and_then(|(_, time)| time.get(..5)) else { return text };
        let comma = if self == Self::Arabic { '،' } else { ',' };
        format!("{}{comma} {time} UTC", self.date(at))
    }

    /// A month: `Mar 2026`.
    #[must_use]
    pub fn month(self, at: Timestamp) -> String {
        let text = at.date_text();
        let Some((year, month, _)) = pieces(&text) else { return text };
        format!("{} {year}", self.month_name(month))
    }

    /// When something happened, no more precisely than it is known.
    #[must_use]
    pub fn occurred(self, occurred: &Occurred) -> String {
        let one = |at: Timestamp| match occurred.precision {
            TimePrecision::Year => at.date_text().get(..4).unwrap_or_default().to_owned(),
            TimePrecision::Month => self.month(at),
            _ => self.date(at),
        };
        match occurred.to {
            Some(to) if one(to) != one(occurred.from) => format!("{} – {}", one(occurred.from), one(to)),
            _ => one(occurred.from),
        }
    }

    fn month_name(self, month: &str) -> String {
        let found = Sentences::plain(self).find(&format!("month-{month}"), &[]);
        found.unwrap_or_else(|| month.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use counterseal_model::dtg::read_date;

    use super::*;

    fn read(text: &str) -> Timestamp {
        read_date(text, None).unwrap().at
    }

    #[test]
    fn days_and_times_are_written_as_each_language_writes_them() {
        let at = read("2026-03-09T14:05:59Z");
        let said = |tongue: Tongue| (tongue.date(at), tongue.moment(at), tongue.month(at));
        let is =
            |date: &str, moment: &str, month: &str| (date.to_owned(), moment.to_owned(), month.to_owned());
        assert_eq!(said(Tongue::English), is("9 Mar 2026", "9 Mar 2026, 14:05 UTC", "Mar 2026"));
        assert_eq!(said(Tongue::French), is("9 mars 2026", "9 mars 2026, 14:05 UTC", "mars 2026"));
        assert_eq!(said(Tongue::Spanish), is("9 mar 2026", "9 mar 2026, 14:05 UTC", "mar 2026"));
        assert_eq!(said(Tongue::Arabic), is("9 مارس 2026", "9 مارس 2026، 14:05 UTC", "مارس 2026"));
        for month in 1..=12 {
            let at = read(&format!("2014-{month:02}-01T00:00:00Z"));
            for tongue in Tongue::ALL {
                assert!(!tongue.month(at).starts_with(char::is_numeric), "{}", tongue.month(at));
            }
        }
    }

    #[test]
    fn nothing_is_shown_more_precisely_than_it_is_known() {
        let from = read("2014-03-01T00:00:00Z");
        let to = read("2014-05-31T00:00:00Z");
        let said = |precision| Tongue::English.occurred(&Occurred::span(from, to, precision));
        assert_eq!(said(TimePrecision::Year), "2014");
        assert_eq!(said(TimePrecision::Month), "Mar 2014 – May 2014");
        assert_eq!(said(TimePrecision::Day), "1 Mar 2014 – 31 May 2014");
    }
}

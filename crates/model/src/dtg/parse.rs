//! Reading moments: the text is split into numbers, words and marks, and matched against the forms.

use time::{Date, Month};

use super::month::{month, not_a_month};
use super::{BadMoment, DateOrder, PIVOT_YEAR};
use crate::moment::{TimePrecision, Timestamp};

/// A piece of the text. Blanks are left out: no form depends on them.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    Number(&'a str),
    /// Letters, in capitals and without accents.
    Word(String),
    Mark(char),
}

use Token::{Mark, Number, Word};

/// A date as read, and the tokens after it.
type Dated<'t, 'a> = (Date, TimePrecision, &'t [Token<'a>]);

/// The text being read, for errors.
struct Source<'a> {
    text: &'a str,
    order: Option<DateOrder>,
}

/// Reads a moment.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<(Timestamp, TimePrecision), BadMoment> {
    let source = Source { text, order };
    let tokens = tokens(text);
    if let Some(moment) = source.date_time_group(&tokens)? {
        return Ok((moment, TimePrecision::Minute));
    }
    let (date, precision, rest) = source.date(&tokens)?;
    let midnight = Timestamp::from_date(date);
    match rest {
        [] => Ok((midnight, precision)),
        // A time after a month or a year alone makes no sense.
        _ if precision != TimePrecision::Day => Err(source.form()),
        [Word(t), time @ ..] if t == "T" => source.time(midnight, time),
        time => source.time(midnight, time),
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let end = if kind(first) == (false, false) {
            first.len_utf8()
        } else {
            rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len())
        };
        let Some((piece, after)) = rest.split_at_checked(end) else { break };
        match kind(first) {
            (true, _) => out.push(Number(piece)),
            (_, true) => out.push(Word(piece.to_uppercase().replace(['É', 'È'], "E").replace('Û', "U"))),
            _ if first.is_whitespace() => {}
            _ => out.push(Mark(first)),
        }
        rest = after;
    }
    out
}

impl Source<'_> {
    fn form(&self) -> BadMoment {
        BadMoment::Form { text: self.text.to_owned() }
    }

    /// A number of `digits` digits at least and at most.
    fn number(&self, digits: &str, least: usize, most: usize) -> Result<i64, BadMoment> {
        if !(least..=most).contains(&digits.len()) {
            return Err(self.form());
        }
        digits.parse().map_err(|_| self.form())
    }

    fn within(&self, what: &'static str, value: i64, most: i64) -> Result<i64, BadMoment> {
        if (0..=most).contains(&value) {
            return Ok(value);
        }
        Err(BadMoment::NoSuchMoment { text: self.text.to_owned(), what, value })
    }

    /// `091405ZMAR14`; `None` when it does not begin like one.
    fn date_time_group(&self, tokens: &[Token<'_>]) -> Result<Option<Timestamp>, BadMoment> {
        let (digits, words, year) = match tokens {
            [Number(day_time), words @ .., Number(year)] if day_time.len() == 6 => {
                ((*day_time).to_owned(), words, year)
            }
            [Number(day), Number(time), words @ .., Number(year)] if day.len() == 2 && time.len() == 4 => {
                (format!("{day}{time}"), words, year)
            }
            _ => return Ok(None),
        };
        let word = match words {
            [Word(joined)] => joined.clone(),
            [Word(zone), Word(month)] => format!("{zone}{month}"),
            _ => return Ok(None),
        };
        if month(&word).is_some() {
            return Err(BadMoment::NoZone { text: self.text.to_owned() });
        }
        let Some(zone) = word.chars().next().filter(char::is_ascii_uppercase) else {
            return Err(self.form());
        };
        let hours_ahead = self.zone(zone)?;
        let name = word.get(1..).unwrap_or_default();
        let month = month(name).ok_or_else(|| not_a_month(name))?;
        let cut = |from: usize, to: usize| self.number(digits.get(from..to).unwrap_or_default(), 2, 2);
        let date = self.calendar(self.year(year)?, month, cut(0, 2)?)?;
        let hour = self.within("hour", cut(2, 4)?, 23)?;
        let minute = self.within("minute", cut(4, 6)?, 59)?;
        let seconds = (hour - hours_ahead) * 3600 + minute * 60;
        Ok(Some(Timestamp(Timestamp::from_date(date).0 + seconds)))
    }

    /// Hours that a zone's letter is ahead of UTC (ACP 121).
    fn zone(&self, letter: char) -> Result<i64, BadMoment> {
        let nth = |from: char| i64::from(u32::from(letter)) - i64::from(u32::from(from));
        Ok(match letter {
            'J' => return Err(BadMoment::LocalTime { text: self.text.to_owned() }),
            'A'..='I' => nth('A') + 1,
            'K'..='M' => nth('K') + 10,
            'N'..='Y' => -nth('N') - 1,
            _ => 0,
        })
    }

    /// A year of two digits (by the pivot) or four.
    fn year(&self, digits: &str) -> Result<i64, BadMoment> {
        match digits.len() {
            2 => {
                let year = self.number(digits, 2, 2)?;
                Ok(year + if year < i64::from(PIVOT_YEAR) { 2000 } else { 1900 })
            }
            _ => self.number(digits, 4, 4),
        }
    }

    fn calendar(&self, year: i64, month: Month, day: i64) -> Result<Date, BadMoment> {
        let date = i32::try_from(year).ok().zip(u8::try_from(day).ok());
        date.and_then(|(year, day)| Date::from_calendar_date(year, month, day).ok())
            .ok_or(BadMoment::NoSuchMoment { text: self.text.to_owned(), what: "day", value: day })
    }

    fn numbered(&self, year: i64, month: &str, day: &str) -> Result<Date, BadMoment> {
        let number = self.number(month, 1, 2)?;
        let month = u8::try_from(number).ok().and_then(|n| Month::try_from(n).ok());
        let no_month = BadMoment::NoSuchMoment { text: self.text.to_owned(), what: "month", value: number };
        self.calendar(year, month.ok_or(no_month)?, self.number(day, 1, 2)?)
    }

    fn named(&self, year: &str, word: &str, day: &str) -> Result<Date, BadMoment> {
        let (year, day) = (self.number(year, 4, 4)?, self.number(day, 1, 2)?);
        self.calendar(year, month(word).ok_or_else(|| not_a_month(word))?, day)
    }

    /// The date that the tokens begin with.
    fn date<'t, 'a>(&self, tokens: &'t [Token<'a>]) -> Result<Dated<'t, 'a>, BadMoment> {
        let day = |date, rest| Ok((date, TimePrecision::Day, rest));
        match tokens {
            // 2014-03-09, 2014/03/09
            [Number(y), Mark(a @ ('-' | '/')), Number(m), Mark(b), Number(d), rest @ ..]
                if a == b && y.len() == 4 =>
            {
                day(self.numbered(self.number(y, 4, 4)?, m, d)?, rest)
            }
            // 2014-03
            [Number(y), Mark('-'), Number(m)] if y.len() == 4 && m.len() == 2 => {
                let first = self.numbered(self.number(y, 4, 4)?, m, "1")?;
                Ok((first, TimePrecision::Month, &[]))
            }
            // 2014
            [Number(y)] if y.len() == 4 => {
                let first = self.calendar(self.number(y, 4, 4)?, Month::January, 1)?;
                Ok((first, TimePrecision::Year, &[]))
            }
            // 03/09/2014, 9.3.2014
            [Number(p), Mark(a @ ('/' | '.' | '-')), Number(q), Mark(b), Number(y), rest @ ..]
                if a == b && p.len() <= 2 && q.len() <= 2 =>
            {
                let year = self.year(y)?;
                let date = match self.order {
                    Some(DateOrder::MonthFirst) => self.numbered(year, p, q)?,
                    Some(DateOrder::DayFirst) => self.numbered(year, q, p)?,
                    None => return Err(BadMoment::OrderUnknown { text: self.text.to_owned() }),
                };
                day(date, rest)
            }
            // 1er janvier 2014
            [Number("1"), Word(er), Word(m), Number(y), rest @ ..] if er == "ER" => {
                day(self.named(y, m, "1")?, rest)
            }
            // 17 September 2011, 17-Sep-2011
            [Number(d), Mark('-'), Word(m), Mark('-'), Number(y), rest @ ..]
            | [Number(d), Word(m), Number(y), rest @ ..] => day(self.named(y, m, d)?, rest),
            // September 17, 2011
            [Word(m), Number(d), Mark(','), Number(y), rest @ ..] => day(self.named(y, m, d)?, rest),
            _ => Err(self.form()),
        }
    }

    /// `14:05`, `14:05:00`, `14:05:00.000`, each with or without a zone.
    fn time(
        &self,
        midnight: Timestamp,
        tokens: &[Token<'_>],
    ) -> Result<(Timestamp, TimePrecision), BadMoment> {
        let (hour, minute, rest) = match tokens {
            [Number(h), Mark(':'), Number(m), rest @ ..] => (h, m, rest),
            _ => return Err(self.form()),
        };
        let (second, fraction, rest) = match rest {
            [Mark(':'), Number(s), Mark('.' | ','), Number(fraction), rest @ ..] => (*s, *fraction, rest),
            [Mark(':'), Number(s), rest @ ..] => (*s, "0", rest),
            rest => ("00", "0", rest),
        };
        let part = |what, digits: &str, most| self.within(what, self.number(digits, 1, 2)?, most);
        let seconds =
            part("hour", hour, 23)? * 3600 + part("minute", minute, 59)? * 60 + part("second", second, 59)?;
        let ahead = self.offset(rest)?;
        // A day as databases write it: 2011-09-17 00:00:00.000.
        let is_day = ahead.is_none() && seconds == 0 && fraction.bytes().all(|b| b == b'0');
        let precision = if is_day { TimePrecision::Day } else { TimePrecision::Minute };
        Ok((Timestamp(midnight.0 + seconds - ahead.unwrap_or(0)), precision))
    }

    /// Seconds that a written zone is ahead of UTC; `None` when none is written.
    fn offset(&self, tokens: &[Token<'_>]) -> Result<Option<i64>, BadMoment> {
        let (sign, hours, minutes) = match tokens {
            [] => return Ok(None),
            [Word(zone)] if matches!(zone.as_str(), "Z" | "UTC" | "GMT") => return Ok(Some(0)),
            [Mark(sign), Number(both)] if both.len() == 4 => {
                let (hours, minutes) = both.split_at_checked(2).ok_or_else(|| self.form())?;
                (sign, hours, minutes)
            }
            [Mark(sign), Number(hours)] => (sign, *hours, "00"),
            [Mark(sign), Number(hours), Mark(':'), Number(minutes)] => (sign, *hours, *minutes),
            _ => return Err(self.form()),
        };
        let hours = self.within("zone hour", self.number(hours, 2, 2)?, 14)?;
        let minutes = self.within("zone minute", self.number(minutes, 2, 2)?, 59)?;
        let seconds = hours * 3600 + minutes * 60;
        match sign {
            '+' => Ok(Some(seconds)),
            '-' | '−' => Ok(Some(-seconds)),
            _ => Err(self.form()),
        }
    }
}

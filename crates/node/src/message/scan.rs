//! What is found so far, and the forms that say by themselves what they are: points and dates.

use std::ops::Range;

use counterseal_model::coordinate::{CoordinateForm, ReadPoint, read_point};
use counterseal_model::dtg::{TypedDate, read_date};
use counterseal_model::record::Incident;
use counterseal_model::{Occurred, Place, TimePrecision, Timestamp};

use super::{Found, Mark};

/// Most words that a date or a point is written in.
const WINDOW: usize = 7;
/// A grid square larger than this is not taken for a point in running text, metres.
const SQUARE: u32 = 1000;

/// A text being read.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) incident: Incident,
    marks: Vec<Mark>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, incident: Incident::default(), marks: Vec::new() }
    }

    /// The draft, and the marks in the order of the text.
    pub(super) fn finish(mut self) -> (Incident, Vec<Mark>) {
        self.marks.sort_by_key(|mark| mark.span.start);
        (self.incident, self.marks)
    }

    /// Whether nothing was read at this place yet.
    pub(super) fn is_free(&self, span: &Range<usize>) -> bool {
        !self.marks.iter().any(|mark| mark.span.start < span.end && span.start < mark.span.end)
    }

    /// Marks a place that nothing else is marked at.
    pub(super) fn mark(&mut self, span: Range<usize>, what: Found, taken: bool) {
        if !span.is_empty() && self.is_free(&span) {
            self.marks.push(Mark { span, what, taken });
        }
    }

    pub(super) fn place(&mut self) -> &mut Place {
        self.incident.place.get_or_insert_default()
    }

    /// Takes a point, if there is none yet; a second one that says otherwise is a doubt.
    pub(super) fn take_point(&mut self, span: Range<usize>, read: ReadPoint) {
        let written = self.text.get(span.clone()).unwrap_or("").to_owned();
        let before = self.incident.place.as_ref().and_then(|place| place.point);
        if before.is_none() {
            let place = self.place();
            place.point = Some(read.point);
            place.given = (read.form != CoordinateForm::Decimal).then_some(written);
        }
        self.mark(span, Found::Point, before.is_none_or(|before| before == read.point));
    }

    /// Takes a date, if there is none yet; another day is a doubt.
    pub(super) fn take_date(&mut self, span: Range<usize>, date: TypedDate) {
        let taken = match &self.incident.occurred {
            None => {
                self.incident.occurred = Some(occurred(date));
                true
            }
            Some(known) => known.from == date.at,
        };
        self.mark(span, Found::Date, taken);
    }

    /// Points in running text: in degrees with their letters or signs, with many decimals, or on the military grid.
    pub(super) fn points(&mut self) {
        let words = words(self.text);
        let mut at = 0;
        while let Some(window) = words.get(at..) {
            let Some(first) = window.first() else { break };
            let begins =
                self.text.get(first.clone()).is_some_and(|word| word.contains(|c: char| c.is_ascii_digit()));
            let found = if begins { self.longest(window, point_in) } else { None };
            match found {
                Some((span, count, read)) if self.is_free(&span) => {
                    self.take_point(span, read);
                    at += count;
                }
                _ => at += 1,
            }
        }
    }

    /// Dates in running text. A year alone is none, and one with two meanings is a doubt.
    pub(super) fn dates(&mut self) {
        let words = words(self.text);
        let mut at = 0;
        while let Some(window) = words.get(at..) {
            if window.is_empty() {
                break;
            }
            match self.longest(window, date_in) {
                Some((span, count, date)) if self.is_free(&span) => {
                    match date {
                        Some(date) => self.take_date(span, date),
                        None => self.mark(span, Found::Date, false),
                    }
                    at += count;
                }
                _ => at += 1,
            }
        }
    }

    /// The longest beginning of these words, on one line, that `read` can read.
    fn longest<T>(
        &self,
        words: &[Range<usize>],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<(Range<usize>, usize, T)> {
        let start = words.first()?.start;
        (1..=WINDOW.min(words.len())).rev().find_map(|count| {
            let span = start..words.get(count - 1)?.end;
            let written = self.text.get(span.clone())?;
            let bare = written.trim_end_matches(['.', ',', ';', ':', ')', ']', '،', '؛', '!', '?']);
            let bare_start = bare.trim_start_matches(['(', '[', '«', '"']);
            if bare_start.contains('\n') || bare_start.len() > 80 {
                return None;
            }
            let span = start + (bare.len() - bare_start.len())..start + bare.len();
            read(bare_start).map(|read| (span, count, read))
        })
    }
}

/// The words of a text: what stands between blanks.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices() {
        match (sign.is_whitespace(), start) {
            (true, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    words.extend(start.map(|from| from..text.len()));
    words
}

/// When it happened, as a span of whole days where it is no moment.
pub(super) fn occurred(date: TypedDate) -> Occurred {
    let last =
        if date.precision > TimePrecision::Day { Timestamp(date.end().0 - Timestamp::DAY) } else { date.at };
    Occurred::span(date.at, last, date.precision)
}

/// A point that nobody can take for anything else.
fn point_in(text: &str) -> Option<ReadPoint> {
    let read = read_point(text).ok()?;
    let plain = match read.form {
        CoordinateForm::DegreesMinutes => true,
        CoordinateForm::Mgrs => read.precision_metres.is_some_and(|metres| metres <= SQUARE),
        CoordinateForm::Decimal => {
            let letters = text.chars().filter(char::is_ascii_alphabetic).count();
            letters == 2 || text.contains('°') || has_decimals(text)
        }
    };
    plain.then_some(read)
}

/// Whether both numbers have three decimals or more, as devices write them.
fn has_decimals(text: &str) -> bool {
    let long = |piece: &str| piece.bytes().take_while(u8::is_ascii_digit).count() >= 3;
    text.split('.').skip(1).filter(|piece| long(piece)).count() == 2
}

/// A date; `None` inside where it has two meanings.
fn date_in(text: &str) -> Option<Option<TypedDate>> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits < 3
        || text.len() < 6
        || !text.contains(|c: char| c.is_alphabetic() || matches!(c, '-' | '/' | '.'))
    {
        return None;
    }
    match read_date(text, None) {
        Ok(date) if date.precision != TimePrecision::Year => Some(Some(date)),
        Err(
            counterseal_model::dtg::BadMoment::OrderUnknown { .. }
            | counterseal_model::dtg::BadMoment::NoZone { .. },
        ) => Some(None),
        _ => None,
    }
}

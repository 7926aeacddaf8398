//! Pairs of angles: decimal degrees, degrees and minutes, degrees, minutes and seconds.

use super::split::{Hemisphere, Token, tokens};
use super::{BadCoordinate, CoordinateForm, ReadPoint};
use crate::place::Point;

/// One of the two angles, as written.
#[derive(Debug, Default)]
struct Angle<'a> {
    sign: Option<bool>,
    hemisphere: Option<Hemisphere>,
    numbers: Vec<&'a str>,
    /// The unit mark after the last number, if there was one.
    marked: bool,
}

/// Reads a pair of angles.
pub(super) fn read(text: &str) -> Result<ReadPoint, BadCoordinate> {
    let form = || BadCoordinate::Form { text: text.to_owned() };
    let tokens = tokens(text).ok_or_else(form)?;
    let letters = tokens.iter().filter(|t| matches!(t, Token::Hemisphere(_))).count();
    let (first, second) = match letters {
        // 4.36-18.55 may be a span as well as a pair.
        0 if !text.contains(char::is_whitespace) && dashed(&tokens) => return Err(form()),
        0 => by_separator(&tokens).ok_or_else(form)?,
        2 => by_letters(&tokens).ok_or_else(form)?,
        _ => return Err(BadCoordinate::Hemisphere { text: text.to_owned() }),
    };
    let (lat, lon) = match (first.hemisphere, second.hemisphere) {
        (Some(a), Some(b)) if a.is_latitude() == b.is_latitude() => {
            return Err(BadCoordinate::Hemisphere { text: text.to_owned() });
        }
        (Some(a), Some(_)) if !a.is_latitude() => (second, first),
        _ => (first, second),
    };
    if [&lat, &lon].iter().any(|angle| angle.sign.is_some() && angle.hemisphere.is_some()) {
        return Err(BadCoordinate::SignAndHemisphere { text: text.to_owned() });
    }
    let (lat_degrees, lat_form) = lat.degrees(text, "latitude")?;
    let (lon_degrees, lon_form) = lon.degrees(text, "longitude")?;
    let form = if lat_form == lon_form { lat_form } else { CoordinateForm::DegreesMinutes };
    let point = point(&lat, lat_degrees, lon_degrees)?;
    Ok(ReadPoint { point, form, precision_metres: None })
}

fn point(lat: &Angle<'_>, lat_degrees: f64, lon_degrees: f64) -> Result<Point, BadCoordinate> {
    if let Some(point) = Point::from_degrees(lat_degrees, lon_degrees) {
        return Ok(point);
    }
    let unlettered = lat.hemisphere.is_none();
    let out =
        |what, value: f64, range| Err(BadCoordinate::OutOfRange { what, value: value.to_string(), range });
    if unlettered && Point::from_degrees(lon_degrees, lat_degrees).is_some() {
        return Err(BadCoordinate::Swapped { latitude: lat_degrees.to_string() });
    }
    if Point::from_degrees(lat_degrees, 0.0).is_none() {
        return out("latitude", lat_degrees, "-90 to 90 degrees");
    }
    out("longitude", lon_degrees, "-180 to 180 degrees")
}

/// Splits at the letters: before both angles or after both.
fn by_letters<'a>(tokens: &[Token<'a>]) -> Option<(Angle<'a>, Angle<'a>)> {
    let is_letter = |t: &Token<'_>| matches!(t, Token::Hemisphere(_));
    let leading = tokens.first().is_some_and(is_letter);
    let at = if leading {
        1 + tokens.get(1..)?.iter().position(is_letter)?
    } else {
        1 + tokens.iter().position(is_letter)?
    };
    let (first, second) = tokens.split_at_checked(at)?;
    // The letter must stand on the same side of both.
    let outer = if leading { tokens.get(at) } else { tokens.last() };
    if !outer.is_some_and(is_letter) {
        return None;
    }
    // A separator may stand between the two and nowhere else.
    let first = first.strip_suffix(&[Token::Separator]).unwrap_or(first);
    let second = second.strip_prefix(&[Token::Separator]).unwrap_or(second);
    Some((Angle::of(first)?, Angle::of(second)?))
}

/// Splits at the separator, or between the only two numbers.
fn by_separator<'a>(tokens: &[Token<'a>]) -> Option<(Angle<'a>, Angle<'a>)> {
    if let Some(at) = tokens.iter().position(|t| *t == Token::Separator) {
        let (first, second) = tokens.split_at_checked(at)?;
        return Some((Angle::of(first)?, Angle::of(second.get(1..)?)?));
    }
    // Without a separator only two plain numbers can be told apart.
    let ends = tokens.iter().position(|t| matches!(t, Token::Number(_)))? + 1;
    let ends = ends + usize::from(matches!(tokens.get(ends), Some(Token::Unit(0))));
    let (first, second) = tokens.split_at_checked(ends)?;
    let (first, second) = (Angle::of(first)?, Angle::of(second)?);
    (second.numbers.len() == 1).then_some((first, second))
}

/// Whether the second number has a sign and the first, right before it, has none.
fn dashed(tokens: &[Token<'_>]) -> bool {
    matches!(tokens, [Token::Number(_), Token::Sign(_), ..])
}

impl<'a> Angle<'a> {
    /// Reads `[letter] [sign] number [unit] ... [letter]`; `None` for any other order.
    fn of(tokens: &[Token<'a>]) -> Option<Self> {
        let mut angle = Self::default();
        for token in tokens {
            match *token {
                Token::Number(number) => {
                    if angle.hemisphere.is_some() && !matches!(tokens.first(), Some(Token::Hemisphere(_))) {
                        return None;
                    }
                    angle.numbers.push(number);
                    angle.marked = false;
                }
                Token::Sign(minus) if angle.numbers.is_empty() && angle.sign.is_none() => {
                    angle.sign = Some(minus);
                }
                // Marks must follow their number in order: degrees, minutes, seconds.
                Token::Unit(unit) if unit + 1 == angle.numbers.len() && !angle.marked => {
                    angle.marked = true;
                }
                Token::Hemisphere(letter) if angle.hemisphere.is_none() => angle.hemisphere = Some(letter),
                _ => return None,
            }
        }
        (1..=3).contains(&angle.numbers.len()).then_some(angle)
    }

    /// The angle in degrees with its sign, not yet checked against the limits.
    fn degrees(&self, text: &str, what: &'static str) -> Result<(f64, CoordinateForm), BadCoordinate> {
        let (whole, last) = match self.numbers.split_last() {
            Some((last, whole)) => (whole, *last),
            None => return Err(BadCoordinate::Form { text: text.to_owned() }),
        };
        if whole.iter().any(|number| number.contains(['.', ','])) {
            return Err(BadCoordinate::Form { text: text.to_owned() });
        }
        let (parts, form) = match whole {
            [] => self.alone(last, what)?,
            [degrees] => (vec![value(degrees), value(last)], CoordinateForm::DegreesMinutes),
            [degrees, minutes, ..] => {
                (vec![value(degrees), value(minutes), value(last)], CoordinateForm::DegreesMinutes)
            }
        };
        if form == CoordinateForm::DegreesMinutes && self.hemisphere.is_none() {
            return Err(BadCoordinate::Hemisphere { text: text.to_owned() });
        }
        let mut degrees = 0.0;
        for ((part, scale), unit) in
            parts.iter().zip([1.0, 60.0, 3600.0]).zip(["degrees", "minutes", "seconds"])
        {
            if scale > 1.0 && *part >= 60.0 {
                return Err(BadCoordinate::OutOfRange {
                    what: unit,
                    value: part.to_string(),
                    range: "0 to less than 60",
                });
            }
            degrees += part / scale;
        }
        let negative = self.sign == Some(true) || self.hemisphere.is_some_and(Hemisphere::is_negative);
        Ok((if negative { -degrees } else { degrees }, form))
    }

    /// A number on its own: degrees, or degrees, minutes and seconds without anything between.
    fn alone(&self, number: &str, what: &'static str) -> Result<(Vec<f64>, CoordinateForm), BadCoordinate> {
        let digits = number.find(['.', ',']).unwrap_or(number.len());
        let (width, example) = if what == "latitude" { (2, "0421.6N") } else { (3, "01833.0E") };
        // Out of range is the better complaint about a bare 1234 or a marked 1234°.
        if digits <= 3 || self.marked || self.hemisphere.is_none() {
            return Ok((vec![value(number)], CoordinateForm::Decimal));
        }
        let cut = |from: usize, to: usize| value(number.get(from..to).unwrap_or("0"));
        let parts = match digits.checked_sub(width) {
            Some(2) => vec![cut(0, width), cut(width, number.len())],
            Some(4) => vec![cut(0, width), cut(width, width + 2), cut(width + 2, number.len())],
            _ => return Err(BadCoordinate::Packed { number: number.to_owned(), what, example }),
        };
        Ok((parts, CoordinateForm::DegreesMinutes))
    }
}

/// The number; the tokens hold nothing but digits and one mark, so reading cannot fail.
fn value(number: &str) -> f64 {
    number.replace(',', ".").parse().unwrap_or(f64::INFINITY)
}

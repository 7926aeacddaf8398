//! The Military Grid Reference System (NGA.STND.0037, section 3), outside the polar regions.
//!
//! geoconvert knows the squares and the projection. It panics on some texts (a zone of ten digits)
//! and asserts when it writes, so it is only ever handed a reference that was taken apart and put
//! together here, and the letters are written here.

use geoconvert::{LatLon, Mgrs, UtmUps};
use thiserror::Error;

use super::{BadCoordinate, CoordinateForm, ReadPoint};
use crate::place::Point;

/// Latitude bands from 80° south, eight degrees each (the last one twelve).
const BANDS: &[u8; 20] = b"CDEFGHJKLMNPQRSTUVWX";
/// Letters of the columns, eight to a zone, repeated every three zones.
const COLUMNS: &[u8; 24] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Letters of the rows, repeated every 2000 km.
const ROWS: &[u8; 20] = b"ABCDEFGHJKLMNPQRSTUV";
/// Side of a lettered square in metres.
const SQUARE: u32 = 100_000;

/// What is wrong with a grid reference.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadMgrs {
    /// The zone is not a number from 1 to 60.
    #[error("'{zone}' is not a grid zone: MGRS has zones 1 to 60")]
    Zone {
        /// The digits given.
        zone: String,
    },
    /// Not three letters after the zone.
    #[error("'{text}' needs three letters after the zone: the band and the two of the square, as in 33N YE")]
    Letters {
        /// What was given.
        text: String,
    },
    /// A letter that MGRS does not use in this place.
    #[error("'{letter}' is not {what} letter of MGRS (I and O are never used): check the reference")]
    Letter {
        /// The letter.
        letter: char,
        /// Which letter it should be, with its article.
        what: &'static str,
    },
    /// An odd number of digits, groups of unequal length, none, or too many.
    #[error(
        "'{digits}' is not an easting and a northing: MGRS needs the same number of digits for both, 1 (10 km) to 5 (1 m)"
    )]
    Digits {
        /// The digits given.
        digits: String,
    },
    /// A square that does not lie in its zone and band.
    #[error("square {square} does not lie in grid zone {zone}: check the zone and the letters")]
    NotInZone {
        /// The two letters.
        square: String,
        /// Zone and band.
        zone: String,
    },
    /// A polar reference, or a point that would have one.
    #[error("polar grid references (UPS) are not read or written: use degrees north of 84° and south of 80°")]
    Polar,
}

/// The pieces of what looks like a grid reference.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    text: &'a str,
    zone: String,
    letters: Vec<char>,
    digits: &'a str,
}

impl<'a> Parts<'a> {
    /// Takes text apart that looks like a grid reference: zone, two letters or more, digits.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        if !text.is_ascii() {
            return None;
        }
        let start = text.find(|c: char| c.is_ascii_alphabetic())?;
        let (zone, rest) = text.split_at_checked(start)?;
        let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != ' ').unwrap_or(rest.len());
        let (letters, digits) = rest.split_at_checked(end)?;
        let letters: Vec<_> = letters.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
        let zone = zone.trim();
        let looks = (zone.is_empty() && letters.len() == 3 && !digits.is_empty()
            || !zone.is_empty() && letters.len() >= 2)
            && zone.bytes().all(|b| b.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b == b' ');
        looks.then(|| Self { text, zone: zone.to_owned(), letters, digits: digits.trim() })
    }

    /// The centre of the square.
    pub(super) fn read(&self) -> Result<ReadPoint, BadMgrs> {
        let &[band, column, row] = self.letters.as_slice() else {
            return Err(BadMgrs::Letters { text: self.text.to_owned() });
        };
        if self.zone.is_empty() {
            let polar = matches!(band, 'A' | 'B' | 'Y' | 'Z');
            return Err(if polar { BadMgrs::Polar } else { BadMgrs::Zone { zone: String::new() } });
        }
        let zone =
            self.zone.parse::<u8>().ok().filter(|zone| self.zone.len() <= 2 && (1..=60).contains(zone));
        let zone = zone.ok_or_else(|| BadMgrs::Zone { zone: self.zone.clone() })?;
        for (letter, allowed, what) in [
            (band, BANDS.as_slice(), "a band"),
            (column, COLUMNS.as_slice(), "a column"),
            (row, ROWS.as_slice(), "a row"),
        ] {
            if !allowed.contains(&(letter as u8)) {
                return Err(BadMgrs::Letter { letter, what });
            }
        }
        let digits = self.equal_digits()?;
        let not_in_zone =
            || BadMgrs::NotInZone { square: format!("{column}{row}"), zone: format!("{zone}{band}") };
        let square = Mgrs::parse_str(&format!("{zone:02}{band}{column}{row}{digits}"));
        let square = square.map_err(|_| not_in_zone())?.to_utmups();
        let side = SQUARE / 10u32.pow(u32::try_from(digits.len() / 2).unwrap_or(0));
        let centre = touches(&square, f64::from(side) / 2.0, zone, band).ok_or_else(not_in_zone)?;
        Ok(ReadPoint { point: centre, form: CoordinateForm::Mgrs, precision_metres: Some(side) })
    }

    /// The digits without blanks, if easting and northing have the same number of them.
    fn equal_digits(&self) -> Result<String, BadMgrs> {
        let groups: Vec<_> = self.digits.split_ascii_whitespace().collect();
        let equal = match groups.as_slice() {
            [one] => one.len().is_multiple_of(2),
            [easting, northing] => easting.len() == northing.len(),
            _ => false,
        };
        let digits = groups.concat();
        if !equal || digits.len() > 10 {
            return Err(BadMgrs::Digits { digits: self.digits.to_owned() });
        }
        Ok(digits)
    }
}

/// The centre of a square, if the square lies in its grid zone at least in part.
///
/// The library extends every zone a little beyond its borders; the standard cuts squares off there.
fn touches(square: &UtmUps, half: f64, zone: u8, band: char) -> Option<Point> {
    let at = |east: f64, north: f64| {
        let (easting, northing) = (square.easting() + east, square.northing() + north);
        let place = UtmUps::create(square.zone(), square.is_north(), easting, northing).ok()?.to_latlon();
        Point::from_degrees(place.latitude(), place.longitude())
    };
    let centre = at(0.0, 0.0)?;
    // A corner on the border counts as outside: the square must share more than a line.
    let inner = half * 0.999;
    let shares = [(0.0, 0.0), (-inner, -inner), (-inner, inner), (inner, -inner), (inner, inner)]
        .into_iter()
        .filter_map(|(east, north)| utm(at(east, north)?))
        .any(|(utm, corner_band)| utm.zone() == i32::from(zone) && corner_band == band);
    shares.then_some(centre)
}

/// Zone, easting and northing of a point, and its band's letter; `None` in the polar regions.
fn utm(point: Point) -> Option<(UtmUps, char)> {
    if !(-800_000_000..840_000_000).contains(&point.lat_e7()) {
        return None;
    }
    let band = usize::try_from((point.lat_e7() + 800_000_000) / 80_000_000).ok()?.min(BANDS.len() - 1);
    // 180° east and west are one meridian; the library knows it as west.
    let lon = if point.lon_e7() == 1_800_000_000 { -180.0 } else { point.lon() };
    let utm = LatLon::create(point.lat(), lon).ok()?.to_utmups();
    Some((utm, char::from(*BANDS.get(band)?)))
}

/// Writes a point as a grid reference, as in `33N YE 12345 67890`.
///
/// `digits` is the number of digits for easting and for northing, 1 (10 km) to 5 (1 m). As the
/// standard wants it, the reference names the square the point lies in: nothing is rounded up.
///
/// # Errors
/// In the polar regions (north of 84°, south of 80°), or for another number of digits.
pub fn to_mgrs(point: Point, digits: u8) -> Result<String, BadCoordinate> {
    if !(1..=5).contains(&digits) {
        return Err(BadMgrs::Digits { digits: digits.to_string() }.into());
    }
    let (utm, band) = utm(point).ok_or(BadMgrs::Polar)?;
    let written = write(&utm, band, digits);
    // Columns run out only where the projection would be far outside its zone.
    Ok(written.ok_or_else(|| BadMgrs::NotInZone {
        square: format!("{:.0} {:.0}", utm.easting(), utm.northing()),
        zone: format!("{}{band}", utm.zone()),
    })?)
}

fn write(utm: &UtmUps, band: char, digits: u8) -> Option<String> {
    let zone = u32::try_from(utm.zone()).ok()?;
    let (easting, northing) = (metres(utm.easting())?, metres(utm.northing())?);
    let in_set = (easting / SQUARE).checked_sub(1).filter(|column| *column < 8)?;
    let column = COLUMNS.get(usize::try_from(zone.checked_sub(1)? % 3 * 8 + in_set).ok()?)?;
    // Even zones begin their rows five letters on.
    let row = (northing / SQUARE + if zone.is_multiple_of(2) { 5 } else { 0 }) % 20;
    let row = ROWS.get(usize::try_from(row).ok()?)?;
    let unit = 10u32.pow(5 - u32::from(digits));
    let (east, north) = (easting % SQUARE / unit, northing % SQUARE / unit);
    let width = usize::from(digits);
    let (column, row) = (char::from(*column), char::from(*row));
    Some(format!("{zone:02}{band} {column}{row} {east:0width$} {north:0width$}"))
}

fn metres(value: f64) -> Option<u32> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "no UTM coordinate reaches 10^7 by more than a square"
    )]
    let whole = value.floor() as i64;
    u32::try_from(whole).ok()
}

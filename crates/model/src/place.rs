//! Where something is: a name, a place code, a point and how precise it is.

use std::fmt;

use crate::body;
use crate::cbor::{BodyError, Reader, Value, Writer};
use crate::ids::RecordId;

/// A point on the WGS 84 ellipsoid, in units of 1e-7 degrees (about one centimetre).
///
/// Integers, because a record's bytes are hashed and floats have too many spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    lat_e7: i32,
    lon_e7: i32,
}

impl Point {
    /// Units in a degree.
    pub const UNIT: f64 = 1e7;

    /// A point from decimal degrees; `None` outside -90..=90 and -180..=180, or not finite.
    #[must_use]
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "180e7 fits an i32")]
        let e7 = |degrees: f64| (degrees * Self::UNIT).round() as i32;
        Some(Self { lat_e7: e7(lat), lon_e7: e7(lon) })
    }

    /// A point from units of 1e-7 degrees; `None` when out of range.
    #[must_use]
    pub fn from_e7(lat_e7: i64, lon_e7: i64) -> Option<Self> {
        let within =
            |value: i64, limit: i64| i32::try_from(value).ok().filter(|_| (-limit..=limit).contains(&value));
        Some(Self { lat_e7: within(lat_e7, 900_000_000)?, lon_e7: within(lon_e7, 1_800_000_000)? })
    }

    /// Latitude in units of 1e-7 degrees.
    #[must_use]
    pub const fn lat_e7(self) -> i32 {
        self.lat_e7
    }

    /// Longitude in units of 1e-7 degrees.
    #[must_use]
    pub const fn lon_e7(self) -> i32 {
        self.lon_e7
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e7) / Self::UNIT
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e7) / Self::UNIT
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.lat(), self.lon())
    }
}

impl Value for Point {
    fn write(&self, w: &mut Writer) {
        w.array(2).int(i64::from(self.lat_e7)).int(i64::from(self.lon_e7));
    }
    fn read(r: &mut Reader<'_>) -> Result<Self, BodyError> {
        let offset = r.offset();
        r.array_of(2, "a latitude and a longitude")?;
        match Self::from_e7(r.int()?, r.int()?) {
            Some(point) => Ok(point),
            None => Err(r.out_of_range(offset, "latitude -90 to 90, longitude -180 to 180")),
        }
    }
}

/// How precisely a place is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlacePrecision {
    /// The exact spot, or the named village or town.
    Exact,
    /// Within about 25 km of a known point.
    Near,
    /// The second-order administrative area.
    Admin2,
    /// The first-order administrative area.
    Admin1,
    /// A linear feature or a fuzzy region.
    Region,
    /// The country.
    Country,
    /// International waters or airspace.
    International,
}

crate::enumeration!(PlacePrecision, "a place precision of 1 to 7 (as UCDP GED's where_prec)", {
    1 => Exact, "exact"; 2 => Near, "near"; 3 => Admin2, "admin2"; 4 => Admin1, "admin1"; 5 => Region, "region"; 6 => Country, "country"; 7 => International, "international";
});

body! {
    /// A place, as far as it is known.
    #[derive(Default)]
    pub struct Place {
        /// The place's name as given.
        1 name: Option<String>,
        /// The point.
        2 point: Option<Point>,
        /// How precise the point is.
        3 precision: Option<PlacePrecision>,
        /// The country's name as given.
        4 country: Option<String>,
        /// The country's ISO 3166-1 alpha-3 code.
        5 iso3: Option<String>,
        /// First-order administrative area, by name.
        6 admin1: Option<String>,
        /// Second-order administrative area, by name.
        7 admin2: Option<String>,
        /// Place code (OCHA p-code).
        8 pcode: Option<String>,
        /// Version of the place-code data set.
        9 pcode_version: Option<String>,
        /// How the place was described.
        10 description: Option<String>,
        /// The place record this is, if the mission keeps one.
        11 record: Option<RecordId>,
        /// The text the point was read from, when it was not decimal degrees.
        12 given: Option<String>,
    }
}

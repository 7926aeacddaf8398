//! Points: two columns, a feature's geometry, or well-known text that repeats them.

use counterseal_model::Point;

use super::Column;
use crate::import::ImportError;
use crate::rejects::CellError;
use crate::source::{GEOMETRY_LAT, GEOMETRY_LON};
use crate::table::{Columns, Record};

/// How far two spellings of one point may lie apart, in units of 1e-7 degrees: one metre.
const SAME_POINT_E7: u32 = 100;

/// Decimal degrees.
pub(crate) fn degrees(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|degrees| degrees.is_finite())
}

/// The columns that may hold a row's point: the feature's geometry first, then the file's own.
#[derive(Debug, Clone)]
pub(crate) struct GeometryColumns {
    geometry: (Column, Column),
    own: (Column, Column),
    wkt: Option<usize>,
}

impl GeometryColumns {
    pub(crate) fn take(columns: &mut Columns<'_>) -> Result<Self, ImportError> {
        let mut column = |name| Ok::<_, ImportError>(Column { name, at: columns.take(name)? });
        let geometry = (column(GEOMETRY_LAT)?, column(GEOMETRY_LON)?);
        let own = (column("latitude")?, column("longitude")?);
        Ok(Self { geometry, own, wkt: columns.take("geom_wkt")? })
    }

    /// Only a feature's geometry: what columns mean is the mapping's to say.
    pub(crate) fn of_features(columns: &mut Columns<'_>) -> Result<Self, ImportError> {
        let mut column = |name| Ok::<_, ImportError>(Column { name, at: columns.take(name)? });
        let geometry = (column(GEOMETRY_LAT)?, column(GEOMETRY_LON)?);
        let none = |name| Column { name, at: None };
        Ok(Self { geometry, own: (none("latitude"), none("longitude")), wkt: None })
    }

    /// The point. What repeats it is left out; what differs from it goes to `differing`, under its
    /// column's name.
    pub(crate) fn read(
        &self,
        record: &Record,
        mut differing: impl FnMut(&str, &str),
    ) -> Result<Option<Point>, CellError> {
        let own = pair(&self.own, record)?;
        let point = pair(&self.geometry, record)?;
        if let (Some(point), Some(other)) = (point, own)
            && !same(point, other)
        {
            for column in [&self.own.0, &self.own.1] {
                differing(column.name, column.get(record).unwrap_or_default());
            }
        }
        let point = point.or(own);
        let wkt = self.wkt.map(|column| record.get(column).trim()).filter(|text| !text.is_empty());
        if let Some(text) = wkt
            && !point.zip(wkt_point(text)).is_some_and(|(point, other)| same(point, other))
        {
            differing("geom_wkt", text);
        }
        Ok(point)
    }
}

fn pair((lat, lon): &(Column, Column), record: &Record) -> Result<Option<Point>, CellError> {
    let read = |column: &Column| match column.get(record) {
        None => Ok(None),
        Some(text) => match degrees(text) {
            Some(degrees) => Ok(Some(degrees)),
            None => Err(column.bad(record, "is not a number of decimal degrees")),
        },
    };
    match (read(lat)?, read(lon)?) {
        (None, None) => Ok(None),
        (Some(_), None) => Err(lon.bad(record, "is empty although there is a latitude")),
        (None, Some(_)) => Err(lat.bad(record, "is empty although there is a longitude")),
        (Some(lat_degrees), Some(lon_degrees)) => match Point::from_degrees(lat_degrees, lon_degrees) {
            Some(point) => Ok(Some(point)),
            None if !(-90.0..=90.0).contains(&lat_degrees) => {
                Err(lat.bad(record, "is out of range: a latitude lies within -90 to 90"))
            }
            None => Err(lon.bad(record, "is out of range: a longitude lies within -180 to 180")),
        },
    }
}

/// `POINT (25.68 8.46)`: longitude first (OGC 06-103r4).
fn wkt_point(text: &str) -> Option<Point> {
    let inner = text.strip_prefix("POINT")?.trim().strip_prefix('(')?.strip_suffix(')')?;
    let mut numbers = inner.split_ascii_whitespace().map(degrees);
    let (lon, lat) = (numbers.next()??, numbers.next()??);
    Point::from_degrees(lat, lon)
}

fn same(one: Point, other: Point) -> bool {
    one.lat_e7().abs_diff(other.lat_e7()) <= SAME_POINT_E7
        && one.lon_e7().abs_diff(other.lon_e7()) <= SAME_POINT_E7
}

//! An area drawn on the map, and which points lie in it.

use thiserror::Error;

use super::filter::Sql;

/// Fewest and most corners.
const CORNERS: std::ops::RangeInclusive<usize> = 3..=64;

/// A ring on the map, its last corner joined to its first. It does not cross the 180th meridian: sides are straight
/// lines between the corners as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring(Vec<Corner>);

/// 1e-7 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Corner {
    lat: i32,
    lon: i32,
}

/// Text that is not an area.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "this is not an area: write 3 to 64 corners as lon,lat;lon,lat in decimal degrees, as in 14.4,2.2;27.5,5;20,11.1"
)]
pub struct BadRing;

impl std::str::FromStr for Ring {
    type Err = BadRing;
    fn from_str(text: &str) -> Result<Self, BadRing> {
        if text.split(';').nth(*CORNERS.end()).is_some() {
            return Err(BadRing);
        }
        let corners: Vec<Corner> = text.split(';').map(corner).collect::<Option<_>>().ok_or(BadRing)?;
        if CORNERS.contains(&corners.len()) { Ok(Self(corners)) } else { Err(BadRing) }
    }
}

fn corner(text: &str) -> Option<Corner> {
    let (lon, lat) = text.split_once(',')?;
    let point = counterseal_model::Point::from_degrees(lat.trim().parse().ok()?, lon.trim().parse().ok()?)?;
    Some(Corner { lat: point.lat_e7(), lon: point.lon_e7() })
}

impl Ring {
    /// South, north, west, east of it, 1e-7 degrees.
    #[must_use]
    pub fn bounds(&self) -> [i32; 4] {
        let none = [i32::MAX, i32::MIN, i32::MAX, i32::MIN];
        self.0.iter().fold(none, |[south, north, west, east], corner| {
            [south.min(corner.lat), north.max(corner.lat), west.min(corner.lon), east.max(corner.lon)]
        })
    }

    /// Whether a point, 1e-7 degrees, lies in it: a line from it towards the east meets the ring an odd number of times.
    /// Whole numbers alone, so that the database says the same (`to_sql`).
    #[must_use]
    pub fn contains(&self, lat: i32, lon: i32) -> bool {
        let meets = |(from, to): &(Corner, Corner)| {
            let (from, to) = if from.lat <= to.lat { (from, to) } else { (to, from) };
            let wide = |value: i32| i64::from(value);
            // At most 1.8e9 * 3.6e9: it fits an i64.
            from.lat <= lat
                && lat < to.lat
                && (wide(lon) - wide(from.lon)) * (wide(to.lat) - wide(from.lat))
                    < (wide(to.lon) - wide(from.lon)) * (wide(lat) - wide(from.lat))
        };
        self.sides().filter(meets).count() % 2 == 1
    }

    fn sides(&self) -> impl Iterator<Item = (Corner, Corner)> + '_ {
        let next = self.0.iter().cycle().skip(1);
        self.0.iter().zip(next).map(|(from, to)| (*from, *to))
    }

    /// The same question to the database.
    pub(super) fn to_sql(&self, sql: &mut Sql) {
        let [south, north, west, east] = self.bounds();
        let mut meets = Vec::new();
        for (from, to) in self.sides().filter(|(from, to)| from.lat != to.lat) {
            let (from, to) = if from.lat < to.lat { (from, to) } else { (to, from) };
            let (high, wide) =
                (i64::from(to.lat) - i64::from(from.lat), i64::from(to.lon) - i64::from(from.lon));
            // Numbers of our own making, not text.
            meets.push(format!(
                "(i.lat >= {} AND i.lat < {} AND (i.lon - ({})) * {high} < {wide} * (i.lat - ({})))",
                from.lat, to.lat, from.lon, from.lat
            ));
        }
        let odd = if meets.is_empty() { "0".to_owned() } else { format!("({}) % 2 = 1", meets.join(" + ")) };
        sql.clauses.push(format!(
            "(i.lat BETWEEN {south} AND {north} AND i.lon BETWEEN {west} AND {east} AND {odd})"
        ));
    }
}

impl std::fmt::Display for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let degrees = |e7: i32| f64::from(e7) / 1e7;
        let mut between = "";
        for corner in &self.0 {
            write!(f, "{between}{},{}", degrees(corner.lon), degrees(corner.lat))?;
            between = ";";
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_read_or_refused() {
        let ring: Ring = "14.4,2.2;27.5,5;20,11.1".parse().unwrap();
        assert_eq!(ring.bounds(), [22_000_000, 111_000_000, 144_000_000, 275_000_000]);
        assert_eq!(ring.to_string(), "14.4,2.2;27.5,5;20,11.1");
        let many = vec!["1,1"; 65].join(";");
        for bad in ["", "1,2", "1,2;3,4", "1,2;3,4;5", "1,2;3,4;x,5", "1,2;3,4;5,95", "1,2;3,4;NaN,5", &many]
        {
            assert_eq!(bad.parse::<Ring>(), Err(BadRing), "{bad}");
        }
    }

    #[test]
    fn a_bay_of_a_horseshoe_is_outside_and_its_arms_are_inside() {
        let ring: Ring = "0,0;10,0;10,10;7,10;7,3;3,3;3,10;0,10".parse().unwrap();
        let inside = |lat: f64, lon: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "small degrees")]
            ring.contains((lat * 1e7) as i32, (lon * 1e7) as i32)
        };
        assert!(inside(8.0, 1.0) && inside(8.0, 9.0) && inside(1.0, 5.0));
        assert!(!inside(8.0, 5.0) && !inside(-1.0, 5.0) && !inside(8.0, 11.0) && !inside(11.0, 1.0));
    }
}

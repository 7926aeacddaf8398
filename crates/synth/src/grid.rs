//! A grid reference good enough to look like one: MGRS (NGA.STND.0037) on a sphere, right to a few
//! kilometres. The data model reads and checks the real ones; nothing here is navigated by.

use counterseal_model::Point;

const COLUMNS: [&str; 3] = ["STUVWXYZ", "ABCDEFGH", "JKLMNPQR"];
const ROWS: &str = "ABCDEFGHJKLMNPQRSTUV";
const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";
/// Metres in a degree of latitude.
const DEGREE: f64 = 110_600.0;

/// A grid reference to ten metres, as `34N FL 4471 8823`.
pub(crate) fn mgrs(point: Point) -> String {
    let (lat, lon) = (point.lat(), point.lon());
    let zone = whole((lon + 180.0) / 6.0) + 1;
    let central = f64::from(u32::try_from(zone).unwrap_or(0)) * 6.0 - 183.0;
    let easting = 500_000.0 + (lon - central) * 111_300.0 * cosine(lat);
    let northing = lat * DEGREE + if lat < 0.0 { 10_000_000.0 } else { 0.0 };
    let (east, north) = (whole(easting), whole(northing));
    let columns = COLUMNS.get(zone % 3).copied().unwrap_or_default();
    let column = sign(columns, (east / 100_000).saturating_sub(1));
    // Rows start at F in zones with an even number, so that neighbours differ.
    let row = sign(ROWS, (north / 100_000 + if zone.is_multiple_of(2) { 5 } else { 0 }) % 20);
    let band = sign(BANDS, whole((lat + 80.0) / 8.0));
    format!("{zone}{band} {column}{row} {:04} {:04}", east % 100_000 / 10, north % 100_000 / 10)
}

fn sign(letters: &str, nth: usize) -> char {
    letters.chars().nth(nth).unwrap_or('X')
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "metres on the Earth, not negative"
)]
fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

/// Three terms of the series: right to a thousandth up to 40 degrees, and the same on every machine.
fn cosine(degrees: f64) -> f64 {
    let x = degrees * std::f64::consts::PI / 180.0;
    let squared = x * x;
    1.0 - squared / 2.0 + squared * squared / 24.0
}

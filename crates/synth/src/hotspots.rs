//! Where: a few towns see most of it, not always the same ones.

use counterseal_model::Point;

use crate::calendar::Calendar;
use crate::draw::{Draw, Purpose, sums};
use crate::plan::Plan;
use crate::setting::Setting;

/// Towns that are hotspots at some time.
const HOTSPOTS: usize = 40;
/// Of a thousand incidents, how many happen at a hotspot.
const AT_HOTSPOT: u64 = 820;
/// A degree, in units of a point.
const DEGREE: f64 = 1e7;

/// How likely each hotspot is, for each half-year.
pub(crate) struct Hotspots {
    towns: Vec<usize>,
    by_half_year: Vec<Vec<u64>>,
}

impl Hotspots {
    pub(crate) fn new(plan: &Plan, calendar: &Calendar, towns: usize) -> Self {
        let mut draw = Draw::new(plan.seed, Purpose::Hotspots, 0);
        let mut order = draw.shuffled(towns);
        order.truncate(HOTSPOTS);
        let spans = calendar.half_years() as u64;
        // Each has its worst half-year, and fades away from it; the first ones stay bad for longer.
        let lives: Vec<_> = order.iter().map(|_| (draw.below(spans), draw.between(3, 8))).collect();
        let by_half_year = (0..spans).map(|now| {
            sums(lives.iter().zip(1u64..).map(|((worst, width), rank)| {
                let weight = 1_000_000 / (rank + 2);
                let distance = now.abs_diff(*worst);
                weight * width * width / (width * width + distance * distance)
            }))
        });
        Self { by_half_year: by_half_year.collect(), towns: order }
    }

    /// The town of an incident in this half-year.
    pub(crate) fn draw<'a>(&self, draw: &mut Draw, half_year: usize, settings: &'a [Setting]) -> &'a Setting {
        let sums = self.by_half_year.get(half_year).map_or(&[][..], Vec::as_slice);
        let hot = if draw.chance(AT_HOTSPOT) { self.towns.get(draw.weighted(sums)) } else { None };
        match hot.and_then(|nth| settings.get(*nth)) {
            Some(setting) => setting,
            None => draw.pick(settings),
        }
    }
}

/// A point near another, up to `limit_km` away and mostly much nearer.
pub(crate) fn near(draw: &mut Draw, centre: Point, limit_km: f64) -> Point {
    let reach = limit_km / 111.2 * DEGREE;
    let mut offset = || {
        let pull = draw.around_zero();
        #[expect(clippy::cast_possible_truncation, reason = "less than a degree")]
        let units = (pull * pull * pull * reach) as i64;
        units
    };
    let (lat, lon) = (i64::from(centre.lat_e7()) + offset(), i64::from(centre.lon_e7()) + offset());
    Point::from_e7(lat, lon).unwrap_or(centre)
}

//! When: dry seasons are worse than rains, and some years are worse than others.

use counterseal_model::Timestamp;

use crate::draw::{Draw, Purpose, sums};
use crate::plan::Plan;

/// Seconds in a twelfth of 365.2 days.
const MONTH: i64 = 2_629_440;
/// How much happens in January, February ...: roads dry and herds move from November to April,
/// and the harvest draws robbers in October.
const SEASON: [u64; 12] = [14, 14, 13, 12, 9, 6, 5, 5, 6, 9, 11, 13];

/// How likely each month of the plan is.
pub(crate) struct Calendar {
    start: i64,
    sums: Vec<u64>,
}

impl Calendar {
    pub(crate) fn new(plan: &Plan) -> Self {
        let mut draw = Draw::new(plan.seed, Purpose::Calendar, 0);
        let years = plan.years.max(1);
        let weights = (0..years).flat_map(|year| {
            let intensity = draw.between(60, 140);
            (0..12).map(move |month| {
                let middle = plan.start.0 + i64::from(year * 12 + month) * MONTH + MONTH / 2;
                let calendar_month = usize::from(u8::from(Timestamp(middle).to_utc().month()));
                SEASON.get(calendar_month - 1).copied().unwrap_or(0) * intensity
            })
        });
        Self { start: plan.start.0, sums: sums(weights) }
    }

    /// A moment, and which half-year of the plan it lies in.
    pub(crate) fn draw(&self, draw: &mut Draw) -> (Timestamp, usize) {
        let month = draw.weighted(&self.sums);
        let first = self.start + i64::try_from(month).unwrap_or(0) * MONTH;
        let within = i64::try_from(draw.below(MONTH.unsigned_abs())).unwrap_or(0);
        (Timestamp(first + within), month / 6)
    }

    /// Number of half-years.
    pub(crate) fn half_years(&self) -> usize {
        self.sums.len().div_ceil(6)
    }
}

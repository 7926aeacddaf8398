//! Random changes of filter: each sets or clears one of box, time, types and actor, as a person does
//! who explores.

use counterseal_model::record::Body;
use counterseal_node::{Breakdown, NO_TERM, PictureOf, View};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rusqlite::Connection;

use crate::outcome::Outcome;
use crate::peer::Settings;
use crate::stage::Stage;

/// The whole map, 1e-7 degrees: south, north, west, east.
const EVERYWHERE: [i32; 4] = [-150_000_000, 250_000_000, -150_000_000, 400_000_000];

/// What is drawn after a change.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) view: View,
    pub(super) of: PictureOf,
}

/// Draws changes.
pub(super) struct Changes<'a> {
    stage: &'a Stage,
    rng: ChaCha20Rng,
    kinds: Vec<u32>,
    entities: Vec<u32>,
}

impl<'a> Changes<'a> {
    /// The numbers of types and entities are those of our index: both sides wrote the same records in
    /// the same order, and so gave them the same numbers.
    pub(super) fn new(stage: &'a Stage) -> Outcome<Self> {
        let db = Settings::PLAIN.open(&stage.plain())?;
        let kinds = numbers(&db, "SELECT DISTINCT kind FROM incident WHERE kind IS NOT NULL ORDER BY kind")?;
        let entities = numbers(&db, "SELECT DISTINCT entity FROM involved ORDER BY entity")?;
        Ok(Self { stage, rng: ChaCha20Rng::seed_from_u64(stage.seed()), kinds, entities })
    }

    pub(super) fn list(mut self, count: usize) -> Vec<Change> {
        let mut view = View::default();
        let mut changes = Vec::with_capacity(count);
        for _ in 0..count {
            self.change(&mut view);
            let bars = match self.rng.random_range(0..4) {
                0 => Breakdown::Entity,
                1 => Breakdown::Kind,
                2 => Breakdown::Admin1,
                _ => Breakdown::Country,
            };
            let map = view.within.unwrap_or(EVERYWHERE);
            let of = PictureOf { map, size: (160, 100), bars: vec![bars], top: 20 };
            changes.push(Change { view: view.clone(), of });
        }
        changes
    }

    fn change(&mut self, view: &mut View) {
        let clears = self.rng.random_range(0..10) < 3;
        match self.rng.random_range(0..4) {
            0 => view.within = (!clears).then(|| self.area()).flatten(),
            1 => view.time = (!clears).then(|| self.span()),
            2 => view.kinds = if clears { Vec::new() } else { self.some_kinds() },
            _ => view.entities = if clears { Vec::new() } else { self.some_entity() },
        }
    }

    /// A box of half a degree to fifteen degrees around an incident.
    fn area(&mut self) -> Option<[i32; 4]> {
        let n = self.rng.random_range(0..self.stage.rows());
        let Body::Incident(incident) = self.stage.world.part(n).body else { return None };
        let point = incident.place?.point?;
        let half = self.rng.random_range(2_500_000..75_000_000);
        Some([point.lat_e7() - half, point.lat_e7() + half, point.lon_e7() - half, point.lon_e7() + half])
    }

    /// Two weeks to four years.
    fn span(&mut self) -> (i64, i64) {
        const DAY: i64 = 86_400;
        let plan = self.stage.world.plan();
        let from = plan.start.0 + self.rng.random_range(0..i64::from(plan.years) * 365) * DAY;
        (from, from + self.rng.random_range(14..1461) * DAY)
    }

    fn some_kinds(&mut self) -> Vec<u32> {
        let count = self.rng.random_range(1..5);
        let mut kinds: Vec<u32> = (0..count).map(|_| pick(&mut self.rng, &self.kinds)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    fn some_entity(&mut self) -> Vec<u32> {
        vec![pick(&mut self.rng, &self.entities)]
    }
}

fn pick(rng: &mut ChaCha20Rng, from: &[u32]) -> u32 {
    let nth = rng.random_range(0..from.len().max(1));
    from.get(nth).copied().unwrap_or(NO_TERM)
}

fn numbers(db: &Connection, sql: &str) -> Outcome<Vec<u32>> {
    let mut list = db.prepare(sql)?;
    let rows = list.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

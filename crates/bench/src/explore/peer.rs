//! The three queries on SQLite, with a covering index for each way to begin, an index over the edges
//! of actors, and an R-tree over place and time that carries what is counted.

use counterseal_node::{Bar, Breakdown, Grid, Picture, View};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::changes::Change;
use crate::outcome::Outcome;
use crate::peer::Settings;
use crate::stage::Stage;

/// Made from the peer's ordinary tables in the attached database.
const TABLES: &str = "
CREATE TABLE fact (
    record INTEGER PRIMARY KEY, starts INTEGER, ends INTEGER, lat INTEGER, lon INTEGER, month INTEGER,
    kind INTEGER NOT NULL, country INTEGER NOT NULL, admin1 INTEGER NOT NULL, best INTEGER NOT NULL
);
INSERT INTO fact SELECT record, starts, ends, lat, lon,
    strftime('%Y', starts, 'unixepoch') * 12 + strftime('%m', starts, 'unixepoch') - 1,
    coalesce(kind, 0), coalesce(country, 0), coalesce(admin1, 0), coalesce(best, 0) FROM source.incident;
CREATE INDEX fact_time ON fact (starts, ends, lat, lon, month, kind, country, admin1, best);
CREATE INDEX fact_kind ON fact (kind, starts, ends, lat, lon, month, country, admin1, best);
CREATE INDEX fact_place ON fact (lat, lon, starts, ends, month, kind, country, admin1, best);
CREATE TABLE edge (entity INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (entity, record)) WITHOUT ROWID;
INSERT INTO edge SELECT DISTINCT entity, record FROM source.involved;
CREATE INDEX edge_record ON edge (record, entity);
CREATE VIRTUAL TABLE area USING rtree_i32 (
    record, south, north, west, east, first, last, +month, +kind, +country, +admin1, +best
);
INSERT INTO area SELECT record, lat, lat, lon, lon, starts, ends, month, kind, country, admin1, best
    FROM fact WHERE lat IS NOT NULL AND starts IS NOT NULL ORDER BY lat, lon;
ANALYZE;
";

/// A way to put the three questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// Three queries; the planner chooses an index.
    Planner,
    /// Three queries over the R-tree.
    Rtree,
    /// The rows in view once into a temporary table, then three queries over it.
    PlannerOnce,
    /// The same from the R-tree.
    RtreeOnce,
}

impl Asking {
    pub(super) const ALL: [Self; 4] = [Self::Planner, Self::Rtree, Self::PlannerOnce, Self::RtreeOnce];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Planner => "three queries on covering indexes",
            Self::Rtree => "three queries on the R-tree",
            Self::PlannerOnce => "one temporary table from covering indexes",
            Self::RtreeOnce => "one temporary table from the R-tree",
        }
    }

    fn rtree(self) -> bool {
        matches!(self, Self::Rtree | Self::RtreeOnce)
    }

    /// The R-tree holds only what has a point.
    pub(super) fn fits(self, view: &View) -> bool {
        !self.rtree() || view.within.is_some()
    }
}

pub(super) struct Peer(Connection);

impl Peer {
    /// In a file, which the operating system keeps in memory after the first query.
    pub(super) fn in_file(stage: &Stage) -> Outcome<Self> {
        let path = stage.plain().with_file_name("explore.db");
        let finished = path.exists();
        let db = Settings::PLAIN.open(&path)?;
        Self::fill(db, stage, finished)
    }

    /// In memory altogether.
    pub(super) fn in_memory(stage: &Stage) -> Outcome<Self> {
        Self::fill(Connection::open_in_memory()?, stage, false)
    }

    fn fill(db: Connection, stage: &Stage, finished: bool) -> Outcome<Self> {
        db.set_prepared_statement_cache_capacity(256);
        db.execute_batch("PRAGMA temp_store = MEMORY;")?;
        if !finished {
            db.execute("ATTACH ?1 AS source", [stage.plain().display().to_string()])?;
            db.execute_batch(&format!("BEGIN; {TABLES} COMMIT; DETACH source;"))?;
        }
        Ok(Self(db))
    }

    pub(super) fn ask(&self, asking: Asking, change: &Change) -> Outcome<Picture> {
        let (mut source, mut filter) = Filter::of(&change.view, asking.rtree());
        let once = matches!(asking, Asking::PlannerOnce | Asking::RtreeOnce);
        if once {
            let columns = if asking.rtree() {
                "record, south AS lat, west AS lon, month, kind, country, admin1, best"
            } else {
                "record, lat, lon, month, kind, country, admin1, best"
            };
            self.0.execute_batch("DROP TABLE IF EXISTS temp.seen")?;
            let sql =
                format!("CREATE TEMP TABLE seen AS SELECT {columns} FROM {source} WHERE {}", filter.sql);
            self.0.execute(&sql, params_from_iter(&filter.values))?;
            (source, filter) = ("temp.seen", Filter::default());
        }
        let (lat, lon) = if asking.rtree() && !once { ("south", "west") } else { ("lat", "lon") };
        let grid = self.grid(source, &filter, change, (lat, lon))?;
        let timeline = self.timeline(source, &filter)?;
        let bars = change.of.bars.iter().map(|of| self.bars(source, &filter, *of, change.of.top));
        let bars = bars.collect::<Outcome<_>>()?;
        let count = timeline.iter().map(|(_, count, _)| count).sum();
        let best = timeline.iter().map(|(_, _, best)| best).sum();
        Ok(Picture { count, best, grid, timeline, bars })
    }

    fn rows<T>(
        &self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Outcome<Vec<T>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(values), read)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn grid(
        &self,
        source: &str,
        filter: &Filter,
        change: &Change,
        (lat, lon): (&str, &str),
    ) -> Outcome<Grid> {
        let mut filter = filter.clone();
        let [south, north, west, east] = change.of.map.map(|edge| filter.value(i64::from(edge)));
        let (width, height) = change.of.size;
        let [bottom, top, left, right] = change.of.map.map(f64::from);
        let across = filter.value(f64::from(width) / (right - left));
        let up = filter.value(f64::from(height) / (top - bottom));
        let sql = format!(
            "SELECT CAST(({lat} - {south}) * {up} AS INTEGER) * {width} + CAST(({lon} - {west}) * {across} AS INTEGER),
                count(*) FROM {source} WHERE {} AND {lat} >= {south} AND {lat} < {north}
                AND {lon} >= {west} AND {lon} < {east} GROUP BY 1",
            filter.sql
        );
        let mut grid = vec![0; width as usize * height as usize];
        for (cell, count) in
            self.rows(&sql, &filter.values, |row| Ok((row.get::<_, u32>(0)?, row.get(1)?)))?
        {
            if let Some(slot) = grid.get_mut(cell as usize) {
                *slot = count;
            }
        }
        Ok(Grid(grid))
    }

    fn timeline(&self, source: &str, filter: &Filter) -> Outcome<Vec<(i32, u64, u64)>> {
        let sql =
            format!("SELECT month, count(*), sum(best) FROM {source} WHERE {} GROUP BY month", filter.sql);
        self.rows(&sql, &filter.values, |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, i64>(2)?.cast_unsigned()))
        })
    }

    fn bars(&self, source: &str, filter: &Filter, bars: Breakdown, top: usize) -> Outcome<Vec<Bar>> {
        let (key, from) = match bars {
            Breakdown::Entity => ("e.entity", format!("{source} f JOIN edge e ON e.record = f.record")),
            Breakdown::Kind => ("kind", format!("{source} f")),
            Breakdown::Admin1 => ("admin1", format!("{source} f")),
            Breakdown::Country => ("country", format!("{source} f")),
        };
        let condition = filter.sql.replace("record IN", "f.record IN");
        let sql = format!(
            "SELECT {key}, count(*), sum(best) FROM {from} WHERE {condition} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {top}"
        );
        self.rows(&sql, &filter.values, |row| {
            let (count, best) =
                (row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, i64>(2)?.cast_unsigned());
            Ok(Bar { of: row.get(0)?, count, best })
        })
    }
}

/// A condition and its values.
#[derive(Debug, Clone)]
struct Filter {
    sql: String,
    values: Vec<Value>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { sql: "1".to_owned(), values: Vec::new() }
    }
}

impl Filter {
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// The table to ask, and the view as its condition.
    fn of(view: &View, rtree: bool) -> (&'static str, Self) {
        let mut filter = Self::default();
        let (table, lat, lon, times) = match rtree {
            true => ("area", ("south", "north"), ("west", "east"), ("first", "last")),
            false => ("fact", ("lat", "lat"), ("lon", "lon"), ("starts", "ends")),
        };
        if let Some(edges) = view.within {
            let [south, north, west, east] = edges.map(|edge| filter.value(i64::from(edge)));
            let (low, high) = (
                format!("{} >= {south} AND {} <= {north}", lat.0, lat.1),
                format!("{} >= {west} AND {} <= {east}", lon.0, lon.1),
            );
            filter.sql.push_str(&format!(" AND {low} AND {high}"));
        }
        if let Some((from, to)) = view.time {
            let (from, to) = (filter.value(from), filter.value(to));
            filter.sql.push_str(&format!(" AND {} < {to} AND {} >= {from}", times.0, times.1));
        }
        if !view.kinds.is_empty() {
            let kinds: Vec<String> = view.kinds.iter().map(|kind| filter.value(*kind)).collect();
            filter.sql.push_str(&format!(" AND kind IN ({})", kinds.join(", ")));
        }
        if !view.entities.is_empty() {
            let entities: Vec<String> = view.entities.iter().map(|entity| filter.value(*entity)).collect();
            filter.sql.push_str(&format!(
                " AND record IN (SELECT record FROM edge WHERE entity IN ({}))",
                entities.join(", ")
            ));
        }
        (table, filter)
    }
}

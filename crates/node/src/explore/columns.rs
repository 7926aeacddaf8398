//! The columns, and how they are read from the index.

use rusqlite::Connection;

use crate::error::NodeError;
use crate::index::Identities;

/// Rows in a block. Small enough that a block is near one place, large enough to be worth a test.
pub(super) const BLOCK: usize = 1024;

/// Latitude of an incident without a point.
pub const NO_POINT: i32 = i32::MIN;
/// Start of an incident without a time.
pub const NO_TIME: i64 = i64::MIN;
/// Term of an incident that has none.
pub const NO_TERM: u32 = 0;

/// One number per incident and question; row n of every column is the same incident.
#[derive(Debug, Default)]
pub struct Columns {
    /// Record number in the index.
    pub(crate) record: Vec<u32>,
    /// Start and end, seconds since 1970.
    pub(super) starts: Vec<i64>,
    pub(super) ends: Vec<i64>,
    /// Month of the start, counted from January of year 0.
    pub(super) month: Vec<i32>,
    /// 1e-7 degrees.
    pub(super) lat: Vec<i32>,
    pub(super) lon: Vec<i32>,
    /// Terms of the index.
    pub(super) kind: Vec<u32>,
    pub(super) subtype: Vec<u32>,
    pub(super) country: Vec<u32>,
    pub(super) admin1: Vec<u32>,
    pub(super) place: Vec<u32>,
    /// Verification, reliability and credibility by their codes; 0 for none.
    pub(super) judged: Vec<[u8; 3]>,
    /// People killed, best estimate.
    pub(super) best: Vec<u32>,
    /// Entities of row n: `entities[entity_at[n]..entity_at[n + 1]]`, each once, as places in
    /// `entity_records`, so that counting by entity needs no map.
    pub(super) entity_at: Vec<u32>,
    pub(super) entities: Vec<u32>,
    /// The record numbers of all entities that took part, ascending.
    pub(super) entity_records: Vec<u32>,
    /// Bounds of each block of `BLOCK` rows.
    pub(super) blocks: Vec<Bounds>,
    /// The entities of each block, each once, ascending: groups keep to their region, so most blocks
    /// need not be looked at for one of them.
    block_entities: Vec<Box<[u32]>>,
}

/// Between which values a block's rows lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    pub(super) lat: (i32, i32),
    pub(super) lon: (i32, i32),
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Columns {
    /// Reads every incident from the index, in order of cell and time.
    pub(crate) fn load(db: &Connection) -> Result<Self, NodeError> {
        let mut rows = load_rows(db)?;
        // Blocks follow the map: quarter-degree cells in Z-order, then time.
        rows.sort_unstable_by_key(|row| (z_order(row.lat, row.lon), row.starts, row.record));
        let mut columns = Self::with_capacity(rows.len());
        let mut numbers: Vec<(u32, u32)> = Vec::with_capacity(rows.len());
        for (nth, row) in (0u32..).zip(&rows) {
            numbers.push((row.record, nth));
            columns.push(row);
        }
        drop(rows);
        columns.attach_entities(db, numbers)?;
        columns.bound_blocks();
        Ok(columns)
    }

    /// Incidents held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.record.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// Bytes of memory held.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let wide = (self.starts.capacity() + self.ends.capacity()) * 8;
        let narrow = self.month.capacity() + self.lat.capacity() + self.lon.capacity();
        let terms = [&self.kind, &self.subtype, &self.country, &self.admin1, &self.place];
        let terms: usize = terms.iter().map(|column| column.capacity()).sum();
        let counts = self.record.capacity() + self.best.capacity();
        let entities = self.entity_at.capacity() + self.entities.capacity() + self.entity_records.capacity();
        let of_blocks: usize = self.block_entities.iter().map(|list| list.len()).sum();
        wide + (narrow + terms + counts + entities + of_blocks) * 4
            + self.judged.capacity() * 3
            + self.blocks.capacity() * size_of::<Bounds>()
            + self.block_entities.capacity() * size_of::<Box<[u32]>>()
    }

    fn with_capacity(rows: usize) -> Self {
        Self {
            record: Vec::with_capacity(rows),
            starts: Vec::with_capacity(rows),
            ends: Vec::with_capacity(rows),
            month: Vec::with_capacity(rows),
            lat: Vec::with_capacity(rows),
            lon: Vec::with_capacity(rows),
            kind: Vec::with_capacity(rows),
            subtype: Vec::with_capacity(rows),
            country: Vec::with_capacity(rows),
            admin1: Vec::with_capacity(rows),
            place: Vec::with_capacity(rows),
            judged: Vec::with_capacity(rows),
            best: Vec::with_capacity(rows),
            ..Self::default()
        }
    }

    fn push(&mut self, row: &Row) {
        self.record.push(row.record);
        self.starts.push(row.starts);
        self.ends.push(row.ends);
        self.month.push(month_of(row.starts));
        self.lat.push(row.lat);
        self.lon.push(row.lon);
        self.kind.push(row.kind);
        self.subtype.push(row.subtype);
        self.country.push(row.country);
        self.admin1.push(row.admin1);
        self.place.push(row.place);
        self.judged.push(row.judged);
        self.best.push(row.best);
    }

    /// Reads who took part in what, and lays it out by row. `numbers` pairs record and row.
    fn attach_entities(&mut self, db: &Connection, mut numbers: Vec<(u32, u32)>) -> Result<(), NodeError> {
        numbers.sort_unstable();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let same = Identities::load(db)?;
        let stands_for = |entity: u32| match same.is_empty() {
            true => entity,
            false => u32::try_from(same.of(entity.into())).unwrap_or(entity),
        };
        let mut statement = db.prepare("SELECT DISTINCT record, entity FROM involved ORDER BY record")?;
        let mut rows = statement.query([])?;
        let mut at = 0;
        while let Some(row) = rows.next()? {
            let (record, entity): (u32, u32) = (row.get(0)?, row.get(1)?);
            while numbers.get(at).is_some_and(|(number, _)| *number < record) {
                at += 1;
            }
            if let Some((number, nth)) = numbers.get(at)
                && *number == record
            {
                pairs.push((*nth, stands_for(entity)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.entity_records = pairs.iter().map(|(_, entity)| *entity).collect();
        self.entity_records.sort_unstable();
        self.entity_records.dedup();
        let mut pairs = pairs.into_iter().peekable();
        self.entity_at.reserve(self.len() + 1);
        for nth in (0u32..).take(self.len()) {
            self.entity_at.push(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
            while let Some((_, entity)) = pairs.next_if(|(row, _)| *row == nth) {
                self.entities.push(self.place_of(entity).unwrap_or(u32::MAX));
            }
        }
        self.entity_at.push(u32::try_from(self.entities.len()).unwrap_or(u32::MAX));
        Ok(())
    }

    /// The place of an entity in `entity_records`.
    pub(super) fn place_of(&self, record: u32) -> Option<u32> {
        self.entity_records.binary_search(&record).ok().and_then(|at| u32::try_from(at).ok())
    }

    /// Whether any of these entities (places in `entity_records`) took part in a row of block `nth`.
    pub(super) fn block_has(&self, nth: usize, entities: &[u32]) -> bool {
        let Some(list) = self.block_entities.get(nth) else { return false };
        entities.iter().any(|entity| list.binary_search(entity).is_ok())
    }

    fn entities_of_block(&self, nth: usize) -> Box<[u32]> {
        let rows = nth * BLOCK..((nth + 1) * BLOCK).min(self.len());
        let mut list: Vec<u32> = rows.flat_map(|row| self.entities_of(row)).copied().collect();
        list.sort_unstable();
        list.dedup();
        list.into_boxed_slice()
    }

    fn bound_blocks(&mut self) {
        self.block_entities =
            (0..self.len().div_ceil(BLOCK)).map(|nth| self.entities_of_block(nth)).collect();
        let points = self.lat.chunks(BLOCK).zip(self.lon.chunks(BLOCK));
        let times = self.starts.chunks(BLOCK).zip(self.ends.chunks(BLOCK));
        self.blocks = points
            .zip(times)
            .map(|((lat, lon), (starts, ends))| Bounds {
                lat: span(lat),
                lon: span(lon),
                first: starts.iter().copied().min().unwrap_or(NO_TIME),
                last: ends.iter().copied().max().unwrap_or(NO_TIME),
            })
            .collect();
    }
}

struct Row {
    record: u32,
    starts: i64,
    ends: i64,
    lat: i32,
    lon: i32,
    kind: u32,
    subtype: u32,
    country: u32,
    admin1: u32,
    place: u32,
    judged: [u8; 3],
    best: u32,
}

fn load_rows(db: &Connection) -> Result<Vec<Row>, NodeError> {
    let count: i64 = db.query_row("SELECT count(*) FROM incident", [], |row| row.get(0))?;
    let mut list = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    let mut statement = db.prepare(
        "SELECT record, starts, ends, lat, lon, kind, country, admin1, min(coalesce(best, 0), 4294967295),
                subtype, place, verified, reliability, credibility
         FROM incident",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        list.push(Row {
            record: row.get(0)?,
            starts: row.get::<_, Option<i64>>(1)?.unwrap_or(NO_TIME),
            ends: row.get::<_, Option<i64>>(2)?.unwrap_or(NO_TIME),
            lat: row.get::<_, Option<i32>>(3)?.unwrap_or(NO_POINT),
            lon: row.get::<_, Option<i32>>(4)?.unwrap_or(NO_POINT),
            kind: row.get::<_, Option<u32>>(5)?.unwrap_or(NO_TERM),
            country: row.get::<_, Option<u32>>(6)?.unwrap_or(NO_TERM),
            admin1: row.get::<_, Option<u32>>(7)?.unwrap_or(NO_TERM),
            best: row.get(8)?,
            subtype: row.get::<_, Option<u32>>(9)?.unwrap_or(NO_TERM),
            place: row.get::<_, Option<u32>>(10)?.unwrap_or(NO_TERM),
            judged: [row.get(11)?, row.get(12)?, row.get(13)?],
        });
    }
    Ok(list)
}

fn span(values: &[i32]) -> (i32, i32) {
    values.iter().fold((i32::MAX, i32::MIN), |(low, high), v| (low.min(*v), high.max(*v)))
}

/// Months since January of year 0, of a moment in seconds; the smallest number for no time.
pub(super) fn month_of(seconds: i64) -> i32 {
    if seconds == NO_TIME {
        return i32::MIN;
    }
    let moment = counterseal_model::Timestamp(seconds).to_utc();
    moment.year() * 12 + i32::from(u8::from(moment.month())) - 1
}

/// Position of a point's quarter-degree cell along a Z-order curve.
fn z_order(lat: i32, lon: i32) -> u32 {
    let cell = |value: i32, offset: i64| (i64::from(value) + offset) / 2_500_000;
    let spread = |value: i64| {
        let mut bits = u32::try_from(value.clamp(0, 0xffff)).unwrap_or(0);
        bits = (bits | bits << 8) & 0x00ff_00ff;
        bits = (bits | bits << 4) & 0x0f0f_0f0f;
        bits = (bits | bits << 2) & 0x3333_3333;
        (bits | bits << 1) & 0x5555_5555
    };
    spread(cell(lat, 900_000_000)) << 1 | spread(cell(lon, 1_800_000_000))
}

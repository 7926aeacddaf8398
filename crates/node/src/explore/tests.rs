//! Views over a made-up index, held against counting one row after the other.

use counterseal_model::{Credibility, Reliability, Timestamp, VerificationStatus};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rusqlite::Connection;

use super::{Bar, Breakdown, Columns, PictureOf, Spots, SpotsOf, View};
use crate::query::{Filter, Sort};

const SEED: u64 = 20_261_122;
const MAP: [i32; 4] = [-100_000_000, 200_000_000, -50_000_000, 300_000_000];

/// An index with so many incidents, some without a point, a time or a type.
pub(super) fn index(rows: u32) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(crate::schema::INDEX).unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    let mut some = |most: i64, none: i64| Some(rng.random_range(0..most)).filter(|value| *value >= none);
    for record in 1..=rows {
        let (lat, lon) = (some(300_000_000, 9_000_000), some(350_000_000, 0));
        let point = lat.zip(lon).map(|(lat, lon)| (lat - 100_000_000, lon - 50_000_000));
        let starts = some(400_000_000, 2_000_000).map(|at| at + 1_300_000_000);
        let values = rusqlite::params![
            record,
            starts,
            starts.map(|at| at + 3600),
            point.map(|at| at.0),
            point.map(|at| at.1),
            some(12, 2),
            some(20, 10),
            some(5, 0).map(|no| no + 30),
            some(60, 0).map(|no| no + 50),
            some(900, 0).map(|no| no + 200),
            some(9, 0),
            some(4, 0),
            some(7, 0),
            some(7, 0)
        ];
        db.execute(
            "INSERT INTO incident (record, starts, ends, lat, lon, kind, subtype, country, admin1, place, best,
                verified, reliability, credibility, classification, flags)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, 0, 0)",
            values,
        )
        .unwrap();
        let record_row = "INSERT INTO record (no, id, kind, part, conflict) VALUES (?1, ?2, 1, 1, 0)";
        db.execute(record_row, (record, record.to_be_bytes())).unwrap();
        for entity in [some(40, 5), some(40, 20)].into_iter().flatten() {
            let involved = "INSERT OR IGNORE INTO involved VALUES (?1, ?2, 0)";
            db.execute(involved, (entity + 1_000_000, record)).unwrap();
        }
    }
    db
}

fn counted(db: &Connection, key: &str, from: &str) -> Vec<Bar> {
    let sql =
        format!("SELECT coalesce({key}, 0), count(*), sum(best) FROM {from} GROUP BY 1 ORDER BY 2 DESC, 1");
    let mut list = db.prepare(&sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        let number = |at| row.get::<_, i64>(at).map(i64::cast_unsigned);
        Ok(Bar { of: row.get(0)?, count: number(1)?, best: number(2)? })
    };
    list.query_map([], read).unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn several_breakdowns_of_one_pass_are_what_each_would_be_alone() {
    let db = index(5_000);
    let columns = Columns::load(&db).unwrap();
    let all = [Breakdown::Kind, Breakdown::Entity, Breakdown::Country, Breakdown::Admin1];
    let of = |bars: &[Breakdown]| PictureOf { map: MAP, size: (20, 10), bars: bars.to_vec(), top: 100 };
    let together = columns.draw(&View::default(), of(&all));
    let with_entity =
        "(SELECT DISTINCT v.entity, v.record, i.best FROM involved v JOIN incident i ON i.record = v.record)";
    let asked =
        [("kind", "incident"), ("entity", with_entity), ("country", "incident"), ("admin1", "incident")];
    for ((breakdown, bars), (key, from)) in all.iter().zip(&together.bars).zip(asked) {
        assert_eq!(*bars, counted(&db, key, from), "{breakdown:?}");
        let alone = columns.draw(&View::default(), of(&[*breakdown]));
        assert_eq!((alone.bars, alone.count), (vec![bars.clone()], 5_000), "{breakdown:?}");
        assert_eq!((&alone.grid, &alone.timeline), (&together.grid, &together.timeline));
    }
    let killed: i64 = db.query_row("SELECT sum(best) FROM incident", [], |row| row.get(0)).unwrap();
    assert_eq!(together.best, killed.cast_unsigned());
    assert!(together.bars.iter().all(|bars| bars.len() > 3));
    assert!(columns.draw(&View::default(), of(&[])).bars.is_empty());
}

/// Names for the numbers that `index` uses.
fn name_terms(db: &Connection) {
    let named = |space: i64, no: i64, name: String| {
        let insert = "INSERT INTO term (no, space, text, folded) VALUES (?1, ?2, ?3, ?3)";
        db.execute(insert, (no, space, name)).unwrap();
    };
    (2..12).for_each(|no| named(1, no, format!("kind {no}")));
    (12..20).for_each(|no| named(2, no, format!("kind {}", no - 9)));
    (30..35).for_each(|no| named(3, no, format!("country {no}")));
    (50..110).for_each(|no| named(4, no, format!("area {no}")));
    (200..1100).for_each(|no| named(5, no, format!("place {no}")));
    for record in 1_000_000..1_000_040_u32 {
        let insert = "INSERT INTO entity_name (folded, record) VALUES (?1, ?2)";
        db.execute(insert, (format!("group {record}"), record)).unwrap();
    }
    let words = "INSERT INTO words (rowid, text) SELECT record, CASE record % 3 WHEN 0 THEN 'convoy' ELSE 'well' END FROM incident";
    db.execute(words, []).unwrap();
}

fn some_filter(rng: &mut ChaCha20Rng) -> Filter {
    let mut filter = Filter::default();
    for _ in 0..rng.random_range(1..4) {
        let at = |rng: &mut ChaCha20Rng| Some(Timestamp(1_300_000_000 + rng.random_range(0..400_000_000)));
        match rng.random_range(0..13) {
            0 => filter.words = Some("convoy".into()),
            1 => filter.from = at(rng),
            2 => filter.to = at(rng),
            3 => filter.within = "-2,-8,20,15".parse().ok(),
            4 => filter.within = "12,-8,3,15".parse().ok(),
            5 => filter.area = "0,0;10,0;10,10;7,10;7,3;3,3;3,10;0,10".parse().ok(),
            6 => filter.area = "-5,-9.5;29,3;4,19".parse().ok(),
            7 => filter.place = Some(["area 6", "place 90", "nowhere", "**"][rng.random_range(0..4)].into()),
            8 => filter.country = Some(["country 31", "nowhere"][rng.random_range(0..2)].into()),
            9 => filter.kinds = vec!["kind 4".into(), "kind 5".into()],
            10 => {
                filter.actor =
                    Some(["group 100000", "group 1000021", "nobody"][rng.random_range(0..3)].into())
            }
            11 => {
                let (letter, number) = (Reliability::from_word("C"), Credibility::from_word("3"));
                filter.graded = [Some((letter, None)), Some((None, number)), Some((letter, number))]
                    [rng.random_range(0..3)];
                filter.verified = VerificationStatus::from_word("verified");
            }
            _ => filter.killed = Some(rng.random_range(0..9)),
        }
    }
    filter
}

/// The map and the list are answered from two places, and say the same.
#[test]
fn columns_answer_as_the_index_does() {
    let db = index(3_000);
    name_terms(&db);
    let columns = Columns::load(&db).unwrap();
    let mut rng = ChaCha20Rng::seed_from_u64(SEED);
    let mut met = 0;
    for nth in 0..400 {
        let filter = some_filter(&mut rng);
        let view = crate::query::view(&db, &filter).unwrap();
        let mut seen: Vec<u32> = columns.records(&view).collect();
        seen.sort_unstable();
        assert_eq!(seen, crate::query::numbers(&db, &filter).unwrap(), "seed {SEED}, {nth}: {filter:?}");
        let newest = columns.newest(&view, 10);
        let listed = crate::query::find_incidents(&db, &filter, Sort::Newest, 10).unwrap();
        let listed: Vec<u32> = listed.iter().map(|found| u32::try_from(found.record).unwrap()).collect();
        assert_eq!(newest, listed, "seed {SEED}, {nth}: {filter:?}");
        met += usize::from(!seen.is_empty() && seen.len() < 3_000);
    }
    assert!(met > 200, "{met}");
}

/// Held against the index: what began on each day, and on the first what went on from before.
#[test]
fn days_count_what_began_on_them_and_the_first_what_went_on() {
    let db = index(3_000);
    // One that lasts: it began long before, and goes on until after the last day.
    db.execute("UPDATE incident SET starts = 1300000000, ends = 1690000000, best = 7 WHERE record = 5", [])
        .unwrap();
    let columns = Columns::load(&db).unwrap();
    let (first, last) = (18_000_i64, 18_119);
    let view = View { time: Some((first * 86_400, (last + 1) * 86_400)), ..View::default() };
    let days = columns.by_day(&view, (first, last));
    let sql = "SELECT max(starts / 86400, ?1), count(*), sum(best) FROM incident
        WHERE ends >= ?1 * 86400 AND starts < (?2 + 1) * 86400 GROUP BY 1 ORDER BY 1";
    let mut list = db.prepare(sql).unwrap();
    let read = |row: &rusqlite::Row<'_>| {
        Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get::<_, i64>(2)?.cast_unsigned()))
    };
    let expected: Vec<(i64, u64, u64)> =
        list.query_map((first, last), read).unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(days, expected);
    assert!(days.len() > 40 && days[0].0 == first && days[0].2 >= 7, "{days:?}");
    // What a wider view has after the last day is not counted.
    let wide = columns.by_day(&View::default(), (first, first + 1));
    assert!(wide.iter().all(|day| day.0 <= first + 1));
}

#[test]
fn a_section_of_the_map_shows_each_incident_while_they_are_few_and_heaps_that_count_them_all() {
    let db = index(3_000);
    let columns = Columns::load(&db).unwrap();
    let view = View { killed: 3, ..View::default() };
    let sql = "SELECT count(*) FROM incident WHERE best >= 3 AND lat BETWEEN 0 AND 50000000 AND lon BETWEEN 0 AND 90000000";
    let there = db.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
    let of = |most| SpotsOf { map: [0, 50_000_000, 0, 90_000_000], size: (9, 5), most };
    let Spots::Each(each) = columns.spots(&view, of(there)) else { panic!("{there} are not too many") };
    assert_eq!(each.len(), there);
    assert!(each.iter().all(|spot| spot.best >= 3 && (0..=50_000_000).contains(&spot.lat)));
    let Spots::Heaps(heaps) = columns.spots(&view, of(there - 1)) else { panic!("{there} are too many") };
    assert!(heaps.len() > 20 && heaps.len() <= 45, "{}", heaps.len());
    assert_eq!(heaps.iter().map(|heap| heap.count).sum::<u64>(), there as u64);
    assert_eq!(
        heaps.iter().map(|heap| heap.best).sum::<u64>(),
        each.iter().map(|spot| u64::from(spot.best)).sum::<u64>()
    );
    for heap in &heaps {
        let [south, north, west, east] = heap.bounds;
        assert!((south..=north).contains(&heap.middle.0) && (west..=east).contains(&heap.middle.1));
        assert!(north - south <= 10_000_001 && east - west <= 10_000_001);
    }
}

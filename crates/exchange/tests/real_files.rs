#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
//! The real files of UCDP: every row is read, and the sums are those of a plain computation.

mod common;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use counterseal_exchange::{Import, Layout, Schema};
use counterseal_model::{PlacePrecision, TimePrecision};

use common::drafts;

/// A real data file; fails in CI when it is not there, else says so.
fn shared(name: &str) -> Option<PathBuf> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let root = std::env::var("COUNTERSEAL_SHARED").unwrap_or_else(|_| default.to_owned());
    let path = PathBuf::from(root).join("data/events").join(name);
    if path.is_file() {
        println!("uses {}", path.display());
        return Some(path);
    }
    println!("skipped: {} is not there; set COUNTERSEAL_SHARED", path.display());
    assert!(std::env::var_os("CI").is_none(), "in CI the real data files must be there");
    None
}

fn bytes(name: &str) -> Option<Vec<u8>> {
    let raw = std::fs::read(shared(name)?).unwrap();
    if !name.ends_with(".gz") {
        return Some(raw);
    }
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(raw.as_slice()).read_to_end(&mut plain).unwrap();
    Some(plain)
}

/// Rows and killed by year, as a plain reading of the file has them.
fn plain_csv(bytes: &[u8]) -> (usize, BTreeMap<i32, u64>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|known| known == name).unwrap();
    let (start, best) = (column("date_start"), column("best"));
    let (mut rows, mut sums) = (0, BTreeMap::new());
    for record in reader.records() {
        let record = record.unwrap();
        if record[start].starts_with('#') {
            continue;
        }
        rows += 1;
        let year: i32 = record[start][..4].parse().unwrap();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "whole numbers as floats"
        )]
        let killed = record[best].parse::<f64>().unwrap() as u64;
        *sums.entry(year).or_default() += killed;
    }
    (rows, sums)
}

fn ours(bytes: &[u8]) -> (usize, BTreeMap<i32, u64>) {
    let drafts = drafts(bytes, None);
    let mut sums = BTreeMap::new();
    for draft in &drafts {
        let year = draft.incident.occurred.as_ref().unwrap().from.to_utc().year();
        *sums.entry(year).or_default() += draft.incident.killed().unwrap().best.unwrap();
    }
    (drafts.len(), sums)
}

fn check_csv(name: &str, rows: usize) {
    let Some(bytes) = bytes(name) else { return };
    assert_eq!(Layout::detect(&bytes[..20_000]).unwrap().schema, Schema::Ucdp);
    let plain = plain_csv(&bytes);
    assert_eq!(plain.0, rows);
    assert_eq!(ours(&bytes), plain, "{name}");
}

#[test]
fn sudan() {
    check_csv("sudan_hdx_hxl_conflict_data_sdn.csv", 3_822);
}

#[test]
fn south_sudan() {
    check_csv("south_sudan_hdx_hxl_conflict_data_ssd.csv", 941);
}

#[test]
fn global_sample() {
    check_csv("global_sample1000_ged231.csv", 1_000);
}

#[test]
fn syria_with_41_columns() {
    check_csv("syria_ged191.csv.gz", 16_566);
}

#[test]
fn central_african_republic_as_geojson() {
    let Some(bytes) = bytes("car_GEDEvent_v23_1.geojson") else { return };
    let collection: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let mut sums: BTreeMap<i32, u64> = BTreeMap::new();
    let features = collection["features"].as_array().unwrap();
    for feature in features {
        let properties = &feature["properties"];
        let year: i32 = properties["date_start"].as_str().unwrap()[..4].parse().unwrap();
        *sums.entry(year).or_default() += properties["best"].as_u64().unwrap();
    }
    assert_eq!(features.len(), 1_848);
    assert_eq!(ours(&bytes), (1_848, sums));
    let first = &drafts(&bytes, None)[0];
    let point = first.incident.place.as_ref().unwrap().point.unwrap();
    assert_eq!((point.lat_e7(), point.lon_e7()), (53_997_840, 264_868_810));
}

#[test]
fn one_event_in_full() {
    let Some(bytes) = bytes("south_sudan_hdx_hxl_conflict_data_ssd.csv") else { return };
    let all = drafts(&bytes, None);
    let draft = &all[0];
    assert_eq!((draft.external.system.as_str(), draft.external.id.as_str()), ("ucdp-ged", "30367"));
    let incident = &draft.incident;
    assert_eq!(incident.external, std::slice::from_ref(&draft.external));
    assert_eq!(incident.title.as_deref(), Some("Government of Uganda – LRA, Raga town"));
    assert_eq!(incident.kind.as_ref().unwrap().as_str(), "state-based-conflict");
    let occurred = incident.occurred.as_ref().unwrap();
    assert_eq!(occurred.from.rfc3339(), "2011-09-17T00:00:00Z");
    assert_eq!((occurred.to, occurred.precision), (None, TimePrecision::Day));
    let place = incident.place.as_ref().unwrap();
    assert_eq!(place.precision, Some(PlacePrecision::Exact));
    assert_eq!(place.iso3.as_deref(), Some("SSD"));
    assert_eq!(place.point.unwrap().to_string(), "8.466667, 25.683333");
    let groups: Vec<_> = incident
        .casualties
        .iter()
        .map(|entry| (entry.group.as_ref().map_or("all", |group| group.as_str()), entry.best.unwrap()))
        .collect();
    assert_eq!(groups, [("all", 4), ("side-a", 0), ("side-b", 4), ("civilians", 0), ("unknown", 0)]);
    assert_eq!(incident.attributes["relid"], "UGA-2011-1-151-27");
    assert!(!incident.attributes.contains_key("geom_wkt"), "it repeats the point");
    let actors: Vec<_> = draft
        .actors
        .iter()
        .map(|actor| (actor.name.as_str(), actor.external.as_ref().unwrap().id.as_str()))
        .collect();
    assert_eq!(actors, [("Government of Uganda", "90"), ("LRA", "488")]);
}

#[test]
fn civilians_are_named_but_are_no_group() {
    let Some(bytes) = bytes("sudan_hdx_hxl_conflict_data_sdn.csv") else { return };
    let all = drafts(&bytes, None);
    let one_sided: Vec<_> = all
        .iter()
        .filter(|draft| draft.incident.kind.as_ref().unwrap().as_str() == "one-sided-violence")
        .collect();
    assert_eq!(one_sided.len(), 1_464);
    for draft in one_sided {
        assert_eq!(draft.incident.actors[1].name.as_deref(), Some("Civilians"));
        assert_eq!(draft.actors.len(), 1);
    }
}

#[test]
fn no_column_is_lost_and_reading_again_gives_the_same_bytes() {
    let Some(bytes) = bytes("global_sample1000_ged231.csv") else { return };
    let encoded = |drafts: &[counterseal_exchange::Draft]| -> Vec<Vec<u8>> {
        drafts.iter().map(|draft| counterseal_model::cbor::to_bytes(&draft.incident)).collect()
    };
    let first = drafts(&bytes, None);
    assert_eq!(encoded(&first), encoded(&drafts(&bytes, None)));
    // Every cell's text is somewhere in the incident; numbers may have lost their `.0`.
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().unwrap().clone();
    let elsewhere = ["type_of_violence", "date_prec", "where_prec", "date_start", "date_end", "geom_wkt"];
    for (record, draft) in reader.records().zip(&first) {
        let told = format!("{:?}{:?}", draft.incident, draft.actors);
        for (name, cell) in header.iter().zip(&record.unwrap()) {
            if elsewhere.contains(&name) || name.ends_with("itude") || name == "source_article" {
                continue;
            }
            let cell = cell.trim();
            let cell = cell.strip_suffix(".0").unwrap_or(cell);
            let quoted = format!("{cell:?}");
            assert!(told.contains(quoted.trim_matches('"')), "{name}: {cell} is lost");
        }
    }
}

#[test]
fn editions_agree_on_one_event() {
    let Some(bytes) = bytes("global_sample1000_ged231.csv") else { return };
    let (mut reader, mut plain) =
        (csv::Reader::from_reader(bytes.as_slice()), csv::Writer::from_writer(Vec::new()));
    plain.write_record(reader.headers().unwrap()).unwrap();
    // The same file as the publisher has it: whole numbers without the `.0` of a spreadsheet.
    for record in reader.records() {
        plain
            .write_record(record.unwrap().iter().map(|cell| cell.strip_suffix(".0").unwrap_or(cell)))
            .unwrap();
    }
    assert_eq!(drafts(&plain.into_inner().unwrap(), None), drafts(&bytes, None));
}

#[test]
#[ignore = "a measurement; run it with --release"]
#[expect(clippy::disallowed_methods, reason = "this measures")]
fn speed() {
    let Some(bytes) = bytes("syria_ged191.csv.gz") else { return };
    for _ in 0..5 {
        let begun = std::time::Instant::now();
        let rows =
            Import::open(bytes.as_slice(), None).unwrap().filter(|row| row.as_ref().unwrap().outcome.is_ok());
        let rows = rows.count();
        println!("{:.2} µs a row", begun.elapsed().as_secs_f64() * 1e6 / rows as f64);
    }
}

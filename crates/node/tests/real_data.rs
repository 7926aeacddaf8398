//! Real files in: rows counted, sums compared with a plain reading of the file, imported twice.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod common;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use common::{found, shared, unlock};
use counterseal_exchange::Import;
use counterseal_model::Classification;
use counterseal_node::{By, Desk, Filter, Go, ImportOptions, ImportReport};
use tempfile::TempDir;

fn bytes_of(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    match path.extension().is_some_and(|end| end == "gz") {
        true => flate2::read::GzDecoder::new(File::open(path).unwrap()).read_to_end(&mut bytes).unwrap(),
        false => File::open(path).unwrap().read_to_end(&mut bytes).unwrap(),
    };
    bytes
}

fn import(desk: &mut Desk, bytes: &[u8]) -> ImportReport {
    let options = ImportOptions {
        compartment: desk.default_compartment().unwrap(),
        classification: Classification::Unclassified,
        dry_run: false,
        commit_rows: ImportOptions::COMMIT_ROWS,
        source: None,
    };
    desk.import(Import::open(bytes, None).unwrap(), &options, &mut |_| Ok(()), &mut |_| Go::On).unwrap()
}

/// Sums of best estimates by year, read with nothing of ours.
fn plain_sums(bytes: &[u8], geojson: bool) -> BTreeMap<String, u64> {
    let mut sums = BTreeMap::new();
    if geojson {
        let file: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        for feature in file["features"].as_array().unwrap() {
            let properties = &feature["properties"];
            let year = properties["date_start"].as_str().unwrap()[..4].to_owned();
            *sums.entry(year).or_default() += properties["best"].as_u64().unwrap();
        }
        return sums;
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|h| h == name).unwrap();
    let (date, best) = (column("date_start"), column("best"));
    for row in reader.records() {
        let row = row.unwrap();
        if row[date].starts_with('#') {
            continue; // the row of HXL tags
        }
        let killed: f64 = row[best].parse().unwrap();
        *sums.entry(row[date][..4].to_owned()).or_default() += killed as u64;
    }
    sums
}

fn sums_by_year(desk: &Desk) -> BTreeMap<String, u64> {
    let rows = desk.stats(&Filter::default(), &[By::Year]).unwrap();
    rows.into_iter().map(|row| (row.keys[0].clone().unwrap(), row.best)).collect()
}

fn case(file: &str, rows: u64) {
    let Some(path) = shared(file) else { return };
    let bytes = bytes_of(&path);
    let home = TempDir::new().unwrap();
    let mut desk = found(home.path(), 11);
    let report = import(&mut desk, &bytes);
    println!("{file}: {} rows, {} records, {} actors", report.rows, report.new, report.entities);
    assert_eq!((report.rows, report.rejected), (rows, 0));
    assert_eq!(desk.count(&Filter::default()).unwrap(), rows);
    assert_eq!(sums_by_year(&desk), plain_sums(&bytes, file.ends_with("geojson")));
    let again = import(&mut desk, &bytes);
    assert_eq!((again.new, again.changed, again.unchanged), (0, 0, rows), "importing again changes nothing");
    desk.close().unwrap();
    let desk = unlock(home.path(), 12);
    let verified = desk.verify(&mut |_, _| {}).unwrap();
    assert_eq!(verified.parts, report.new + report.entities);
}

#[test]
fn central_african_republic_geojson() {
    case("events/car_GEDEvent_v23_1.geojson", 1_848);
}

#[test]
fn sudan_with_hxl_tags() {
    case("events/sudan_hdx_hxl_conflict_data_sdn.csv", 3_822);
}

#[test]
fn south_sudan_with_hxl_tags() {
    case("events/south_sudan_hdx_hxl_conflict_data_ssd.csv", 941);
}

#[test]
fn global_sample() {
    case("events/global_sample1000_ged231.csv", 1_000);
}

#[test]
fn syria_of_41_columns() {
    case("events/syria_ged191.csv.gz", 16_566);
}

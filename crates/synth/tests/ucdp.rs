//! The file in the shape of UCDP GED.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use counterseal_synth::{Plan, World, to_ucdp_csv};

fn written(rows: usize) -> Vec<u8> {
    let mut file = Vec::new();
    to_ucdp_csv(&World::new(Plan::new(4, 100)), &mut file, rows).unwrap();
    file
}

#[test]
fn has_the_columns_of_the_real_file() {
    let root = std::env::var("COUNTERSEAL_SHARED").map_or_else(
        |_| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    let real = root.join("data/events/global_sample1000_ged231.csv");
    let Ok(bytes) = std::fs::read(&real) else {
        assert!(std::env::var_os("CI").is_none(), "{} is missing", real.display());
        println!("skipped, because {} is missing", real.display());
        return;
    };
    println!("read {}", real.display());
    let header = |bytes: &[u8]| csv::Reader::from_reader(bytes).headers().unwrap().clone();
    assert_eq!(header(&written(0)), header(&bytes));
}

#[test]
fn rows_hold_together_however_many() {
    let file = written(500);
    let mut reader = csv::Reader::from_reader(file.as_slice());
    let columns = reader.headers().unwrap().clone();
    let mut ids = Vec::new();
    let mut quoted = 0;
    for row in reader.records() {
        let row = row.unwrap();
        let text = |name: &str| &row[columns.iter().position(|column| column == name).unwrap()];
        let number =
            |name: &str| text(name).parse::<u64>().unwrap_or_else(|_| panic!("{name}: {}", text(name)));
        assert!((1..=3).contains(&number("type_of_violence")));
        assert_eq!(text("dyad_name"), format!("{} - {}", text("side_a"), text("side_b")));
        let sides = ["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"].map(number);
        assert_eq!(sides.iter().sum::<u64>(), number("best"));
        assert!(number("low") <= number("best") && number("best") <= number("high"));
        assert!(text("date_start") <= text("date_end") && text("date_start").len() == 10);
        assert!(number("country_id") > 0 && !text("country").is_empty());
        if !text("latitude").is_empty() {
            let point = format!("POINT ({} {})", text("longitude"), text("latitude"));
            assert_eq!(text("geom_wkt"), point);
        }
        quoted += usize::from(text("source_article").contains(','));
        ids.push(number("id"));
    }
    assert_eq!(ids.len(), 500);
    assert!(quoted > 100, "commas in texts are quoted");
    ids.dedup();
    assert_eq!(ids.len(), 500);
}

//! Example tables with what they decide. Every `tests/tables/*.csv` is read, with the decisions expected of it in the
//! `.expect` beside it; every `tests/tables/refused/*.csv` is refused with the sentence in the `.error` beside it. Adding
//! one needs no code. How an expectation is written: tests/tables/README.md.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::path::{Path, PathBuf};

use counterseal_policy::*;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn csvs(name: &str) -> Vec<PathBuf> {
    let mut all: Vec<_> =
        std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    all.sort();
    all
}

fn check(csv: &Path, expect: &Path) -> usize {
    let name = csv.file_name().unwrap().to_str().unwrap();
    let table = Table::read(name, &std::fs::read(csv).unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let policy = table.for_examples().unwrap();
    let text =
        std::fs::read_to_string(expect).unwrap_or_else(|error| panic!("{}: {error}", expect.display()));
    let outcomes = try_examples(&policy, name, &text).unwrap_or_else(|error| panic!("{error}"));
    for outcome in &outcomes {
        assert_eq!(
            outcome.found,
            outcome.expected,
            "{}, line {}: {} (found on the left, expected on the right)",
            expect.display(),
            outcome.line,
            outcome.title
        );
        assert!(outcome.is_right());
    }
    outcomes.len()
}

#[test]
fn an_example_that_says_nothing_is_named_with_its_line() {
    let table = Table::read("default.csv", Table::DEFAULT.as_bytes()).unwrap().for_examples().unwrap();
    let bad = |text: &str| try_examples(&table, "x.expect", text).unwrap_err().to_string();
    assert!(
        bad("training\n\n# Nobody asks.\ntraining\n=> permitted")
            .starts_with("x.expect, line 1: the example asks")
    );
    assert!(bad("ask open cases for audit\n").contains("line 1: the example expects nothing"));
    assert!(bad("\nask look cases for audit\n=> x").contains("line 2: 'look' is no action"));
    assert!(
        bad("training untill 2026-01-01\nask open cases for audit\n=> x").contains("'untill 2026-01-01'")
    );
    assert!(bad("ask open cases for audit urgently\n=> x").contains("'urgently'"));
    let wrong = try_examples(&table, "x.expect", "ask open cases for audit\n=> permitted").unwrap();
    assert!(wrong.len() == 1 && !wrong[0].is_right(), "what is not decided so is no success");
}

#[test]
fn every_example_decides_as_it_says() {
    let tables = csvs("tests/tables");
    assert!(tables.len() >= 2, "only {} tables were found", tables.len());
    for csv in tables {
        assert!(check(&csv, &csv.with_extension("expect")) > 0, "{}", csv.display());
    }
}

#[test]
fn the_default_table_decides_as_a_mission_expects() {
    let count = check(&folder("tables/default.csv"), &folder("tests/tables/default.expect"));
    assert!(count >= 20, "only {count} decisions were found");
}

#[test]
fn every_faulty_table_is_refused_with_file_row_column_and_what_to_do() {
    let tables = csvs("tests/tables/refused");
    assert!(tables.len() >= 20, "only {} tables were found", tables.len());
    for csv in tables {
        let name = csv.file_name().unwrap().to_str().unwrap();
        let expected = std::fs::read_to_string(csv.with_extension("error")).unwrap_or_default();
        match Table::read(name, &std::fs::read(&csv).unwrap()) {
            Ok(_) => panic!("{name} was accepted; it should say: {expected}"),
            Err(error) => assert_eq!(error.to_string(), expected.trim_end(), "{name}"),
        }
    }
}

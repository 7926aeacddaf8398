//! Helpers of the integration tests.

use std::path::PathBuf;

use counterseal_exchange::{Draft, Import, Mapping, Row};

/// A real data file; fails in CI when it is not there, else says so.
#[allow(dead_code, reason = "not every test file reads real data")]
pub(crate) fn shared(name: &str) -> Option<PathBuf> {
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

#[allow(dead_code, reason = "not every test file reads every row")]
pub(crate) fn rows(bytes: &[u8], mapping: Option<Mapping>) -> Vec<Row> {
    Import::open(bytes, mapping).unwrap().map(|row| row.unwrap()).collect()
}

#[allow(dead_code, reason = "not every test file reads clean files")]
pub(crate) fn drafts(bytes: &[u8], mapping: Option<Mapping>) -> Vec<Draft> {
    rows(bytes, mapping)
        .into_iter()
        .map(|row| row.outcome.unwrap_or_else(|rejected| panic!("{rejected}")))
        .collect()
}

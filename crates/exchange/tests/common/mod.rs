//! Helpers of the integration tests.

use counterseal_exchange::{Draft, Import, Mapping, Row};

pub(crate) fn rows(bytes: &[u8], mapping: Option<Mapping>) -> Vec<Row> {
    Import::open(bytes, mapping).unwrap().map(|row| row.unwrap()).collect()
}

pub(crate) fn drafts(bytes: &[u8], mapping: Option<Mapping>) -> Vec<Draft> {
    rows(bytes, mapping)
        .into_iter()
        .map(|row| row.outcome.unwrap_or_else(|rejected| panic!("{rejected}")))
        .collect()
}

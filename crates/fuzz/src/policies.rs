//! A mission's policy, as somebody edited it and as a statement holds it (docs/spec/policy.md).

use std::sync::OnceLock;

use counterseal_policy::{Policy, Table, try_examples};

use crate::same;

/// Compiling takes a millisecond a row or so: longer tables are only read.
const COMPILED: usize = 12;

/// A table, and examples for one.
pub fn policies(bytes: &[u8]) {
    if let Ok(table) = Table::read("table", bytes) {
        let written = table.to_bytes();
        match Table::from_canonical("table", &written) {
            Ok(again) => assert_eq!(again, table, "a table that is written and read is another"),
            Err(refusal) => panic!("a table that was read is refused when it is written: {refusal}"),
        }
        if let Ok(canonical) = Table::from_canonical("table", bytes) {
            same(&canonical.to_bytes(), bytes, "table");
        }
        if table.rows().len() <= COMPILED
            && let Err(error) = Policy::new(table)
        {
            panic!("a table that was read cannot be compiled: {error}");
        }
    }
    if let (Ok(examples), Some(policy)) = (str::from_utf8(bytes), policy()) {
        let _ = try_examples(policy, "examples", examples);
    }
}

fn policy() -> Option<&'static Policy> {
    static POLICY: OnceLock<Option<Policy>> = OnceLock::new();
    POLICY
        .get_or_init(|| Table::read("default", Table::DEFAULT.as_bytes()).ok()?.for_examples().ok())
        .as_ref()
}

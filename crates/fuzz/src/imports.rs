//! Files of other systems, and the mapping files that people write for them (docs/spec/exchange.md).

use counterseal_exchange::{Import, Mapping, find_marks, incident_from_json, incident_to_json};
use counterseal_model::record::Incident;

/// A file to import: the reader ends, and every row that it does not take has its number and its reason.
pub fn imports(bytes: &[u8]) {
    let mut last = 0;
    if let Ok(import) = Import::open(bytes, None) {
        for row in import {
            let Ok(row) = row else { break };
            assert!(row.line >= last, "lines go up");
            last = row.line;
            if let Err(rejected) = row.outcome {
                assert!(!rejected.reason.is_empty(), "a row without a reason");
            }
        }
    }
    let _ = find_marks(bytes);
    if let Some(incident) = incident(bytes) {
        let again = incident_from_json(&incident_to_json(&incident));
        assert!(again.is_ok_and(|other| other == incident), "an incident read as another");
    }
}

fn incident(bytes: &[u8]) -> Option<Incident> {
    incident_from_json(&serde_json::from_slice(bytes).ok()?).ok()
}

/// A mapping file.
pub fn mappings(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let _ = Mapping::parse(text);
}

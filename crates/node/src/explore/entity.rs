//! What the columns tell of entities and their incidents.

use std::collections::HashMap;

use super::columns::Columns;

impl Columns {
    /// Incidents by the entity that took part, by record number. Records that are said to be one count under the one that
    /// stands for them.
    #[must_use]
    pub fn counts_by_entity(&self) -> HashMap<u32, u64> {
        let mut counts = vec![0_u64; self.entity_records.len()];
        for place in &self.entities {
            if let Some(count) = counts.get_mut(*place as usize) {
                *count += 1;
            }
        }
        self.entity_records.iter().copied().zip(counts).collect()
    }
}

//! What the columns tell of entities and their incidents.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::columns::{BLOCK, Columns};
use super::draw::rows_of;
use super::select::{Sought, View};

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

    /// The record numbers of the newest incidents that a view shows, newest first; those without a time last.
    #[must_use]
    pub fn newest(&self, view: &View, most: usize) -> Vec<u32> {
        let sought = Sought::new(view, self);
        let mut found: Vec<(Reverse<i64>, u32)> = Vec::new();
        for nth in (0..self.blocks.len()).filter(|nth| sought.may_hold(*nth)) {
            for row in rows_of(sought.mask(nth)) {
                let at = nth * BLOCK + row;
                if let (Some(starts), Some(record)) = (self.starts.get(at), self.record.get(at)) {
                    found.push((Reverse(*starts), *record));
                }
            }
        }
        if found.len() > most && most > 0 {
            found.select_nth_unstable(most - 1);
        }
        found.truncate(most);
        found.sort_unstable();
        found.into_iter().map(|(_, record)| record).collect()
    }
}

//! What this desk can open, by compartment: what its owner could be made to show.

use std::collections::BTreeMap;

use counterseal_model::{CompartmentId, EpochId};
use counterseal_register::Subject;

use crate::desk::Desk;
use crate::error::NodeError;

/// How much of a compartment this desk can open with all that is on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Openable {
    /// The compartment.
    pub id: CompartmentId,
    /// Its name, if this desk may know it.
    pub name: Option<String>,
    /// Epochs whose secret is here.
    pub secrets: u64,
    /// Epochs that there are.
    pub epochs: u64,
    /// Entries on this desk that open.
    pub open: u64,
    /// Entries on this desk.
    pub entries: u64,
    /// Whether this desk left it for a trip.
    pub away: bool,
}

impl Desk {
    /// What this desk can open, by compartment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn openable(&self) -> Result<Vec<Openable>, NodeError> {
        let at = self.moment();
        let counts = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT compartment, epoch, count(*) FROM entry GROUP BY compartment, epoch",
            )?;
            let rows = list.query_map([], |row| {
                let (compartment, epoch, count): ([u8; 16], [u8; 32], i64) = row.try_into()?;
                Ok((
                    CompartmentId::from_bytes(compartment),
                    EpochId::from_bytes(epoch),
                    count.cast_unsigned(),
                ))
            })?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let mut entries: BTreeMap<CompartmentId, (u64, u64)> = BTreeMap::new();
        for (compartment, epoch, count) in counts {
            let (open, all) = entries.entry(compartment).or_default();
            *open += if self.holds(epoch) { count } else { 0 };
            *all += count;
        }
        let openable = |id: CompartmentId| {
            let epochs = self.register.epochs(id);
            let (open, all) = entries.get(&id).copied().unwrap_or_default();
            Openable {
                id,
                name: self.name_of(Subject::Compartment(id)).map(|name| name.to_string()),
                secrets: epochs.iter().filter(|epoch| self.holds(**epoch)).count() as u64,
                epochs: epochs.len() as u64,
                open,
                entries: all,
                away: self.register.left_by(id, self.device(), at).is_some(),
            }
        };
        Ok(self.register.compartments(at).into_iter().map(openable).collect())
    }
}

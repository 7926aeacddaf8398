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
    /// Guarded entries on this desk: none of them opens without the trustees.
    pub guarded: u64,
    /// Guarded entries of its own of which this desk still holds what they say, until they are acknowledged.
    pub held: u64,
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
                "SELECT compartment, epoch, guarded, count(*) FROM entry GROUP BY compartment, epoch, guarded",
            )?;
            let rows = list.query_map([], |row| {
                let (compartment, epoch, guarded, count): ([u8; 16], [u8; 32], bool, i64) = row.try_into()?;
                Ok((
                    CompartmentId::from_bytes(compartment),
                    EpochId::from_bytes(epoch),
                    guarded,
                    count.cast_unsigned(),
                ))
            })?;
            Ok::<_, NodeError>(rows.collect::<Result<Vec<_>, _>>()?)
        })?;
        let mut entries: BTreeMap<CompartmentId, (u64, u64, u64)> = BTreeMap::new();
        for (compartment, epoch, guarded, count) in counts {
            let (open, all, sealed_twice) = entries.entry(compartment).or_default();
            *open += if self.holds(epoch) && !guarded { count } else { 0 };
            *all += count;
            *sealed_twice += if guarded { count } else { 0 };
        }
        let mut held = BTreeMap::new();
        for id in self.register.compartments(at) {
            held.insert(id, self.held_guarded(id)?);
        }
        let openable = |id: CompartmentId| {
            let epochs = self.register.epochs(id);
            let (open, all, guarded) = entries.get(&id).copied().unwrap_or_default();
            Openable {
                id,
                name: self.name_of(Subject::Compartment(id)).map(|name| name.to_string()),
                secrets: epochs.iter().filter(|epoch| self.holds(**epoch)).count() as u64,
                epochs: epochs.len() as u64,
                open,
                guarded,
                held: held.get(&id).copied().unwrap_or(0),
                entries: all,
                away: self.register.left_by(id, self.device(), at).is_some(),
            }
        };
        Ok(self.register.compartments(at).into_iter().map(openable).collect())
    }
}

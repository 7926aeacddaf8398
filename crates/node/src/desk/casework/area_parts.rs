//! What is sealed twice of records whose open part says that they are in an area (docs/spec/casework.md, section 6).

use counterseal_model::RecordId;
use counterseal_model::record::Body;
use counterseal_register::PartRef;

use super::area::Area;
use crate::desk::Desk;
use crate::error::NodeError;

impl Desk {
    /// The guarded parts of records of which a part is open here and has a place in the area, as far as this desk knows
    /// that they belong together: it wrote or opened them. Withdrawn and erased ones are left out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parts_in(&self, area: &Area) -> Result<Vec<PartRef>, NodeError> {
        let records: Vec<[u8; 16]> = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT DISTINCT record FROM sibling ORDER BY record")?;
            let rows = list.query_map([], |row| row.get(0))?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let mut parts = Vec::new();
        for record in records.into_iter().map(RecordId::from_bytes) {
            if self.is_in(record, area) {
                parts.extend(self.sealed_twice(record)?.into_iter().map(|named| named.part));
            }
        }
        parts.sort_unstable();
        Ok(parts)
    }

    /// Whether the open part of a record has a place in an area.
    pub(super) fn is_in(&self, record: RecordId, area: &Area) -> bool {
        let place = match self.record(record).map(|view| view.part.body) {
            Ok(Body::Incident(incident)) => incident.place,
            Ok(Body::Entity(entity)) => entity.place,
            _ => None,
        };
        place.is_some_and(|place| area.contains(&place))
    }
}

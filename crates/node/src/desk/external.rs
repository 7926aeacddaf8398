//! Record ids that follow from what another system calls a thing, so that two desks that import one
//! file mean one record.

use counterseal_model::record::ExternalRef;
use counterseal_model::{MissionId, RecordId};
use counterseal_register::{Label, sha256};
use rusqlite::OptionalExtension;

use super::Desk;
use crate::error::NodeError;
use crate::index::fold;

/// The system of our own exports: the id there is a record's.
const OWN: &str = "counterseal";

/// The record that a mission keeps for an external reference.
pub(crate) fn record_of(mission: MissionId, external: &ExternalRef) -> RecordId {
    if external.system.as_str() == OWN
        && let Ok(id) = external.id.parse()
    {
        return id;
    }
    derive(mission, Label::RECORD_EXTERNAL, &[external.system.as_str(), &external.id])
}

/// The record that a mission keeps for an entity known by its name alone.
pub(crate) fn record_named(mission: MissionId, kind: &str, name: &str) -> RecordId {
    derive(mission, Label::RECORD_NAMED, &[kind, &fold(name)])
}

fn derive(mission: MissionId, label: Label, texts: &[&str]) -> RecordId {
    let mut input = label.bytes().to_vec();
    input.extend_from_slice(mission.as_bytes());
    for text in texts {
        input.extend_from_slice(&(text.len() as u64).to_be_bytes());
        input.extend_from_slice(text.as_bytes());
    }
    let mut id = [0; RecordId::LEN];
    id.iter_mut().zip(sha256(&[&input])).for_each(|(slot, byte)| *slot = byte);
    RecordId::from_bytes(id)
}

impl Desk {
    /// The record with an external reference, whether its id follows from it or not.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn external_record(&self, external: &ExternalRef) -> Result<Option<RecordId>, NodeError> {
        let derived = record_of(self.mission(), external);
        self.store.read(|db| {
            let mut by_id = db.prepare_cached("SELECT 1 FROM record WHERE id = ?1 AND kind > 0")?;
            if by_id.exists([derived.as_bytes()])? {
                return Ok(Some(derived));
            }
            let mut by_ref = db.prepare_cached(
                "SELECT r.id FROM external e JOIN record r ON r.no = e.record WHERE e.system = ?1 AND e.ref = ?2",
            )?;
            let found = by_ref.query_row((external.system.as_str(), &external.id), |row| row.get(0));
            Ok::<_, NodeError>(found.optional()?.map(RecordId::from_bytes))
        })
    }
}

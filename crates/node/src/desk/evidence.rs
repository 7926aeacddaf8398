//! Evidence against a device that wrote two entries at one place in its journal, and filing it.

use counterseal_model::{DeviceId, EntryId, PersonId};
use counterseal_register::{Blob, SuspendDevice, claimed_device};

use super::Desk;
use crate::error::NodeError;

/// Two entries of one device for one place in a journal. Both are kept as they were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The device.
    pub device: DeviceId,
    /// Its person, if the register has the device.
    pub person: Option<PersonId>,
    /// The entry that came first.
    pub held: EntryId,
    /// The entry that claims its place.
    pub other: EntryId,
    /// Whether the device is suspended or revoked already.
    pub stopped: bool,
    headers: [Vec<u8>; 2],
}

impl Desk {
    /// All evidence that this desk has.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self) -> Result<Vec<Evidence>, NodeError> {
        type Row = ([u8; 32], [u8; 32], Vec<u8>, Vec<u8>);
        let rows: Vec<Row> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT v.id, v.held, v.header, e.header FROM evidence v JOIN entry e ON e.id = v.held
                 ORDER BY e.no, v.id",
            )?;
            let rows = list.query_map([], |row| row.try_into())?;
            Ok::<_, NodeError>(rows.collect::<Result<_, _>>()?)
        })?;
        let at = self.moment();
        let evidence = |(other, held, second, first): Row| {
            let device = claimed_device(&second)?;
            let known = self.register.device(device, at);
            let stopped = self.register.suspension(device, at).is_some()
                || known.as_ref().is_some_and(|known| {
                    matches!(known.status, counterseal_register::DeviceStatus::Revoked { .. })
                });
            Ok(Evidence {
                device,
                person: known.map(|known| known.person),
                held: EntryId::from_bytes(held),
                other: EntryId::from_bytes(other),
                stopped,
                headers: [first, second],
            })
        };
        rows.into_iter().map(evidence).collect()
    }

    /// Files the evidence that this desk has against a device: it is suspended on sight, and for good.
    /// New epochs begin without it wherever this desk can.
    ///
    /// # Errors
    /// `NoEvidence` when there is none; when the register refuses.
    pub fn suspend_device(&mut self, device: DeviceId) -> Result<(), NodeError> {
        let evidence = self.evidence()?.into_iter().find(|evidence| evidence.device == device);
        let Some(Evidence { person: Some(person), headers: [one, other], .. }) = evidence else {
            return Err(NodeError::NoEvidence { device });
        };
        let (one, other) = (Blob(one), Blob(other));
        let mut draft = self.draft()?;
        let act = SuspendDevice { person, device, one, other, extra: Default::default() };
        draft.say(act, &[&self.secrets])?;
        self.rekey_everywhere(&mut draft)?;
        self.keep_statements(draft)
    }
}

//! Evidence that a device wrote twice at one place in a journal: shown, and filed for its suspension
//! (docs/spec/register.md, section 9).

use counterseal_model::record::Part;
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, PersonId};
use counterseal_register::{Blob, DeviceStatus, SuspendDevice};
use rusqlite::OptionalExtension;

use super::places::{claimants, doubled};
use super::take::{Standing, ciphertexts};
use super::{Desk, PartReader};
use crate::error::NodeError;

/// Two entries of one device for one place in a journal. Both are kept whole, as they were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The device.
    pub device: DeviceId,
    /// Its person, if the register has the device.
    pub person: Option<PersonId>,
    /// The journal.
    pub journal: JournalId,
    /// The place in it, from 0.
    pub seq: u64,
    /// The entry that counts there: its leaf is the lowest, or it came first while the log has neither.
    pub held: EntryId,
    /// The entry that claims its place, and does not count.
    pub other: EntryId,
    /// The leaves of both in the journal log, as far as this desk has them.
    pub leaves: [Option<u64>; 2],
    /// Whether the device is suspended or revoked already.
    pub stopped: bool,
    headers: [Vec<u8>; 2],
}

/// An entry as this desk keeps it, whether it counts or not.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryView {
    /// The compartment.
    pub compartment: CompartmentId,
    /// How it stands.
    pub standing: Standing,
    /// Whether it does not follow the entry that counts before it.
    pub broken: bool,
    /// Its place in the journal log, as far as this desk has it.
    pub leaf: Option<u64>,
    /// What it says; nothing without its epoch's secret. A part that is none is left out.
    pub parts: Vec<Part>,
}

impl Desk {
    /// All evidence that this desk has, in order of device, journal and place. With more than two entries at a
    /// place, each other one is named with the one that counts.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self) -> Result<Vec<Evidence>, NodeError> {
        let found = self.store.read(|db| {
            let places = doubled(db)?.into_iter();
            places.map(|place| Ok((place, claimants(db, &place)?))).collect::<Result<Vec<_>, NodeError>>()
        })?;
        let at = self.moment();
        let mut evidence = Vec::new();
        for (place, claimants) in found {
            let known = self.register.device(place.device, at);
            let stopped = self.register.suspension(place.device, at).is_some()
                || known.as_ref().is_some_and(|known| matches!(known.status, DeviceStatus::Revoked { .. }));
            let (counts, others): (Vec<_>, Vec<_>) =
                claimants.iter().partition(|claimant| claimant.standing != Standing::Doubled);
            let Some(counts) = counts.first() else { continue };
            evidence.extend(others.into_iter().map(|other| Evidence {
                device: place.device,
                person: known.as_ref().map(|known| known.person),
                journal: place.journal,
                seq: place.seq,
                held: counts.id,
                other: other.id,
                leaves: [counts.leaf, other.leaf],
                stopped,
                headers: [counts.header.clone(), other.header.clone()],
            }));
        }
        Ok(evidence)
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

    /// An entry as it is kept, whether it counts or not; `None` when it is not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn look_at(&self, entry: EntryId) -> Result<Option<EntryView>, NodeError> {
        let reader = self.reader();
        self.store.read(|db| {
            let mut find =
                db.prepare_cached("SELECT no, compartment, standing, broken, leaf FROM entry WHERE id = ?1")?;
            type Columns = (i64, [u8; 16], u8, bool, Option<i64>);
            let found = find.query_row([entry.as_bytes()], |row| Columns::try_from(row)).optional()?;
            let Some((no, compartment, standing, broken, leaf)) = found else { return Ok(None) };
            Ok(Some(EntryView {
                compartment: CompartmentId::from_bytes(compartment),
                standing: Standing::of(standing),
                broken,
                leaf: leaf.map(i64::cast_unsigned),
                parts: parts_of(db, &reader, no)?,
            }))
        })
    }

    /// Entries that do not follow the one that counts before them: their device has, or had, a second history
    /// of the journal.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn broken_chains(&self) -> Result<Vec<EntryId>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT id FROM entry WHERE broken = 1 ORDER BY no")?;
            let rows = list.query_map([], |row| row.get(0).map(EntryId::from_bytes))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

/// The parts of an entry that open here.
pub(super) fn parts_of(
    db: &rusqlite::Connection,
    reader: &PartReader<'_>,
    no: i64,
) -> Result<Vec<Part>, NodeError> {
    let mut parts = Vec::new();
    for (number, ciphertext) in (no << super::write::INDEX_BITS..).zip(ciphertexts(db, no)?) {
        match reader.open_ciphertext(db, number, &ciphertext) {
            Ok(opened) => parts.push(opened.part),
            Err(NodeError::NoSecret(_) | NodeError::CannotOpen(_) | NodeError::Body(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(parts)
}

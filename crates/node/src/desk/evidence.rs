//! Evidence that a device wrote twice at one place in a journal: shown, and offered for its suspension
//! (docs/spec/register.md, section 9).

use counterseal_model::record::Part;
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId, PersonId};
use counterseal_register::{Blob, DeviceStatus, SuspendDevice};
use rusqlite::OptionalExtension;

use super::places::{Claimant, claimants, doubled};
use super::take::{Standing, ciphertexts};
use super::{Desk, PartReader};
use crate::error::NodeError;

/// An entry that claims a place in a journal at which there is another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The entry.
    pub entry: EntryId,
    /// Its place in the journal log, as far as this desk has it: the lowest one counts.
    pub leaf: Option<u64>,
    /// Its signed header.
    pub header: Vec<u8>,
}

/// Two entries of one device at one place in a journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Whose device it is.
    pub person: PersonId,
    /// The device.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
    /// The place in it, from 0.
    pub seq: u64,
    /// The entry that counts there: its leaf is the lowest, or it came first while the log has neither.
    pub counts: Claim,
    /// The other, which is kept and does not count.
    pub other: Claim,
    /// Whether the device is suspended or revoked already.
    pub answered: bool,
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
    /// Every place in a journal that several entries claim, in order of device, journal and place. With more
    /// than two at a place, each other one is named with the one that counts.
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
            let Some(device) = self.register.device(place.device, at) else { continue };
            let answered =
                matches!(device.status, DeviceStatus::Suspended { .. } | DeviceStatus::Revoked { .. });
            let (counts, others): (Vec<_>, Vec<_>) =
                claimants.iter().partition(|claimant| claimant.standing != Standing::Doubled);
            let Some(counts) = counts.first() else { continue };
            evidence.extend(others.into_iter().map(|other| Evidence {
                person: device.person,
                device: place.device,
                journal: place.journal,
                seq: place.seq,
                counts: claim(counts),
                other: claim(other),
                answered,
            }));
        }
        Ok(evidence)
    }

    /// Suspends a device on evidence, which any active device may file. Obeyed on sight.
    ///
    /// # Errors
    /// When the register refuses: it is suspended already, or the evidence is none.
    pub fn suspend_on(&mut self, evidence: &Evidence) -> Result<(), NodeError> {
        let act = SuspendDevice {
            person: evidence.person,
            device: evidence.device,
            one: Blob(evidence.counts.header.clone()),
            other: Blob(evidence.other.header.clone()),
            extra: Default::default(),
        };
        self.say_one(act, &[])
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

fn claim(claimant: &Claimant) -> Claim {
    Claim { entry: claimant.id, leaf: claimant.leaf, header: claimant.header.clone() }
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

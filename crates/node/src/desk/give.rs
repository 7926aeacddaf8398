//! Giving entries to other desks, through a hub or a pouch: the bytes as they are kept.

use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId};
use counterseal_register::Entry;
use rusqlite::Connection;

use super::Desk;
use super::places::{JournalPlace, KnownPlaces};
use super::take::ciphertexts;
use crate::error::NodeError;

/// The last entry of a journal that a desk holds without a gap before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct JournalHead {
    /// Whose it is.
    pub device: DeviceId,
    /// The journal.
    pub journal: JournalId,
    /// The compartment it is in.
    pub compartment: CompartmentId,
    /// The entry's place, from 0.
    pub seq: u64,
    /// The entry.
    pub entry: EntryId,
}

/// An entry to be given away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its number in the store.
    pub no: i64,
    /// The entry.
    pub entry: Entry,
    /// The compartment.
    pub compartment: CompartmentId,
    /// Its place in the journal log, if this desk knows it.
    pub leaf: Option<u64>,
    /// How urgent its author called it.
    pub urgency: u8,
}

impl Desk {
    /// How far every journal is held without a gap.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn journal_heads(&self) -> Result<Vec<JournalHead>, NodeError> {
        self.store.read(|db| {
            // The first place that is missing is the count of those before it.
            let mut list = db.prepare_cached(
                "SELECT e.device, e.journal, e.compartment, e.seq, e.id FROM entry e
                 WHERE e.seq = (SELECT count(*) - 1 FROM entry f
                                WHERE f.device = e.device AND f.journal = e.journal AND f.seq <= e.seq
                                  AND f.standing < 4)
                   AND e.standing < 4
                   AND NOT EXISTS (SELECT 1 FROM entry n
                                   WHERE n.device = e.device AND n.journal = e.journal AND n.seq = e.seq + 1
                                     AND n.standing < 4)
                 ORDER BY 1, 2",
            )?;
            let rows = list.query_map([], |row| {
                Ok(JournalHead {
                    device: DeviceId::from_bytes(row.get(0)?),
                    journal: JournalId::from_bytes(row.get(1)?),
                    compartment: CompartmentId::from_bytes(row.get(2)?),
                    seq: row.get::<_, i64>(3)?.cast_unsigned(),
                    entry: EntryId::from_bytes(row.get(4)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Numbers of the entries that are not in the journal log as far as this desk knows, the urgent
    /// ones first, then in order of arrival.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unlogged(&self) -> Result<Vec<i64>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT no FROM entry WHERE leaf IS NULL AND standing < 5 ORDER BY urgency, no",
            )?;
            Ok(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// Numbers of the entries that somebody who holds `heads` lacks, the urgent ones first; with
    /// `compartment`, of that compartment alone. Where several claim one place, nobody is taken to hold them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entries_beyond(
        &self,
        heads: &[JournalHead],
        compartment: Option<CompartmentId>,
    ) -> Result<Vec<i64>, NodeError> {
        let named = heads.iter().map(|head| (head.device, head.journal, head.seq, head.entry));
        self.store.read(|db| {
            let held = KnownPlaces::of(db, named)?;
            let mut list = db.prepare_cached(
                "SELECT no, device, journal, seq, compartment FROM entry e WHERE standing < 5
                   AND NOT EXISTS (SELECT 1 FROM own_guarded o WHERE o.entry = e.no AND o.batch IS NULL)
                 ORDER BY urgency, no",
            )?;
            let mut rows = list.query([])?;
            let mut beyond = Vec::new();
            while let Some(row) = rows.next()? {
                let (device, journal) =
                    (DeviceId::from_bytes(row.get(1)?), JournalId::from_bytes(row.get(2)?));
                let place = JournalPlace { device, journal, seq: row.get::<_, i64>(3)?.cast_unsigned() };
                let wanted = compartment.is_none_or(|wanted| row.get(4) == Ok(*wanted.as_bytes()));
                if wanted && !held.has(&place) {
                    beyond.push(row.get(0)?);
                }
            }
            Ok(beyond)
        })
    }

    /// An entry as it is kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn entry(&self, no: i64) -> Result<Given, NodeError> {
        self.store.read(|db| given(db, no))
    }
}

fn given(db: &Connection, no: i64) -> Result<Given, NodeError> {
    let mut find = db.prepare_cached("SELECT header, compartment, leaf, urgency FROM entry WHERE no = ?1")?;
    type Columns = (Vec<u8>, [u8; 16], Option<i64>, u8);
    let (header, compartment, leaf, urgency): Columns = find.query_row([no], |row| row.try_into())?;
    let entry = Entry { header, ciphertexts: ciphertexts(db, no)? };
    let compartment = CompartmentId::from_bytes(compartment);
    Ok(Given { no, entry, compartment, leaf: leaf.map(i64::cast_unsigned), urgency })
}

//! Places in journals. One entry counts at a place. Of several that claim it, it is the one whose leaf stands
//! first in the journal log; while the log has none of them, the one that came first. So which one counts follows
//! from the log alone, and every desk that holds the same log and entries says the same.

use std::collections::{BTreeMap, BTreeSet};

use counterseal_model::{DeviceId, EntryId, JournalId};
use counterseal_register::VerifiedHeader;
use rusqlite::Connection;

use super::take::{Intake, Standing};
use crate::error::NodeError;

/// A place in a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct JournalPlace {
    pub(super) device: DeviceId,
    pub(super) journal: JournalId,
    pub(super) seq: u64,
}

impl JournalPlace {
    pub(super) fn of(header: &VerifiedHeader) -> Self {
        let header = header.header();
        Self { device: header.device, journal: header.journal, seq: header.seq }
    }

    fn at(&self, seq: u64) -> Self {
        Self { seq, ..*self }
    }

    fn columns(&self) -> (&[u8; DeviceId::LEN], &[u8; JournalId::LEN], i64) {
        (self.device.as_bytes(), self.journal.as_bytes(), self.seq.cast_signed())
    }
}

/// An entry that claims a place.
#[derive(Debug, Clone)]
pub(super) struct Claimant {
    pub(super) no: i64,
    pub(super) id: EntryId,
    pub(super) header: Vec<u8>,
    pub(super) leaf: Option<u64>,
    pub(super) standing: Standing,
    broken: bool,
}

impl Claimant {
    /// Whether it goes before one that comes now and has this leaf.
    pub(super) fn is_before(&self, leaf: Option<u64>) -> bool {
        self.leaf.unwrap_or(u64::MAX) <= leaf.unwrap_or(u64::MAX)
    }
}

/// All that claim a place, the one that counts first. What is void claims none.
pub(super) fn claimants(db: &Connection, place: &JournalPlace) -> Result<Vec<Claimant>, NodeError> {
    let mut find = db.prepare_cached(
        "SELECT no, id, header, leaf, standing, broken FROM entry
         WHERE device = ?1 AND journal = ?2 AND seq = ?3 AND standing < 5 ORDER BY leaf IS NULL, leaf, no",
    )?;
    let rows = find.query_map(place.columns(), |row| {
        Ok(Claimant {
            no: row.get(0)?,
            id: EntryId::from_bytes(row.get(1)?),
            header: row.get(2)?,
            leaf: row.get::<_, Option<i64>>(3)?.map(i64::cast_unsigned),
            standing: Standing::of(row.get(4)?),
            broken: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The entry that is noted as the one that counts at a place.
pub(super) fn counting_at(db: &Connection, place: &JournalPlace) -> Result<Option<Claimant>, NodeError> {
    let mut claimants = claimants(db, place)?.into_iter();
    Ok(claimants.find(|claimant| claimant.standing != Standing::Doubled))
}

/// Whether an entry that names `prev` does not follow the one that counts before its place. While that one
/// is not here, nobody knows.
pub(super) fn breaks(db: &Connection, place: &JournalPlace, prev: EntryId) -> Result<bool, NodeError> {
    let Some(before) = place.seq.checked_sub(1) else { return Ok(false) };
    Ok(counting_at(db, &place.at(before))?.is_some_and(|before| before.id != prev))
}

/// What somebody is known to hold of journals: up to the last place without a gap.
#[derive(Default)]
pub(super) struct KnownPlaces {
    heads: BTreeMap<(DeviceId, JournalId), u64>,
    /// Places that several entries claim here: which of them somebody holds, a head does not say.
    doubled: BTreeSet<JournalPlace>,
}

impl KnownPlaces {
    /// From heads that somebody named. Of a journal whose head is another entry than the one here, that somebody
    /// holds another history: nothing of it counts as known.
    pub(super) fn of(
        db: &Connection,
        heads: impl IntoIterator<Item = (DeviceId, JournalId, u64, EntryId)>,
    ) -> Result<Self, NodeError> {
        let mut known = Self { heads: BTreeMap::new(), doubled: doubled(db)?.into_iter().collect() };
        for (device, journal, seq, id) in heads {
            let here = counting_at(db, &JournalPlace { device, journal, seq })?;
            if here.is_none_or(|here| here.id == id) {
                known.heads.insert((device, journal), seq);
            }
        }
        Ok(known)
    }

    pub(super) fn has(&self, place: &JournalPlace) -> bool {
        let head = self.heads.get(&(place.device, place.journal));
        head.is_some_and(|head| place.seq <= *head) && !self.doubled.contains(place)
    }
}

/// The places that several entries claim.
pub(super) fn doubled(db: &Connection) -> Result<Vec<JournalPlace>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT DISTINCT device, journal, seq FROM entry WHERE standing > 3 AND standing = 4 ORDER BY 1, 2, 3",
    )?;
    let rows = list.query_map([], |row| {
        Ok(JournalPlace {
            device: DeviceId::from_bytes(row.get(0)?),
            journal: JournalId::from_bytes(row.get(1)?),
            seq: row.get::<_, i64>(2)?.cast_unsigned(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn set_standing(
    tx: &Connection,
    no: i64,
    standing: Standing,
    shown: bool,
) -> Result<(), NodeError> {
    tx.prepare_cached("UPDATE entry SET standing = ?2, shown = ?3 WHERE no = ?1")?.execute((
        no,
        standing as u8,
        shown,
    ))?;
    Ok(())
}

pub(super) fn set_broken(tx: &Connection, no: i64, broken: bool) -> Result<(), NodeError> {
    tx.prepare_cached("UPDATE entry SET broken = ?2 WHERE no = ?1")?.execute((no, broken))?;
    Ok(())
}

impl Intake<'_> {
    /// Lets the log decide who counts at a place; whether that changed.
    pub(super) fn decide(&mut self, tx: &Connection, place: &JournalPlace) -> Result<bool, NodeError> {
        let claimants = claimants(tx, place)?;
        let Some(first) = claimants.first().filter(|first| first.standing == Standing::Doubled) else {
            return Ok(false);
        };
        for other in claimants.iter().filter(|other| other.standing != Standing::Doubled) {
            self.put_aside(tx, other.no)?;
        }
        set_standing(tx, first.no, Standing::Unlogged, false)?;
        self.review(tx, first.no)?;
        let header = self.reader.verify(&first.header)?;
        set_broken(tx, first.no, breaks(tx, place, header.header().prev)?)?;
        self.look_after(tx, place)?;
        Ok(true)
    }

    /// Looks whether what counts after a place follows what counts there; whether it does not, and did until
    /// now.
    pub(super) fn look_after(&self, tx: &Connection, place: &JournalPlace) -> Result<bool, NodeError> {
        let next = place.at(place.seq.saturating_add(1));
        let Some(after) = counting_at(tx, &next)? else { return Ok(false) };
        let broken = breaks(tx, &next, self.reader.verify(&after.header)?.header().prev)?;
        if broken != after.broken {
            set_broken(tx, after.no, broken)?;
        }
        Ok(broken && !after.broken)
    }
}

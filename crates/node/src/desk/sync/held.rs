//! Which entries a desk holds, as it tells a hub. A hub's word saves bytes: that all was sent, that an entry stands
//! at some leaf. It is never what the desk forgets by. What is held follows from the store, in which every
//! entry's leaf was worked out from the entry and found in the log; what a hub said of a leaf is kept as a
//! claim until the log bears it out; and where a journal has a gap, its compartment is asked for again.

use counterseal_model::cbor::{from_bytes, from_bytes_strict, to_bytes};
use counterseal_model::{CompartmentId, DeviceId, EntryId, JournalId};
use counterseal_register::LogKind;
use counterseal_sync::{Contents, Held, RangeSet};
use rusqlite::Connection;

use crate::desk::{Desk, local};
use crate::error::NodeError;

/// What the hub was told, and has answered.
const HELD: &str = "sync/held";
/// Leaves of which a hub said that an entry here stands there, and that are not borne out.
const CLAIMED: &str = "sync/claimed";
/// The compartments that the hub was told of.
const JOINED: &str = "sync/joined";
/// What other desks said they hold (pouches).
const TOLD: &str = "pouch-known/";

/// Entries of a journal that must be somewhere and are not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Whose journal.
    pub device: DeviceId,
    /// The journal; of an earlier one that is continued, the one that continues it.
    pub journal: JournalId,
    /// Its compartment.
    pub compartment: CompartmentId,
    /// The first place that is missing; none when what an earlier journal ended with is missing.
    pub from: Option<u64>,
    /// Where in the journal log it cannot stand before: what its author had seen when it wrote the entry before.
    asked_from: u64,
}

impl Desk {
    /// The gaps in the journals of the compartments that this desk is in: entries that others name as
    /// written, in their own journals or in pouches, and that are not here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn gaps(&self) -> Result<Vec<Gap>, NodeError> {
        let mine = self.member_of();
        let mut gaps = self.store.read(|db| {
            let mut gaps = holes(db)?;
            gaps.extend(continued(db)?);
            gaps.extend(told(db)?);
            Ok::<_, NodeError>(gaps)
        })?;
        gaps.retain(|gap| mine.contains(&gap.compartment));
        for gap in &mut gaps {
            gap.asked_from = self.seen_before(gap)?;
        }
        Ok(gaps)
    }

    /// Size of the journal log that the author had seen at the entry before the gap, by its signed word.
    fn seen_before(&self, gap: &Gap) -> Result<u64, NodeError> {
        let Some(before) = gap.from.and_then(|from| from.checked_sub(1)) else { return Ok(0) };
        let header: Option<Vec<u8>> = self.store.read(|db| {
            let mut find = db.prepare_cached(
                "SELECT header FROM entry
                 WHERE device = ?1 AND journal = ?2 AND seq = ?3 AND standing < 4",
            )?;
            let place = (gap.device.as_bytes(), gap.journal.as_bytes(), before.cast_signed());
            let mut rows = find.query(place)?;
            Ok::<_, NodeError>(rows.next()?.map(|row| row.get(0)).transpose()?)
        })?;
        let Some(header) = header else { return Ok(0) };
        Ok(self.reader().verify(&header)?.header().journal_seen)
    }

    /// Which entries are held. Compartments joined since the last session, and those with a gap, are asked for
    /// again; with `anew` everything is, but for what is in the store.
    pub(super) fn held(&mut self, anew: bool) -> Result<Held, NodeError> {
        let size = self.log(LogKind::Journal)?.map_or(0, |log| log.size);
        let (held, joined, claimed) = self.store.read(|db| {
            let claimed = local::get(db, CLAIMED)?;
            Ok::<_, NodeError>((local::get(db, HELD)?, local::get(db, JOINED)?, claimed))
        })?;
        let mut held: Held = match held {
            Some(held) if !anew => from_bytes_strict(&held)?,
            _ => Held::nothing(),
        };
        let joined = joined.unwrap_or_default();
        let (known, _) = joined.as_chunks::<{ CompartmentId::LEN }>();
        for compartment in self.member_of() {
            if held.up_to > 0 && !known.contains(compartment.as_bytes()) {
                held.join(compartment);
            }
        }
        for gap in self.gaps()? {
            let cursor = held.cursor(&gap.compartment).min(gap.asked_from);
            held.cursors.set(gap.compartment, cursor);
        }
        let claimed = claimed.map_or_else(|| Ok(RangeSet::new()), |claimed| read_ranges(&claimed))?;
        let (open, false_ones) = self.judge(claimed, size)?;
        held.missing.add(&false_ones);
        held.have = open.clone();
        held.have.subtract(&false_ones);
        let here = self.store.read(|db| leaves_held(db, held.lowest_wanted()))?;
        held.add(&here);
        self.store.commit(|tx| local::set(tx, CLAIMED, &to_bytes(&open)))?;
        Ok(held)
    }

    /// Of leaves that a hub said are entries here: those that are not borne out yet, and of these the ones that
    /// the log shows to be others.
    fn judge(&self, mut claimed: RangeSet, size: u64) -> Result<(RangeSet, RangeSet), NodeError> {
        let here = self.store.read(|db| {
            let mut here = RangeSet::new();
            for range in claimed.ranges() {
                here.add(&leaves_within(db, range.start, range.end)?);
            }
            Ok::<_, NodeError>(here)
        })?;
        claimed.subtract(&here);
        let mut false_ones = claimed.clone();
        false_ones.remove_range(size..u64::MAX);
        Ok((claimed, false_ones))
    }

    /// Keeps what the session came to. `claims` are the leaves at which, by the hub's word, entries stand that came
    /// or were accepted. `joined` are the compartments that the Hello of this session was made for: those that are
    /// joined during it are asked for from their beginning in the next one.
    pub(super) fn save_held(
        &mut self,
        held: &Held,
        claims: &RangeSet,
        joined: &[CompartmentId],
    ) -> Result<(), NodeError> {
        let joined: Vec<u8> = joined.iter().flat_map(|id| *id.as_bytes()).collect();
        self.store.commit(|tx| {
            let mut claimed = match local::get(tx, CLAIMED)? {
                Some(claimed) => read_ranges(&claimed)?,
                None => RangeSet::new(),
            };
            claimed.add(claims);
            claimed.coarsen(counterseal_sync::MAX_RANGES);
            local::set(tx, HELD, &to_bytes(&held.to_send()))?;
            local::set(tx, CLAIMED, &to_bytes(&claimed))?;
            local::set(tx, JOINED, &joined)
        })
    }

    /// Leaves that a hub named for entries and that, by the log as it is here, are others.
    pub(super) fn misplaced(&self, claims: &RangeSet) -> Result<u64, NodeError> {
        let size = self.log(LogKind::Journal)?.map_or(0, |log| log.size);
        Ok(self.judge(claims.clone(), size)?.1.count())
    }
}

/// Forgets what was said of leaves from `end` on: the hub that said it is gone, and its log ends there. What
/// stands in the next one's is wanted.
pub(in crate::desk) fn cut_held(tx: &Connection, end: u64) -> Result<(), NodeError> {
    if let Some(held) = local::get(tx, HELD)? {
        let mut held: Held = from_bytes_strict(&held)?;
        held.cut(end);
        local::set(tx, HELD, &to_bytes(&held))?;
    }
    if let Some(claimed) = local::get(tx, CLAIMED)? {
        let mut claimed = read_ranges(&claimed)?;
        claimed.remove_range(end..u64::MAX);
        local::set(tx, CLAIMED, &to_bytes(&claimed))?;
    }
    Ok(())
}

fn read_ranges(bytes: &[u8]) -> Result<RangeSet, NodeError> {
    Ok(from_bytes_strict(bytes)?)
}

/// Leaves of entries that are here, from one on.
fn leaves_held(db: &Connection, from: u64) -> Result<RangeSet, NodeError> {
    leaves_within(db, from, i64::MAX.cast_unsigned())
}

fn leaves_within(db: &Connection, from: u64, to: u64) -> Result<RangeSet, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT leaf FROM entry WHERE leaf IS NOT NULL AND leaf >= ?1 AND leaf < ?2 ORDER BY leaf",
    )?;
    let limit = i64::MAX.cast_unsigned();
    let rows = list.query_map((from.min(limit).cast_signed(), to.min(limit).cast_signed()), |row| {
        Ok(row.get::<_, i64>(0)?.cast_unsigned())
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first place that is missing in each journal of which a later one is here.
fn holes(db: &Connection) -> Result<Vec<Gap>, NodeError> {
    // By the index alone: nearly every journal is whole.
    let mut list = db.prepare_cached(
        "SELECT device, journal FROM entry WHERE standing < 5
         GROUP BY device, journal HAVING count(DISTINCT seq) <> max(seq) + 1",
    )?;
    let journals = list.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let journals = journals.collect::<Result<Vec<([u8; 32], [u8; 16])>, _>>()?;
    let mut places = db.prepare_cached(
        "SELECT seq, compartment FROM entry WHERE device = ?1 AND journal = ?2 AND standing < 5 ORDER BY seq",
    )?;
    let mut gaps = Vec::new();
    for (device, journal) in journals {
        let mut rows = places.query((device, journal))?;
        let mut next = 0;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.cast_unsigned();
            if seq > next {
                gaps.push(Gap {
                    device: DeviceId::from_bytes(device),
                    journal: JournalId::from_bytes(journal),
                    compartment: CompartmentId::from_bytes(row.get(1)?),
                    from: Some(next),
                    asked_from: 0,
                });
                break;
            }
            next = seq.saturating_add(1);
        }
    }
    Ok(gaps)
}

/// Journals that continue one whose last entry is not here.
fn continued(db: &Connection) -> Result<Vec<Gap>, NodeError> {
    let mut list = db.prepare_cached(
        "SELECT e.device, e.journal, e.compartment FROM entry e
         WHERE e.continues IS NOT NULL AND e.standing < 5
           AND NOT EXISTS (SELECT 1 FROM entry p WHERE p.id = e.continues)",
    )?;
    let rows = list.query_map([], |row| {
        Ok(Gap {
            device: DeviceId::from_bytes(row.get(0)?),
            journal: JournalId::from_bytes(row.get(1)?),
            compartment: CompartmentId::from_bytes(row.get(2)?),
            from: None,
            asked_from: 0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Journals of which other desks said, in pouches that they signed, that they hold more than is here.
fn told(db: &Connection) -> Result<Vec<Gap>, NodeError> {
    let mut list = db.prepare_cached("SELECT value FROM local WHERE name BETWEEN ?1 AND ?1 || 'g'")?;
    let said = list.query_map([TOLD], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut find = db.prepare_cached("SELECT 1 FROM entry WHERE id = ?1")?;
    let mut last = db.prepare_cached(
        "SELECT max(seq) + 1 FROM entry WHERE device = ?1 AND journal = ?2 AND standing < 5",
    )?;
    let mut gaps = Vec::new();
    for contents in said.iter().filter_map(|bytes| from_bytes::<Contents>(bytes).ok()) {
        for head in contents.heads.iter() {
            let id: EntryId = head.id;
            if find.exists([id.as_bytes()])? {
                continue;
            }
            let place = (head.device.as_bytes(), head.journal.as_bytes());
            let next: Option<i64> = last.query_row(place, |row| row.get(0))?;
            let from = next.unwrap_or(0).cast_unsigned().min(head.seq);
            let (device, journal, compartment) = (head.device, head.journal, head.compartment);
            gaps.push(Gap { device, journal, compartment, from: Some(from), asked_from: 0 });
        }
    }
    Ok(gaps)
}

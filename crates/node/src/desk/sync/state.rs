//! What a desk remembers from one session to the next.

use counterseal_model::{CompartmentId, EntryId, EpochId, StatementId};
use counterseal_register::{Act, LogKind, Statement, sha256};
use counterseal_sync::{Acceptance, EntryPart, PartialPull, Pushed, RangeSet, Urgency};
use rusqlite::Connection;

use crate::desk::Desk;
use crate::desk::follow::waiting;
use crate::error::NodeError;

/// What no hub has accepted, in the order in which it goes out.
pub(super) struct Unsent {
    /// Statements that are obeyed on sight.
    pub(super) restricting: Vec<Vec<u8>>,
    /// Entries of epochs that one of the next statements ends.
    pub(super) ending: Vec<UnsentEntry>,
    /// The other statements.
    pub(super) permitting: Vec<Vec<u8>>,
    /// The other entries.
    pub(super) others: Vec<UnsentEntry>,
}

/// An entry that no hub has accepted.
pub(super) struct UnsentEntry {
    pub(super) no: i64,
    pub(super) urgency: Urgency,
    pub(super) bytes: u64,
    epoch: EpochId,
}

/// Large entries that may be unfinished at a time; each is at most 12 MiB.
const UNFINISHED: i64 = 8;

impl Desk {
    /// The compartments in one of whose newest epochs this device is.
    pub(in crate::desk) fn member_of(&self) -> Vec<CompartmentId> {
        let device = self.device();
        let is_in = |epoch| self.register.epoch(epoch).is_some_and(|epoch| epoch.roster().contains(&device));
        let mut compartments = self.register.compartments(self.moment());
        compartments.retain(|id| self.register.epoch_heads(*id).into_iter().any(is_in));
        compartments
    }

    /// What no hub has accepted. Statements go out in the order in which they were said, entries by urgency.
    pub(super) fn unsent(&self) -> Result<Unsent, NodeError> {
        let (mut statements, mut entries) = self.store.read(unsent)?;
        // What can stand no more is not sent, but shown to whoever said it.
        let impossible = self.impossible(&self.waiting_statements()?)?;
        statements.retain(|item| !impossible.contains_key(&StatementId::from_bytes(sha256(&[item]))));
        let sighted =
            |statement: &Vec<u8>| self.register.is_sighted(StatementId::from_bytes(sha256(&[statement])));
        let (restricting, permitting): (Vec<_>, Vec<_>) = statements.into_iter().partition(sighted);
        let mut ended = Vec::new();
        for statement in &permitting {
            if let Act::BeginEpoch(act) = Statement::parse(statement)?.0.act {
                ended.extend(act.joins);
            }
        }
        let flash_last_first = |entry: &UnsentEntry| {
            (entry.urgency, if entry.urgency == Urgency::Flash { -entry.no } else { entry.no })
        };
        entries.sort_by_key(flash_last_first);
        let (ending, others) = entries.into_iter().partition(|entry| ended.contains(&entry.epoch));
        Ok(Unsent { restricting, ending, permitting, others })
    }

    /// Numbers of the entries that a session would send now, in their order; for tests.
    #[cfg(test)]
    pub(crate) fn unsent_numbers(&self) -> Result<Vec<i64>, NodeError> {
        let Unsent { ending, others, .. } = self.unsent()?;
        Ok(ending.into_iter().chain(others).map(|entry| entry.no).collect())
    }

    /// The entries that stand at these places of the journal log and are here, by urgency.
    pub(super) fn standing_at(&self, places: &RangeSet) -> Result<Vec<UnsentEntry>, NodeError> {
        let mut entries = self.store.read(|db| {
            let mut entries = Vec::new();
            for range in places.ranges() {
                let key = (range.start.cast_signed(), i64::try_from(range.end).unwrap_or(i64::MAX));
                entries.extend(unsent_entries(db, "leaf >= ?1 AND leaf < ?2", key)?);
            }
            Ok::<_, NodeError>(entries)
        })?;
        entries.sort_by_key(|entry| (entry.urgency, entry.no));
        Ok(entries)
    }

    /// The hub has made these durable.
    pub(super) fn note_accepted(&mut self, accepted: &[Acceptance]) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            for one in accepted {
                let (sql, id) = match &one.what {
                    Pushed::Statement(id) => {
                        ("UPDATE outgoing SET accepted = ?2 WHERE id = ?1", id.as_bytes())
                    }
                    Pushed::Entry(id) => ("UPDATE entry SET accepted = ?2 WHERE id = ?1", id.as_bytes()),
                };
                tx.prepare_cached(sql)?.execute((id, one.index.cast_signed()))?;
            }
            Ok(())
        })
    }

    /// A hub does not take a statement of this desk. It stays, and what takes away goes on being obeyed: a hub's
    /// word must not undo a revocation.
    pub(super) fn note_refused(&mut self, id: StatementId, code: &str) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("UPDATE outgoing SET refused = ?2 WHERE id = ?1")?
                .execute((id.as_bytes(), code))?;
            Ok(())
        })
    }

    /// Entries whose place the hub named, and that do not stand there in the log: they count as unsent again.
    pub(super) fn drop_false_acceptances(&mut self) -> Result<u64, NodeError> {
        let statements = self.log(LogKind::Statements)?.map_or(0, |log| log.size);
        let some =
            "SELECT count(*) FROM entry WHERE leaf IS NULL AND accepted < (SELECT max(no) + 1 FROM leaf)";
        let some_statements = "SELECT count(*) FROM outgoing WHERE accepted < ?1 AND given_up = 0";
        let size = statements.cast_signed();
        let count: i64 = self.store.read(|db| {
            let entries: i64 = db.query_row(some, [], |row| row.get(0))?;
            let statements: i64 = db.query_row(some_statements, [size], |row| row.get(0))?;
            Ok::<_, NodeError>(entries + statements)
        })?;
        if count > 0 {
            self.store.commit(|tx| {
                tx.execute(
                    "UPDATE entry SET accepted = NULL
                     WHERE leaf IS NULL AND accepted < (SELECT max(no) + 1 FROM leaf)",
                    [],
                )?;
                // What the log has is not waiting any more.
                tx.execute("UPDATE outgoing SET accepted = NULL WHERE accepted < ?1", [size])?;
                Ok::<_, NodeError>(())
            })?;
        }
        Ok(count.cast_unsigned())
    }

    /// Entries and statements that a hub had acknowledged at a place which, by the sizes that it announces now, its
    /// logs do not have: they count as unsent again. Whatever index it chooses, nothing waits longer than
    /// until the next session.
    pub(super) fn drop_unreal_acceptances(&mut self, announced: (u64, u64)) -> Result<u64, NodeError> {
        let (statements, journal) = (announced.0.cast_signed(), announced.1.cast_signed());
        self.store.commit(|tx| {
            let entries = tx.execute(
                "UPDATE entry SET accepted = NULL WHERE leaf IS NULL AND accepted >= ?1",
                [journal],
            )?;
            let said = tx.execute(
                "UPDATE outgoing SET accepted = NULL WHERE accepted >= ?1 AND given_up = 0",
                [statements],
            )?;
            Ok((entries + said) as u64)
        })
    }

    /// Entries of this desk that are late, but for those whose acceptance is on its way.
    pub(super) fn own_late(&self) -> Result<u64, NodeError> {
        let own = self.device();
        let (late, waiting) = self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT id FROM entry WHERE standing = 2 AND device = ?1")?;
            let late = list.query_map([own.as_bytes()], |row| row.get(0).map(EntryId::from_bytes))?;
            Ok::<_, NodeError>((late.collect::<Result<Vec<_>, _>>()?, waiting(db)?))
        })?;
        let mut accepted = Vec::new();
        for item in waiting.iter().filter(|_| !late.is_empty()) {
            if let Act::AcceptLate(act) = Statement::parse(item)?.0.act {
                accepted.extend(act.entries);
            }
        }
        Ok(late.iter().filter(|entry| !accepted.contains(entry)).count() as u64)
    }

    /// Makes room for one more large entry; gives how many gave way. What is left is what the Hello names, and a
    /// hub that ends what it begins needs no more room in a session.
    pub(super) fn make_room(&mut self) -> Result<u64, NodeError> {
        let unfinished = self.partials()?.len() as u64;
        if unfinished < UNFINISHED.cast_unsigned() {
            return Ok(0);
        }
        self.store.commit(|tx| drop_oldest(tx, -1, UNFINISHED - 1))
    }

    /// The large entries of which the beginning is here.
    pub(super) fn partials(&self) -> Result<Vec<PartialPull>, NodeError> {
        self.store.read(|db| {
            let mut list = db.prepare_cached("SELECT leaf, sum(length(bytes)) FROM partial GROUP BY leaf")?;
            let rows = list.query_map([], |row| {
                let (leaf, bytes): (i64, i64) = row.try_into()?;
                Ok(PartialPull { leaf: leaf.cast_unsigned(), bytes: bytes.cast_unsigned() })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps a piece of a large entry. Of more entries than may be unfinished, the oldest in the log gives way.
    pub(super) fn keep_part(&mut self, part: &EntryPart) -> Result<KeptPart, NodeError> {
        let (leaf, offset) = (part.leaf.cast_signed(), part.offset.cast_signed());
        self.store.commit(|tx| {
            if offset == 0 {
                // Whatever was kept of it, it begins anew.
                tx.prepare_cached("DELETE FROM partial WHERE leaf = ?1")?.execute([leaf])?;
            }
            let mut keep =
                tx.prepare_cached("INSERT OR REPLACE INTO partial (leaf, place, bytes) VALUES (?1, ?2, ?3)")?;
            keep.execute((leaf, offset, part.bytes.to_vec()))?;
            let dropped = drop_oldest(tx, leaf, UNFINISHED - 1)?;
            if part.offset + part.bytes.len() as u64 != part.total {
                return Ok(KeptPart { whole: None, dropped });
            }
            let mut list = tx.prepare_cached("SELECT bytes FROM partial WHERE leaf = ?1 ORDER BY place")?;
            let pieces =
                list.query_map([leaf], |row| row.get::<_, Vec<u8>>(0))?.collect::<Result<Vec<_>, _>>()?;
            Ok(KeptPart { whole: Some(pieces.concat()), dropped })
        })
    }

    pub(super) fn forget_part(&mut self, leaf: u64) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("DELETE FROM partial WHERE leaf = ?1")?.execute([leaf.cast_signed()])?;
            Ok(())
        })
    }
}

/// What came of keeping a piece.
pub(super) struct KeptPart {
    /// All that is kept of the entry, once its last piece is there.
    pub(super) whole: Option<Vec<u8>>,
    /// Other entries whose pieces gave way.
    pub(super) dropped: u64,
}

/// A hub that begins many large entries and ends none must not fill the disk.
fn drop_oldest(tx: &Connection, but: i64, most: i64) -> Result<u64, NodeError> {
    let kept = "SELECT DISTINCT leaf FROM partial WHERE leaf <> ?1 ORDER BY leaf DESC LIMIT ?2";
    let count = format!("SELECT count(DISTINCT leaf) FROM partial WHERE leaf <> ?1 AND leaf NOT IN ({kept})");
    let dropped: i64 = tx.prepare_cached(&count)?.query_row((but, most), |row| row.get(0))?;
    if dropped > 0 {
        let drop = format!("DELETE FROM partial WHERE leaf <> ?1 AND leaf NOT IN ({kept})");
        tx.prepare_cached(&drop)?.execute((but, most))?;
    }
    Ok(dropped.cast_unsigned())
}

fn unsent(db: &Connection) -> Result<(Vec<Vec<u8>>, Vec<UnsentEntry>), NodeError> {
    let mut list =
        db.prepare_cached("SELECT bytes FROM outgoing WHERE accepted IS NULL AND given_up = 0 ORDER BY no")?;
    let statements: Vec<Vec<u8>> = list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    // Guarded entries of this desk leave with their batch.
    let unsent = "leaf IS NULL AND accepted IS NULL AND standing < 5
         AND NOT EXISTS (SELECT 1 FROM own_guarded o WHERE o.entry = e.no AND o.leaves = 0)";
    Ok((statements, unsent_entries(db, unsent, ())?))
}

/// The entries for which a condition holds.
fn unsent_entries(
    db: &Connection,
    condition: &str,
    key: impl rusqlite::Params,
) -> Result<Vec<UnsentEntry>, NodeError> {
    let mut list = db.prepare_cached(&format!(
        "SELECT no, urgency, length(header), (SELECT sum(length(ciphertext)) FROM part p WHERE p.no BETWEEN e.no << 12 AND (e.no << 12) + 4095), epoch
         FROM entry e WHERE {condition} ORDER BY no",
    ))?;
    let rows = list.query_map(key, |row| {
        let (no, urgency, header, bytes, epoch): (i64, u8, i64, i64, [u8; 32]) = row.try_into()?;
        let urgency = Urgency::of(bytes.cast_unsigned(), urgency == Urgency::Flash.code());
        let bytes = (header + bytes).cast_unsigned();
        Ok(UnsentEntry { no, urgency, bytes, epoch: EpochId::from_bytes(epoch) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

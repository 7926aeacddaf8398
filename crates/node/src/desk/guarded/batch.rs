//! Batches: guarded entries leave four at a time, one batch per compartment and slot, whether anybody wrote or
//! not. Covers fill up what is missing, so that whoever watches the hub learns when a desk is connected, and
//! nothing of who came from an interview (PROTOCOL 5).
//!
//! A batch is of one compartment, so that parts of one record for two compartments are never in one. It is made
//! in one commit, with its covers, before a byte of it leaves: what was broken off is sent again as it is.

use std::collections::BTreeSet;

use counterseal_model::CompartmentId;
use rusqlite::{Connection, OptionalExtension};

use crate::desk::Desk;
use crate::error::NodeError;

/// Entries of a batch.
const BATCH: usize = 4;
/// Seconds of a slot, in a session that goes on. Every session begins with a batch besides.
pub(crate) const SLOT: i64 = 15 * 60;

/// Entries of this desk that no hub has yet, of one compartment.
const UNSENT: &str = "FROM own_guarded o JOIN entry e ON e.no = o.entry
     WHERE e.compartment = ?1 AND e.leaf IS NULL AND e.accepted IS NULL AND e.standing < 5";

impl Desk {
    /// Has the next batch of every guarded compartment leave. One that left and was not accepted leaves again, in
    /// the place of another.
    pub(crate) fn release_batches(&mut self) -> Result<(), NodeError> {
        for compartment in self.batching()? {
            let (under_way, made) = self.store.read(|db| {
                let under_way = format!("SELECT 1 {UNSENT} AND o.leaves = 1");
                let under_way = db.prepare_cached(&under_way)?.exists([compartment.as_bytes()])?;
                Ok::<_, NodeError>((under_way, oldest_made(db, compartment)?))
            })?;
            match made {
                _ if under_way => {}
                Some(batch) => self.let_go(batch)?,
                None => drop(self.make_batch(compartment, Leaves::Now)?),
            }
        }
        Ok(())
    }

    /// Has everything leave that waits, at once: whoever watches the hub sees that somebody wrote. Gives how many
    /// batches leave.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn release_all_guarded(&mut self) -> Result<u64, NodeError> {
        let mut batches = 0;
        for compartment in self.batching()? {
            while self.waits(compartment)? && self.make_batch(compartment, Leaves::Unfilled)? {
                batches += 1;
            }
            while let Some(batch) = self.store.read(|db| oldest_made(db, compartment))? {
                self.let_go(batch)?;
                batches += 1;
            }
        }
        Ok(batches)
    }

    /// Makes batches of all that waits in these compartments, and of covers alone where nothing does: a pouch
    /// carries whole ones.
    pub(in crate::desk) fn batch_for_pouch(
        &mut self,
        compartments: &BTreeSet<CompartmentId>,
    ) -> Result<(), NodeError> {
        for compartment in self.batching()?.into_iter().filter(|id| compartments.contains(id)) {
            let mut made = self.make_batch(compartment, Leaves::Later)?;
            while made && self.waits(compartment)? {
                made = self.make_batch(compartment, Leaves::Later)?;
            }
        }
        Ok(())
    }

    /// How many guarded entries of this desk wait for a batch.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn guarded_waiting(&self) -> Result<u64, NodeError> {
        self.store.read(|db| {
            let count = "SELECT count(*) FROM own_guarded WHERE leaves = 0 AND cover = 0";
            Ok(db.query_row(count, [], |row| row.get::<_, i64>(0))?.cast_unsigned())
        })
    }

    /// The guarded compartments that this desk is in, and those in which something of its own waits.
    fn batching(&self) -> Result<Vec<CompartmentId>, NodeError> {
        let mut all = self.guarded_compartments();
        let unsent: Vec<[u8; 16]> = self.store.read(|db| {
            let mut list = db.prepare_cached(
                "SELECT DISTINCT e.compartment FROM own_guarded o JOIN entry e ON e.no = o.entry
                 WHERE e.leaf IS NULL AND e.accepted IS NULL",
            )?;
            Ok::<_, NodeError>(list.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })?;
        all.extend(unsent.into_iter().map(CompartmentId::from_bytes));
        all.sort_unstable();
        all.dedup();
        Ok(all)
    }

    /// The guarded compartments in one of whose newest epochs this device is.
    pub(super) fn guarded_compartments(&self) -> Vec<CompartmentId> {
        let guarded = |id: &CompartmentId| {
            let newest = self.register.write_epoch(*id, self.moment());
            newest.and_then(|epoch| self.register.epoch(epoch)).is_some_and(|epoch| epoch.rule().is_guarded())
        };
        self.member_of().into_iter().filter(guarded).collect()
    }

    fn waits(&self, compartment: CompartmentId) -> Result<bool, NodeError> {
        Ok(!self.store.read(|db| queued(db, compartment))?.is_empty())
    }

    fn let_go(&mut self, batch: i64) -> Result<(), NodeError> {
        self.store.commit(|tx| {
            tx.prepare_cached("UPDATE own_guarded SET leaves = 1 WHERE batch = ?1")?.execute([batch])?;
            Ok(())
        })
    }

    /// Makes a batch of what waits and of covers, in one commit; whether there is one now.
    fn make_batch(&mut self, compartment: CompartmentId, leaves: Leaves) -> Result<bool, NodeError> {
        let (queued, batch) = self.store.read(|db| {
            let last: Option<i64> =
                db.query_row("SELECT max(batch) FROM own_guarded", [], |row| row.get(0))?;
            Ok::<_, NodeError>((queued(db, compartment)?, last.unwrap_or(0) + 1))
        })?;
        let now = leaves != Leaves::Later;
        let mut covers = Vec::new();
        for _ in queued.len()..BATCH {
            match self.seal_cover(compartment, batch, now) {
                Ok(cover) => covers.push(cover),
                Err(error) => {
                    self.drop_unkept()?;
                    covers.clear();
                    if queued.is_empty() || !may_go_unfilled(leaves, error)? {
                        return Ok(false);
                    }
                    break;
                }
            }
        }
        self.stage(&covers)?;
        self.commit_staged(|tx| {
            let mut join =
                tx.prepare_cached("UPDATE own_guarded SET batch = ?2, leaves = ?3 WHERE entry = ?1")?;
            queued.iter().try_for_each(|entry| join.execute((entry, batch, now)).map(drop))?;
            Ok(())
        })?;
        Ok(true)
    }
}

/// When a batch that is made may go to a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaves {
    /// In this slot.
    Now,
    /// In this slot, though it cannot be filled up.
    Unfilled,
    /// In a later one: a pouch carries it.
    Later,
}

/// Whether a batch goes without covers when none can be sealed. While only trustees' keys or a place in the log
/// are missing, it waits for them; a desk that may not write any more has nothing to wait for.
fn may_go_unfilled(leaves: Leaves, why: NodeError) -> Result<bool, NodeError> {
    match why {
        error @ (NodeError::Store(_) | NodeError::Seal(_) | NodeError::Key(_)) => Err(error),
        NodeError::NoTrusteeKeys { .. } | NodeError::NoTrustees | NodeError::EpochNotLogged(_) => {
            Ok(leaves != Leaves::Now)
        }
        _may_not_write => Ok(true),
    }
}

/// The entries that go next, in the order in which they were written.
fn queued(db: &Connection, compartment: CompartmentId) -> Result<Vec<i64>, NodeError> {
    let mut list =
        db.prepare_cached(&format!("SELECT o.entry {UNSENT} AND o.batch IS NULL ORDER BY o.entry LIMIT ?2"))?;
    let rows = list.query_map((compartment.as_bytes(), BATCH as i64), |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The oldest batch that was made and may not leave yet.
fn oldest_made(db: &Connection, compartment: CompartmentId) -> Result<Option<i64>, NodeError> {
    let oldest = format!("SELECT min(o.batch) {UNSENT} AND o.leaves = 0");
    let mut find = db.prepare_cached(&oldest)?;
    Ok(find.query_row([compartment.as_bytes()], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten())
}

//! A store that was restored: it releases nothing before it is known what it lacks (PROTOCOL section 9).

use rusqlite::Connection;

use super::rows::Batch;
use super::{Store, StoreError};

/// The state that marks a restored store.
pub(super) const RESTORED: &str = "restored";

/// What a restored store is known to lack.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// Pads that open no more: their segment's key was destroyed after the backup was made.
    pub pads_lost: u64,
    /// Seeds of devices' keys that open no more, likewise.
    pub seeds_lost: u64,
    /// The last counter of the release log in what was restored.
    pub counter: u64,
}

/// What must be shown before a restored trustee releases anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RestoreCheck {
    /// Both logs are mirrored to checkpoints that are fresh.
    pub logs_fresh: bool,
    /// Every erasure in the statement log has its tombstone here.
    pub tombstones_applied: bool,
    /// What the other witnesses saw last is consistent with the mirror.
    pub witnesses_consistent: bool,
    /// The largest counter of this trustee's release log that anybody holds a head of.
    pub others_head: Option<u64>,
}

impl Restored {
    /// What the rows say.
    pub(super) fn of(db: &Connection, has_key: impl Fn(u64) -> bool) -> Result<Self, StoreError> {
        let mut list =
            db.prepare("SELECT segment, substr(place, 1, 1) = x'01', count(*) FROM secret GROUP BY 1, 2")?;
        let mut rows = list.query([])?;
        let mut restored = Self::default();
        while let Some(row) = rows.next()? {
            let (segment, is_pad, count): (i64, bool, i64) = row.try_into()?;
            if !has_key(segment.cast_unsigned()) {
                let lost = if is_pad { &mut restored.pads_lost } else { &mut restored.seeds_lost };
                *lost += count.cast_unsigned();
            }
        }
        let counter: i64 =
            db.query_row("SELECT coalesce(max(counter), 0) FROM release", [], |row| row.get(0))?;
        restored.counter = counter.cast_unsigned();
        Ok(restored)
    }

    pub(super) fn refusal(&self) -> StoreError {
        StoreError::Restored { missing: self.missing(&RestoreCheck::default()) }
    }

    /// What is missing still, in words.
    #[must_use]
    pub fn missing(&self, check: &RestoreCheck) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if !check.logs_fresh {
            missing.push("both logs up to fresh checkpoints");
        }
        if !check.tombstones_applied {
            missing.push("the tombstones of what was erased");
        }
        if !check.witnesses_consistent {
            missing.push("what the other witnesses saw last");
        }
        match check.others_head {
            None => missing.push("the head of this trustee's release log that desks hold"),
            Some(head) if head > self.counter => missing.push(
                "entries of this trustee's release log that were lost: governors put another trustee in its place",
            ),
            Some(_) => {}
        }
        missing
    }
}

impl Store {
    /// What this store lacks, if it was restored and is not confirmed yet.
    #[must_use]
    pub const fn restored(&self) -> Option<&Restored> {
        self.restored.as_ref()
    }

    /// Takes a restored store back into service, durably.
    ///
    /// # Errors
    /// `Restored`, with what is missing still; or what the disks say.
    pub fn confirm_restored(&mut self, check: &RestoreCheck) -> Result<(), StoreError> {
        self.usable()?;
        let Some(restored) = &self.restored else { return Ok(()) };
        let missing = restored.missing(check);
        if !missing.is_empty() {
            return Err(StoreError::Restored { missing });
        }
        let state = vec![(RESTORED.to_owned(), None)];
        self.write(&Batch { state, ..Batch::default() }, &Default::default())?;
        self.restored = None;
        Ok(())
    }
}
